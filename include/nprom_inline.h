/*
 * Part of nanoprom.h: updates, inline where the core can do them without a call, and switched off by
 * -DNPROM_DISABLED.
 */
#ifndef NPROM_INLINE_H
#define NPROM_INLINE_H

#ifndef NANOPROM_H
#error "include nanoprom.h, which includes this file"
#endif

#if defined(NPROM_LAYOUT_NATIVE64) || defined(NPROM_LAYOUT_SPLIT32)

/* Whatever the compiler's options: a handler in RAM may make these while flash is being written. */
#define NPROM_ALWAYS_INLINE_ static inline __attribute__((always_inline))

/* By its bits, because -ffast-math takes every float for a number. */
static inline int nprom_inline_is_nan_(double value) {
    uint64_t bits;
    __builtin_memcpy(&bits, &value, sizeof bits);
    return (bits & ~(UINT64_C(1) << 63)) > UINT64_C(0x7ff0000000000000);
}

/* Relaxed: a total says nothing about other memory. */
NPROM_ALWAYS_INLINE_ void nprom_inline_counter32_inc_by(nprom_counter32_t *counter, uint32_t amount) {
    uint32_t old, sum;
    if (!counter)
        return;
    old = __atomic_load_n(&counter->total, __ATOMIC_RELAXED);
    do {
        sum = old + amount < old ? UINT32_MAX : old + amount;
    } while (!__atomic_compare_exchange_n(&counter->total, &old, sum, 1, __ATOMIC_RELAXED,
                                          __ATOMIC_RELAXED));
}

/* Stops at 2^32 - 1. */
static inline void nprom_inline_count32_(uint32_t *count) {
    uint32_t old = __atomic_load_n(count, __ATOMIC_RELAXED);
    while (old != UINT32_MAX && !__atomic_compare_exchange_n(count, &old, old + 1, 1,
                                                             __ATOMIC_RELAXED, __ATOMIC_RELAXED)) {
    }
}

/* One step of a binary search without a branch on the data. */
#define NPROM_SEARCH_STEP_ \
    if (size > 1) { \
        half = size / 2; \
        base += half * (uint32_t)(value > bounds[base + half - 1]); \
        size -= half; \
    }
/* Where flash is plenty, without a loop: that was seen to be slower. */
#ifdef NPROM_LAYOUT_NATIVE64
#define NPROM_SEARCH_STEPS_ \
    NPROM_SEARCH_STEP_ NPROM_SEARCH_STEP_ NPROM_SEARCH_STEP_ NPROM_SEARCH_STEP_ NPROM_SEARCH_STEP_
#define NPROM_SEARCH_INLINE_ NPROM_ALWAYS_INLINE_
#else
#define NPROM_SEARCH_STEPS_
#define NPROM_SEARCH_INLINE_ static inline
#endif

/* The bucket of a value: the first whose bound is not below it, or `size`. */
#define NPROM_FIND_(name, value_t) \
    NPROM_SEARCH_INLINE_ uint32_t name(const value_t *bounds, uint32_t size, value_t value) { \
        uint32_t base = 0, half; \
        if (size == 0) \
            return 0; \
        NPROM_SEARCH_STEPS_ \
        while (size > 1) \
            NPROM_SEARCH_STEP_ \
        return base + (uint32_t)(value > bounds[base]); \
    }
NPROM_FIND_(nprom_inline_find_ticks_, uint32_t)

NPROM_ALWAYS_INLINE_ void nprom_inline_gauge32_inc_by(nprom_gauge32_t *gauge, int32_t amount) {
    if (gauge)
        __atomic_fetch_add(&gauge->value, (uint32_t)amount, __ATOMIC_RELAXED);
}

NPROM_ALWAYS_INLINE_ void nprom_inline_gauge32_set(nprom_gauge32_t *gauge, int32_t value) {
    if (gauge)
        __atomic_store_n(&gauge->value, (uint32_t)value, __ATOMIC_RELAXED);
}

#ifdef NPROM_LAYOUT_NATIVE64

static inline void nprom_inline_total_add_(nprom_cell64_t *total, uint64_t amount) {
    __atomic_fetch_add(&total->bits, amount, __ATOMIC_RELAXED);
}

static inline void nprom_inline_float_add_(nprom_cell64_t *cell, double amount, int keep_number) {
    uint64_t old = __atomic_load_n(&cell->bits, __ATOMIC_RELAXED), amount_bits, bits;
    double sum;
    __builtin_memcpy(&amount_bits, &amount, sizeof amount_bits);
    do {
        /* Opposite infinities: the later one is left out of a histogram's sum. */
        if (keep_number && (old << 1) == UINT64_C(0xffe0000000000000) &&
            (old ^ amount_bits) == UINT64_C(1) << 63)
            return;
        __builtin_memcpy(&sum, &old, sizeof sum);
        sum += amount;
        __builtin_memcpy(&bits, &sum, sizeof bits);
    } while (!__atomic_compare_exchange_n(&cell->bits, &old, bits, 1, __ATOMIC_RELAXED,
                                          __ATOMIC_RELAXED));
}

static inline void nprom_inline_ticks_add_(nprom_cell64_t *total, uint32_t ticks) {
    nprom_inline_total_add_(total, ticks);
}

static inline void nprom_inline_int_counter_inc_by(nprom_int_counter_t *counter, uint64_t amount) {
    if (counter)
        nprom_inline_total_add_(&counter->total, amount);
}

static inline void nprom_inline_gauge_set(nprom_gauge_t *gauge, double value) {
    uint64_t bits;
    __builtin_memcpy(&bits, &value, sizeof bits);
    if (gauge)
        __atomic_store_n(&gauge->value.bits, bits, __ATOMIC_RELAXED);
}

static inline void nprom_inline_gauge_inc_by(nprom_gauge_t *gauge, double amount) {
    if (gauge)
        nprom_inline_float_add_(&gauge->value, amount, 0);
}

static inline void nprom_inline_int_gauge_set(nprom_int_gauge_t *gauge, int64_t value) {
    if (gauge)
        __atomic_store_n(&gauge->value.bits, (uint64_t)value, __ATOMIC_RELAXED);
}

static inline void nprom_inline_int_gauge_inc_by(nprom_int_gauge_t *gauge, int64_t amount) {
    if (gauge)
        __atomic_fetch_add(&gauge->value.bits, (uint64_t)amount, __ATOMIC_RELAXED);
}

NPROM_FIND_(nprom_inline_find_, double)

NPROM_SEARCH_INLINE_ void nprom_inline_histogram_observe(const nprom_histogram_t *histogram,
                                                         double value) {
    uint32_t at;
    if (!histogram || !histogram->cells || nprom_inline_is_nan_(value))
        return;
    at = nprom_inline_find_(histogram->bounds, histogram->bound_count, value);
    /* Cell 0 is the sum, 1 the bucket above all bounds. */
    nprom_inline_total_add_(&histogram->cells[at == histogram->bound_count ? 1 : at + 2], 1);
    nprom_inline_float_add_(&histogram->cells[0], value, 1);
}
#define nprom_histogram_observe(histogram, value) nprom_inline_histogram_observe(histogram, value)

#define nprom_gauge_set(gauge, value) nprom_inline_gauge_set(gauge, value)
#define nprom_gauge_inc(gauge) nprom_inline_gauge_inc_by(gauge, 1.0)
#define nprom_gauge_dec(gauge) nprom_inline_gauge_inc_by(gauge, -1.0)
#define nprom_gauge_inc_by(gauge, amount) nprom_inline_gauge_inc_by(gauge, amount)
#define nprom_gauge_dec_by(gauge, amount) nprom_inline_gauge_inc_by(gauge, -(double)(amount))
#define nprom_int_counter_inc_by(counter, amount) nprom_inline_int_counter_inc_by(counter, amount)
#define nprom_int_gauge_set(gauge, value) nprom_inline_int_gauge_set(gauge, value)
#define nprom_int_gauge_inc(gauge) nprom_inline_int_gauge_inc_by(gauge, 1)
#define nprom_int_gauge_dec(gauge) nprom_inline_int_gauge_inc_by(gauge, -1)
#define nprom_int_gauge_inc_by(gauge, amount) nprom_inline_int_gauge_inc_by(gauge, amount)

#else /* NPROM_LAYOUT_SPLIT32 */

/*
 * A total in two words: `low` modulo 2^32, and how often its top four bits changed. Up to 2^28 in one
 * step. Release twice, so that a reader that sees one word does not miss the other.
 */
NPROM_ALWAYS_INLINE_ void nprom_inline_total_add_(nprom_cell64_t *total, uint32_t amount) {
    uint32_t old = __atomic_fetch_add(&total->split.low, amount, __ATOMIC_RELEASE);
    uint32_t crossed = (((old + amount) >> 28) - (old >> 28)) & 15;
    if (crossed)
        __atomic_fetch_add(&total->split.crossings, crossed, __ATOMIC_RELEASE);
}

/* The compiler may share it: histograms need not be inlined. */
static inline void nprom_inline_cell_add_(nprom_cell64_t *total, uint32_t amount) {
    nprom_inline_total_add_(total, amount);
}

static inline void nprom_inline_ticks_add_(nprom_cell64_t *total, uint32_t ticks) {
    const uint32_t step = UINT32_C(1) << 28;
    for (; ticks > step; ticks -= step)
        nprom_inline_cell_add_(total, step);
    nprom_inline_cell_add_(total, ticks);
}

#endif

NPROM_ALWAYS_INLINE_ void nprom_inline_counter_inc(nprom_counter_t *counter) {
    if (counter)
        nprom_inline_total_add_(&counter->whole, 1);
}

NPROM_ALWAYS_INLINE_ void nprom_inline_int_counter_inc(nprom_int_counter_t *counter) {
    if (counter)
        nprom_inline_total_add_(&counter->total, 1);
}

/* Cell 0 is the sum, 1 the bucket above all bounds. */
NPROM_SEARCH_INLINE_ void nprom_inline_int_histogram_observe(const nprom_int_histogram_t *histogram,
                                                             uint32_t ticks) {
    uint32_t at;
    if (!histogram || !histogram->cells)
        return;
    at = nprom_inline_find_ticks_(histogram->bounds, histogram->bound_count, ticks);
    nprom_inline_total_add_(&histogram->cells[at == histogram->bound_count ? 1 : at + 2], 1);
    nprom_inline_ticks_add_(&histogram->cells[0], ticks);
}

/* Behind cell 0 all counts have 32 bits, that above all bounds in front. */
NPROM_SEARCH_INLINE_ void nprom_inline_histogram32_observe(const nprom_histogram32_t *histogram,
                                                           uint32_t ticks) {
    uint32_t at;
    if (!histogram || !histogram->cells)
        return;
    at = nprom_inline_find_ticks_(histogram->bounds, histogram->bound_count, ticks);
    nprom_inline_count32_((uint32_t *)(histogram->cells + 1) +
                          (at == histogram->bound_count ? 0 : at + 1));
    nprom_inline_ticks_add_(&histogram->cells[0], ticks);
}

#ifdef NPROM_LAYOUT_NATIVE64
/* Small whole amounts are integer additions; the library decides on all others, and on all where floats
 * are done in software. */
static inline int32_t nprom_inline_counter_inc_by(nprom_counter_t *counter, double amount) {
    if (counter && !nprom_inline_is_nan_(amount) && amount >= 0 && amount <= 268435456.0 &&
        (double)(uint32_t)amount == amount) {
        nprom_inline_total_add_(&counter->whole, (uint32_t)amount);
        return NPROM_OK;
    }
    return nprom_counter_inc_by(counter, amount);
}
#define nprom_counter_inc_by(counter, amount) nprom_inline_counter_inc_by(counter, amount)
#endif

#define nprom_counter_inc(counter) nprom_inline_counter_inc(counter)
#define nprom_int_counter_inc(counter) nprom_inline_int_counter_inc(counter)
#define nprom_counter32_inc(counter) nprom_inline_counter32_inc_by(counter, 1)
#define nprom_counter32_inc_by(counter, amount) nprom_inline_counter32_inc_by(counter, amount)
#define nprom_gauge32_set(gauge, value) nprom_inline_gauge32_set(gauge, value)
#define nprom_gauge32_inc(gauge) nprom_inline_gauge32_inc_by(gauge, 1)
#define nprom_gauge32_dec(gauge) nprom_inline_gauge32_inc_by(gauge, -1)
#define nprom_gauge32_inc_by(gauge, amount) nprom_inline_gauge32_inc_by(gauge, amount)
#define nprom_int_histogram_observe(histogram, ticks) \
    nprom_inline_int_histogram_observe(histogram, ticks)
#define nprom_histogram32_observe(histogram, ticks) nprom_inline_histogram32_observe(histogram, ticks)

#endif

/* ---- Updates switched off ----------------------------------------------------------------------- */

#ifdef NPROM_DISABLED
#undef nprom_counter_inc
#undef nprom_counter_inc_by
#undef nprom_int_counter_inc
#undef nprom_int_counter_inc_by
#undef nprom_counter32_inc
#undef nprom_counter32_inc_by
#undef nprom_gauge_set
#undef nprom_gauge_inc
#undef nprom_gauge_dec
#undef nprom_gauge_inc_by
#undef nprom_gauge_dec_by
#undef nprom_int_gauge_set
#undef nprom_int_gauge_inc
#undef nprom_int_gauge_dec
#undef nprom_int_gauge_inc_by
#undef nprom_gauge32_set
#undef nprom_gauge32_inc
#undef nprom_gauge32_dec
#undef nprom_gauge32_inc_by
#undef nprom_histogram_observe
#undef nprom_int_histogram_observe
#undef nprom_histogram32_observe
static inline __attribute__((always_inline)) int32_t nprom_inline_ok_(void) {
    return NPROM_OK;
}
/* The compiler still looks at the call: types are checked, and nothing is "unused". */
#define NPROM_NOT_(call) (0 ? (void)(call) : (void)0)
#define nprom_counter_inc(counter) NPROM_NOT_(nprom_counter_inc(counter))
#define nprom_counter_inc_by(counter, amount) \
    (0 ? nprom_counter_inc_by(counter, amount) : nprom_inline_ok_())
#define nprom_int_counter_inc(counter) NPROM_NOT_(nprom_int_counter_inc(counter))
#define nprom_int_counter_inc_by(counter, amount) \
    NPROM_NOT_(nprom_int_counter_inc_by(counter, amount))
#define nprom_counter32_inc(counter) NPROM_NOT_(nprom_counter32_inc(counter))
#define nprom_counter32_inc_by(counter, amount) NPROM_NOT_(nprom_counter32_inc_by(counter, amount))
#define nprom_gauge_set(gauge, value) NPROM_NOT_(nprom_gauge_set(gauge, value))
#define nprom_gauge_inc(gauge) NPROM_NOT_(nprom_gauge_inc(gauge))
#define nprom_gauge_dec(gauge) NPROM_NOT_(nprom_gauge_dec(gauge))
#define nprom_gauge_inc_by(gauge, amount) NPROM_NOT_(nprom_gauge_inc_by(gauge, amount))
#define nprom_gauge_dec_by(gauge, amount) NPROM_NOT_(nprom_gauge_dec_by(gauge, amount))
#define nprom_int_gauge_set(gauge, value) NPROM_NOT_(nprom_int_gauge_set(gauge, value))
#define nprom_int_gauge_inc(gauge) NPROM_NOT_(nprom_int_gauge_inc(gauge))
#define nprom_int_gauge_dec(gauge) NPROM_NOT_(nprom_int_gauge_dec(gauge))
#define nprom_int_gauge_inc_by(gauge, amount) NPROM_NOT_(nprom_int_gauge_inc_by(gauge, amount))
#define nprom_int_gauge_dec_by(gauge, amount) NPROM_NOT_(nprom_int_gauge_dec_by(gauge, amount))
#define nprom_gauge32_set(gauge, value) NPROM_NOT_(nprom_gauge32_set(gauge, value))
#define nprom_gauge32_inc(gauge) NPROM_NOT_(nprom_gauge32_inc(gauge))
#define nprom_gauge32_dec(gauge) NPROM_NOT_(nprom_gauge32_dec(gauge))
#define nprom_gauge32_inc_by(gauge, amount) NPROM_NOT_(nprom_gauge32_inc_by(gauge, amount))
#define nprom_gauge32_dec_by(gauge, amount) NPROM_NOT_(nprom_gauge32_dec_by(gauge, amount))
#define nprom_histogram_observe(histogram, value) \
    NPROM_NOT_(nprom_histogram_observe(histogram, value))
#define nprom_int_histogram_observe(histogram, ticks) \
    NPROM_NOT_(nprom_int_histogram_observe(histogram, ticks))
#define nprom_histogram32_observe(histogram, ticks) \
    NPROM_NOT_(nprom_histogram32_observe(histogram, ticks))
#define nprom_summary_observe(summary, value) NPROM_NOT_(nprom_summary_observe(summary, value))
#define nprom_untyped_set(untyped, value) NPROM_NOT_(nprom_untyped_set(untyped, value))
#define nprom_state_set_set(set, state) \
    (0 ? nprom_state_set_set(set, state) : nprom_inline_ok_())
#define nprom_state_set_turn(set, state, on) \
    (0 ? nprom_state_set_turn(set, state, on) : nprom_inline_ok_())
#endif

#endif
