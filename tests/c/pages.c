/*
 * The golden pages from C: byte for byte, and by every way to read a page.
 *
 *     pages testdata/pages
 */
#include "golden/golden.h"
#include "test.h"

static const struct golden goldens[] = {
    {"kinds", &kinds_group, kinds_fill},
    {"families", &families_group, families_fill},
    {"nested", &nested_group, nested_fill},
    {"escaping", &escaping_group, escaping_fill},
    {"ticks", &ticks_group, ticks_fill},
    {"guards", &guards_group, guards_fill},
    {"more_kinds", &more_kinds_group, more_kinds_fill},
    {"names", &names_group, names_fill},
    {"overflow", &overflow_group, overflow_fill},
    {"target", &target_group, target_fill},
    {"fixed", &fixed_group, fixed_fill},
};
enum { GOLDENS = sizeof goldens / sizeof goldens[0], PAGES = 2 * GOLDENS, ROOM = 16384 };

/* Every golden group in both formats: the text pages first. */
static struct page {
    const char *name;
    const nprom_group_t *group;
    const nprom_format_t *format;
} pages[PAGES];

/* What the files say. */
static char expected[PAGES][ROOM];
static size_t expected_len[PAGES];

static int load(const char *folder) {
    for (size_t i = 0; i < PAGES; i++) {
        const struct golden *golden = &goldens[i % GOLDENS];
        int text = i < GOLDENS;
        char path[500];
        FILE *file;
        pages[i].name = golden->name;
        pages[i].group = golden->group;
        pages[i].format = text ? NPROM_TEXT : NPROM_OPENMETRICS;
        snprintf(path, sizeof path, "%s/%s.%s", folder, golden->name, text ? "txt" : "om");
        file = fopen(path, "rb");
        if (!file) {
            perror(path);
            return 0;
        }
        expected_len[i] = fread(expected[i], 1, ROOM, file);
        fclose(file);
        if (text)
            golden->fill();
    }
    return 1;
}

static int is_page(size_t page, const char *data, size_t len) {
    return len == expected_len[page] && memcmp(data, expected[page], len) == 0;
}

static void every_group_passes_the_check(void) {
    char message[200] = "";
    for (size_t i = 0; i < GOLDENS; i++)
        CHECK(nprom_check(pages[i].group, message, sizeof message) == NPROM_OK);
    CHECK(message[0] == 0);
}

static void the_pages_are_those_of_the_files(void) {
    for (size_t i = 0; i < PAGES; i++) {
        char page[ROOM];
        size_t len, at = 0;
        CHECK(nprom_encode_buffer(pages[i].group, pages[i].format, page, sizeof page, &len) == NPROM_OK);
        while (at < len && at < expected_len[i] && page[at] == expected[i][at])
            at++;
        CHECK(is_page(i, page, len));
        if (!is_page(i, page, len))
            printf("    %s differs from byte %zu on: %.*s\n", pages[i].name, at,
                   (int)(len - at < 100 ? len - at : 100), page + at);
    }
}

static void every_buffer_size_reads_the_same_page(void) {
    for (size_t i = 0; i < PAGES; i++) {
        for (size_t size = 1; size <= expected_len[i] + 1; size++) {
            nprom_cursor_t cursor;
            char page[2 * ROOM];
            size_t len = 0, more;
            CHECK(nprom_cursor_init(&cursor, pages[i].group, pages[i].format) == NPROM_OK);
            while ((more = nprom_read(&cursor, page + len, size)) > 0) {
                /* A buffer is filled up, except at the end. */
                CHECK(more == size || len + more == expected_len[i]);
                len += more;
            }
            CHECK(is_page(i, page, len));
            CHECK(nprom_read(&cursor, page, size) == 0);
        }
    }
}

static void two_cursors_do_not_disturb_each_other(void) {
    for (size_t i = 0; i < PAGES; i++) {
        nprom_cursor_t cursors[2], copy;
        char page[3][2 * ROOM];
        size_t len[3] = {0, 0, 0}, more, sizes[2] = {1, 7};
        nprom_cursor_init(&cursors[0], pages[i].group, pages[i].format);
        nprom_cursor_init(&cursors[1], pages[i].group, pages[i].format);
        do {
            more = 0;
            for (size_t c = 0; c < 2; c++) {
                size_t read = nprom_read(&cursors[c], page[c] + len[c], sizes[c]);
                len[c] += read;
                more += read;
            }
            if (len[0] == 50) {
                copy = cursors[0];
                memcpy(page[2], page[0], len[0]);
                len[2] = len[0];
            }
        } while (more);
        while ((more = nprom_read(&copy, page[2] + len[2], 64)) > 0)
            len[2] += more;
        for (size_t c = 0; c < 3; c++)
            CHECK(is_page(i, page[c], len[c]));
    }
}

static void a_buffer_of_the_exact_size_will_do_and_one_byte_less_will_not(void) {
    static char page[ROOM];
    for (size_t i = 0; i < PAGES; i++) {
        size_t exact = expected_len[i], len = 1;
        memset(page, '~', sizeof page);
        CHECK(nprom_encode_buffer(pages[i].group, pages[i].format, page, exact, &len) == NPROM_OK);
        CHECK(is_page(i, page, len) && page[exact] == '~');
        CHECK(nprom_encode_buffer(pages[i].group, pages[i].format, page, exact - 1, &len) ==
              NPROM_ERR_BUFFER);
        CHECK(len == 0 && page[exact] == '~');
        CHECK(nprom_encode_buffer(pages[i].group, pages[i].format, page, 0, &len) == NPROM_ERR_BUFFER);
    }
}

/* Collects a page and fails at call number `fail_at`, if it comes to that. */
struct sink {
    char page[ROOM];
    size_t len;
    int32_t calls, fail_at;
};

static int32_t collect(void *context, const char *data, size_t len) {
    struct sink *sink = (struct sink *)context;
    if (++sink->calls == sink->fail_at)
        return 1000 + sink->calls;
    if (len > 128 || sink->len + len > ROOM)
        return -1000;
    memcpy(sink->page + sink->len, data, len);
    sink->len += len;
    return 0;
}

static void a_callback_gets_the_page_and_its_own_error_comes_back(void) {
    static struct sink sink;
    for (size_t i = 0; i < PAGES; i++) {
        int32_t calls;
        memset(&sink, 0, sizeof sink);
        CHECK(nprom_encode(pages[i].group, pages[i].format, collect, &sink) == NPROM_OK);
        CHECK(is_page(i, sink.page, sink.len));
        calls = sink.calls;
        for (int32_t fail_at = 1; fail_at <= calls; fail_at++) {
            memset(&sink, 0, sizeof sink);
            sink.fail_at = fail_at;
            CHECK(nprom_encode(pages[i].group, pages[i].format, collect, &sink) == 1000 + fail_at);
            CHECK(sink.calls == fail_at);
            CHECK(memcmp(sink.page, expected[i], sink.len) == 0);
        }
    }
}

/* Writes a sample as a line of the page, all but its value. */
static void append(struct sink *out, const char *data, size_t len) {
    collect(out, data, len);
}

static void append_escaped(struct sink *out, nprom_str_t text) {
    for (size_t i = 0; i < text.len; i++) {
        char byte = text.data[i];
        if (byte == '\\' || byte == '"' || byte == '\n') {
            char escaped[2] = {'\\', byte == '\n' ? 'n' : byte};
            append(out, escaped, 2);
        } else {
            append(out, &byte, 1);
        }
    }
}

static void print_series(void *context, const nprom_sample_t *sample) {
    struct sink *out = (struct sink *)context;
    nprom_str_t name = nprom_sample_name(sample), value;
    size_t at = 0;
    append(out, name.data, name.len);
    for (; nprom_sample_label(sample, at, &name, &value) == NPROM_OK; at++) {
        append(out, at ? "," : "{", 1);
        append(out, name.data, name.len);
        append(out, "=\"", 2);
        append_escaped(out, value);
        append(out, "\"", 1);
    }
    if (at)
        append(out, "}", 1);
    append(out, " ", 1);
    CHECK(nprom_sample_label(sample, at, &name, &value) == NPROM_ERR_NOT_FOUND);
}

struct lines {
    const char *at, *end;
    size_t count;
};

static void compare_with_line(void *context, const nprom_sample_t *sample) {
    struct lines *lines = (struct lines *)context;
    static struct sink series;
    char number[40];
    double printed, value = nprom_sample_value(sample);
    const char *line_end;
    uint64_t u;
    int64_t s;
    while (lines->at < lines->end && *lines->at == '#')
        lines->at = (const char *)memchr(lines->at, '\n', (size_t)(lines->end - lines->at)) + 1;
    memset(&series, 0, sizeof series);
    print_series(&series, sample);
    CHECK((size_t)(lines->end - lines->at) > series.len);
    CHECK(memcmp(lines->at, series.page, series.len) == 0);
    lines->at += series.len;
    line_end = (const char *)memchr(lines->at, '\n', (size_t)(lines->end - lines->at));
    snprintf(number, sizeof number, "%.*s", (int)(line_end - lines->at), lines->at);
    CHECK(sscanf(number, "%lf", &printed) == 1);
    CHECK(memcmp(&printed, &value, sizeof value) == 0 || (printed != printed && value != value));
    if (nprom_sample_unsigned(sample, &u) == NPROM_OK) {
        char exact[40];
        snprintf(exact, sizeof exact, "%llu", (unsigned long long)u);
        CHECK(strcmp(exact, number) == 0);
    }
    if (nprom_sample_signed(sample, &s) == NPROM_OK) {
        char exact[40];
        snprintf(exact, sizeof exact, "%lld", (long long)s);
        CHECK(strcmp(exact, number) == 0);
    }
    lines->at = line_end + 1;
    lines->count++;
}

static void the_samples_one_by_one_are_those_of_the_page(void) {
    for (size_t i = 0; i < GOLDENS; i++) {
        struct lines lines = {expected[i], expected[i] + expected_len[i], 0};
        CHECK(nprom_for_each_sample(pages[i].group, compare_with_line, &lines) == NPROM_OK);
        CHECK(lines.count > 0);
        while (lines.at < lines.end && *lines.at == '#')
            lines.at = (const char *)memchr(lines.at, '\n', (size_t)(lines.end - lines.at)) + 1;
        CHECK(lines.at == lines.end);
    }
}

int main(int argc, char **argv) {
    if (argc != 2 || !load(argv[1]))
        return 2;
    statement("every golden group passes the check", every_group_passes_the_check);
    statement("the pages are those of the files, byte for byte", the_pages_are_those_of_the_files);
    statement("every buffer size from 1 to the page's length reads the same page",
              every_buffer_size_reads_the_same_page);
    statement("two cursors, and a copy of one, do not disturb each other",
              two_cursors_do_not_disturb_each_other);
    statement("a buffer of the exact size will do, and one byte less will not",
              a_buffer_of_the_exact_size_will_do_and_one_byte_less_will_not);
    statement("a callback gets the page, and its own error comes back at every call",
              a_callback_gets_the_page_and_its_own_error_comes_back);
    statement("the samples one by one are those of the page",
              the_samples_one_by_one_are_those_of_the_page);
    return test_result();
}
