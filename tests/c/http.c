/* The HTTP responder from C: requests fed and answers pulled in portions of every size. */
#include "test.h"
#include <nanoprom.h>
#include <stdlib.h>

static nprom_counter_t requests;
static const nprom_metric_t rows[] = {
    NPROM_COUNTER(&requests, "http_requests_total", "Requests served."),
};
static const nprom_group_t group = NPROM_GROUP_INIT(rows);

static nprom_created_counter_t sent;
static nprom_gauge_t heat;
NPROM_DEFINE_HISTOGRAM(latency, 1);
static const nprom_metric_t other_rows[] = {
    NPROM_CREATED_COUNTER(&sent, "sent_total", ""),
    NPROM_GAUGE(&heat, "heat_celsius", ""),
    NPROM_HISTOGRAM(&latency, "latency_seconds", ""),
};
static const nprom_group_t other = NPROM_GROUP_INIT_PREFIX(other_rows, "app_");

#define PAGE \
    "# HELP http_requests_total Requests served.\n" \
    "# TYPE http_requests_total counter\n" \
    "http_requests_total 0\n"
#define GET(path) "GET " path " HTTP/1.1\r\nHost: device\r\n\r\n"

enum { ROOM = 100000 };

/* One connection: what was answered, how often, and what the accessors say after each answer. */
struct talk {
    nprom_http_t http;
    char out[ROOM];
    size_t len, answers;
    uint32_t status[8];
    const char *path[8];
};

static void pull_answer(struct talk *talk, size_t portion) {
    size_t answer = talk->answers++ % 8;
    size_t more;
    talk->status[answer] = nprom_http_status(&talk->http);
    talk->path[answer] = nprom_http_path(&talk->http);
    while ((more = nprom_http_pull(&talk->http, talk->out + talk->len, portion)) > 0) {
        CHECK(more <= portion);
        talk->len += more;
    }
    CHECK(nprom_http_state(&talk->http) != NPROM_HTTP_OUTPUT);
}

static const nprom_group_t *served = &group;

/* Sends `input` in portions of `feed` bytes; the peer ends its side afterwards. */
static void talk_to(struct talk *talk, const char *input, size_t len, size_t feed, size_t pull) {
    size_t at = 0;
    talk->len = talk->answers = 0;
    memset(talk->status, 0, sizeof talk->status);
    CHECK(nprom_http_init(&talk->http, served) == NPROM_OK);
    CHECK(nprom_http_status(&talk->http) == 0);
    CHECK(strcmp(nprom_http_path(&talk->http), "") == 0);
    while (at < len && nprom_http_state(&talk->http) != NPROM_HTTP_CLOSE) {
        size_t portion = len - at < feed ? len - at : feed;
        size_t taken = nprom_http_feed(&talk->http, input + at, portion);
        CHECK(taken > 0 && taken <= portion);
        at += taken;
        if (nprom_http_state(&talk->http) == NPROM_HTTP_OUTPUT) {
            /* Nothing is taken for the next request while an answer is on its way. */
            if (pull == 1 && at < len && nprom_http_status(&talk->http) == 200)
                CHECK(nprom_http_feed(&talk->http, input + at, 1) == 0);
            pull_answer(talk, pull);
        }
    }
    nprom_http_end_input(&talk->http);
    if (nprom_http_state(&talk->http) == NPROM_HTTP_OUTPUT)
        pull_answer(talk, pull);
    CHECK(nprom_http_state(&talk->http) == NPROM_HTTP_CLOSE);
    talk->out[talk->len] = 0;
}

static struct talk talk;

/* The body of the first answer, its chunks joined. */
static const char *body(void) {
    static char joined[ROOM];
    char *at = strstr(talk.out, "\r\n\r\n");
    size_t len = 0;
    joined[0] = 0;
    if (!at)
        return joined;
    at += 4;
    if (!strstr(talk.out, "Transfer-Encoding: chunked"))
        return at;
    for (;;) {
        char *data;
        size_t size = strtoul(at, &data, 16);
        CHECK(memcmp(data, "\r\n", 2) == 0);
        if (size == 0)
            break;
        memcpy(joined + len, data + 2, size);
        len += size;
        at = data + 2 + size;
        CHECK(memcmp(at, "\r\n", 2) == 0);
        at += 2;
    }
    joined[len] = 0;
    return joined;
}

static void a_page_is_served(void) {
    static const char request[] = GET("/metrics");
    talk_to(&talk, request, sizeof request - 1, 1000, 1000);
    CHECK(talk.answers == 1 && talk.status[0] == 200);
    CHECK(strcmp(talk.path[0], "/metrics") == 0);
    CHECK(strncmp(talk.out, "HTTP/1.1 200 OK\r\n", 17) == 0);
    CHECK(strstr(talk.out, "Content-Type: text/plain; version=0.0.4"));
    CHECK(strcmp(body(), PAGE) == 0);
    talk_to(&talk, "GET / HTTP/1.0\r\n\r\n", 18, 1000, 1000);
    CHECK(talk.status[0] == 200 && strcmp(talk.path[0], "/") == 0);
    CHECK(strcmp(body(), PAGE) == 0);
}

static void the_format_is_the_one_that_the_peer_prefers(void) {
    static const char request[] =
        "GET /metrics HTTP/1.1\r\nHost: d\r\n"
        "Accept: application/openmetrics-text;version=1.0.0,text/plain;q=0.5\r\n\r\n";
    char page[ROOM];
    size_t len;
    CHECK(nprom_encode_buffer(&group, NPROM_OPENMETRICS, page, sizeof page - 1, &len) == NPROM_OK);
    page[len] = 0;
    talk_to(&talk, request, sizeof request - 1, 1, 1);
    CHECK(strstr(talk.out, "Content-Type: application/openmetrics-text; version=1.0.0; charset=utf-8"));
    CHECK(strcmp(body(), page) == 0);
    /* Text only, whatever the peer prefers. */
    CHECK(nprom_http_init_text(&talk.http, &group) == NPROM_OK);
    CHECK(nprom_http_feed(&talk.http, request, sizeof request - 1) == sizeof request - 1);
    talk.len = 0;
    pull_answer(&talk, 100);
    talk.out[talk.len] = 0;
    CHECK(strstr(talk.out, "Content-Type: text/plain; version=0.0.4"));
    CHECK(strcmp(body(), PAGE) == 0);
}

static double clock_of_the_test(void) {
    return 1e9;
}

/* What a cursor with these names gives, a few bytes at a time. */
static const char *chosen(const nprom_format_t *format, const char *const *names, size_t count) {
    static char page[ROOM];
    nprom_cursor_t cursor;
    size_t len = 0, more;
    CHECK(nprom_cursor_init(&cursor, &other, format) == NPROM_OK);
    CHECK(nprom_cursor_only(&cursor, names, count) == NPROM_OK);
    while ((more = nprom_read(&cursor, page + len, 7)) > 0)
        len += more;
    page[len] = 0;
    return page;
}

/* What is asked for, and what both formats show then; OpenMetrics without its end. */
#define SENT_TEXT "# TYPE app_sent_total counter\napp_sent_total 0\n"
#define SENT_CREATED "# TYPE app_sent_created gauge\napp_sent_created 1000000000\n"
#define SENT_OPENMETRICS \
    "# TYPE app_sent counter\napp_sent_total 0\napp_sent_created 1000000000\n"
static const struct choice {
    const char *query, *name, *text, *openmetrics;
} choices[] = {
    {"name[]=app_sent_created", "app_sent_created", SENT_TEXT SENT_CREATED, SENT_OPENMETRICS},
    {"name[]=app_sent_total", "app_sent_total", SENT_TEXT SENT_CREATED, SENT_OPENMETRICS},
    {"name%5B%5D=app_sent", "app_sent", SENT_TEXT SENT_CREATED, SENT_OPENMETRICS},
    {"name[]=app_heat_celsius", "app_heat_celsius",
     "# TYPE app_heat_celsius gauge\napp_heat_celsius 0\n",
     "# TYPE app_heat_celsius gauge\n# UNIT app_heat_celsius celsius\napp_heat_celsius 0\n"},
    {"name[]=sent_total", "sent_total", "", ""},
    {"name[]=nothing", "nothing", "", ""},
};

static void a_request_and_a_cursor_choose_families(void) {
    char request[200], expected[500];
    size_t at;
    const char *two[] = {"app_heat_celsius", "app_latency_seconds_bucket"};
    CHECK(nprom_set_clock(clock_of_the_test) == NPROM_OK);
    served = &other;
    for (at = 0; at < sizeof choices / sizeof choices[0]; at++) {
        const struct choice *choice = &choices[at];
        snprintf(request, sizeof request, "GET /metrics?%s HTTP/1.1\r\nHost: d\r\n\r\n", choice->query);
        talk_to(&talk, request, strlen(request), 5, 5);
        CHECK(talk.status[0] == 200);
        CHECK(strcmp(body(), choice->text) == 0);
        CHECK(strcmp(chosen(NPROM_TEXT, &choice->name, 1), choice->text) == 0);
        snprintf(request, sizeof request,
                 "GET /?%s HTTP/1.1\r\nHost: d\r\nAccept: application/openmetrics-text\r\n\r\n",
                 choice->query);
        snprintf(expected, sizeof expected, "%s# EOF\n", choice->openmetrics);
        talk_to(&talk, request, strlen(request), 5, 5);
        CHECK(talk.status[0] == 200);
        CHECK(strcmp(body(), expected) == 0);
        CHECK(strcmp(chosen(NPROM_OPENMETRICS, &choice->name, 1), expected) == 0);
    }
    served = &group;
    CHECK(strstr(chosen(NPROM_TEXT, two, 2), "app_heat_celsius 0\n# TYPE app_latency_seconds"));
    CHECK(strstr(chosen(NPROM_TEXT, two, 2), "sent") == NULL);
    CHECK(strcmp(chosen(NPROM_TEXT, NULL, 0), "") == 0);
}

static void byte_by_byte_is_the_same(void) {
    static const char request[] = GET("/metrics") GET("/nothing") GET("/");
    static const size_t sizes[] = {1, 2, 3, 7, 64, 255, 256, 257, 5000};
    for (size_t feed = 0; feed < sizeof sizes / sizeof sizes[0]; feed++) {
        for (size_t pull = 0; pull < sizeof sizes / sizeof sizes[0]; pull++) {
            talk_to(&talk, request, sizeof request - 1, sizes[feed], sizes[pull]);
            CHECK(talk.answers == 3);
            CHECK(talk.status[0] == 200 && talk.status[1] == 404 && talk.status[2] == 200);
            CHECK(strcmp(body(), PAGE) == 0);
        }
    }
}

static void pipelined_requests_are_answered_one_by_one(void) {
    static const char request[] = GET("/") GET("/metrics") GET("/x") "HEAD / HTTP/1.1\r\nHost: d\r\n\r\n";
    talk_to(&talk, request, sizeof request - 1, sizeof request, ROOM - 1);
    CHECK(talk.answers == 4);
    CHECK(strcmp(talk.path[0], "/") == 0 && strcmp(talk.path[1], "/metrics") == 0);
    CHECK(strcmp(talk.path[2], "") == 0 && strcmp(talk.path[3], "/") == 0);
    CHECK(talk.status[0] == 200 && talk.status[1] == 200);
    CHECK(talk.status[2] == 404 && talk.status[3] == 200);
}

static uint32_t status_of(const char *request) {
    talk_to(&talk, request, strlen(request), 1, 100);
    CHECK(talk.answers == 1);
    return talk.status[0];
}

static void refusals_have_their_status(void) {
    static char lengthy[3000];
    CHECK(status_of(GET("/other")) == 404);
    CHECK(status_of("POST /metrics HTTP/1.1\r\nHost: d\r\n\r\n") == 405);
    CHECK(strstr(talk.out, "Allow: GET, HEAD\r\n") != NULL);
    CHECK(strcmp(talk.path[0], "/metrics") == 0);
    CHECK(status_of("GET /metrics HTTP/1.1\r\n\r\n") == 400);
    CHECK(strstr(talk.out, "Connection: close\r\n") != NULL);
    CHECK(status_of("nonsense\r\n\r\n") == 400);
    CHECK(status_of("GET / HTTP/1.1\r\nHost") == 400);
    CHECK(status_of("GET / HTTP/3.0\r\nHost: d\r\n\r\n") == 505);
    memset(lengthy, 'x', sizeof lengthy - 1);
    memcpy(lengthy, "GET /", 5);
    CHECK(status_of(lengthy) == 414);
    memcpy(lengthy, "GET / HTTP/1.1\r\nHost: ", 22);
    CHECK(status_of(lengthy) == 431);
}

static void a_peer_that_waits_is_timed_out(void) {
    nprom_http_init(&talk.http, &group);
    nprom_http_time_out(&talk.http);
    CHECK(nprom_http_state(&talk.http) == NPROM_HTTP_CLOSE);
    nprom_http_init(&talk.http, &group);
    CHECK(nprom_http_state(&talk.http) == NPROM_HTTP_INPUT);
    CHECK(nprom_http_feed(&talk.http, "GET ", 4) == 4);
    nprom_http_time_out(&talk.http);
    CHECK(nprom_http_state(&talk.http) == NPROM_HTTP_OUTPUT);
    CHECK(nprom_http_status(&talk.http) == 408);
    nprom_http_time_out(&talk.http);
    CHECK(nprom_http_state(&talk.http) == NPROM_HTTP_CLOSE);
    CHECK(nprom_http_pull(&talk.http, talk.out, ROOM) == 0);
}

/* The status of the answer to one request. */
static uint32_t status_for(const nprom_auth_t *auth, const char *request) {
    nprom_http_t http;
    CHECK(nprom_http_init(&http, &group) == NPROM_OK);
    CHECK(nprom_http_require(&http, auth) == NPROM_OK);
    CHECK(nprom_http_feed(&http, request, strlen(request)) == strlen(request));
    return nprom_http_status(&http);
}

static void a_token_or_a_password_is_asked_for(void) {
    nprom_auth_t token, password;
    CHECK(nprom_auth_bearer(&token, "mF_9.B5f-4.1JqM") == NPROM_OK);
    CHECK(nprom_auth_basic(&password, "Aladdin", "open sesame") == NPROM_OK);
    CHECK(status_for(&token, GET("/metrics")) == 401);
    CHECK(status_for(&password, GET("/metrics")) == 401);
#define SHOWING(credentials) "GET / HTTP/1.1\r\nHost: a\r\nAuthorization: " credentials "\r\n\r\n"
    CHECK(status_for(&token, SHOWING("Bearer mF_9.B5f-4.1JqM")) == 200);
    CHECK(status_for(&token, SHOWING("Bearer mF_9.B5f-4.1JqN")) == 401);
    CHECK(status_for(&password, SHOWING("Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==")) == 200);
    CHECK(status_for(&password, SHOWING("Bearer mF_9.B5f-4.1JqM")) == 401);
}

int main(void) {
    statement("the page is served on /metrics and /", a_page_is_served);
    statement("the format is the one that the peer prefers",
              the_format_is_the_one_that_the_peer_prefers);
    statement("families are chosen by a request and for a cursor, in both formats",
              a_request_and_a_cursor_choose_families);
    statement("portions of any size, from one byte up, make the same conversation",
              byte_by_byte_is_the_same);
    statement("pipelined requests are answered one by one, with status and path of each",
              pipelined_requests_are_answered_one_by_one);
    statement("404, 405, 400, 505, 414, 431", refusals_have_their_status);
    statement("a peer that keeps the host waiting is timed out", a_peer_that_waits_is_timed_out);
    statement("a token or a password is asked for", a_token_or_a_password_is_asked_for);
    return test_result();
}
