/*
 * Timers, the time of day, work in progress, and counted errors. Included by nanoprom.h.
 *
 * Clocks are functions of the application: seconds since any moment as a double, or ticks as a
 * uint32_t that may wrap, once while a timer runs. Clocks must not be null. Give timers one that does not jump,
 * such as CLOCK_MONOTONIC. A timer is its owner's; metrics may be updated from anywhere.
 *
 *     nprom_timer_t timer = nprom_timer_start(seconds);
 *     answer();
 *     nprom_timer_observe(&timer, &latency);
 *
 * What begins with NPROM_TIME_ and NPROM_TRACK_ is a declaration, and ends with the block that it stands
 * in, whatever leaves it: return, break, goto, in C++ exceptions; not longjmp. One of a sort on a line.
 *
 *     static int serve(void) {
 *         NPROM_TRACK_GAUGE32(&in_progress);
 *         NPROM_TIME_HISTOGRAM(&latency, seconds);
 *         return answer();
 *     }
 */
#ifndef NPROM_GUARDS_H
#define NPROM_GUARDS_H

#ifndef NANOPROM_H
#error "include nanoprom.h, which includes this file"
#endif

/* ---- Timers ------------------------------------------------------------------------------------- */

/* A timer in seconds, for histograms, summaries and gauges. Its members are private. */
typedef struct nprom_timer_t {
    double (*now)(void);
    double start;
} nprom_timer_t;

/* A timer in ticks, for histograms of whole numbers. Its members are private. */
typedef struct nprom_ticks_timer_t {
    uint32_t (*now)(void);
    uint32_t start;
} nprom_ticks_timer_t;

#ifdef NPROM_DISABLED
#define NPROM_READ_CLOCK_(clock) ((void)(clock), 0)
#else
#define NPROM_READ_CLOCK_(clock) (clock)()
#endif

/* Returns a timer that runs. */
static inline nprom_timer_t nprom_timer_start(double (*now)(void)) {
    nprom_timer_t timer;
    timer.now = now;
    timer.start = NPROM_READ_CLOCK_(now);
    return timer;
}

/* Returns the seconds since the start, 0 where the clock went back. The timer goes on. */
static inline double nprom_timer_elapsed(const nprom_timer_t *timer) {
    double elapsed = NPROM_READ_CLOCK_(timer->now) - timer->start;
    return elapsed < 0 ? 0 : elapsed;
}

/* Observes the seconds since the start. Returns them. The timer goes on, here and below. */
static inline double nprom_timer_observe(const nprom_timer_t *timer,
                                         const nprom_histogram_t *histogram) {
    double elapsed = nprom_timer_elapsed(timer);
    nprom_histogram_observe(histogram, elapsed);
    return elapsed;
}

/* The same in a summary. */
static inline double nprom_timer_observe_summary(const nprom_timer_t *timer,
                                                 nprom_summary_t *summary) {
    double elapsed = nprom_timer_elapsed(timer);
    nprom_summary_observe(summary, elapsed);
    return elapsed;
}

/* Sets a gauge to the seconds since the start. Returns them. */
static inline double nprom_timer_set(const nprom_timer_t *timer, nprom_gauge_t *gauge) {
    double elapsed = nprom_timer_elapsed(timer);
    nprom_gauge_set(gauge, elapsed);
    return elapsed;
}

/* Returns a timer that runs. */
static inline nprom_ticks_timer_t nprom_ticks_timer_start(uint32_t (*now)(void)) {
    nprom_ticks_timer_t timer;
    timer.now = now;
    timer.start = NPROM_READ_CLOCK_(now);
    return timer;
}

/* Returns the ticks since the start. The timer goes on. */
static inline uint32_t nprom_ticks_timer_elapsed(const nprom_ticks_timer_t *timer) {
    return NPROM_READ_CLOCK_(timer->now) - timer->start;
}

/* Observes the ticks since the start. Returns them. */
static inline uint32_t nprom_ticks_timer_observe(const nprom_ticks_timer_t *timer,
                                                 const nprom_int_histogram_t *histogram) {
    uint32_t elapsed = nprom_ticks_timer_elapsed(timer);
    nprom_int_histogram_observe(histogram, elapsed);
    return elapsed;
}

/* The same for one of small counts. */
static inline uint32_t nprom_ticks_timer_observe32(const nprom_ticks_timer_t *timer,
                                                   const nprom_histogram32_t *histogram) {
    uint32_t elapsed = nprom_ticks_timer_elapsed(timer);
    nprom_histogram32_observe(histogram, elapsed);
    return elapsed;
}

/* ---- The time of day ---------------------------------------------------------------------------- */

/* Sets a gauge to what the clock gives: the seconds since 1970-01-01 UTC. */
static inline void nprom_gauge_set_to_current_time(nprom_gauge_t *gauge, double (*now)(void)) {
    nprom_gauge_set(gauge, NPROM_READ_CLOCK_(now));
}

/* The same in whole seconds. */
static inline void nprom_int_gauge_set_to_current_time(nprom_int_gauge_t *gauge,
                                                       int64_t (*now)(void)) {
    nprom_int_gauge_set(gauge, NPROM_READ_CLOCK_(now));
}

/* ---- Until the end of a block ------------------------------------------------------------------- */

#define NPROM_PASTE_(a, b) a##b
#define NPROM_PASTE_LINE_(name, line) NPROM_PASTE_(name, line)
#define NPROM_UNTIL_END_(guard) \
    __attribute__((cleanup(guard##_end_), unused)) struct guard##_ NPROM_PASTE_LINE_(guard##_at_, __LINE__)

/* A timer that ends with the block: the name, its timer, its metric, and what the end does. */
#define NPROM_TIMED_(name, timer_t, metric_t, observe) \
    struct name##_ { \
        timer_t timer; \
        metric_t *metric; \
    }; \
    static inline void name##_end_(struct name##_ *timed) { \
        (void)observe(&timed->timer, timed->metric); \
    }
NPROM_TIMED_(nprom_timed_histogram, nprom_timer_t, const nprom_histogram_t, nprom_timer_observe)
NPROM_TIMED_(nprom_timed_summary, nprom_timer_t, nprom_summary_t, nprom_timer_observe_summary)
NPROM_TIMED_(nprom_timed_gauge, nprom_timer_t, nprom_gauge_t, nprom_timer_set)
NPROM_TIMED_(nprom_timed_int_histogram, nprom_ticks_timer_t, const nprom_int_histogram_t,
             nprom_ticks_timer_observe)
NPROM_TIMED_(nprom_timed_histogram32, nprom_ticks_timer_t, const nprom_histogram32_t,
             nprom_ticks_timer_observe32)

/* Measure the time to the end of the block: pointer to the metric, clock. */
#define NPROM_TIME_HISTOGRAM(histogram, clock) \
    NPROM_UNTIL_END_(nprom_timed_histogram) = {nprom_timer_start(clock), (histogram)}
#define NPROM_TIME_SUMMARY(summary, clock) \
    NPROM_UNTIL_END_(nprom_timed_summary) = {nprom_timer_start(clock), (summary)}
#define NPROM_TIME_GAUGE(gauge, clock) \
    NPROM_UNTIL_END_(nprom_timed_gauge) = {nprom_timer_start(clock), (gauge)}
#define NPROM_TIME_INT_HISTOGRAM(histogram, clock) \
    NPROM_UNTIL_END_(nprom_timed_int_histogram) = {nprom_ticks_timer_start(clock), (histogram)}
#define NPROM_TIME_HISTOGRAM32(histogram, clock) \
    NPROM_UNTIL_END_(nprom_timed_histogram32) = {nprom_ticks_timer_start(clock), (histogram)}

/* Work in progress: what adds 1 to a gauge, and what takes it away at the end of the block. */
#define NPROM_TRACKED_(type) \
    struct nprom_tracked_##type##_ { \
        nprom_##type##_t *metric; \
    }; \
    static inline struct nprom_tracked_##type##_ nprom_tracked_##type##_start_( \
        nprom_##type##_t *metric) { \
        struct nprom_tracked_##type##_ tracked; \
        tracked.metric = metric; \
        nprom_##type##_inc(metric); \
        return tracked; \
    } \
    static inline void nprom_tracked_##type##_end_(struct nprom_tracked_##type##_ *tracked) { \
        nprom_##type##_dec(tracked->metric); \
    }
NPROM_TRACKED_(gauge)
NPROM_TRACKED_(int_gauge)
NPROM_TRACKED_(gauge32)

/* Add 1 to a gauge until the end of the block. */
#define NPROM_TRACK_GAUGE(gauge) \
    NPROM_UNTIL_END_(nprom_tracked_gauge) = nprom_tracked_gauge_start_(gauge)
#define NPROM_TRACK_INT_GAUGE(gauge) \
    NPROM_UNTIL_END_(nprom_tracked_int_gauge) = nprom_tracked_int_gauge_start_(gauge)
#define NPROM_TRACK_GAUGE32(gauge) \
    NPROM_UNTIL_END_(nprom_tracked_gauge32) = nprom_tracked_gauge32_start_(gauge)

/* ---- Errors ------------------------------------------------------------------------------------- */

/*
 * Does `call`, adds 1 where `is_error` holds for what it returns, and has that as its own value:
 *
 *     ssize_t len = NPROM_COUNT_ERRORS(&errors, NPROM_IS_NEGATIVE, read(fd, buf, sizeof buf));
 *     if (NPROM_COUNT_INT_ERRORS(&timeouts, is_timeout, connect_to(host)) != 0)
 *         return -1;
 *
 * `is_error` is one of the conditions below, or a function or a macro of the application.
 */
#define NPROM_COUNT_ERRORS(counter, is_error, call) \
    NPROM_COUNT_ERRORS_(nprom_counter_inc, counter, is_error, call)
#define NPROM_COUNT_INT_ERRORS(counter, is_error, call) \
    NPROM_COUNT_ERRORS_(nprom_int_counter_inc, counter, is_error, call)
#define NPROM_COUNT_ERRORS32(counter, is_error, call) \
    NPROM_COUNT_ERRORS_(nprom_counter32_inc, counter, is_error, call)

/* Conditions: of POSIX and of this library; of most others; of pointers. */
#define NPROM_IS_NEGATIVE(status) ((status) < 0)
#define NPROM_IS_NOT_ZERO(status) ((status) != 0)
#define NPROM_IS_NULL(pointer) ((pointer) == 0)

#define NPROM_COUNT_ERRORS_(inc, counter, is_error, call) \
    __extension__({ \
        __typeof__(call) nprom_result_ = (call); \
        if (is_error(nprom_result_)) \
            inc(counter); \
        nprom_result_; \
    })

#endif
