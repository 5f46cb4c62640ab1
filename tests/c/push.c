/* The push from C: requests pulled and answers fed in portions of every size. */
#include "test.h"
#include <nanoprom.h>
#include <stdlib.h>

static nprom_counter_t requests;
static const nprom_metric_t rows[] = {
    NPROM_COUNTER(&requests, "http_requests_total", "Requests served."),
};
static const nprom_group_t group = NPROM_GROUP_INIT(rows);

#define PAGE \
    "# HELP http_requests_total Requests served.\n" \
    "# TYPE http_requests_total counter\n" \
    "http_requests_total 0\n"
#define HEAD(method) \
    method " /gate/metrics/job/a%20b/instance@base64/Y2VsbGFyLzI/room@base64/= HTTP/1.1\r\n" \
           "Host: gateway:9091\r\n"

enum { ROOM = 10000 };
static nprom_push_t push;
static nprom_label_t labels[2];
static const nprom_target_t target = {"gateway:9091", "/gate", "a b", labels, 2};
static char out[ROOM];
static size_t len;

static void pull_all(size_t portion) {
    size_t more;
    len = 0;
    while ((more = nprom_push_pull(&push, out + len, portion)) > 0) {
        CHECK(more <= portion);
        len += more;
    }
    out[len] = 0;
    CHECK(nprom_push_state(&push) == NPROM_HTTP_INPUT);
    CHECK(nprom_push_outcome(&push) == NPROM_ERR_PENDING);
}

static void the_request_is_this(void) {
    static const char tail[] = "\r\n0\r\n\r\n";
    CHECK(nprom_push_put(&push, &target, &group) == NPROM_OK);
    CHECK(nprom_push_state(&push) == NPROM_HTTP_OUTPUT);
    pull_all(1000);
    CHECK(strcmp(out, HEAD("PUT") "Content-Type: text/plain; version=0.0.4; charset=utf-8\r\n"
                                  "Transfer-Encoding: chunked\r\nConnection: close\r\n\r\n"
                                  "0065\r\n" PAGE "\r\n0\r\n\r\n") == 0);
    CHECK(nprom_push_post(&push, &target, &group) == NPROM_OK);
    pull_all(1000);
    CHECK(strncmp(out, HEAD("POST"), sizeof HEAD("POST") - 1) == 0);
    CHECK(strcmp(out + len - (sizeof tail - 1), tail) == 0);
    CHECK(nprom_push_delete(&push, &target) == NPROM_OK);
    pull_all(1000);
    CHECK(strcmp(out, HEAD("DELETE") "Connection: close\r\n\r\n") == 0);
}

/* The head is the same, and so is what is in the chunks, whose number differs. */
static void buffers_of_any_size_give_the_same_request(void) {
    static char whole[ROOM], joined[ROOM];
    size_t portion, head;
    nprom_push_put(&push, &target, &group);
    pull_all(1000);
    memcpy(whole, out, len + 1);
    head = (size_t)(strstr(whole, "\r\n\r\n") + 4 - whole);
    for (portion = 1; portion < 400; portion++) {
        const char *at = out + head;
        size_t size, all = 0;
        nprom_push_put(&push, &target, &group);
        pull_all(portion);
        CHECK(memcmp(out, whole, head) == 0);
        while ((size = strtoul(at, NULL, 16)) > 0) {
            at = strchr(at, '\n') + 1;
            memcpy(joined + all, at, size);
            all += size;
            at += size + 2;
        }
        joined[all] = 0;
        CHECK(strcmp(joined, PAGE) == 0);
        CHECK(strcmp(at, "0\r\n\r\n") == 0);
    }
}

/* The outcome of an answer that comes in portions. */
static int32_t answer(const char *text, size_t portion) {
    size_t at, all = strlen(text);
    nprom_push_delete(&push, &target);
    pull_all(1000);
    for (at = 0; at < all; at += portion) {
        size_t part = all - at < portion ? all - at : portion;
        CHECK(nprom_push_feed(&push, text + at, part) == part);
    }
    return nprom_push_outcome(&push);
}

static void answers_have_their_outcome(void) {
    size_t portion;
    for (portion = 1; portion < 100; portion++) {
        nprom_str_t message;
        CHECK(answer("HTTP/1.1 202 Accepted\r\nX: y\r\n\r\n", portion) == NPROM_OK);
        CHECK(nprom_push_state(&push) == NPROM_HTTP_CLOSE);
        CHECK(nprom_push_status(&push) == 0 && nprom_push_message(&push).len == 0);
        CHECK(answer("HTTP/1.1 202 Accepted\r\nX: y\r\n", portion) == NPROM_ERR_PENDING);
        CHECK(answer("HTTP/1.1 400 Bad\r\n\r\nnot like this", portion) == NPROM_ERR_REFUSED);
        CHECK(nprom_push_state(&push) == NPROM_HTTP_INPUT);
        nprom_push_end_input(&push);
        CHECK(nprom_push_state(&push) == NPROM_HTTP_CLOSE);
        CHECK(nprom_push_outcome(&push) == NPROM_ERR_REFUSED);
        CHECK(nprom_push_status(&push) == 400);
        message = nprom_push_message(&push);
        CHECK(message.len == 13 && memcmp(message.data, "not like this", 13) == 0);
        CHECK(answer("220 mail.example.org\r\n", portion) == NPROM_ERR_ANSWER);
        CHECK(answer("HTTP/1.1 2", portion) == NPROM_ERR_PENDING);
        nprom_push_end_input(&push);
        CHECK(nprom_push_outcome(&push) == NPROM_ERR_ENDED);
    }
}

int main(void) {
    CHECK(nprom_label_init(&labels[0], "instance", "cellar/2") == NPROM_OK);
    CHECK(nprom_label_init(&labels[1], "room", "") == NPROM_OK);
    statement("PUT, POST and DELETE are these requests", the_request_is_this);
    statement("buffers of any size give the same request", buffers_of_any_size_give_the_same_request);
    statement("answers have their outcome, in portions of any size", answers_have_their_outcome);
    return test_result();
}
