/* Frames for a serial line: portions of every size, mistakes of the caller, and requests. */
#include "test.h"
#include <nanoprom.h>

static nprom_counter_t requests;
static const nprom_metric_t rows[] = {
    NPROM_COUNTER(&requests, "http_requests_total", "Requests served."),
};
static const nprom_group_t group = NPROM_GROUP_INIT(rows);

enum { ROOM = 1000 };

static size_t send_page(char *out, size_t portion) {
    nprom_frames_t frames;
    size_t len = 0, more;
    CHECK(nprom_frames_init(&frames, &group, NPROM_TEXT, 0x81) == NPROM_OK);
    CHECK(nprom_frames_between(&frames) == 1);
    while ((more = nprom_frames_read(&frames, out + len, portion)) > 0) {
        CHECK(more <= portion);
        len += more;
    }
    CHECK(nprom_frames_between(&frames) == 1);
    return len;
}

/* Puts the payloads together; the CRCs are checked by the tests of the core. */
static size_t unframe(const char *sent, size_t len, char *page) {
    size_t at = 0, filled = 0, sequence = 0;
    while (at + 9 <= len) {
        const unsigned char *frame = (const unsigned char *)sent + at;
        CHECK(frame[0] == 0xFA && frame[1] == 0x81);
        CHECK(frame[2] == sequence && frame[3] == 0);
        memcpy(page + filled, frame + 5, frame[4]);
        filled += frame[4];
        at += 9u + frame[4];
        sequence++;
    }
    CHECK(at == len && sequence > 1);
    return filled;
}

static void portions_are_the_same(void) {
    char whole[ROOM], sent[ROOM], page[ROOM], expected[ROOM];
    size_t len = send_page(whole, ROOM), expected_len;
    CHECK(nprom_encode_buffer(&group, NPROM_TEXT, expected, ROOM, &expected_len) == NPROM_OK);
    CHECK(unframe(whole, len, page) == expected_len);
    CHECK(memcmp(page, expected, expected_len) == 0);
    for (size_t portion = 1; portion < 80; portion++) {
        CHECK(send_page(sent, portion) == len);
        CHECK(memcmp(sent, whole, len) == 0);
    }
}

static void mistakes_are_told(void) {
    nprom_frames_t frames;
    char buf[20];
    CHECK(nprom_frames_init(NULL, &group, NPROM_TEXT, 0) == NPROM_ERR_NULL);
    CHECK(nprom_frames_scratch(NULL, buf, sizeof buf) == NPROM_ERR_NULL);
    CHECK(nprom_frames_init(&frames, NULL, NPROM_TEXT, 0) == NPROM_ERR_NULL);
    CHECK(nprom_frames_scratch(&frames, NULL, 1) == NPROM_ERR_NULL);
    CHECK(nprom_frames_scratch(&frames, NULL, 0) == NPROM_OK);
    CHECK(nprom_frames_read(&frames, buf, sizeof buf) == 9); /* the end of an empty page */
    CHECK(nprom_frames_init(&frames, &group, NULL, 0) == NPROM_ERR_NULL);
    CHECK(nprom_frames_read(&frames, buf, sizeof buf) == 9);
    CHECK(nprom_frames_read(&frames, buf, sizeof buf) == 0);
    CHECK(nprom_frames_read(&frames, NULL, 1) == 0);
    CHECK(nprom_frames_read(NULL, buf, sizeof buf) == 0);
    CHECK(nprom_frames_between(NULL) == 1);
}

static void requests_are_found(void) {
    nprom_requests_t received = {0};
    static const struct {
        unsigned char byte;
        int32_t page;
    } bytes[] = {{0x80, -1}, {5, -1},      {0x80, 0x80}, {5, -1},   {5, -1},
                 {0xFF, 0xFF}, {5, -1}, {'x', -1},  {0x90, -1}};
    for (size_t at = 0; at < sizeof bytes / sizeof *bytes; at++)
        CHECK(nprom_requests_feed(&received, bytes[at].byte) == bytes[at].page);
    CHECK(nprom_requests_feed(NULL, 5) == -1);
}

int main(void) {
    statement("frames in portions of every size are the same bytes, and hold the page",
              portions_are_the_same);
    statement("mistakes of the caller give an empty page and a status", mistakes_are_told);
    statement("an enquiry and a page number are a request, anything else is none",
              requests_are_found);
    return test_result();
}
