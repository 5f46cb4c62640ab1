/* Tables that nprom_check refuses, each with the sentence it gives. */
#include "test.h"
#include <math.h>
#include <nanoprom.h>

static nprom_counter_t c;
static nprom_gauge_t g;
static const double empty_bounds[] = {1};
NPROM_DEFINE_HISTOGRAM(h, 1);
NPROM_DEFINE_HISTOGRAM(unsorted, 1, 3, 2);
NPROM_DEFINE_HISTOGRAM(equal, 1, 1);
NPROM_DEFINE_HISTOGRAM(nan_bound, 1, NAN);
NPROM_DEFINE_HISTOGRAM(inf_bound, 1, INFINITY);
NPROM_DEFINE_INT_HISTOGRAM(ticks_down, 1, 2, 1);
NPROM_DEFINE_HISTOGRAM32(ticks_equal, 1, 1, 1);
static const uint32_t equal_ticks[] = {1, 1}, one_tick[] = {1};
static nprom_cell64_t no_unit_cells[3];
/* The macros refuse this. */
static const nprom_int_histogram_t no_unit = {one_tick, no_unit_cells, 1, 0};
NPROM_DEFINE_HISTOGRAM32_FAMILY(ticks_by_a, 1, equal_ticks, 1, 32, "a");
NPROM_DEFINE_GAUGE_FAMILY(by_a, 1, 32, "a");
NPROM_DEFINE_GAUGE_FAMILY(by_le, 1, 32, "le");
NPROM_DEFINE_HISTOGRAM_FAMILY(hist_by_le, empty_bounds, 1, 32, "le");
NPROM_DEFINE_GAUGE_FAMILY(by_reserved, 1, 32, "__a");
NPROM_DEFINE_GAUGE_FAMILY(by_bad, 1, 32, "a-b");
NPROM_DEFINE_GAUGE_FAMILY(by_empty, 1, 32, "");
NPROM_DEFINE_GAUGE_FAMILY(by_twice, 1, 32, "a", "b", "a");

#define TABLE(name, ...) \
    static const nprom_metric_t name##_rows[] = {__VA_ARGS__}; \
    static const nprom_group_t name = NPROM_GROUP_INIT(name##_rows)

TABLE(good, NPROM_COUNTER(&c, "a_total", "Help."), NPROM_GAUGE(&g, "b", ""));
TABLE(gauge_by_le, NPROM_GAUGE_FAMILY(&by_le, "a", ""));
TABLE(no_name, NPROM_GAUGE(&g, "", ""));
TABLE(digit_first, NPROM_GAUGE(&g, "9a", ""));
TABLE(dash, NPROM_GAUGE(&g, "a-b", ""));
TABLE(underscore, NPROM_GAUGE(&g, "_a", ""));
TABLE(beyond_ascii, NPROM_GAUGE(&g, "z\xc3\xa4hler", ""));
TABLE(nul_inside, NPROM_GAUGE(&g, "a\0b", ""));
TABLE(twice, NPROM_GAUGE(&g, "a", ""), NPROM_GAUGE(&g, "b", ""), NPROM_GAUGE(&g, "a", ""));
TABLE(total_twice, NPROM_COUNTER(&c, "a", ""), NPROM_COUNTER(&c, "a_total", ""));
TABLE(clash_count, NPROM_HISTOGRAM(&h, "lat", ""), NPROM_GAUGE(&g, "lat_count", ""));
TABLE(clash_total, NPROM_GAUGE(&g, "a_total", ""), NPROM_COUNTER(&c, "a", ""));
TABLE(bounds_down, NPROM_HISTOGRAM(&unsorted, "h", ""));
TABLE(bounds_equal, NPROM_HISTOGRAM(&equal, "h", ""));
TABLE(bounds_nan, NPROM_HISTOGRAM(&nan_bound, "h", ""));
TABLE(bounds_inf, NPROM_HISTOGRAM(&inf_bound, "h", ""));
TABLE(bounds_in_ticks_down, NPROM_INT_HISTOGRAM(&ticks_down, "h", ""));
TABLE(bounds_in_ticks_equal, NPROM_HISTOGRAM32(&ticks_equal, "h", ""));
TABLE(bounds_of_family_equal, NPROM_HISTOGRAM32_FAMILY(&ticks_by_a, "h", ""));
TABLE(no_ticks_per_unit, NPROM_INT_HISTOGRAM(&no_unit, "h", ""));
TABLE(label_le, NPROM_HISTOGRAM_FAMILY(&hist_by_le, "h", ""));
TABLE(label_reserved, NPROM_GAUGE_FAMILY(&by_reserved, "f", ""));
TABLE(label_bad, NPROM_GAUGE_FAMILY(&by_bad, "f", ""));
TABLE(label_empty, NPROM_GAUGE_FAMILY(&by_empty, "f", ""));
TABLE(label_twice, NPROM_GAUGE_FAMILY(&by_twice, "f", ""));
TABLE(help_not_utf8, NPROM_GAUGE(&g, "a", "\xff\xfe help"));
TABLE(help_cut_off, NPROM_GAUGE(&g, "a", "help \xe2\x82"));
TABLE(own_name, NPROM_COUNTER(&c, "nanoprom_series_refused_total", ""));

static const nprom_callback_t no_function = {0, 0};
NPROM_DEFINE_SUMMARY_FAMILY(by_quantile, 1, 32, "quantile");
NPROM_DEFINE_INFO(info_not_utf8, NPROM_LABEL("a", "\xff"));
NPROM_DEFINE_INFO(info_twice, NPROM_LABEL("a", "1"), NPROM_LABEL("a", "2"));
NPROM_DEFINE_INFO(target, NPROM_LABEL("a", "1"));
NPROM_DEFINE_INFO(info_dash, NPROM_LABEL("a-b", "1"));
NPROM_DEFINE_STATE_SET(states, NPROM_STATE("on"), NPROM_STATE("off"));
NPROM_DEFINE_STATE_SET(states_twice, NPROM_STATE("on"), NPROM_STATE("on"));
NPROM_DEFINE_STATE_SET(states_not_utf8, NPROM_STATE("\xff"));
/* The macros refuse these. */
static uint32_t bits;
static const nprom_str_t many_names[33] = {NPROM_STATE("on")};
static const nprom_state_set_t states_33 = {many_names, &bits, 33}, states_0 = {0, &bits, 0};
static const nprom_state_set_t states_nowhere = {many_names, 0, 1};
TABLE(callback_of_nothing, NPROM_GAUGE_FN(&no_function, "a", ""));
TABLE(label_quantile, NPROM_SUMMARY_FAMILY(&by_quantile, "s", ""));
TABLE(info_with_bad_text, NPROM_INFO(&info_not_utf8, "a", ""));
TABLE(info_with_two_equal, NPROM_INFO(&info_twice, "a", ""));
TABLE(target_second, NPROM_GAUGE(&g, "a", ""), NPROM_INFO(&target, "target", ""));
TABLE(unit_twice, NPROM_UNIT(NPROM_GAUGE(&g, "a_volts", ""), "volts"));
TABLE(unit_of_an_info, NPROM_UNIT(NPROM_INFO(&target, "a", ""), "volts"));
TABLE(info_with_bad_name, NPROM_INFO(&info_dash, "a", ""));
TABLE(set_with_colon, NPROM_STATE_SET(&states, "a:b", ""));
TABLE(set_with_two_equal, NPROM_STATE_SET(&states_twice, "a", ""));
TABLE(set_with_bad_text, NPROM_STATE_SET(&states_not_utf8, "a", ""));
TABLE(set_of_too_many, NPROM_STATE_SET(&states_33, "a", ""));
TABLE(set_of_none, NPROM_STATE_SET(&states_0, "a", ""));
TABLE(set_without_memory, NPROM_STATE_SET(&states_nowhere, "a", ""));
static const nprom_metric_t set_a_rows[] = {NPROM_STATE_SET(&states, "a", "")};
static const nprom_label_t label_of_the_set[] = {NPROM_LABEL("a", "1")};
static const nprom_group_t set_with_its_label =
    NPROM_GROUP_INIT_LABELS(set_a_rows, "", label_of_the_set);

static nprom_gauge_t g2;
NPROM_DEFINE_HISTOGRAM(h2, 2);
NPROM_DEFINE_INFO(info, NPROM_LABEL("version", "1"));
NPROM_DEFINE_SERIES(gauge, series_twice, ("a", "b"), NPROM_SERIES(&g, "x", "y"),
                    NPROM_SERIES(&g2, "x", "z"), NPROM_SERIES(&g2, "x", "y"));
NPROM_DEFINE_SERIES(gauge, series_short, ("a", "b"), NPROM_SERIES(&g, "x"));
NPROM_DEFINE_SERIES(gauge, series_nowhere, ("a"), NPROM_SERIES(&g, "x"), NPROM_SERIES(0, "y"));
NPROM_DEFINE_SERIES(gauge, series_not_utf8, ("a"), NPROM_SERIES(&g, "\xff"));
NPROM_DEFINE_SERIES(gauge, series_dash, ("a-b"), NPROM_SERIES(&g, "x"));
NPROM_DEFINE_SERIES(histogram, series_of_buckets, ("a"), NPROM_SERIES(&h, "x"),
                    NPROM_SERIES(&h2, "y"));
NPROM_DEFINE_SERIES(histogram, series_bounds_down, ("a"), NPROM_SERIES(&unsorted, "x"));
NPROM_DEFINE_SERIES(gauge_fn, series_of_nothing, ("a"), NPROM_SERIES(&no_function, "x"));
NPROM_DEFINE_SERIES(info, series_of_info, ("version"), NPROM_SERIES(&info, "x"));
NPROM_DEFINE_SERIES(state_set, series_of_states, ("a"), NPROM_SERIES(&states, "x"));
/* The macros refuse this. */
static const nprom_gauge_series_t series_none = {{&nprom_kind_gauge, 0, 0, 0, 0}};
static const nprom_gauge_series_t series_of_counters = {
    {&nprom_kind_counter, series_not_utf8_names_, series_not_utf8_rows_, 1, 1}};
TABLE(two_equal_series, NPROM_GAUGE_SERIES(&series_twice, "s", ""));
TABLE(too_few_values, NPROM_GAUGE_SERIES(&series_short, "s", ""));
TABLE(a_series_nowhere, NPROM_GAUGE_SERIES(&series_nowhere, "s", ""));
TABLE(series_with_bad_text, NPROM_GAUGE_SERIES(&series_not_utf8, "s", ""));
TABLE(series_with_bad_label, NPROM_GAUGE_SERIES(&series_dash, "s", ""));
TABLE(different_buckets, NPROM_HISTOGRAM_SERIES(&series_of_buckets, "s", ""));
TABLE(series_with_bounds_down, NPROM_HISTOGRAM_SERIES(&series_bounds_down, "s", ""));
TABLE(series_without_function, NPROM_GAUGE_FN_SERIES(&series_of_nothing, "s", ""));
TABLE(info_with_the_label_of_its_series, NPROM_INFO_SERIES(&series_of_info, "s", ""));
TABLE(set_in_series_with_its_label, NPROM_STATE_SET_SERIES(&series_of_states, "a", ""));
TABLE(no_series, NPROM_GAUGE_SERIES(&series_none, "s", ""));
TABLE(other_series, NPROM_GAUGE_SERIES(&series_of_counters, "s", ""));

/* A row that was left out, and one whose pointer is null. */
static const nprom_metric_t blank_rows[2] = {NPROM_GAUGE(&g, "a", "")};
static const nprom_group_t blank = NPROM_GROUP_INIT(blank_rows);
TABLE(no_value, NPROM_GAUGE(&g, "a", ""), NPROM_COUNTER((nprom_counter_t *)0, "b", ""));

static const nprom_metric_t family_by_a_rows[] = {NPROM_GAUGE_FAMILY(&by_a, "f", "")};
static const nprom_label_t label_a[] = {NPROM_LABEL("a", "1")};
static const nprom_label_t label_a_a[] = {NPROM_LABEL("a", "1"), NPROM_LABEL("a", "2")};
static const nprom_label_t label_dash[] = {NPROM_LABEL("a-b", "1")};
static const nprom_label_t label_not_utf8[] = {NPROM_LABEL("a", "\xff")};
static const nprom_label_t label_called_le[] = {NPROM_LABEL("le", "1")};
static const nprom_group_t constant_and_own = NPROM_GROUP_INIT_LABELS(family_by_a_rows, "", label_a);
static const nprom_group_t constant_twice = NPROM_GROUP_INIT_LABELS(good_rows, "", label_a_a);
static const nprom_group_t constant_bad = NPROM_GROUP_INIT_LABELS(good_rows, "", label_dash);
static const nprom_group_t constant_not_utf8 = NPROM_GROUP_INIT_LABELS(good_rows, "", label_not_utf8);
static const nprom_metric_t one_histogram_rows[] = {NPROM_HISTOGRAM(&h, "h", "")};
static const nprom_group_t constant_le =
    NPROM_GROUP_INIT_LABELS(one_histogram_rows, "", label_called_le);
static const nprom_group_t bad_prefix = NPROM_GROUP_INIT_PREFIX(good_rows, "9_");
static const nprom_group_t inner_a = NPROM_GROUP_INIT_LABELS(good_rows, "", label_a);
static const nprom_metric_t outer_a_rows[] = {NPROM_GROUP(&inner_a)};
static const nprom_group_t outer_a = NPROM_GROUP_INIT_LABELS(outer_a_rows, "", label_a);
TABLE(included_twice, NPROM_GROUP(&good), NPROM_GROUP(&good));

TABLE(level1, NPROM_GROUP(&good));
TABLE(level2, NPROM_GROUP(&level1));
TABLE(level3, NPROM_GROUP(&level2));
TABLE(level4, NPROM_GROUP(&level3));
TABLE(level5, NPROM_GROUP(&level4));
TABLE(level6, NPROM_GROUP(&level5));
TABLE(level7, NPROM_GROUP(&level6));
TABLE(level8, NPROM_GROUP(&level7));
TABLE(level9, NPROM_GROUP(&level8));
TABLE(level10, NPROM_GROUP(&level9));

#define X50 "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"
TABLE(long_name, NPROM_GAUGE(&g, X50 X50 X50 X50 X50, ""));

/* What the sentence must say: who, and what is wrong. */
static const struct {
    const char *what;
    const nprom_group_t *group;
    const char *who, *why;
} tables[] = {
    {"a row that was left out", &blank, "row", "no kind or no value"},
    {"a row without a value", &no_value, "row", "no kind or no value"},
    {"an empty name", &no_name, "''", "no metric name"},
    {"a name that begins with a digit", &digit_first, "'9a'", "no metric name"},
    {"a name with a dash", &dash, "'a-b'", "no metric name"},
    {"a name that begins with an underscore", &underscore, "'_a'", "no metric name"},
    {"a name beyond ASCII", &beyond_ascii, "hler'", "no metric name"},
    {"a name with a NUL inside", &nul_inside, "'a?b'", "no metric name"},
    {"a name of 250 bytes and a suffix", &long_name, "xxxx", "longer than 255 bytes"},
    {"a name twice", &twice, "'a'", "two metrics expose the name"},
    {"a counter with and without _total", &total_twice, "'a", "two metrics expose the name"},
    {"a gauge named as a histogram's _count", &clash_count, "'lat_count'", "two metrics expose"},
    {"a gauge named as a counter's _total", &clash_total, "'a_total'", "two metrics expose"},
    {"a group included twice", &included_twice, "'a", "two metrics expose the name"},
    {"the library's own name", &own_name, "nanoprom_series_refused", "reserved"},
    {"a callback without a function", &callback_of_nothing, "'a'", "has no function"},
    {"a label quantile on a summary", &label_quantile, "'quantile'", "reserved"},
    {"an info's value that is not UTF-8", &info_with_bad_text, "'a'", "not UTF-8"},
    {"an info's label twice", &info_with_two_equal, "label 'a'", "twice"},
    {"the target's info as the second", &target_second, "'target'", "is not the first of the page"},
    {"an info's label with a dash", &info_with_bad_name, "'a-b'", "no label name"},
    {"a unit that the name has already", &unit_twice, "'a_volts_volts'", "has its unit twice"},
    {"a unit of an info", &unit_of_an_info, "'a_volts'", "has a unit"},
    {"a state set with a colon", &set_with_colon, "'a:b'", "':'"},
    {"two states of the same name", &set_with_two_equal, "'a'", "same name"},
    {"a state that is not UTF-8", &set_with_bad_text, "'a'", "not UTF-8"},
    {"33 states", &set_of_too_many, "'a'", "more than 32"},
    {"no states", &set_of_none, "'a'", "no states"},
    {"a state set without memory", &set_without_memory, "'a'", "no memory"},
    {"the label of a state set as a constant", &set_with_its_label, "label 'a'", "reserved"},
    {"two series with the same labels", &two_equal_series, "'s'", "same labels"},
    {"a series with too few values", &too_few_values, "'s'", "fewer values than labels"},
    {"a series without a metric", &a_series_nowhere, "'s'", "without a metric"},
    {"a series' value that is not UTF-8", &series_with_bad_text, "'s'", "not UTF-8"},
    {"a series' label with a dash", &series_with_bad_label, "'a-b'", "no label name"},
    {"series with different buckets", &different_buckets, "'s'", "different buckets"},
    {"a series whose bounds do not ascend", &series_with_bounds_down, "'s'", "do not ascend"},
    {"a series without a function", &series_without_function, "'s'", "has no function"},
    {"an info's label in a series", &info_with_the_label_of_its_series, "'version'", "twice"},
    {"the label of a state set in a series", &set_in_series_with_its_label, "label 'a'", "reserved"},
    {"a table of no series", &no_series, "'s'", "no series"},
    {"a table of series of another type", &other_series, "'s'", "another type"},
    {"bounds that do not ascend", &bounds_down, "'h'", "do not ascend"},
    {"equal bounds", &bounds_equal, "'h'", "do not ascend"},
    {"a bound that is no number", &bounds_nan, "'h'", "not a number"},
    {"an infinite bound", &bounds_inf, "'h'", "infinite bucket bound"},
    {"bounds in ticks that do not ascend", &bounds_in_ticks_down, "'h'", "do not ascend"},
    {"equal bounds in ticks", &bounds_in_ticks_equal, "'h'", "do not ascend"},
    {"equal bounds in ticks of a family", &bounds_of_family_equal, "'h'", "do not ascend"},
    {"0 ticks per unit", &no_ticks_per_unit, "'h'", "0 ticks per unit"},
    {"a histogram's label le", &label_le, "'le'", "reserved"},
    {"a label that begins with two underscores", &label_reserved, "'__a'", "no label name"},
    {"a label with a dash", &label_bad, "'a-b'", "no label name"},
    {"a label without a name", &label_empty, "''", "no label name"},
    {"a label twice", &label_twice, "'a'", "twice"},
    {"a label that is a constant label, too", &constant_and_own, "'a'", "constant label"},
    {"a constant label twice", &constant_twice, "'a'", "twice"},
    {"a constant label of two groups", &outer_a, "'a'", "twice"},
    {"a constant label with a dash", &constant_bad, "'a-b'", "no label name"},
    {"a constant label le on a histogram", &constant_le, "'le'", "reserved"},
    {"a constant label's value that is not UTF-8", &constant_not_utf8, "'a'", "not UTF-8"},
    {"a prefix that begins with a digit", &bad_prefix, "'9_a", "no metric name"},
    {"a help text that is not UTF-8", &help_not_utf8, "'a'", "help text that is not UTF-8"},
    {"a help text that is cut off", &help_cut_off, "'a'", "help text that is not UTF-8"},
    {"groups nested too deep", &level10, "groups", "nested more than"},
};

static size_t current;

static void is_refused(void) {
    char message[500] = "~", cut[20];
    memset(cut, '~', sizeof cut);
    CHECK(nprom_check(tables[current].group, message, sizeof message) == NPROM_ERR_TABLE);
    CHECK(strstr(message, tables[current].who) != NULL);
    CHECK(strstr(message, tables[current].why) != NULL);
    if (test_faults)
        printf("    it says: %s\n", message);
    /* Cut to the room there is, and left out where there is none. */
    CHECK(nprom_check(tables[current].group, cut, 10) == NPROM_ERR_TABLE);
    CHECK(memcmp(cut, message, 9) == 0 && cut[9] == 0 && cut[10] == '~');
    cut[0] = '~';
    CHECK(nprom_check(tables[current].group, cut, 0) == NPROM_ERR_TABLE && cut[0] == '~');
    CHECK(nprom_check(tables[current].group, cut, 1) == NPROM_ERR_TABLE && cut[0] == 0);
    CHECK(nprom_check(tables[current].group, NULL, 100) == NPROM_ERR_TABLE);
}

static void good_tables_pass(void) {
    char message[10] = "~";
    CHECK(nprom_check(&good, message, sizeof message) == NPROM_OK);
    CHECK(nprom_check(&gauge_by_le, NULL, 0) == NPROM_OK);
    CHECK(nprom_check(&level3, NULL, 0) == NPROM_OK);
    CHECK(message[0] == '~');
}

static int is_utf8(const unsigned char *text, size_t len) {
    for (size_t i = 0; i < len; i++) {
        size_t more = text[i] < 0x80 ? 0 : text[i] >= 0xf0 ? 3 : text[i] >= 0xe0 ? 2 : 1;
        if (text[i] >= 0xf8 || (text[i] >= 0x80 && text[i] < 0xc2) || i + more >= len)
            return 0;
        for (; more > 0; more--)
            if ((text[++i] & 0xc0) != 0x80)
                return 0;
    }
    return 1;
}

/* An unchecked table still gives a page that can be read. */
static void invalid_text_never_reaches_the_page(void) {
    static const nprom_group_t *const groups[] = {&help_not_utf8, &help_cut_off, &constant_not_utf8};
    for (size_t i = 0; i < sizeof groups / sizeof groups[0]; i++) {
        char page[500];
        size_t len;
        CHECK(nprom_encode_buffer(groups[i], NPROM_TEXT, page, sizeof page, &len) == NPROM_OK);
        CHECK(is_utf8((const unsigned char *)page, len));
        if (test_faults)
            printf("    %.*s", (int)len, page);
    }
}

/* Taken for 1: no division by zero. */
static void a_unit_of_no_ticks_has_a_page(void) {
    static const char last[] = "h_sum 3\nh_count 1\n";
    char page[500];
    size_t len;
    nprom_int_histogram_observe(&no_unit, 3);
    CHECK(nprom_encode_buffer(&no_ticks_per_unit, NPROM_TEXT, page, sizeof page, &len) == NPROM_OK);
    CHECK(len > strlen(last) && memcmp(page + len - strlen(last), last, strlen(last)) == 0);
}

static void too_deep_a_table_ends(void) {
    char page[500];
    size_t len;
    CHECK(nprom_encode_buffer(&level10, NPROM_TEXT, page, sizeof page, &len) == NPROM_OK);
}

int main(void) {
    statement("good tables pass the check", good_tables_pass);
    for (current = 0; current < sizeof tables / sizeof tables[0]; current++) {
        char text[100];
        snprintf(text, sizeof text, "the check refuses %s", tables[current].what);
        statement(text, is_refused);
    }
    statement("text that is not UTF-8 never reaches the page", invalid_text_never_reaches_the_page);
    statement("a unit of 0 ticks has a page", a_unit_of_no_ticks_has_a_page);
    statement("the page of a table that is nested too deep has an end", too_deep_a_table_ends);
    return test_result();
}
