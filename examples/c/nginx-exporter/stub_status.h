/* What nginx says about itself on the page of its module stub_status. */
#ifndef STUB_STATUS_H
#define STUB_STATUS_H

#include <stdint.h>

typedef struct {
    uint64_t active, reading, writing, waiting; /* connections now */
    uint64_t accepted, handled, requests;       /* since nginx was started */
} stub_status_t;

/* Where the page is: views into the URL that stub_status_parse_url was given, cut into strings. */
typedef struct {
    const char *host, *port, *path;
} stub_status_url_t;

/* Cuts "http://host[:port][/path]" into its parts, in place. Returns 0, or -1 where it is none. */
int stub_status_parse_url(char *url, stub_status_url_t *parts_out);

/*
 * Asks nginx, in at most some seconds. Returns 0, or -1 with the reason, in which case `status_out` is
 * unchanged.
 */
int stub_status_read(const stub_status_url_t *url, stub_status_t *status_out, const char **why_out);

#endif
