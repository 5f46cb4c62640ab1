/*
 * Collectors from C: the golden page by every portion, and what they do wrong.
 *
 *     collectors testdata/pages
 */
#include "golden/golden.h"
#include "test.h"
#include <math.h>

enum { ROOM = 16384 };

static const char *folder;

static size_t load(const char *extension, char *page) {
    char path[500];
    FILE *file;
    size_t len;
    snprintf(path, sizeof path, "%s/collectors.%s", folder, extension);
    file = fopen(path, "rb");
    if (!file)
        return 0;
    len = fread(page, 1, ROOM, file);
    fclose(file);
    return len;
}

static void the_page_is_that_of_the_file(void) {
    static char expected[ROOM], page[2 * ROOM];
    for (int text = 0; text < 2; text++) {
        const nprom_format_t *format = text ? NPROM_TEXT : NPROM_OPENMETRICS;
        size_t expected_len = load(text ? "txt" : "om", expected), len, more;
        CHECK(expected_len > 0);
        CHECK(nprom_encode_buffer(&collectors_group, format, page, sizeof page, &len) == NPROM_OK);
        CHECK(len == expected_len && memcmp(page, expected, len) == 0);
        for (size_t size = 1; size <= expected_len + 1; size++) {
            nprom_cursor_t cursor;
            char scratch[512];
            CHECK(nprom_cursor_init(&cursor, &collectors_group, format) == NPROM_OK);
            CHECK(nprom_cursor_scratch(&cursor, scratch, sizeof scratch) == NPROM_OK);
            for (len = 0; (more = nprom_read(&cursor, page + len, size)) > 0;)
                len += more;
            CHECK(len == expected_len && memcmp(page, expected, len) == 0);
        }
    }
}

/* Family and series that go wrong in a way of their own. */
enum way { RIGHT, NO_FUNCTION, FAMILY_FAILS, SERIES_FAILS, NO_NAME, NOT_UTF8, NO_VALUE, WRONG_TYPE, ENDLESS };

static int32_t family(void *context, uint32_t number, nprom_collected_family_t *out) {
    enum way way = *(const enum way *)context;
    if (way == FAMILY_FAILS)
        return -1;
    CHECK(nprom_collected_family_describe(out, 8, "x", "") == NPROM_ERR_TYPE);
    if (way != NO_NAME)
        CHECK(nprom_collected_family_describe(out, NPROM_TYPE_GAUGE, "x", "") == NPROM_OK);
    return number == 0;
}

static int32_t series(void *context, uint32_t of, uint32_t number, nprom_collected_series_t *out) {
    enum way way = *(const enum way *)context;
    CHECK(of == 0);
    if (way == SERIES_FAILS)
        return -7;
    if (way == NOT_UTF8)
        CHECK(nprom_collected_series_label_str(out, "a", "\xff") == NPROM_OK);
    if (way == WRONG_TYPE)
        CHECK(nprom_collected_series_summary(out, 1, 1, NULL, 0) == NPROM_OK);
    else if (way != NO_VALUE)
        CHECK(nprom_collected_series_value(out, 0.5) == NPROM_OK);
    return way == ENDLESS || number == 0;
}

static void what_goes_wrong_is_left_out_and_counted(void) {
    static nprom_int_counter_t errors;
    static enum way way;
    static const nprom_collector_t right = {family, series, &way, &errors, 0, 100},
                                   missing = {NULL, NULL, NULL, &errors, 0, 0},
                                   uncounted = {NULL, series, &way, NULL, 0, 0};
    static const nprom_metric_t rows[] = {NPROM_COLLECTOR(&right, "right")},
                                missing_rows[] = {NPROM_COLLECTOR(&missing, "missing"),
                                                  NPROM_COLLECTOR(&uncounted, "uncounted")};
    static const nprom_group_t group = NPROM_GROUP_INIT(rows),
                               missing_group = NPROM_GROUP_INIT(missing_rows);
    static const struct {
        enum way way;
        const char *page;
        uint64_t errors;
    } table[] = {
        {RIGHT, "# TYPE x gauge\nx 0.5\n", 0},    {NO_FUNCTION, "", 1},
        {FAMILY_FAILS, "", 1},                    {SERIES_FAILS, "# TYPE x gauge\n", 1},
        {NO_NAME, "", 1},                         {NOT_UTF8, "# TYPE x gauge\n", 1},
        {NO_VALUE, "# TYPE x gauge\n", 1},        {WRONG_TYPE, "# TYPE x gauge\n", 1},
        {ENDLESS, "# TYPE x gauge\nx 0.5\n", 100},
    };
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
        char page[200];
        size_t len;
        uint64_t before = nprom_int_counter_get(&errors);
        way = table[i].way;
        CHECK(nprom_encode_buffer(way == NO_FUNCTION ? &missing_group : &group, NPROM_TEXT, page,
                                  sizeof page, &len) == NPROM_OK);
        CHECK(len == strlen(table[i].page) && memcmp(page, table[i].page, len) == 0);
        CHECK(nprom_int_counter_get(&errors) - before == table[i].errors);
    }
}

static void null_is_refused(void) {
    const nprom_str_t text = {"x", 1};
    CHECK(nprom_collected_family_describe(NULL, NPROM_TYPE_GAUGE, "x", "") == NPROM_ERR_NULL);
    CHECK(nprom_collected_family_unit(NULL, "x") == NPROM_ERR_NULL);
    CHECK(nprom_collected_series_label(NULL, "x", text) == NPROM_ERR_NULL);
    CHECK(nprom_collected_series_label_str(NULL, "x", "x") == NPROM_ERR_NULL);
    CHECK(nprom_collected_series_value(NULL, 1) == NPROM_ERR_NULL);
    CHECK(nprom_collected_series_unsigned(NULL, 1) == NPROM_ERR_NULL);
    CHECK(nprom_collected_series_signed(NULL, 1) == NPROM_ERR_NULL);
    CHECK(nprom_collected_series_histogram(NULL, NULL, 0, 1) == NPROM_ERR_NULL);
    CHECK(nprom_collected_series_summary(NULL, 1, 1, NULL, 0) == NPROM_ERR_NULL);
    CHECK(nprom_collected_series_state(NULL, "x", 1) == NPROM_ERR_NULL);
    CHECK(nprom_collected_series_timestamp_ms(NULL, 1) == NPROM_ERR_NULL);
}

int main(int argc, char **argv) {
    if (argc != 2)
        return 2;
    folder = argv[1];
    statement("the page is that of the file, in portions of every size", the_page_is_that_of_the_file);
    statement("what goes wrong is left out and counted", what_goes_wrong_is_left_out_and_counted);
    statement("null is refused", null_is_refused);
    return test_result();
}
