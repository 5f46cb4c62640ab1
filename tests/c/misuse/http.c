/* Misuse of connections: the responder, what it asks for, pushes. */
#include "misuse.h"

static nprom_gauge_t gauge;
static const nprom_metric_t rows[] = {NPROM_GAUGE(&gauge, "gauge", "Help.")};
static const nprom_group_t group = NPROM_GROUP_INIT(rows);

static void null_connections(void) {
    nprom_http_t http;
    nprom_auth_t auth;
    static const nprom_auth_t never_made;
    static const char request[] = "GET / HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer \r\n\r\n";
    char buf[10];
    ROW(nprom_http_init(NULL, &group), NPROM_ERR_NULL);
    ROW(nprom_http_init_text(NULL, &group), NPROM_ERR_NULL);
    ROW(nprom_http_init_text(&http, NULL), NPROM_ERR_NULL);
    ROW(nprom_http_state(&http), NPROM_HTTP_CLOSE);
    ROW(nprom_http_init(&http, NULL), NPROM_ERR_NULL);
    ROW(nprom_http_state(NULL), NPROM_HTTP_CLOSE);
    ROW(nprom_http_feed(NULL, "GET", 3), 0);
    ROW(nprom_http_pull(NULL, buf, sizeof buf), 0);
    ROW(nprom_http_scratch(NULL, buf, sizeof buf), NPROM_ERR_NULL);
    ROW(nprom_http_scratch(&http, NULL, 1), NPROM_ERR_NULL);
    ROW(nprom_http_scratch(&http, buf, sizeof buf), NPROM_OK);
    ROW(nprom_http_scratch(&http, NULL, 0), NPROM_OK);
    ROW(nprom_http_status(NULL), 0);
    ROW(nprom_http_path(NULL)[0], 0);
    nprom_http_end_input(NULL);
    nprom_http_time_out(NULL);
    ROW(nprom_http_init(&http, &group), NPROM_OK);
    ROW(nprom_http_feed(&http, NULL, 3), 0);
    ROW(nprom_http_pull(&http, NULL, 3), 0);
    ROW(nprom_http_state(&http), NPROM_HTTP_INPUT);
    ROW(nprom_auth_bearer(NULL, "token"), NPROM_ERR_NULL);
    ROW(nprom_auth_basic(NULL, "user", "password"), NPROM_ERR_NULL);
    ROW(nprom_auth_basic(&auth, NULL, "password"), NPROM_ERR_NULL);
    ROW(nprom_auth_basic(&auth, "user", NULL), NPROM_ERR_NULL);
    ROW(nprom_auth_bearer(&auth, NULL), NPROM_ERR_NULL);
    /* Made without a token it lets nobody in. */
    ROW(nprom_http_require(&http, &auth), NPROM_OK);
    ROW(nprom_http_feed(&http, request, sizeof request - 1), sizeof request - 1);
    ROW(nprom_http_status(&http), 401);
    /* Never made, or not there: the connection closes. */
    ROW(nprom_http_init(&http, &group), NPROM_OK);
    ROW(nprom_http_require(&http, &never_made), NPROM_ERR_NULL);
    ROW(nprom_http_state(&http), NPROM_HTTP_CLOSE);
    ROW(nprom_http_init(&http, &group), NPROM_OK);
    ROW(nprom_http_require(&http, NULL), NPROM_ERR_NULL);
    ROW(nprom_http_state(&http), NPROM_HTTP_CLOSE);
    ROW(nprom_http_require(NULL, &auth), NPROM_ERR_NULL);
}

#define LINE "Fifty bytes of a help text, so that a page is long. "
static const nprom_metric_t long_rows[] = {
    NPROM_GAUGE(&gauge, "gauge", LINE LINE LINE LINE LINE LINE LINE LINE),
};
static const nprom_group_t long_group = NPROM_GROUP_INIT(long_rows);

static void scratch_that_comes_late(void) {
    static const char anybody[] = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";
    const nprom_target_t target = {"gateway:9091", NULL, "job", NULL, 0};
    nprom_frames_t frames;
    nprom_http_t http;
    nprom_push_t push;
    char scratch[64], buf[10];
    int at;
    ROW(nprom_frames_init(&frames, &long_group, NPROM_TEXT, 0), NPROM_OK);
    ROW(nprom_frames_scratch(&frames, scratch, sizeof scratch), NPROM_OK);
    ROW(nprom_frames_read(&frames, buf, sizeof buf), sizeof buf);
    ROW(nprom_frames_scratch(&frames, scratch, sizeof scratch), NPROM_ERR_BUSY);
    ROW(nprom_http_init(&http, &long_group), NPROM_OK);
    ROW(nprom_http_scratch(&http, scratch, sizeof scratch), NPROM_OK);
    ROW(nprom_http_feed(&http, anybody, sizeof anybody - 1), sizeof anybody - 1);
    /* Behind the head of the answer, inside of the page. */
    for (at = 0; at < 30; at++)
        ROW(nprom_http_pull(&http, buf, sizeof buf), sizeof buf);
    ROW(nprom_http_scratch(&http, scratch, sizeof scratch), NPROM_ERR_BUSY);
    ROW(nprom_push_put(&push, &target, &long_group), NPROM_OK);
    ROW(nprom_push_scratch(&push, scratch, sizeof scratch), NPROM_OK);
    while (nprom_push_pull(&push, buf, sizeof buf) > 0)
        ;
    ROW(nprom_push_scratch(&push, NULL, 0), NPROM_ERR_BUSY);
}

static void wrong_pushes(void) {
    static const nprom_label_t job[] = {NPROM_LABEL("job", "x")};
    static const nprom_label_t twice[] = {NPROM_LABEL("a", "x"), NPROM_LABEL("a", "y")};
    static const nprom_label_t bytes[] = {NPROM_LABEL("a", "\xff")};
    const nprom_target_t good = {"gateway:9091", NULL, "job", NULL, 0};
    const nprom_target_t wrong[] = {
        {NULL, NULL, "job", NULL, 0},
        {"a b", NULL, "job", NULL, 0},
        {"a\r\nX: y", NULL, "job", NULL, 0},
        {"gateway", "x", "job", NULL, 0},
        {"gateway", "/x/", "job", NULL, 0},
        {"gateway", NULL, NULL, NULL, 0},
        {"gateway", NULL, "\xff", NULL, 0},
        {"gateway", NULL, "job", job, 1},
        {"gateway", NULL, "job", twice, 2},
        {"gateway", NULL, "job", bytes, 1},
    };
    static char long_text[65537];
    nprom_push_t push;
    nprom_label_t label = {"", "", 0, 0};
    char buf[10];
    size_t at;
    for (at = 0; at < sizeof wrong / sizeof wrong[0]; at++) {
        ROW(nprom_push_put(&push, &wrong[at], &group), NPROM_ERR_TARGET);
        ROW(nprom_push_state(&push), NPROM_HTTP_CLOSE);
        ROW(nprom_push_post(&push, &wrong[at], &group), NPROM_ERR_TARGET);
        ROW(nprom_push_delete(&push, &wrong[at]), NPROM_ERR_TARGET);
        ROW(nprom_push_pull(&push, buf, sizeof buf), 0);
        ROW(nprom_push_outcome(&push), NPROM_ERR_ENDED);
    }
    ROW(nprom_push_put(NULL, &good, &group), NPROM_ERR_NULL);
    ROW(nprom_push_post(NULL, &good, &group), NPROM_ERR_NULL);
    ROW(nprom_push_delete(NULL, &good), NPROM_ERR_NULL);
    ROW(nprom_push_put(&push, NULL, &group), NPROM_ERR_NULL);
    ROW(nprom_push_post(&push, &good, NULL), NPROM_ERR_NULL);
    ROW(nprom_push_delete(&push, NULL), NPROM_ERR_NULL);
    ROW(nprom_push_state(&push), NPROM_HTTP_CLOSE);
    ROW(nprom_push_state(NULL), NPROM_HTTP_CLOSE);
    ROW(nprom_push_pull(NULL, buf, sizeof buf), 0);
    ROW(nprom_push_scratch(NULL, buf, sizeof buf), NPROM_ERR_NULL);
    ROW(nprom_push_scratch(&push, NULL, 1), NPROM_ERR_NULL);
    ROW(nprom_push_scratch(&push, NULL, 0), NPROM_OK);
    ROW(nprom_push_feed(NULL, "HTTP", 4), 0);
    ROW(nprom_push_outcome(NULL), NPROM_ERR_NULL);
    ROW(nprom_push_status(NULL), 0);
    ROW(nprom_push_message(NULL).len, 0);
    nprom_push_end_input(NULL);
    ROW(nprom_push_put(&push, &good, &group), NPROM_OK);
    ROW(nprom_push_pull(&push, NULL, 3), 0);
    ROW(nprom_push_feed(&push, NULL, 3), 0);
    ROW(nprom_push_state(&push), NPROM_HTTP_OUTPUT);
    ROW(nprom_push_outcome(&push), NPROM_ERR_PENDING);

    memset(long_text, 'x', sizeof long_text - 1);
    ROW(nprom_label_init(NULL, "a", "b"), NPROM_ERR_NULL);
    ROW(nprom_label_init(&label, NULL, "b"), NPROM_ERR_NULL);
    ROW(nprom_label_init(&label, "a", NULL), NPROM_ERR_NULL);
    ROW(nprom_label_init(&label, "a", long_text), NPROM_ERR_TOO_LONG);
    ROW(nprom_label_init(&label, long_text, "b"), NPROM_ERR_TOO_LONG);
    ROW(label.name_len, 0);
}

int misuse_http(void) {
    statement("null connections, tokens and passwords", null_connections);
    statement("scratch memory of a page that has begun", scratch_that_comes_late);
    statement("pushes to wrong targets, and labels that are too long", wrong_pushes);
    return test_result();
}
