/* escaping.txt: every character that a format escapes, and those that it must not. */
#include "golden.h"

static nprom_int_counter_t escaped;
static nprom_gauge_t lengthy, beyond;
NPROM_DEFINE_INT_COUNTER_FAMILY(pairs, 16, 32, "left", "right");

/* Literals above 4095 bytes are not portable C: this row is written without its macro. */
static char long_help[5000];

static const nprom_metric_t rows[] = {
    NPROM_INT_COUNTER(&escaped, "escaped_help_total",
                      "A \\ backslash, a\nnewline, a \"quote\", a { brace }, # and a\ttab."),
    {"lengthy_help", long_help, &lengthy, &nprom_kind_gauge, 12, 0, sizeof long_help},
    NPROM_GAUGE(&beyond, "help_beyond_ascii", "Grüße: €, 漢字, 😀, \x7f and \xc2\xa0."),
    NPROM_INT_COUNTER_FAMILY(&pairs, "escaped_values_total", "Label values."),
};
static const nprom_label_t labels[] = {NPROM_LABEL("constant", "\\ \" \n \xef\xbf\xbd")};
const nprom_group_t escaping_group = NPROM_GROUP_INIT_LABELS(rows, "", labels);

#define PAIR(left, right) {{left, sizeof left - 1}, {right, sizeof right - 1}}

void escaping_fill(void) {
    static const nprom_str_t values[][2] = {
        PAIR("\\", "\""),
        PAIR("\n", "\\n"),
        PAIR("\\\\", "\\\""),
        PAIR("\"\"", "\n\n"),
        PAIR("a\\", "\\a"),
        PAIR("a\"", "\"a"),
        PAIR("a\n", "\na"),
        PAIR("tab\there", "return\rhere"),
        PAIR("null\0here", "\x01\x7f"),
        PAIR("{x=\"y\"} 1", "# TYPE x counter"),
        PAIR("漢字", "😀"),
        PAIR("plain", "\\"),
        PAIR("\xef\xbb\xbf", "\xe2\x80\xa8"),
    };
    for (size_t i = 0; i < sizeof long_help; i++)
        long_help[i] = "help text\n"[i % 10];
    nprom_int_counter_inc(&escaped);
    nprom_gauge_set(&lengthy, 0.5);
    nprom_gauge_set(&beyond, 1.0);
    for (size_t i = 0; i < sizeof values / sizeof values[0]; i++) {
        nprom_int_counter_t *child;
        nprom_int_counter_family_labels(&pairs, values[i], 2, &child);
        nprom_int_counter_inc_by(child, i);
    }
}
