/*
 * The server, text files and the library's own groups from C. `host serve [TOKEN | USER PASSWORD]`
 * serves until its input ends, for clients of other origin.
 */
#include "test.h"
#include <arpa/inet.h>
#include <nanoprom_host.h>
#include <netinet/in.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

static nprom_counter_t requests;
static nprom_gauge_t level;
static const nprom_metric_t first_rows[] = {
    NPROM_COUNTER(&requests, "http_requests_total", "Requests served."),
};
static const nprom_metric_t second_rows[] = {
    NPROM_GAUGE(&level, "tank_level_ratio", "How full the tank is."),
};
static const nprom_metric_t all_rows[] = {
    NPROM_COUNTER(&requests, "http_requests_total", "Requests served."),
    NPROM_GAUGE(&level, "tank_level_ratio", "How full the tank is."),
    NPROM_GROUP(&nprom_process_metrics),
    NPROM_GROUP(&nprom_build_info),
};
static const nprom_group_t first = NPROM_GROUP_INIT(first_rows);
static const nprom_group_t second = NPROM_GROUP_INIT(second_rows);
static const nprom_group_t all = NPROM_GROUP_INIT(all_rows);
static const nprom_label_t site[] = {NPROM_LABEL("site", "north")};

static nprom_server_t *start(const nprom_group_t *group, const nprom_serve_options_t *options) {
    nprom_server_t *server;
    int32_t status = nprom_serve_start(group, "127.0.0.1:0", options, &server);
    CHECK(status == NPROM_OK && server && nprom_serve_port(server) > 0);
    return server;
}

static int connect_to(uint16_t port) {
    const struct timeval patience = {5, 0};
    struct sockaddr_in address;
    int client = socket(AF_INET, SOCK_STREAM, 0);
    memset(&address, 0, sizeof address);
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    setsockopt(client, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    if (connect(client, (const struct sockaddr *)&address, sizeof address) == 0)
        return client;
    close(client);
    return -1;
}

static int asked, released;

static void nap(void) {
    const struct timespec millisecond = {0, 1000000};
    nanosleep(&millisecond, NULL);
}

/* Holds up the page until it is told to go on. */
static double slow(void *context) {
    (void)context;
    __atomic_store_n(&asked, 1, __ATOMIC_RELEASE);
    while (!__atomic_load_n(&released, __ATOMIC_ACQUIRE))
        nap();
    return 1;
}

/* As often as it is busy, for some seconds. */
static int32_t unlinked(nprom_registry_t *registry, nprom_node_t *node) {
    int32_t status = NPROM_ERR_BUSY;
    for (int tries = 0; tries < 5000 && status == NPROM_ERR_BUSY; tries++) {
        status = nprom_registry_unlink(registry, node);
        nap();
    }
    return status;
}

static void a_served_group_keeps_its_memory(void) {
    static const nprom_callback_t callback = {slow, NULL};
    static const nprom_metric_t rows[] = {NPROM_GAUGE_FN(&callback, "plugin_level", "Level.")};
    static const nprom_group_t plugin = NPROM_GROUP_INIT(rows);
    static nprom_registry_t plugins = NPROM_REGISTRY_INIT(plugins);
    static nprom_node_t node = NPROM_NODE_INIT(&plugin);
    const char request[] = "GET /metrics HTTP/1.1\r\nHost: a\r\n\r\n";
    nprom_server_t *server = start(&plugins.group, NULL);
    char answer[1000];
    int client;
    for (int broken_off = 0; broken_off < 2; broken_off++) {
        __atomic_store_n(&asked, 0, __ATOMIC_RELEASE);
        __atomic_store_n(&released, 0, __ATOMIC_RELEASE);
        CHECK(nprom_registry_register(&plugins, &node, NULL, 0) == NPROM_OK);
        client = connect_to(nprom_serve_port(server));
        CHECK(write(client, request, strlen(request)) == (ssize_t)strlen(request));
        while (!__atomic_load_n(&asked, __ATOMIC_ACQUIRE))
            nap();
        CHECK(nprom_registry_unregister(&plugins, &node) == NPROM_OK);
        CHECK(nprom_registry_unlink(&plugins, &node) == NPROM_ERR_BUSY);
        if (broken_off)
            close(client);
        __atomic_store_n(&released, 1, __ATOMIC_RELEASE);
        /* The connection stays open; its answer does not. */
        CHECK(unlinked(&plugins, &node) == NPROM_OK);
        if (!broken_off) {
            CHECK(read(client, answer, sizeof answer) > 0);
            close(client);
        }
    }
    nprom_serve_stop(server);
}

/* All that is answered to a request, or "" if nobody does. */
static const char *ask(uint16_t port, const char *request) {
    static char answer[20000];
    size_t len = 0;
    int client = connect_to(port);
    answer[0] = 0;
    if (client < 0)
        return answer;
    if (write(client, request, strlen(request)) == (ssize_t)strlen(request)) {
        ssize_t more;
        while ((more = read(client, answer + len, sizeof answer - 1 - len)) > 0)
            len += (size_t)more;
    }
    answer[len] = 0;
    close(client);
    return answer;
}

/* The page of a request. */
static const char *scrape(const nprom_server_t *server) {
    const char *answer = ask(nprom_serve_port(server), "GET /metrics HTTP/1.0\r\n\r\n");
    const char *body = strstr(answer, "\r\n\r\n");
    CHECK(strncmp(answer, "HTTP/1.1 200 ", 13) == 0 && body);
    return body ? body + 4 : "";
}

/* The page as libnanoprom writes it. */
static const char *page(const nprom_group_t *group) {
    static char text[20000];
    size_t len;
    CHECK(nprom_encode_buffer(group, NPROM_TEXT, text, sizeof text - 1, &len) == NPROM_OK);
    text[len] = 0;
    return text;
}

static void two_groups_are_served_side_by_side(void) {
    nprom_server_t *one = start(&first, NULL);
    nprom_server_t *other = start(&second, NULL);
    nprom_counter_inc(&requests);
    nprom_gauge_set(&level, 0.5);
    CHECK(nprom_serve_port(one) != nprom_serve_port(other));
    CHECK(strcmp(scrape(one), page(&first)) == 0);
    CHECK(strcmp(scrape(other), page(&second)) == 0);
    nprom_serve_stop(one);
    nprom_gauge_set(&level, 0.25);
    CHECK(strstr(scrape(other), "tank_level_ratio 0.25\n"));
    nprom_serve_stop(other);
}

static void two_registries_have_a_server_each(void) {
    static nprom_registry_t registries[] = {
        NPROM_REGISTRY_INIT(registries[0]),
        NPROM_REGISTRY_INIT_LABELS(registries[1], "two_", site),
    };
    static nprom_node_t nodes[] = {NPROM_NODE_INIT(&first), NPROM_NODE_INIT(&first)};
    nprom_server_t *servers[2];
    for (int i = 0; i < 2; i++) {
        servers[i] = start(&registries[i].group, NULL);
        CHECK(strcmp(scrape(servers[i]), "") == 0);
        CHECK(nprom_registry_register(&registries[i], &nodes[i], NULL, 0) == NPROM_OK);
    }
    CHECK(strcmp(scrape(servers[0]), page(&first)) == 0);
    CHECK(strstr(scrape(servers[1]), "\ntwo_http_requests_total{site=\"north\"} "));
    CHECK(nprom_registry_unregister(&registries[0], &nodes[0]) == NPROM_OK);
    CHECK(strcmp(scrape(servers[0]), "") == 0);
    CHECK(strstr(scrape(servers[1]), "\ntwo_http_requests_total{site=\"north\"} "));
    for (int i = 0; i < 2; i++)
        nprom_serve_stop(servers[i]);
}

static void a_stopped_server_is_gone(void) {
    nprom_server_t *server = start(&first, NULL);
    uint16_t port = nprom_serve_port(server);
    nprom_serve_stop(server);
    CHECK(connect_to(port) < 0);
}

static void the_librarys_groups_are_on_the_page(void) {
    char message[200] = "";
    nprom_server_t *server = start(&all, NULL);
    const char *text = scrape(server);
    CHECK(strstr(text, "\nnanoprom_build_info{version=\""));
    CHECK(strstr(text, "\n# TYPE process_cpu_seconds_total counter\n"));
    CHECK(strstr(text, "\nprocess_open_fds "));
    CHECK(nprom_check(&all, message, sizeof message) == NPROM_OK);
    CHECK(message[0] == 0);
    nprom_serve_stop(server);
}

static void what_cannot_be_served_is_said(void) {
    char taken[40];
    nprom_server_t *other, *server = start(&first, NULL);
    CHECK(strcmp(nprom_host_message(), "") == 0);
    snprintf(taken, sizeof taken, "127.0.0.1:%d", nprom_serve_port(server));
    other = server;
    CHECK(nprom_serve_start(&first, taken, NULL, &other) == NPROM_ERR_SYSTEM && !other);
    CHECK(strstr(nprom_host_message(), taken));
    CHECK(nprom_serve_start(&first, "nonsense", NULL, &other) == NPROM_ERR_SYSTEM && !other);
    CHECK(strstr(nprom_host_message(), "nonsense"));
    CHECK(nprom_serve_start(&first, "", NULL, &other) == NPROM_ERR_SYSTEM && !other);
    other = server;
    CHECK(nprom_serve_start(NULL, "127.0.0.1:0", NULL, &other) == NPROM_ERR_NULL && !other);
    CHECK(strcmp(nprom_host_message(), "the group is null") == 0);
    CHECK(nprom_serve_start(&first, "127.0.0.1:0", NULL, NULL) == NPROM_ERR_NULL);
    CHECK(nprom_serve_port(NULL) == 0);
    nprom_serve_stop(NULL);
    nprom_serve_stop(server);
}

static void limits_are_kept(void) {
    const nprom_serve_options_t one_client = {1, 0, 0, 0, NULL, 0};
    const nprom_serve_options_t quick = {0, 0, 50, 0, NULL, 0};
    char byte;
    nprom_server_t *server = start(&first, &one_client);
    int silent = connect_to(nprom_serve_port(server));
    CHECK(strcmp(scrape(server), page(&first)) == 0);
    CHECK(read(silent, &byte, 1) == 0);
    close(silent);
    nprom_serve_stop(server);
    server = start(&first, &quick);
    CHECK(strncmp(ask(nprom_serve_port(server), "GET "), "HTTP/1.1 408 ", 13) == 0);
    nprom_serve_stop(server);
}

static void a_server_asks_for_a_password(void) {
    static const nprom_auth_t never_made;
    nprom_auth_t auth;
    nprom_serve_options_t options = {0, 0, 0, 0, &auth, 0};
    nprom_server_t *server;
    CHECK(nprom_auth_basic(&auth, "Aladdin", "open sesame") == NPROM_OK);
    server = start(&first, &options);
    CHECK(strncmp(ask(nprom_serve_port(server), "GET / HTTP/1.0\r\n\r\n"), "HTTP/1.1 401 ", 13) == 0);
    CHECK(strncmp(ask(nprom_serve_port(server), "GET / HTTP/1.0\r\nAuthorization: "
                                                "Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==\r\n\r\n"),
                  "HTTP/1.1 200 ", 13) == 0);
    nprom_serve_stop(server);
    options.auth = &never_made;
    CHECK(nprom_serve_start(&first, "127.0.0.1:0", &options, &server) == NPROM_ERR_NULL && !server);
}

static void signals_are_left_to_the_program(void) {
    sigset_t ours, before, pending;
    nprom_server_t *server = start(&first, NULL);
    sigemptyset(&ours);
    sigaddset(&ours, SIGUSR1);
    pthread_sigmask(SIG_BLOCK, &ours, &before);
    /* Were it not blocked in the server's thread, it would end the program. */
    kill(getpid(), SIGUSR1);
    CHECK(strcmp(scrape(server), page(&first)) == 0);
    sigpending(&pending);
    CHECK(sigismember(&pending, SIGUSR1));
    signal(SIGUSR1, SIG_IGN);
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    CHECK(!sigismember(&before, SIGINT));
    nprom_serve_stop(server);
}

static void a_text_file_is_the_page(void) {
    char folder[] = "/tmp/nanoprom-host-XXXXXX", path[60], text[20000];
    FILE *file;
    CHECK(mkdtemp(folder));
    snprintf(path, sizeof path, "%s/job.prom", folder);
    CHECK(nprom_write_textfile(&second, path) == NPROM_OK);
    nprom_gauge_set(&level, 0.75);
    CHECK(nprom_write_textfile(&second, path) == NPROM_OK);
    file = fopen(path, "r");
    CHECK(file);
    if (file) {
        text[fread(text, 1, sizeof text - 1, file)] = 0;
        fclose(file);
        CHECK(strcmp(text, page(&second)) == 0);
    }
    CHECK(nprom_write_textfile(NULL, path) == NPROM_ERR_NULL);
    CHECK(nprom_write_textfile(&second, NULL) == NPROM_ERR_NULL);
    CHECK(strcmp(nprom_host_message(), "the path is null") == 0);
    CHECK(nprom_write_textfile(&second, "") == NPROM_ERR_SYSTEM);
    CHECK(nprom_write_textfile(&second, folder) == NPROM_ERR_SYSTEM);
    CHECK(strstr(nprom_host_message(), folder));
    CHECK(unlink(path) == 0 && rmdir(folder) == 0);
}

/* With a token, with user and password, or with nothing. */
static int serve(int count, char **secrets) {
    nprom_auth_t auth;
    nprom_serve_options_t options = {0, 0, 0, 0, count ? &auth : NULL, 0};
    nprom_server_t *server;
    if (count == 1)
        CHECK(nprom_auth_bearer(&auth, secrets[0]) == NPROM_OK);
    else if (count > 1)
        CHECK(nprom_auth_basic(&auth, secrets[0], secrets[1]) == NPROM_OK);
    if (nprom_serve_start(&all, "127.0.0.1:0", &options, &server) != NPROM_OK) {
        fprintf(stderr, "%s\n", nprom_host_message());
        return 1;
    }
    nprom_counter_inc(&requests);
    printf("Serving http://127.0.0.1:%d/metrics\n", nprom_serve_port(server));
    fflush(stdout);
    while (getchar() != EOF) {
    }
    nprom_serve_stop(server);
    return 0;
}

int main(int argc, char **argv) {
    if (argc > 1)
        return serve(argc - 2, argv + 2);
    statement("a served group keeps its memory", a_served_group_keeps_its_memory);
    statement("two groups are served side by side in one process", two_groups_are_served_side_by_side);
    statement("two registries have a server each, and change while it runs", two_registries_have_a_server_each);
    statement("a stopped server is gone", a_stopped_server_is_gone);
    statement("process metrics and the build are on the page", the_librarys_groups_are_on_the_page);
    statement("what cannot be served is said, with a status and a message", what_cannot_be_served_is_said);
    statement("limits of a server are kept", limits_are_kept);
    statement("a server asks for a password", a_server_asks_for_a_password);
    statement("signals are left to the program", signals_are_left_to_the_program);
    statement("a text file is the page, and replaced as a whole", a_text_file_is_the_page);
    return test_result();
}
