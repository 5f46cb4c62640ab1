/*
 * nanoprom: Prometheus metrics without heap and without locks. Types and functions.
 *
 * C and C++ programs include nanoprom.h, which includes this file and adds the macros that make
 * tables and the inline updates.
 *
 * Threads and interrupts: every function may be called from any thread and interrupt handler, and
 * from signal handlers where 64-bit atomics exist, unless it says otherwise. Objects that are private
 * to a caller (nprom_cursor_t, nprom_frames_t, nprom_http_t) are used by one caller at a time. On
 * cores without 64-bit atomics floats and signed 64-bit values take a critical section of a few
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
#define NPROM_ERR_NULL -1

// The amount is not a number.
#define NPROM_ERR_NOT_A_NUMBER -2

// The amount is negative, and a counter only goes up.
#define NPROM_ERR_NEGATIVE -3

// The counter would become infinite and could never increase again.
#define NPROM_ERR_INFINITE -4

// Every series of the family is in use.
#define NPROM_ERR_FULL -5

// The family's memory for label text is in use.
#define NPROM_ERR_TEXT_FULL -6

// The labels are longer than 65535 bytes on the page, names and escapes included.
#define NPROM_ERR_TOO_LONG -7

// A label value is not UTF-8.
#define NPROM_ERR_NOT_UTF8 -8

// The number of label values is not the family's number of labels.
#define NPROM_ERR_LABEL_COUNT -9

// The buffer is too small for the whole page.
#define NPROM_ERR_BUFFER -11

// The table of metrics is wrong; the message says what and where.
#define NPROM_ERR_TABLE -12

// There is no such series, label or bucket.
#define NPROM_ERR_NOT_FOUND -13

// The value is of another type.
#define NPROM_ERR_TYPE -14

// The connection waits for request bytes: receive, then nprom_http_feed.
#define NPROM_HTTP_INPUT 0

// There are response bytes: nprom_http_pull, then send.
#define NPROM_HTTP_OUTPUT 1

// The connection is to be closed.
#define NPROM_HTTP_CLOSE 2

// One sample of a page, valid during the call that it is given to.
typedef struct nprom_sample_t nprom_sample_t;

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

// A string: pointer and length. It need not end in a NUL, and may hold NULs.
typedef struct nprom_str_t {
    // The bytes, UTF-8; may be null where the length is 0.
    const char *data;
    // How many bytes.
    size_t len;
} nprom_str_t;

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
    // 0 for now.
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
    // The rows.
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
    // Private: what makes a header of another ABI fail to link.
    const uint8_t *abi;
} nprom_group_t;

// A page being read. Private memory; make it with nprom_cursor_init. It needs no clean-up, and a copy
// of it is a second cursor at the same place.
typedef struct nprom_cursor_t {
    // Private.
    uint64_t memory[20];
} nprom_cursor_t;

// A format of pages: NPROM_TEXT or NPROM_OPENMETRICS.
typedef struct nprom_format_t {
    // Private.
    const void *writer;
} nprom_format_t;

// Takes a portion of a page. Returns 0 to go on; anything else stops the page and is returned by
// nprom_encode as it is, so use positive numbers to tell them from the library's own.
typedef int32_t (*nprom_write_fn)(void *context, const char *data, size_t len);

// Takes one sample.
typedef void (*nprom_sample_fn)(void *context, const struct nprom_sample_t *sample);

// The server's side of one HTTP connection, without the socket: request bytes in, response bytes out.
// Private memory; make it with nprom_http_init. It needs no clean-up and may be used again for the
// next connection. Request heads up to 1024 bytes.
typedef struct nprom_http_t {
    // Private.
    uint64_t memory[168];
} nprom_http_t;

// A page being sent as frames of up to 64 bytes of payload. Private memory; make it with
// nprom_frames_init. It needs no clean-up and may be used again for the next page.
typedef struct nprom_frames_t {
    // Private.
    uint64_t memory[30];
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

#ifdef __cplusplus
extern "C" {
#endif // __cplusplus

// Returns the version of the library, such as "0.1.0".
const char *nprom_version(void);

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

// Takes all children off the page, as nprom_family_remove does.
void nprom_family_clear(const struct nprom_family_t *family);

// Returns how many times a new child was refused.
uint64_t nprom_family_refused(const struct nprom_family_t *family);

// Checks a table and all that it includes: names, label names, bucket bounds, and that no two metrics
// expose the same name. Call it in a test or at start-up; it compares all pairs of names.
//
// On failure `message`, unless null, receives a sentence that names the offender, cut to
// `message_len` bytes with its NUL. Returns NPROM_OK, NPROM_ERR_NULL or NPROM_ERR_TABLE.
int32_t nprom_check(const struct nprom_group_t *group,
                    char *message,
                    size_t message_len);

// Puts a cursor at the begin of the page of `group` in NPROM_TEXT or NPROM_OPENMETRICS. Returns
// NPROM_OK or NPROM_ERR_NULL; after an error the page is empty.
int32_t nprom_cursor_init(struct nprom_cursor_t *cursor,
                          const struct nprom_group_t *group,
                          const struct nprom_format_t *format);

// Fills `buf` with the next bytes of the page. Any `len` from 1 up will do; nothing is locked between
// two reads. Returns how many bytes were written; 0 is the end of the page.
size_t nprom_read(struct nprom_cursor_t *cursor,
                  char *buf,
                  size_t len);

// Writes the whole page of `group` into `buf` and its length to `len_out`. Nothing is appended to it:
// no NUL. Returns NPROM_OK, NPROM_ERR_NULL, or NPROM_ERR_BUFFER where the page is longer than `size`.
int32_t nprom_encode_buffer(const struct nprom_group_t *group,
                            const struct nprom_format_t *format,
                            char *buf,
                            size_t size,
                            size_t *len_out);

// Writes the page of `group` through a callback, in portions of up to 128 bytes. Returns NPROM_OK,
// NPROM_ERR_NULL, or what the callback returned if that was not 0.
int32_t nprom_encode(const struct nprom_group_t *group,
                     const struct nprom_format_t *format,
                     nprom_write_fn write,
                     void *context);

// Calls `each` with every sample of `group`, in the order and with the values of a page. Returns
// NPROM_OK or NPROM_ERR_NULL.
int32_t nprom_for_each_sample(const struct nprom_group_t *group,
                              nprom_sample_fn each,
                              void *context);

// Returns the name as it stands on the page; valid as long as the sample.
struct nprom_str_t nprom_sample_name(const struct nprom_sample_t *sample);

// Returns the type of the sample's family: "counter", "gauge", "histogram", "summary", "info",
// "stateset" or "unknown".
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

// Prepares for a new connection that will be answered with the page of `group` on /metrics and /, in
// the format that the peer prefers. Returns NPROM_OK or NPROM_ERR_NULL; after an error the connection
// is to be closed.
int32_t nprom_http_init(struct nprom_http_t *http,
                        const struct nprom_group_t *group);

// The same with text pages only, whatever the peer prefers: the code of OpenMetrics is not linked.
int32_t nprom_http_init_text(struct nprom_http_t *http, const struct nprom_group_t *group);

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

// Begins the page of `group` as page number `page`: the one that was requested, or any below 0x80.
// Returns NPROM_OK or NPROM_ERR_NULL; after an error the page is empty.
int32_t nprom_frames_init(struct nprom_frames_t *frames,
                          const struct nprom_group_t *group,
                          const struct nprom_format_t *format,
                          uint8_t page);

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
