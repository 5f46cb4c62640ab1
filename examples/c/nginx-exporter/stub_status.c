#define _POSIX_C_SOURCE 200809L
#include "stub_status.h"
#include <inttypes.h>
#include <netdb.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

/* The whole answer is about 300 bytes. */
enum { STEP_SECONDS = 2, ALL_SECONDS = 4, ANSWER = 4096 };

int stub_status_parse_url(char *url, stub_status_url_t *parts_out) {
    static const char scheme[] = "http://";
    if (strncmp(url, scheme, sizeof scheme - 1) != 0)
        return -1;
    /* One byte to the left, where the scheme was: room for the zero between host and path. */
    char *host = url + sizeof scheme - 2;
    size_t len = strcspn(host + 1, "/");
    memmove(host, host + 1, len);
    host[len] = '\0';
    char *colon = strchr(host, ':');
    if (colon)
        *colon = '\0';
    *parts_out = (stub_status_url_t){host, colon ? colon + 1 : "80",
                                     host[len + 1] ? host + len + 1 : "/"};
    return host[0] ? 0 : -1;
}

static int connect_to(const stub_status_url_t *url) {
    struct addrinfo hints = {.ai_socktype = SOCK_STREAM}, *found = NULL;
    if (getaddrinfo(url->host, url->port, &hints, &found) != 0)
        return -1;
    int connected = -1;
    for (struct addrinfo *a = found; a && connected < 0; a = a->ai_next) {
        struct timeval limit = {STEP_SECONDS, 0}; /* on Linux that of sending is connect's too */
        int s = socket(a->ai_family, a->ai_socktype, a->ai_protocol);
        if (s < 0)
            continue;
        if (setsockopt(s, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit) == 0 &&
            setsockopt(s, SOL_SOCKET, SO_SNDTIMEO, &limit, sizeof limit) == 0 &&
            connect(s, a->ai_addr, a->ai_addrlen) == 0)
            connected = s;
        else
            close(s);
    }
    freeaddrinfo(found);
    return connected;
}

/* The answer up to its end as a string; NULL where it is whole, too long, or too slow to come. */
static const char *receive(int s, char answer[ANSWER]) {
    time_t began = time(NULL);
    size_t len = 0;
    for (;;) {
        ssize_t n = recv(s, answer + len, ANSWER - 1 - len, 0);
        if (n < 0)
            return "nginx did not answer in time";
        len += (size_t)n;
        answer[len] = '\0';
        if (n == 0)
            return NULL;
        if (len == ANSWER - 1)
            return "the answer is too long for a status page";
        if (time(NULL) - began > ALL_SECONDS)
            return "nginx answers too slowly";
    }
}

static const char *parse(const char *answer, stub_status_t *status_out) {
    stub_status_t s;
    const char *body = strstr(answer, "\r\n\r\n");
    if (strncmp(answer, "HTTP/1.", 7) != 0 || strncmp(answer + 8, " 200", 4) != 0 || !body)
        return "the answer is not HTTP with status 200";
    /* Nothing overflows: 19 digits fit into 64 bits. */
    if (sscanf(body + 4,
               "Active connections: %19" SCNu64
               " server accepts handled requests %19" SCNu64 " %19" SCNu64 " %19" SCNu64
               " Reading: %19" SCNu64 " Writing: %19" SCNu64 " Waiting: %19" SCNu64,
               &s.active, &s.accepted, &s.handled, &s.requests, &s.reading, &s.writing,
               &s.waiting) != 7)
        return "the page is not that of stub_status";
    *status_out = s;
    return NULL;
}

int stub_status_read(const stub_status_url_t *url, stub_status_t *status_out, const char **why_out) {
    char request[512], answer[ANSWER];
    int len = snprintf(request, sizeof request, "GET %s HTTP/1.0\r\nHost: %s\r\n\r\n", url->path,
                       url->host);
    if (len < 0 || (size_t)len >= sizeof request) {
        *why_out = "the URL is too long";
        return -1;
    }
    int s = connect_to(url);
    if (s < 0)
        *why_out = "nginx cannot be reached";
    else if (send(s, request, (size_t)len, MSG_NOSIGNAL) != len)
        *why_out = "nginx took no request";
    else
        *why_out = receive(s, answer);
    if (s >= 0 && !*why_out)
        *why_out = parse(answer, status_out);
    if (s >= 0)
        close(s);
    return *why_out ? -1 : 0;
}
