/*
 * nanoprom: Prometheus metrics without heap and without locks. Types and functions.
 *
 * C and C++ programs include nanoprom.h, which includes this file and adds the macros that make
 * tables and the inline updates.
 *
 * Threads and interrupts: every function may be called from any thread and interrupt handler, and
 * from signal handlers where 64-bit atomics exist, unless it says otherwise. Objects that are private
 * to a caller (nprom_cursor_t, nprom_frames_t, nprom_http_t, nprom_push_t) are used by one caller at a
 * time. On cores without 64-bit atomics floats and signed 64-bit values take a critical section of a few
 * instructions; on cores without compare-and-swap all values do. There a call is safe wherever the
 * application's critical section keeps the others out. Floats are added outside of it: an addition
 * starts again where a handler that interrupted it changed the same value.
 *
 * Pointers: where a function returns a status, null gives NPROM_ERR_NULL; elsewhere a null object is
 * ignored or reads as 0. Other pointers are to what the type says.
 *
 * Status: NPROM_OK is 0, errors are negative.
 */


#ifndef NPROM_ABI_H
#define NPROM_ABI_H

/* Written by `make header` from the Rust sources: do not edit. */

#include <stddef.h>
#include <stdint.h>
/* Alignment of a 64-bit member; `double` is aligned to 4 in structures of some ABIs. */
#ifdef __cplusplus
#define NPROM_ALIGN8 alignas(8)
#else
#define NPROM_ALIGN8 _Alignas(8)
#endif

/* 64 bits that are changed atomically. Which member is in use depends on metric and layout. */
typedef union nprom_cell64_t {
    NPROM_ALIGN8 uint64_t bits;
    /* Layout split32: the total modulo 2^32, and how often its top four bits changed. */
    struct nprom_split_t {
        uint32_t low;
        uint32_t crossings;
    } split;
} nprom_cell64_t;


// Number of the ABI: it changes with every incompatible change of a type or a function.
#define NPROM_ABI_VERSION 1

// Success.
#define NPROM_OK 0

// A pointer that must not be null is null.
#define NPROM_ERR_NULL (-1)

// The amount is not a number.
#define NPROM_ERR_NOT_A_NUMBER (-2)

// The amount is negative, and a counter only goes up.
#define NPROM_ERR_NEGATIVE (-3)

// The counter would become infinite and could never increase again.
#define NPROM_ERR_INFINITE (-4)

// Every series of the family is in use.
#define NPROM_ERR_FULL (-5)

// The family's memory for label text is in use.
#define NPROM_ERR_TEXT_FULL (-6)

// The labels are longer than 65535 bytes on the page, names and escapes included.
#define NPROM_ERR_TOO_LONG (-7)

// A label value is not UTF-8.
#define NPROM_ERR_NOT_UTF8 (-8)

// The number of label values is not the family's number of labels.
#define NPROM_ERR_LABEL_COUNT (-9)

// Somebody else is at work there; try again.
#define NPROM_ERR_BUSY (-10)

// The buffer is too small for the whole page.
#define NPROM_ERR_BUFFER (-11)

// The table of metrics is wrong; the message says what and where.
#define NPROM_ERR_TABLE (-12)

// There is no such series, label or bucket.
#define NPROM_ERR_NOT_FOUND (-13)

// The value is of another type.
#define NPROM_ERR_TYPE (-14)

// The label names are not those of the family, each once.
#define NPROM_ERR_LABEL_NAME (-15)

// The target of a push is wrong: its host, path, job or labels.
#define NPROM_ERR_TARGET (-20)

// There is no answer yet.
#define NPROM_ERR_PENDING (-21)

// The peer answered with a status that is not one of success.
#define NPROM_ERR_REFUSED (-22)

// What came is not an HTTP answer to the whole request.
#define NPROM_ERR_ANSWER (-23)

// The connection ended without an answer.
#define NPROM_ERR_ENDED (-24)

// Bytes of memory for any whole number as text, with a NUL.
#define NPROM_DECIMAL_SIZE 21

// A total that only goes up.
#define NPROM_TYPE_COUNTER 0

// A value that goes up and down.
#define NPROM_TYPE_GAUGE 1

// Observations counted in buckets.
#define NPROM_TYPE_HISTOGRAM 2

// Buckets whose counts go up and down.
#define NPROM_TYPE_GAUGE_HISTOGRAM 3

// Observations counted and summed up, with or without quantiles.
#define NPROM_TYPE_SUMMARY 4

// Facts, as labels.
#define NPROM_TYPE_INFO 5

// Which of several states there are.
#define NPROM_TYPE_STATE_SET 6

// A value of which nothing is known.
#define NPROM_TYPE_UNKNOWN 7

// The connection waits for request bytes: receive, then nprom_http_feed.
#define NPROM_HTTP_INPUT 0

// There are response bytes: nprom_http_pull, then send.
#define NPROM_HTTP_OUTPUT 1

// The connection is to be closed.
#define NPROM_HTTP_CLOSE 2

// A family that a collector describes, valid during the call that it is given to.
typedef struct nprom_collected_family_t nprom_collected_family_t;

// A series that a collector gives, valid during the call that it is given to.
typedef struct nprom_collected_series_t nprom_collected_series_t;

// One sample of a page, valid during the call that it is given to.
typedef struct nprom_sample_t nprom_sample_t;

// A string: pointer and length. It need not end in a NUL, and may hold NULs.
typedef struct nprom_str_t {
    // The bytes, UTF-8; may be null where the length is 0.
    const char *data;
    // How many bytes.
    size_t len;
} nprom_str_t;

// A total of any non-negative amounts. 16 bytes; all zeros is a counter at 0.
typedef struct nprom_counter_t {
    // Whole amounts.
    nprom_cell64_t whole;
    // All other amounts, a float.
    nprom_cell64_t rest;
} nprom_counter_t;

// A total of whole events. 8 bytes; all zeros is a counter at 0.
typedef struct nprom_int_counter_t {
    // The total.
    nprom_cell64_t total;
} nprom_int_counter_t;

// A small total that stops at 2^32 - 1. 4 bytes; zero is a counter at 0.
typedef struct nprom_counter32_t {
    // The total.
    uint32_t total;
} nprom_counter32_t;

// A value that goes up and down, a float. 8 bytes; all zeros is a gauge at 0.
typedef struct nprom_gauge_t {
    // The value, a float.
    nprom_cell64_t value;
} nprom_gauge_t;

// A whole number of 64 bits that goes up and down. 8 bytes; all zeros is a gauge at 0.
typedef struct nprom_int_gauge_t {
    // The value, signed.
    nprom_cell64_t value;
} nprom_int_gauge_t;

// A whole number of 32 bits that goes up and down. 4 bytes; zero is a gauge at 0.
typedef struct nprom_gauge32_t {
    // The value, signed, in two's complement.
    uint32_t value;
} nprom_gauge32_t;

// A histogram: a constant that points to its bounds and to its cells.
//
// The cells are the sum (a float), the count above the last bound, and one count for each bound.
typedef struct nprom_histogram_t {
    // Upper bounds, ascending, +Inf left out.
    const double *bounds;
    // 2 + bound_count cells, all zeros to begin with.
    nprom_cell64_t *cells;
    // How many bounds.
    uint32_t bound_count;
} nprom_histogram_t;

// A histogram of whole numbers: a constant that points to its bounds and to its cells.
//
// The cells are the sum, the count above the last bound, and one count for each bound.
typedef struct nprom_int_histogram_t {
    // Upper bounds in ticks, ascending, +Inf left out.
    const uint32_t *bounds;
    // 2 + bound_count cells, all zeros to begin with.
    nprom_cell64_t *cells;
    // How many bounds.
    uint32_t bound_count;
    // How many ticks make one unit of the page, at least 1.
    uint32_t ticks_per_unit;
} nprom_int_histogram_t;

// A histogram of whole numbers with small counts, which stop at 2^32 - 1: a constant that points to its
// bounds and to its cells.
//
// The cells are the sum, and in 32 bits each the count above the last bound and one count for each
// bound.
typedef struct nprom_histogram32_t {
    // Upper bounds in ticks, ascending, +Inf left out.
    const uint32_t *bounds;
    // 1 + (bound_count + 2) / 2 cells, all zeros to begin with.
    nprom_cell64_t *cells;
    // How many bounds.
    uint32_t bound_count;
    // How many ticks make one unit of the page, at least 1.
    uint32_t ticks_per_unit;
} nprom_histogram32_t;

// How many values were observed, and their sum. 16 bytes; all zeros is a summary without observations.
typedef struct nprom_summary_t {
    // The sum, a float.
    nprom_cell64_t sum;
    // How many.
    nprom_cell64_t count;
} nprom_summary_t;

// A number that may be a total or not, a float. 8 bytes; all zeros is 0.
typedef struct nprom_untyped_t {
    // The value, a float.
    nprom_cell64_t value;
} nprom_untyped_t;

// Which of up to 32 states something is in: a constant that points to their names and to a word of
// memory. Made by NPROM_DEFINE_STATE_SET. A word of zeros is a set in its first state.
typedef struct nprom_state_set_t {
    // The names.
    const struct nprom_str_t *names;
    // Private: a bit for each state.
    uint32_t *bits;
    // How many states.
    uint32_t count;
} nprom_state_set_t;

// A counter with a creation time: all zeros is one that was there from the start.
typedef struct nprom_created_counter_t {
    // The counter, to be changed as any other but by nprom_counter_reset.
    struct nprom_counter_t counter;
    // When it was created.
    nprom_cell64_t created;
} nprom_created_counter_t;

// A counter of whole events with a creation time: all zeros is one that was there from the start.
typedef struct nprom_created_int_counter_t {
    // The counter, to be changed as any other but by nprom_int_counter_reset.
    struct nprom_int_counter_t counter;
    // When it was created.
    nprom_cell64_t created;
} nprom_created_int_counter_t;

// A counter with an exemplar: a constant that points to its memory. Made by
// NPROM_DEFINE_EXEMPLAR_COUNTER.
typedef struct nprom_exemplar_counter_t {
    // The counter; its creation time and its exemplar lie behind it.
    struct nprom_counter_t *counter;
    // Bytes of label text that the exemplar has room for.
    uint32_t text_size;
} nprom_exemplar_counter_t;

// A histogram with an exemplar in each bucket: a constant that points to its bounds and its memory. Made
// by NPROM_DEFINE_EXEMPLAR_HISTOGRAM.
typedef struct nprom_exemplar_histogram_t {
    // The histogram; its creation time and its exemplars lie behind its cells.
    struct nprom_histogram_t histogram;
    // Bytes of label text that each exemplar has room for.
    uint32_t text_size;
} nprom_exemplar_histogram_t;

// An info whose labels are set at run time: a constant that points to its memory. Made by
// NPROM_DEFINE_INFO_CELL.
typedef struct nprom_info_cell_t {
    // Two words, and the labels.
    uint32_t *words;
    // Bytes of labels that it has room for: each takes 3 bytes, its name and its value.
    uint32_t text_size;
} nprom_info_cell_t;

// Gives a time in seconds since 1970-01-01 UTC. It is called by whoever asks for a new child of a family,
// interrupt handlers too.
typedef double (*nprom_clock_fn)(void);

// What a row's metric is; only pointers to the library's own are of use.
typedef struct nprom_kind_t {
    // Private.
    const void *kind;
} nprom_kind_t;

// What a family counts about itself. 24 bytes, all zeros to begin with.
typedef struct nprom_family_head_t {
    // Private.
    uint32_t pool[2];
    // Private.
    uint32_t text;
    // Private.
    uint32_t reserved;
    // Private.
    nprom_cell64_t refused;
} nprom_family_head_t;

// The name of a family's label, with the text around it on the page.
typedef struct nprom_label_name_t {
    // `",name="`
    const char *glue;
    // Length of the glue in bytes.
    uint32_t len;
} nprom_label_name_t;

// What a family does with labels that it refuses: null for an error, or &nprom_overflow_other.
typedef struct nprom_overflow_t {
    // Private.
    const void *policy;
} nprom_overflow_t;

// A family: a constant that points to its memory; made by NPROM_DEFINE_COUNTER_FAMILY and its
// sisters.
typedef struct nprom_family_t {
    // What its children are.
    const struct nprom_kind_t *kind;
    // Counts of the family itself.
    struct nprom_family_head_t *head;
    // The index, two words for each series.
    uint32_t *slots;
    // The series.
    void *records;
    // Memory for label text.
    char *text;
    // Label names.
    const struct nprom_label_name_t *names;
    // Upper bounds that the children share, if they are histograms: of double, or of uint32_t in ticks.
    const void *bounds;
    // What is done with labels that are refused.
    const struct nprom_overflow_t *overflow;
    // How many ticks make one unit of the page, 1 where the children observe no ticks.
    uint32_t ticks_per_unit;
    // Most series.
    uint32_t capacity;
    // Bytes of label text.
    uint32_t text_size;
    // Bytes of a series.
    uint16_t record_size;
    // Bytes of a child.
    uint16_t cell_size;
    // How many labels.
    uint16_t label_count;
    // How many bounds.
    uint16_t bound_count;
} nprom_family_t;

// A row of a table: made by NPROM_COUNTER and its sisters.
typedef struct nprom_metric_t {
    // The name.
    const char *name;
    // The help text.
    const char *help;
    // The cell, the handle or the group.
    const void *value;
    // What `value` points to.
    const struct nprom_kind_t *kind;
    // Length of the name in bytes.
    uint8_t name_len;
    // Length of the unit at the end of the name, 0 where none is given.
    uint8_t unit_len;
    // Length of the help text in bytes.
    uint16_t help_len;
} nprom_metric_t;

// A constant label of a group: made by NPROM_LABEL.
typedef struct nprom_label_t {
    // The name.
    const char *name;
    // The value.
    const char *value;
    // Length of the name in bytes.
    uint16_t name_len;
    // Length of the value in bytes.
    uint16_t value_len;
} nprom_label_t;

// A table of metrics: made by NPROM_GROUP_INIT.
typedef struct nprom_group_t {
    // The rows, or what `list` says.
    const struct nprom_metric_t *rows;
    // Constant labels.
    const struct nprom_label_t *labels;
    // What stands in front of every name.
    const char *prefix;
    // How many rows.
    uint16_t row_count;
    // How many constant labels.
    uint16_t label_count;
    // Length of the prefix in bytes.
    uint8_t prefix_len;
    // Private: 1 where the group stands for a list of groups.
    uint8_t list;
    // Private: what makes a header of another ABI fail to link.
    const uint8_t *abi;
} nprom_group_t;

// The caller's memory for a group's membership in a registry: made by NPROM_NODE_INIT or nprom_node_init.
typedef struct nprom_node_t {
    // The group.
    const struct nprom_group_t *group;
    // Private.
    const void *next;
    // Private.
    uint32_t state;
    // Private.
    uint32_t since;
    // Private.
    const struct nprom_group_t *around;
    // Private.
    struct nprom_metric_t row;
    // Private.
    struct nprom_group_t row_group;
} nprom_node_t;

// A sort of lists of groups; only pointers to the library's own are of use.
typedef struct nprom_list_t {
    // Private.
    const void *list;
} nprom_list_t;

// Groups that join and leave at run time: made by NPROM_REGISTRY_INIT.
typedef struct nprom_registry_t {
    // Private.
    const struct nprom_list_t *list;
    // Private: the list.
    void *newest;
    // Private: how many are in the list.
    uint32_t users;
    // Private: how often a node was shown.
    uint32_t shown;
    // What stands for all its groups wherever a group is asked for.
    struct nprom_group_t group;
} nprom_registry_t;

// A page being read. Private memory; make it with nprom_cursor_init. It needs no clean-up, and a copy
// of it is a second cursor at the same place, unless it was lent scratch memory.
typedef struct nprom_cursor_t {
    // Private.
    uint64_t memory[30];
} nprom_cursor_t;

// A format of pages: NPROM_TEXT or NPROM_OPENMETRICS.
typedef struct nprom_format_t {
    // Private.
    const void *writer;
} nprom_format_t;

// Takes a portion of a page. Returns 0 to go on; anything else stops the page and is returned by
// nprom_encode as it is, so use positive numbers to tell them from the library's own.
typedef int32_t (*nprom_write_fn)(void *context, const char *data, size_t len);

// A bucket of a histogram: its upper bound, and how many are in it alone.
typedef struct nprom_bucket_t {
    // The upper bound.
    double bound;
    // How many.
    uint64_t count;
} nprom_bucket_t;

// A quantile of a summary.
typedef struct nprom_quantile_t {
    // From 0 to 1.
    double quantile;
    // The value that this share of the observations does not exceed; NaN where there is none.
    double value;
} nprom_quantile_t;

// Takes one sample.
typedef void (*nprom_sample_fn)(void *context, const struct nprom_sample_t *sample);

// A bearer token, or user and password. Private memory; make it with nprom_auth_bearer or
// nprom_auth_basic. The strings have to live as long as it is used; it is only read then, by any number
// of connections.
typedef struct nprom_auth_t {
    // Private.
    size_t memory[5];
} nprom_auth_t;

// The server's side of one HTTP connection, without the socket: request bytes in, response bytes out.
// Private memory; make it with nprom_http_init. It needs no clean-up and may be used again for the
// next connection. Request heads up to 1024 bytes.
typedef struct nprom_http_t {
    // Private.
    uint64_t memory[176];
} nprom_http_t;

// One request that takes the page to a Pushgateway, and its answer, without the socket: request bytes
// out, answer bytes in. Private memory; make it with nprom_push_put, nprom_push_post or
// nprom_push_delete. It needs no clean-up and may be used again.
typedef struct nprom_push_t {
    // Private.
    uint64_t memory[80];
} nprom_push_t;

// The peer of a push, and the group of series that it is about. All of it has to live as long as the
// push. The strings end in NUL; values may be any text, which is escaped.
typedef struct nprom_target_t {
    // A name or an address, with `:port` unless that is 80; becomes the Host header.
    const char *host;
    // What stands in front of /metrics, such as "/gateway"; null or "" where nothing does.
    const char *path;
    // The job.
    const char *job;
    // The other labels of the group, such as `instance`; none is called `job`, and none is there twice.
    const struct nprom_label_t *labels;
    // How many labels.
    size_t label_count;
} nprom_target_t;

// A page being sent as frames of up to 64 bytes of payload. Private memory; make it with
// nprom_frames_init. It needs no clean-up and may be used again for the next page.
typedef struct nprom_frames_t {
    // Private.
    uint64_t memory[36];
} nprom_frames_t;

// Finds requests for pages among received bytes. Zero is the state before the first byte.
typedef struct nprom_requests_t {
    // Private.
    uint8_t last;
} nprom_requests_t;

// Gives a value when a page is read. It is called by whoever reads the page, once for each, and so is
// safe to call from wherever pages are read; it takes no lock that a reader may hold.
typedef double (*nprom_value_fn)(void *context);

// A gauge or a counter whose value is asked for: a constant.
typedef struct nprom_callback_t {
    // What is called.
    nprom_value_fn function;
    // What it is given.
    void *context;
} nprom_callback_t;

// Facts that do not change: a constant that points to labels. Made by NPROM_DEFINE_INFO.
typedef struct nprom_info_t {
    // The labels.
    const struct nprom_label_t *labels;
    // How many labels.
    uint32_t label_count;
} nprom_info_t;

// Describes family `number`, from 0 on. Returns 1, 0 where there is none any more, or a negative number
// where the collector failed, which ends its part of the page.
typedef int32_t (*nprom_family_fn)(void *context,
                                   uint32_t number,
                                   struct nprom_collected_family_t *out);

// Gives series `number` of a family. Returns as an nprom_family_fn.
typedef int32_t (*nprom_series_fn)(void *context,
                                   uint32_t family,
                                   uint32_t number,
                                   struct nprom_collected_series_t *out);

// Families and series that are asked for when a page is read, each once, by whoever reads the page, by two at
// a time where two read: a constant. The row is NPROM_COLLECTOR.
//
// What is given is copied into the scratch memory of the page's reader, where a family's texts and one
// series at a time have to fit, and 5 bytes for each family. What does not fit or is no valid metric
// (names, label names that are there twice, text that is not UTF-8, values that a type cannot have,
// families that the page has already) is left out and counted. So is a series that its family has already:
// one of the first 4096, as far as 8 bytes for each have room in the scratch memory, or the one before; beyond
// that the collector has to see to it that none comes again. Labels without a value tell no series apart.
// Of a summary, OpenMetrics leaves out quantiles with negative values, which it does not allow.
//
// Bytes: a family its name, its help and 21; a series 25, its names and values, 3 a label, 16 a bucket, 33 a
// quantile, 2 and the name a state. More than 64 kB is of no use; the server and text files of nanoprom_host.h
// have so much, nprom_encode and nprom_encode_buffer 1 kB.
typedef struct nprom_collector_t {
    // Describes the families.
    nprom_family_fn family;
    // Gives their series.
    nprom_series_fn series;
    // What both are given.
    void *context;
    // Counts failures and what was left out; may be null.
    const struct nprom_int_counter_t *errors;
    // Most families a page; 0 is 1000. One more ends the collector's part of the page, as a failure.
    uint32_t max_families;
    // Most series a page, likewise; 0 is 100000.
    uint32_t max_series;
} nprom_collector_t;

// Series whose labels are constants, and whose metrics lie anywhere. Made by NPROM_DEFINE_SERIES.
typedef struct nprom_series_t {
    // The kind of each metric.
    const struct nprom_kind_t *child;
    // The label names.
    const struct nprom_label_name_t *names;
    // The rows: each a pointer to the metric, and as many label values as names.
    const void *rows;
    // How many rows.
    uint32_t count;
    // How many labels.
    uint32_t label_count;
} nprom_series_t;

#ifdef __cplusplus
extern "C" {
#endif // __cplusplus

// Returns the version of the library, such as "0.1.0".
const char *nprom_version(void);

// Writes a whole number as text, for a label value: `memory` has NPROM_DECIMAL_SIZE bytes. The text also
// ends in a NUL, for the _str functions. Returns it; an empty string where `memory` is null.
struct nprom_str_t nprom_decimal(char *memory,
                                 int64_t number);

// As nprom_decimal, for numbers from 2^63 on, too.
struct nprom_str_t nprom_decimal_unsigned(char *memory, uint64_t number);

// Adds 1.
void nprom_counter_inc(struct nprom_counter_t *counter);

// Adds `amount`. Returns NPROM_OK, or NPROM_ERR_NOT_A_NUMBER, NPROM_ERR_NEGATIVE or
// NPROM_ERR_INFINITE, and changes nothing then.
int32_t nprom_counter_inc_by(struct nprom_counter_t *counter, double amount);

// Returns the total, rounded to the nearest float.
double nprom_counter_get(const struct nprom_counter_t *counter);

// Adds 1.
void nprom_int_counter_inc(struct nprom_int_counter_t *counter);

// Adds `amount`.
void nprom_int_counter_inc_by(struct nprom_int_counter_t *counter, uint64_t amount);

// Returns the total.
uint64_t nprom_int_counter_get(const struct nprom_int_counter_t *counter);

// Adds 1.
void nprom_counter32_inc(struct nprom_counter32_t *counter);

// Adds `amount`; the total stops at 2^32 - 1.
void nprom_counter32_inc_by(struct nprom_counter32_t *counter, uint32_t amount);

// Returns the total.
uint32_t nprom_counter32_get(const struct nprom_counter32_t *counter);

// Sets the total to 0: for tests, and where what is counted starts again. What is added at the same moment may
// be lost or kept.
void nprom_counter_reset(struct nprom_counter_t *counter);

// Sets the total to 0: for tests, and where what is counted starts again. What is added at the same moment may
// be lost or kept.
void nprom_int_counter_reset(struct nprom_int_counter_t *counter);

// Sets the total to 0: for tests, and where what is counted starts again. What is added at the same moment may
// be lost or kept.
void nprom_counter32_reset(struct nprom_counter32_t *counter);

// Sets the value; any float, NaN included.
void nprom_gauge_set(struct nprom_gauge_t *gauge, double value);

// Adds 1.
void nprom_gauge_inc(struct nprom_gauge_t *gauge);

// Subtracts 1.
void nprom_gauge_dec(struct nprom_gauge_t *gauge);

// Adds `amount`, which may be negative.
void nprom_gauge_inc_by(struct nprom_gauge_t *gauge, double amount);

// Subtracts `amount`, which may be negative.
void nprom_gauge_dec_by(struct nprom_gauge_t *gauge, double amount);

// Returns the value.
double nprom_gauge_get(const struct nprom_gauge_t *gauge);

// Sets the value.
void nprom_int_gauge_set(struct nprom_int_gauge_t *gauge, int64_t value);

// Adds 1.
void nprom_int_gauge_inc(struct nprom_int_gauge_t *gauge);

// Subtracts 1.
void nprom_int_gauge_dec(struct nprom_int_gauge_t *gauge);

// Adds `amount`, which may be negative; the value wraps at its ends.
void nprom_int_gauge_inc_by(struct nprom_int_gauge_t *gauge, int64_t amount);

// Subtracts `amount`, which may be negative; the value wraps at its ends.
void nprom_int_gauge_dec_by(struct nprom_int_gauge_t *gauge, int64_t amount);

// Returns the value.
int64_t nprom_int_gauge_get(const struct nprom_int_gauge_t *gauge);

// Sets the value.
void nprom_gauge32_set(struct nprom_gauge32_t *gauge, int32_t value);

// Adds 1.
void nprom_gauge32_inc(struct nprom_gauge32_t *gauge);

// Subtracts 1.
void nprom_gauge32_dec(struct nprom_gauge32_t *gauge);

// Adds `amount`, which may be negative; the value wraps at its ends.
void nprom_gauge32_inc_by(struct nprom_gauge32_t *gauge, int32_t amount);

// Subtracts `amount`, which may be negative; the value wraps at its ends.
void nprom_gauge32_dec_by(struct nprom_gauge32_t *gauge, int32_t amount);

// Returns the value.
int32_t nprom_gauge32_get(const struct nprom_gauge32_t *gauge);

// Counts `value`. NaN is ignored; infinities are counted in the first and the last bucket.
void nprom_histogram_observe(const struct nprom_histogram_t *histogram, double value);

// Returns how many values were observed.
uint64_t nprom_histogram_count(const struct nprom_histogram_t *histogram);

// Returns the sum of the values observed.
double nprom_histogram_sum(const struct nprom_histogram_t *histogram);

// Stores how many values were counted in the bucket at `index`, not cumulative; the bucket behind the
// last bound is +Inf. Returns NPROM_OK, NPROM_ERR_NULL, or NPROM_ERR_NOT_FOUND where there is no such
// bucket.
int32_t nprom_histogram_bucket(const struct nprom_histogram_t *histogram,
                               uint32_t index,
                               uint64_t *count_out);

// Counts `ticks`.
void nprom_int_histogram_observe(const struct nprom_int_histogram_t *histogram, uint32_t ticks);

// Returns how many values were observed.
uint64_t nprom_int_histogram_count(const struct nprom_int_histogram_t *histogram);

// Returns the sum of the values observed, in ticks.
uint64_t nprom_int_histogram_sum(const struct nprom_int_histogram_t *histogram);

// As nprom_histogram_bucket.
int32_t nprom_int_histogram_bucket(const struct nprom_int_histogram_t *histogram,
                                   uint32_t index,
                                   uint64_t *count_out);

// Counts `ticks`. A bucket that has counted 2^32 - 1 values stops there.
void nprom_histogram32_observe(const struct nprom_histogram32_t *histogram, uint32_t ticks);

// Returns how many values were observed.
uint64_t nprom_histogram32_count(const struct nprom_histogram32_t *histogram);

// Returns the sum of the values observed, in ticks.
uint64_t nprom_histogram32_sum(const struct nprom_histogram32_t *histogram);

// As nprom_histogram_bucket.
int32_t nprom_histogram32_bucket(const struct nprom_histogram32_t *histogram,
                                 uint32_t index,
                                 uint64_t *count_out);

// Stores `bound_count` bounds, each `width` above the one before; +Inf is not among them. Returns
// NPROM_OK, NPROM_ERR_NULL, or NPROM_ERR_TABLE where they do not ascend or are not finite.
int32_t nprom_linear_bounds(double start, double width, double *bounds_out, size_t bound_count);

// Stores `bound_count` bounds, each `factor` times the one before; +Inf is not among them. Returns
// NPROM_OK, NPROM_ERR_NULL, or NPROM_ERR_TABLE where they do not ascend or are not finite.
int32_t nprom_exponential_bounds(double start,
                                 double factor,
                                 double *bounds_out,
                                 size_t bound_count);

// Makes a histogram of bounds that are known at run time, and of cells that it sets to zero: two more
// than there are bounds. A last bound that is +Inf is left out, and takes no cell. Both arrays are the
// histogram's from then on.
//
// Call it before the histogram is used and before a page is made of it; on failure the histogram is
// unchanged. Returns NPROM_OK, NPROM_ERR_NULL, NPROM_ERR_BUFFER where there are too few cells, or
// NPROM_ERR_TABLE where the bounds do not ascend or are not finite.
int32_t nprom_histogram_init(struct nprom_histogram_t *histogram,
                             const double *bounds,
                             size_t bound_count,
                             nprom_cell64_t *cells,
                             size_t cell_count);

// As nprom_histogram_init, with bounds in ticks, of which `ticks_per_unit` make one unit of the page.
// Returns NPROM_OK, NPROM_ERR_NULL, NPROM_ERR_BUFFER where there are too few cells, or NPROM_ERR_TABLE
// where the bounds do not ascend or `ticks_per_unit` is 0.
int32_t nprom_int_histogram_init(struct nprom_int_histogram_t *histogram,
                                 uint32_t ticks_per_unit,
                                 const uint32_t *bounds,
                                 size_t bound_count,
                                 nprom_cell64_t *cells,
                                 size_t cell_count);

// As nprom_int_histogram_init, with small counts: it needs 1 + (bound_count + 2) / 2 cells.
int32_t nprom_histogram32_init(struct nprom_histogram32_t *histogram,
                               uint32_t ticks_per_unit,
                               const uint32_t *bounds,
                               size_t bound_count,
                               nprom_cell64_t *cells,
                               size_t cell_count);

// Counts `value` and adds it to the sum. NaN is ignored.
void nprom_summary_observe(struct nprom_summary_t *summary, double value);

// Returns how many values were observed.
uint64_t nprom_summary_count(const struct nprom_summary_t *summary);

// Returns the sum of the values observed.
double nprom_summary_sum(const struct nprom_summary_t *summary);

// Sets the value; any float, NaN included.
void nprom_untyped_set(struct nprom_untyped_t *untyped, double value);

// Returns the value.
double nprom_untyped_get(const struct nprom_untyped_t *untyped);

// Leaves all other states for number `state`, the first being 0. Returns NPROM_OK, NPROM_ERR_NULL, or
// NPROM_ERR_NOT_FOUND where there is no such state.
int32_t nprom_state_set_set(const struct nprom_state_set_t *set,
                            uint32_t state);

// Turns one state on, or off where `on` is 0, whatever the others are. Returns NPROM_OK,
// NPROM_ERR_NULL, or NPROM_ERR_NOT_FOUND where there is no such state.
int32_t nprom_state_set_turn(const struct nprom_state_set_t *set, uint32_t state, int32_t on);

// Returns 1 where the set is in this state, and 0 where it is not or has no such state.
int32_t nprom_state_set_get(const struct nprom_state_set_t *set, uint32_t state);

// Sets the total to 0, as nprom_counter_reset, and the creation time to now.
void nprom_created_counter_reset(struct nprom_created_counter_t *counter);

// Sets the total to 0, as nprom_int_counter_reset, and the creation time to now.
void nprom_created_int_counter_reset(struct nprom_created_int_counter_t *counter);

// Adds `amount` to a counter, and replaces its exemplar by one with this value, these labels and this
// time. Names and values of the labels follow each other; `count` is the number of both. The time is in
// seconds since 1970-01-01 UTC, or NPROM_NO_TIMESTAMP.
//
// Returns NPROM_OK; else neither counter nor exemplar is changed: NPROM_ERR_NULL, NPROM_ERR_NEGATIVE,
// NPROM_ERR_NOT_A_NUMBER, NPROM_ERR_INFINITE (the time, too), NPROM_ERR_LABEL_COUNT (an odd number),
// NPROM_ERR_LABEL_NAME (not legal, or there twice), NPROM_ERR_NOT_UTF8, NPROM_ERR_TOO_LONG (more than
// 128 characters), or NPROM_ERR_TEXT_FULL (no room).
int32_t nprom_exemplar_counter_inc_by(const struct nprom_exemplar_counter_t *counter,
                                      double amount,
                                      const struct nprom_str_t *labels,
                                      size_t count,
                                      double timestamp);

// As nprom_exemplar_counter_inc_by, with strings that end in a NUL: NPROM_VALUES("trace_id", id).
int32_t nprom_exemplar_counter_inc_by_str(const struct nprom_exemplar_counter_t *counter,
                                          double amount,
                                          const char *const *labels,
                                          size_t count,
                                          double timestamp);

// Sets the total to 0, as nprom_counter_reset, without an exemplar, and the creation time to now.
void nprom_exemplar_counter_reset(const struct nprom_exemplar_counter_t *counter);

// Counts `value`, and replaces the exemplar of its bucket, as nprom_exemplar_counter_inc_by does.
//
// Returns NPROM_OK; else neither histogram nor exemplar is changed: NPROM_ERR_NULL,
// NPROM_ERR_NOT_A_NUMBER, NPROM_ERR_INFINITE (the time), NPROM_ERR_LABEL_COUNT, NPROM_ERR_LABEL_NAME,
// NPROM_ERR_NOT_UTF8, NPROM_ERR_TOO_LONG or NPROM_ERR_TEXT_FULL.
int32_t nprom_exemplar_histogram_observe(const struct nprom_exemplar_histogram_t *histogram,
                                         double value,
                                         const struct nprom_str_t *labels,
                                         size_t count,
                                         double timestamp);

// As nprom_exemplar_histogram_observe, with strings that end in a NUL: NPROM_VALUES("trace_id", id).
int32_t nprom_exemplar_histogram_observe_str(const struct nprom_exemplar_histogram_t *histogram,
                                             double value,
                                             const char *const *labels,
                                             size_t count,
                                             double timestamp);

// Replaces all labels of an info; none takes it off the page. Names and values follow each other; `count`
// is the number of both. Takes no lock; may be called from any thread and interrupt handler.
//
// Returns NPROM_OK; else the info is unchanged: NPROM_ERR_NULL, NPROM_ERR_LABEL_COUNT (an odd number),
// NPROM_ERR_LABEL_NAME (not legal, or there twice), NPROM_ERR_NOT_UTF8, NPROM_ERR_TEXT_FULL (no room), or
// NPROM_ERR_BUSY where another thread is just setting labels, or what this interrupt handler stopped.
int32_t nprom_info_cell_set(const struct nprom_info_cell_t *info,
                            const struct nprom_str_t *labels,
                            size_t count);

// As nprom_info_cell_set, with strings that end in a NUL: NPROM_VALUES("address", text).
int32_t nprom_info_cell_set_str(const struct nprom_info_cell_t *info,
                                const char *const *labels,
                                size_t count);

// Gives the library the clock of creation times. Until then there are none on the page; metrics, and
// children of families, that are there already get the time of this call. Call it once, at start-up, when
// the clock is right. Returns NPROM_OK or NPROM_ERR_NULL.
int32_t nprom_set_clock(nprom_clock_fn clock);

// Finds the child with these label values, in the order of the label names, and adds it at 0 if it
// is new. `cell_out` receives its cell, which stays valid for ever; keep it to save the look-up. On
// failure it receives null, which all updates accept and ignore.
//
// Takes no lock and no heap; may be called from any thread and interrupt handler. Prefer the
// typed functions, such as nprom_counter_family_labels.
//
// Returns NPROM_OK, NPROM_ERR_NULL, NPROM_ERR_LABEL_COUNT, or, where the child is new and cannot be
// added, NPROM_ERR_FULL, NPROM_ERR_TEXT_FULL, NPROM_ERR_TOO_LONG or NPROM_ERR_NOT_UTF8. All but
// NPROM_ERR_NULL are counted in nanoprom_series_refused_total.
int32_t nprom_family_labels(const struct nprom_family_t *family,
                            const struct nprom_str_t *values,
                            size_t count,
                            void **cell_out);

// As nprom_family_labels, with label values that end in a NUL; null stands for an empty one.
int32_t nprom_family_labels_str(const struct nprom_family_t *family,
                                const char *const *values,
                                size_t count,
                                void **cell_out);

// As nprom_family_labels, with the labels' names, in any order. Names and values follow each other:
// "code", "200", "method", "GET"; `count` is that of all these strings. It takes longer than by position.
//
// Returns also NPROM_ERR_LABEL_COUNT where there are not two strings for each label, and
// NPROM_ERR_LABEL_NAME where the names are not those of the family, each once.
int32_t nprom_family_labels_by_name(const struct nprom_family_t *family,
                                    const struct nprom_str_t *labels,
                                    size_t count,
                                    void **cell_out);

// As nprom_family_labels_by_name, with strings that end in a NUL:
// NPROM_VALUES("code", "200", "method", "GET").
int32_t nprom_family_labels_by_name_str(const struct nprom_family_t *family,
                                        const char *const *labels,
                                        size_t count,
                                        void **cell_out);

// Returns how many times a new child was refused.
uint64_t nprom_family_refused(const struct nprom_family_t *family);

// Takes the child with these label values off the page and sets it to 0. The same values bring it
// back. A handle that is kept stays valid; what it adds is on the page when the child comes back.
//
// Returns NPROM_OK, NPROM_ERR_NULL, NPROM_ERR_LABEL_COUNT, or NPROM_ERR_NOT_FOUND.
int32_t nprom_family_remove(const struct nprom_family_t *family,
                            const struct nprom_str_t *values,
                            size_t count);

// As nprom_family_remove, with label values that end in a NUL.
int32_t nprom_family_remove_str(const struct nprom_family_t *family,
                                const char *const *values,
                                size_t count);

// As nprom_family_remove, with the labels' names, in any order: names and values follow each other, and
// `count` is that of all these strings.
//
// Returns also NPROM_ERR_LABEL_NAME where the names are not those of the family, each once.
int32_t nprom_family_remove_by_name(const struct nprom_family_t *family,
                                    const struct nprom_str_t *labels,
                                    size_t count);

// As nprom_family_remove_by_name, with strings that end in a NUL.
int32_t nprom_family_remove_by_name_str(const struct nprom_family_t *family,
                                        const char *const *labels,
                                        size_t count);

// Removes all children whose label values are those of the pattern, as nprom_family_remove does. A
// string whose `data` is null stands for any value. `removed_out` receives how many there were. One that
// is added meanwhile may stay.
//
// Returns NPROM_OK, also where there were none, NPROM_ERR_NULL, or NPROM_ERR_LABEL_COUNT.
int32_t nprom_family_remove_matching(const struct nprom_family_t *family,
                                     const struct nprom_str_t *pattern,
                                     size_t count,
                                     uint32_t *removed_out);

// As nprom_family_remove_matching, with strings that end in a NUL, or null for any value.
int32_t nprom_family_remove_matching_str(const struct nprom_family_t *family,
                                         const char *const *pattern,
                                         size_t count,
                                         uint32_t *removed_out);

// Takes all children off the page, as nprom_family_remove does.
void nprom_family_clear(const struct nprom_family_t *family);

// Lets other labels use the memory of removed children, and moves the text of all others together. Returns
// how many children may be added again. It takes time: the number of series times its logarithm.
//
// From the begin to the end of this call no cursor that was read in part is inside the family, and nobody,
// in no thread and no interrupt handler, makes another call on it. After it nobody uses a handle to a
// child that was removed before; handles to all other children stay valid.
uint32_t nprom_family_reclaim(const struct nprom_family_t *family);

// Makes the name of a label that is known only at run time. `memory` takes it as it will stand on the page,
// in 4 bytes more than it has itself; both are the label's from then on.
//
// Returns NPROM_OK, NPROM_ERR_NULL, NPROM_ERR_TOO_LONG for more than 255 bytes, NPROM_ERR_NOT_UTF8,
// NPROM_ERR_LABEL_NAME where it is none, or NPROM_ERR_BUFFER where the memory is too small; the label is
// unchanged then.
int32_t nprom_label_name_init(struct nprom_label_name_t *label,
                              struct nprom_str_t name,
                              char *memory,
                              size_t size);

// Returns how many bytes of memory the family needs; 0 where there is no such family, for which
// nprom_family_init tells why. Families are described by nprom_counter_family_of and its sisters.
size_t nprom_family_size(const struct nprom_family_t *family);

// Gives a family that was described its memory, whatever that held, and no children yet. `size` may be more
// than nprom_family_size. Memory, label names and bounds are the family's from then on.
//
// Call it before the family is used and before a page is made of it. Returns NPROM_OK; NPROM_ERR_NULL;
// NPROM_ERR_BUFFER where the memory is too small or not aligned to 8 bytes; NPROM_ERR_LABEL_COUNT for
// no labels or more than 255; NPROM_ERR_LABEL_NAME where one is wrong, reserved or there twice; or
// NPROM_ERR_TABLE where the bounds do not ascend, where 0 ticks make a unit, for no series or more than
// 1048574, and for 2 GiB of text or more. The family is unchanged then.
int32_t nprom_family_init(struct nprom_family_t *family,
                          void *memory,
                          size_t size);

// Checks a table and all that it includes: names, label names, bucket bounds, and that no two metrics
// expose the same name. Call it in a test or at start-up; it compares all pairs of names. Of a registry's
// group it checks all groups that are registered.
//
// On failure `message`, unless null, receives a sentence that names the offender, cut to
// `message_len` bytes with its NUL. Returns NPROM_OK, NPROM_ERR_NULL or NPROM_ERR_TABLE.
int32_t nprom_check(const struct nprom_group_t *group,
                    char *message,
                    size_t message_len);

// Makes a label of two strings, where these are not literals, for which there is NPROM_LABEL. They have
// to live as long as the label. Returns NPROM_OK, NPROM_ERR_NULL, or NPROM_ERR_TOO_LONG where one is
// longer than 65535 bytes.
int32_t nprom_label_init(struct nprom_label_t *label_out,
                         const char *name,
                         const char *value);

// Makes a row whose name or help text is known only at run time. They are not copied. `kind` says what
// `value` points to: for nprom_gauge_t it is &nprom_kind_gauge, and for its family
// &nprom_kind_gauge_family; nothing checks that they go together. nprom_check and
// nprom_registry_register judge the name.
//
// Returns NPROM_OK, NPROM_ERR_NULL, NPROM_ERR_TOO_LONG for a name of more than 255 bytes or a
// help text of more than 65535, or NPROM_ERR_NOT_UTF8 for either; the row is unchanged then.
int32_t nprom_metric_init(struct nprom_metric_t *row,
                          struct nprom_str_t name,
                          struct nprom_str_t help,
                          const struct nprom_kind_t *kind,
                          const void *value);

// Makes a group of `row_count` rows that are known only at run time, with a prefix in front of every name
// (none where it is empty). Neither is copied.
//
// Returns NPROM_OK, NPROM_ERR_NULL, or NPROM_ERR_TOO_LONG for more than 65535 rows or a prefix of
// more than 255 bytes.
int32_t nprom_group_init(struct nprom_group_t *group,
                         const struct nprom_metric_t *rows,
                         size_t row_count,
                         struct nprom_str_t prefix);

// Makes a node for `group`, in no registry. Never for one that is in a registry. Returns NPROM_OK or
// NPROM_ERR_NULL.
int32_t nprom_node_init(struct nprom_node_t *node,
                        const struct nprom_group_t *group);

// Adds the group of `node` to the pages of `registry`, in front of those that are there, after the check of
// nprom_check, also against them. Pages that are being read do not show it. From any thread; never from an
// interrupt handler. From now on the node's memory is the registry's, until nprom_registry_unlink
// has returned NPROM_OK, after an error too; the group and its metrics must last as long.
//
// Returns NPROM_OK, NPROM_ERR_NULL, NPROM_ERR_TABLE with a message as nprom_check gives it,
// NPROM_ERR_BUSY while a node is unlinked, or NPROM_ERR_NOT_FOUND where the node is in a
// registry already.
int32_t nprom_registry_register(struct nprom_registry_t *registry,
                                struct nprom_node_t *node,
                                char *message,
                                size_t message_len);

// Takes the group of `node` off the pages of `registry`; a page that has begun with the group shows all of
// it. Its names are free, and it may be registered again, in this registry. From any thread and interrupt
// handler. Returns NPROM_OK, NPROM_ERR_NULL, NPROM_ERR_NOT_FOUND where it is not registered there,
// or NPROM_ERR_BUSY while a node is being unlinked, which is done in a moment.
int32_t nprom_registry_unregister(struct nprom_registry_t *registry,
                                  struct nprom_node_t *node);

// Takes an unregistered node out of the registry for good: after NPROM_OK the memory of node, group and
// metrics is the caller's. It never waits.
//
// Returns NPROM_OK, also where the node is in no registry; NPROM_ERR_NULL; NPROM_ERR_BUSY while
// somebody is between nprom_scrape_begin and nprom_scrape_end or registers a node, and where
// this one is still registered; or NPROM_ERR_NOT_FOUND where it is in another registry.
int32_t nprom_registry_unlink(struct nprom_registry_t *registry,
                              struct nprom_node_t *node);

// Says that a page of `registry` is about to be read, which keeps its nodes from being unlinked. Only needed
// where nodes are; the server and nprom_write_textfile of nanoprom_host.h do it by themselves. From any
// thread; any number of times at once. Returns NPROM_OK, NPROM_ERR_NULL, or NPROM_ERR_BUSY while a node is
// being unlinked, which is done in a moment.
int32_t nprom_scrape_begin(struct nprom_registry_t *registry);

// Ends what a successful nprom_scrape_begin began: no cursor of that page is read any more.
void nprom_scrape_end(struct nprom_registry_t *registry);

// Puts a cursor at the begin of the page of `group` in NPROM_TEXT or NPROM_OPENMETRICS. Returns
// NPROM_OK or NPROM_ERR_NULL; after an error the page is empty.
//
// Lend it memory with nprom_cursor_scratch if the page has collectors, exemplars, or infos that are replaced;
// docs/design.md says how much.
int32_t nprom_cursor_init(struct nprom_cursor_t *cursor,
                          const struct nprom_group_t *group,
                          const struct nprom_format_t *format);

// Lends a cursor `size` bytes of scratch memory, before its first read: for what may change while it is
// written (exemplars, labels that are replaced, collectors), which is left out without it, or where it is
// too small. Nobody else may use the memory as long as a cursor is used. Returns NPROM_OK,
// NPROM_ERR_NULL, or NPROM_ERR_BUSY once the page has begun, which keeps the memory it has.
int32_t nprom_cursor_scratch(struct nprom_cursor_t *cursor,
                             void *memory,
                             size_t size);

// Leaves all families out but those that have one of these names, or samples of it: `x` and `x_total` name the
// counter `x`; `y`, `y_bucket`, `y_count` the histogram `y`. Up to 8 names, as in the `name[]=` of a request;
// they are not needed any more when this returns. Without names the page is empty.
//
// Call it before the first read: nprom_cursor_only(&cursor, NPROM_VALUES("x_total")). Returns NPROM_OK,
// NPROM_ERR_NULL, NPROM_ERR_FULL for more than 8 names, or NPROM_ERR_BUSY once the page has begun; the page
// is as it was then.
int32_t nprom_cursor_only(struct nprom_cursor_t *cursor,
                          const char *const *names,
                          size_t count);

// Fills `buf` with the next bytes of the page. Any `len` from 1 up will do; nothing is locked between
// two reads. Returns how many bytes were written; 0 is the end of the page.
size_t nprom_read(struct nprom_cursor_t *cursor,
                  char *buf,
                  size_t len);

// Writes the whole page of `group` into `buf` and its length to `len_out`, with 1 kB of scratch memory on
// hosts. Nothing is appended to it, no NUL either. Returns NPROM_OK, NPROM_ERR_NULL, or NPROM_ERR_BUFFER where the
// page is longer than `size`; the length is 0 then, and what `buf` holds is no page.
int32_t nprom_encode_buffer(const struct nprom_group_t *group,
                            const struct nprom_format_t *format,
                            char *buf,
                            size_t size,
                            size_t *len_out);

// Writes the page of `group` through a callback, in portions of up to 128 bytes, with 1 kB of scratch
// memory on hosts. Returns NPROM_OK, NPROM_ERR_NULL, or what the callback returned if that was not 0.
int32_t nprom_encode(const struct nprom_group_t *group,
                     const struct nprom_format_t *format,
                     nprom_write_fn write,
                     void *context);

// Says what a family is, once: its type (NPROM_TYPE_COUNTER and its sisters), its name without the
// prefixes of its groups, its help text, which may be null for none. Returns NPROM_OK, NPROM_ERR_NULL, or
// NPROM_ERR_TYPE where there is no such type. Whether the name can stand on the page is found out later.
int32_t nprom_collected_family_describe(struct nprom_collected_family_t *out,
                                        uint32_t metric_type,
                                        const char *name,
                                        const char *help);

// Says a family's unit, which is the end of its name behind a `_`. Base units of Prometheus, such as
// seconds and bytes, are known without. Returns NPROM_OK or NPROM_ERR_NULL.
int32_t nprom_collected_family_unit(struct nprom_collected_family_t *out,
                                    const char *unit);

// Adds a label, before the value is given. Returns NPROM_OK or NPROM_ERR_NULL.
int32_t nprom_collected_series_label(struct nprom_collected_series_t *out,
                                     const char *name,
                                     struct nprom_str_t value);

// As nprom_collected_series_label, with a value that ends in a NUL; null stands for an empty one.
int32_t nprom_collected_series_label_str(struct nprom_collected_series_t *out,
                                         const char *name,
                                         const char *value);

// Gives the value of a counter, a gauge or a metric of unknown type. Returns NPROM_OK or NPROM_ERR_NULL.
int32_t nprom_collected_series_value(struct nprom_collected_series_t *out,
                                     double value);

// As nprom_collected_series_value, exactly, whatever the size.
int32_t nprom_collected_series_unsigned(struct nprom_collected_series_t *out, uint64_t value);

// As nprom_collected_series_value, exactly, whatever the size.
int32_t nprom_collected_series_signed(struct nprom_collected_series_t *out, int64_t value);

// Gives the value of a histogram or a gauge histogram: buckets with ascending bounds, and the sum. The
// bucket of +Inf is the last; it is empty if it is not said. Returns NPROM_OK or NPROM_ERR_NULL.
int32_t nprom_collected_series_histogram(struct nprom_collected_series_t *out,
                                         const struct nprom_bucket_t *buckets,
                                         size_t bucket_count,
                                         double sum);

// Gives the value of a summary: count, sum, and quantiles in ascending order, if any. Returns NPROM_OK or
// NPROM_ERR_NULL.
int32_t nprom_collected_series_summary(struct nprom_collected_series_t *out,
                                       uint64_t count,
                                       double sum,
                                       const struct nprom_quantile_t *quantiles,
                                       size_t quantile_count);

// Adds a state of a state set: its name, and whether it is on. Returns NPROM_OK or NPROM_ERR_NULL.
int32_t nprom_collected_series_state(struct nprom_collected_series_t *out,
                                     const char *name,
                                     int32_t on);

// Says when the value was measured, in milliseconds since 1970: for all series of a family or for none.
// Leave it out unless the value is known to be old. Returns NPROM_OK or NPROM_ERR_NULL.
int32_t nprom_collected_series_timestamp_ms(struct nprom_collected_series_t *out,
                                            int64_t timestamp);

// Calls `each` with every sample of `group`, in the order and with the values of a page. Returns
// NPROM_OK or NPROM_ERR_NULL.
int32_t nprom_for_each_sample(const struct nprom_group_t *group,
                              nprom_sample_fn each,
                              void *context);

// Returns the name as it stands on the page; valid as long as the sample.
struct nprom_str_t nprom_sample_name(const struct nprom_sample_t *sample);

// Returns the type of the sample's family: "counter", "gauge", "histogram", "gaugehistogram",
// "summary", "info", "stateset" or "unknown".
const char *nprom_sample_type(const struct nprom_sample_t *sample);

// Stores name and value of the label at `index`; valid as long as the sample. Returns NPROM_OK,
// NPROM_ERR_NULL, or NPROM_ERR_NOT_FOUND behind the last label.
int32_t nprom_sample_label(const struct nprom_sample_t *sample,
                           size_t index,
                           struct nprom_str_t *name_out,
                           struct nprom_str_t *value_out);

// Returns the value as a float, rounded to the nearest where it is an integer above 2^53.
double nprom_sample_value(const struct nprom_sample_t *sample);

// Stores the value if it is an unsigned integer: that of an integer counter, a bucket or a count.
// Returns NPROM_OK, NPROM_ERR_NULL, or NPROM_ERR_TYPE where it is of another type.
int32_t nprom_sample_unsigned(const struct nprom_sample_t *sample, uint64_t *value_out);

// Stores the value if it is a signed integer: that of an integer gauge. Returns NPROM_OK,
// NPROM_ERR_NULL, or NPROM_ERR_TYPE where it is of another type.
int32_t nprom_sample_signed(const struct nprom_sample_t *sample, int64_t *value_out);

// Stores the value of the sample with this name and exactly these labels, in any order: for tests, which
// read what a scrape would show. Name and labels are those of the page, with prefixes, suffix, constant
// labels and the `le` of a bucket.
//
// Names and values of the labels follow each other: NPROM_VALUES("code", "200", "method", "GET"); without
// labels the last two arguments are null and 0. Returns NPROM_OK, NPROM_ERR_NULL, NPROM_ERR_LABEL_COUNT
// where a name has no value, or NPROM_ERR_NOT_FOUND where there is no such sample.
int32_t nprom_get_sample_value(const struct nprom_group_t *group,
                               const char *name,
                               const char *const *labels,
                               size_t label_strings,
                               double *value_out);

// Asks for `Authorization: Bearer TOKEN`. An empty token lets nobody in, and neither does null. Returns
// NPROM_OK or NPROM_ERR_NULL.
int32_t nprom_auth_bearer(struct nprom_auth_t *auth,
                          const char *token);

// Asks for `Authorization: Basic`, with this user and password, both in UTF-8 and the user without a
// colon. An empty password lets nobody in, and neither does null. Returns NPROM_OK or NPROM_ERR_NULL.
int32_t nprom_auth_basic(struct nprom_auth_t *auth,
                         const char *user,
                         const char *password);

// Prepares for a new connection that will be answered with the page of `group` on /metrics and /, in
// the format that the peer prefers. Returns NPROM_OK or NPROM_ERR_NULL; after an error the connection
// is to be closed.
//
// Lend it memory with nprom_http_scratch if the page has collectors, exemplars, or infos that are replaced;
// docs/design.md says how much. Where nodes of a registry are unlinked, the caller keeps them from that with
// nprom_scrape_begin from the first byte that is fed of a request to the end of its answer.
int32_t nprom_http_init(struct nprom_http_t *http,
                        const struct nprom_group_t *group);

// The same with text pages only, whatever the peer prefers: the code of OpenMetrics is not linked.
int32_t nprom_http_init_text(struct nprom_http_t *http, const struct nprom_group_t *group);

// Lends a connection `size` bytes of scratch memory, before its first request: for what may change while
// it is written (exemplars, labels that are replaced, collectors), which is left out without it, or where
// it is too small. Nobody else may use the memory as long as a connection is used. Returns NPROM_OK,
// NPROM_ERR_NULL, or NPROM_ERR_BUSY while a page is on its way out, which keeps the memory it has.
int32_t nprom_http_scratch(struct nprom_http_t *http,
                           void *memory,
                           size_t size);

// Answers only who shows what `auth` asks for, all others with 401; to be called before the first byte.
// Returns NPROM_OK, or NPROM_ERR_NULL where `auth` is null or was never made; the connection is to be
// closed then.
int32_t nprom_http_require(struct nprom_http_t *http,
                           const struct nprom_auth_t *auth);

// Returns what to do next: NPROM_HTTP_INPUT, NPROM_HTTP_OUTPUT or NPROM_HTTP_CLOSE.
uint32_t nprom_http_state(const struct nprom_http_t *http);

// Takes request bytes. Returns how many were taken: offer the rest again when the answer is out.
size_t nprom_http_feed(struct nprom_http_t *http, const char *data, size_t len);

// Writes response bytes into `buf`, of any size from 1 up. Returns how many; 0 means that there is
// nothing to send now.
size_t nprom_http_pull(struct nprom_http_t *http, char *buf, size_t len);

// Tells that the peer will send no more, after all its bytes were taken.
void nprom_http_end_input(struct nprom_http_t *http);

// Tells that the peer kept the host waiting for too long. An idle connection closes, half a request
// is refused, an answer that the peer does not read is broken off.
void nprom_http_time_out(struct nprom_http_t *http);

// Returns the status code of the latest answer, such as 200; 0 before the first.
uint32_t nprom_http_status(const struct nprom_http_t *http);

// Returns the path of the latest answer: "/metrics", "/", or "" for all others, so that it can be a
// label value whatever peers ask for.
const char *nprom_http_path(const struct nprom_http_t *http);

// Begins a push that replaces all that the target's group has by the page of `group`, in the text
// format. Returns NPROM_OK, NPROM_ERR_NULL, or NPROM_ERR_TARGET where the target is wrong; after an error
// the push is over.
//
// Lend it memory with nprom_push_scratch if the page has collectors or infos that are replaced; docs/design.md
// says how much.
int32_t nprom_push_put(struct nprom_push_t *push,
                       const struct nprom_target_t *target,
                       const struct nprom_group_t *group);

// The same, and replaces only those metrics that are on the page too.
int32_t nprom_push_post(struct nprom_push_t *push,
                        const struct nprom_target_t *target,
                        const struct nprom_group_t *group);

// Begins a push that removes the target's group. Returns as nprom_push_put.
int32_t nprom_push_delete(struct nprom_push_t *push, const struct nprom_target_t *target);

// Lends a push `size` bytes of scratch memory, before its first byte is sent: for what may change while it is
// written (exemplars, labels that are replaced, collectors), which is left out without it, or where it is
// too small. Nobody else may use the memory as long as a push is used. Returns NPROM_OK,
// NPROM_ERR_NULL, or NPROM_ERR_BUSY once its page has begun, which keeps the memory it has.
int32_t nprom_push_scratch(struct nprom_push_t *push,
                           void *memory,
                           size_t size);

// Returns what to do next: NPROM_HTTP_OUTPUT for nprom_push_pull and sending, NPROM_HTTP_INPUT for
// receiving and nprom_push_feed, or NPROM_HTTP_CLOSE.
uint32_t nprom_push_state(const struct nprom_push_t *push);

// Writes request bytes into `buf`, of any size from 1 up. Returns how many; 0 means that there is
// nothing to send any more.
size_t nprom_push_pull(struct nprom_push_t *push, char *buf, size_t len);

// Takes bytes of the answer, all of them. An answer that comes before the request is out ends the
// sending. Returns how many: `len`.
size_t nprom_push_feed(struct nprom_push_t *push, const char *data, size_t len);

// Tells that the connection has ended, or that the peer kept the host waiting for too long.
void nprom_push_end_input(struct nprom_push_t *push);

// Tells how the push went. Returns NPROM_OK once the peer has accepted it, NPROM_ERR_PENDING before there
// is an answer, NPROM_ERR_REFUSED where its status is not one of success, NPROM_ERR_ANSWER where it is
// not an HTTP answer to the whole request, NPROM_ERR_ENDED where the connection ended without any, or
// NPROM_ERR_NULL.
int32_t nprom_push_outcome(const struct nprom_push_t *push);

// Returns the status code of a refusal, such as 400; 0 where there is none.
uint32_t nprom_push_status(const struct nprom_push_t *push);

// Returns what the peer says about its refusal, the first 256 bytes as they came; empty where there is
// nothing. The text is the push's own.
struct nprom_str_t nprom_push_message(const struct nprom_push_t *push);

// Begins the page of `group` as page number `page`: the one that was requested, or any below 0x80.
// Returns NPROM_OK or NPROM_ERR_NULL; after an error the page is empty.
int32_t nprom_frames_init(struct nprom_frames_t *frames,
                          const struct nprom_group_t *group,
                          const struct nprom_format_t *format,
                          uint8_t page);

// Lends a page `size` bytes of scratch memory, before its first byte is sent: for what may change while it is
// written (exemplars, labels that are replaced, collectors), which is left out without it, or where it is
// too small. Nobody else may use the memory as long as a page is used. Returns NPROM_OK,
// NPROM_ERR_NULL, or NPROM_ERR_BUSY once the page has begun, which keeps the memory it has.
int32_t nprom_frames_scratch(struct nprom_frames_t *frames,
                             void *memory,
                             size_t size);

// Fills `buf` with the next bytes to send. Any `len` from 1 up will do. Returns how many bytes were
// written; 0 is the end of the page.
size_t nprom_frames_read(struct nprom_frames_t *frames, char *buf, size_t len);

// Returns 1 where other text, such as a log line, may be sent now, and 0 inside a frame.
int32_t nprom_frames_between(const struct nprom_frames_t *frames);

// Takes the next byte received. Returns the number of the page that it completes the request for
// (0x80 to 0xFF, to be handed to nprom_frames_init), or -1.
int32_t nprom_requests_feed(struct nprom_requests_t *requests, uint8_t byte);

#ifdef __cplusplus
}  // extern "C"
#endif  // __cplusplus

#endif  /* NPROM_ABI_H */
