/*
 * Main and the timer interrupt update the same metrics, tens of thousands of times, and none of it may be
 * lost. Each side counts what it does, and afterwards the metrics are compared with that: the exit status
 * tells, and so does a page for the host, `tests/firmware/storm`. The program in Rust beside this one does
 * more; this one goes through nanoprom.h, inline where the core has compare-and-swap.
 */
#include "machine.h"
#include <nanoprom.h>

enum {
    INTERRUPTS = 10000, /* in a storm, at least */
    INTERVAL = 1200,    /* instructions from one interrupt to the next, about */
    REPORT = 2,         /* the page's number */
};

/* ---- What is updated -----------------------------------------------------------------------------*/

static nprom_counter_t counter;
static nprom_int_counter_t int_counter;
static nprom_counter32_t counter32;
static nprom_gauge_t gauge;
static nprom_int_gauge_t int_gauge;
static nprom_gauge32_t gauge32;
NPROM_DEFINE_HISTOGRAM(histogram, 0.5, 2.0);
NPROM_DEFINE_INT_HISTOGRAM(int_histogram, 1000000, 100, 1000000000);
NPROM_DEFINE_HISTOGRAM32(histogram32, 1000000, 100);
NPROM_DEFINE_COUNTER_FAMILY(family, 2, 24, "name");
/* Without protection: it has to lose what the metrics must not. */
static volatile uint32_t control;

static nprom_counter_t *child(void) {
    nprom_counter_t *found;
    nprom_counter_family_labels_str(&family, NPROM_VALUES("kept"), &found);
    return found;
}

static int64_t quarters(double value) {
    return (int64_t)(value * 4);
}

/* Totals, and what the metrics say they are; floats are counted in quarters. */
#define TOTALS(X) \
    X(control, control) \
    X(counter, quarters(nprom_counter_get(&counter))) \
    X(int_counter, (int64_t)nprom_int_counter_get(&int_counter)) \
    X(counter32, nprom_counter32_get(&counter32)) \
    X(gauge, quarters(nprom_gauge_get(&gauge))) \
    X(int_gauge, nprom_int_gauge_get(&int_gauge)) \
    X(gauge32, nprom_gauge32_get(&gauge32)) \
    X(observed, (int64_t)nprom_histogram_count(&histogram)) \
    X(observed_sum, quarters(nprom_histogram_sum(&histogram))) \
    X(int_observed, (int64_t)nprom_int_histogram_count(&int_histogram)) \
    X(int_observed_sum, (int64_t)nprom_int_histogram_sum(&int_histogram)) \
    X(observed32, (int64_t)nprom_histogram32_count(&histogram32)) \
    X(observed32_sum, (int64_t)nprom_histogram32_sum(&histogram32)) \
    X(child, quarters(nprom_counter_get(child())))

/* Three quarters of the distance between two carries of a total in two words, and a bit; and several. */
#define BIG ((3 << 26) + 12345)
#define HUGE ((5 << 28) + 9)

/* Updates, and what each adds to one total or two. Those that add much come last. */
#define UPDATES(X) \
    X(control, control = control + 1, of_control, 1, of_control, 0) \
    X(counter, nprom_counter_inc(&counter), of_counter, 4, of_counter, 0) \
    X(fraction, nprom_counter_inc_by(&counter, 0.25), of_counter, 1, of_counter, 0) \
    X(three, nprom_counter_inc_by(&counter, 3), of_counter, 12, of_counter, 0) \
    X(int_counter, nprom_int_counter_inc(&int_counter), of_int_counter, 1, of_int_counter, 0) \
    X(counter32, nprom_counter32_inc(&counter32), of_counter32, 1, of_counter32, 0) \
    X(gauge, nprom_gauge_inc_by(&gauge, 0.25), of_gauge, 1, of_gauge, 0) \
    X(gauge_down, nprom_gauge_dec_by(&gauge, 0.75), of_gauge, -3, of_gauge, 0) \
    X(int_gauge, nprom_int_gauge_inc_by(&int_gauge, -3), of_int_gauge, -3, of_int_gauge, 0) \
    X(gauge32, nprom_gauge32_inc_by(&gauge32, 5), of_gauge32, 5, of_gauge32, 0) \
    X(low, nprom_histogram_observe(&histogram, 0.25), of_observed, 1, of_observed_sum, 1) \
    X(high, nprom_histogram_observe(&histogram, 3), of_observed, 1, of_observed_sum, 12) \
    X(ticks, nprom_int_histogram_observe(&int_histogram, BIG), of_int_observed, 1, \
      of_int_observed_sum, BIG) \
    X(ticks32, nprom_histogram32_observe(&histogram32, 7), of_observed32, 1, of_observed32_sum, 7) \
    X(child, nprom_counter_inc(child()), of_child, 4, of_child, 0) \
    X(child_half, nprom_counter_inc_by(child(), 0.5), of_child, 2, of_child, 0) \
    X(big, nprom_counter_inc_by(&counter, BIG), of_counter, 4 * BIG, of_counter, 0) \
    X(int_big, nprom_int_counter_inc_by(&int_counter, BIG), of_int_counter, BIG, of_int_counter, 0) \
    X(int_huge, nprom_int_counter_inc_by(&int_counter, HUGE), of_int_counter, HUGE, of_int_counter, 0)
enum { BIG_UPDATES = 3 };

#define TOTAL_NUMBER(name, actual) of_##name,
enum { TOTALS(TOTAL_NUMBER) TOTAL_COUNT };
#define TOTAL_ACTUAL(name, actual) \
    static int64_t name##_now(void) { return actual; }
TOTALS(TOTAL_ACTUAL)
#define TOTAL_ROW(name, actual) {#name, name##_now},
static const struct {
    const char *name;
    int64_t (*now)(void);
} totals[] = {TOTALS(TOTAL_ROW)};

#define UPDATE_MAKE(name, work, first, amount, second, amount2) \
    static void make_##name(void) { work; }
UPDATES(UPDATE_MAKE)
#define UPDATE_ROW(name, work, first, amount, second, amount2) \
    {make_##name, {{first, amount}, {second, amount2}}},
static const struct {
    void (*make)(void);
    struct {
        int32_t total, amount;
    } adds[2];
} updates[] = {UPDATES(UPDATE_ROW)};

/* The control's is the one that is never chosen, but always made beside another. */
enum { UPDATE_COUNT = sizeof updates / sizeof updates[0], CONTROL_UPDATE = 0, NOTHING = 0 };

/* ---- Both sides ----------------------------------------------------------------------------------*/

enum { MAIN, HANDLER, SIDES };
static volatile uint32_t made[SIDES][UPDATE_COUNT]; /* each side writes its own */
static volatile uint32_t met[UPDATE_COUNT];         /* made by the interrupt in main's middle of it */
static volatile uint32_t interrupts;
static volatile uint32_t making; /* by main, or NOTHING */
static volatile uint32_t choices = UPDATE_COUNT - BIG_UPDATES;

/* By Marsaglia's xorshift. */
static uint32_t next(uint32_t random) {
    random ^= random << 13;
    random ^= random >> 17;
    return random ^ random << 5;
}

/* Any update but the control's. */
static uint32_t choose(uint32_t random) {
    return 1 + ((random >> 16) * (choices - 1) >> 16);
}

static void make(int side, uint32_t update) {
    updates[update].make();
    made[side][update]++;
    updates[CONTROL_UPDATE].make();
    made[side][CONTROL_UPDATE]++;
}

void tick_handler(void) {
    static uint32_t random = 0x12345678;
    uint32_t update = making;
    random = next(random);
    interrupts++;
    /* Half the time what main is at: that is where it hurts. */
    if (random & 1 || update == NOTHING)
        update = choose(random);
    if (update == making)
        met[update]++;
    make(HANDLER, update);
}

static void storm(uint32_t period) {
    uint32_t end = interrupts + INTERRUPTS, random = end;
    tick_start(period);
    while (interrupts < end) {
        random = next(random);
        making = choose(random);
        make(MAIN, making);
        making = NOTHING;
    }
    tick_stop();
}

/* ---- What came of it -----------------------------------------------------------------------------*/

static int64_t lifted[TOTAL_COUNT];

static int64_t expected(int total) {
    int64_t sum = lifted[total];
    for (int update = 0; update < UPDATE_COUNT; update++)
        for (int i = 0; i < 2; i++)
            if (updates[update].adds[i].total == total)
                sum += (int64_t)updates[update].adds[i].amount *
                       ((int64_t)made[MAIN][update] + made[HANDLER][update]);
    return total == of_counter32 && sum > UINT32_MAX ? UINT32_MAX : sum;
}

/* Lifts counters, which are still below `level`, to where the updates of the next storm pass it. */
static void lift(uint32_t level) {
    const uint32_t to = level - 150;
    const uint32_t by = to - (uint32_t)nprom_int_counter_get(&int_counter);
    const uint32_t by32 = to - nprom_counter32_get(&counter32);
    const uint32_t by_float = to - (uint32_t)nprom_counter_get(&counter);
    const uint32_t by_child = to - (uint32_t)nprom_counter_get(child());
    nprom_int_counter_inc_by(&int_counter, by);
    nprom_counter32_inc_by(&counter32, by32);
    nprom_counter_inc_by(&counter, by_float);
    nprom_counter_inc_by(child(), by_child);
    lifted[of_int_counter] += by;
    lifted[of_counter32] += by32;
    lifted[of_counter] += (int64_t)by_float * 4;
    lifted[of_child] += (int64_t)by_child * 4;
}

NPROM_DEFINE_INT_GAUGE_FAMILY(lost, TOTAL_COUNT, 32, "total");
static nprom_gauge32_t interrupt_gauge, least_met;
static const nprom_metric_t rows[] = {
    NPROM_INT_GAUGE_FAMILY(&lost, "lost", "Expected minus found, floats in quarters."),
    NPROM_GAUGE32(&interrupt_gauge, "interrupts", "Interrupts since the start."),
    NPROM_GAUGE32(&least_met, "least_met",
                  "Interrupts in the update that fewest of them met in main and made themselves."),
};
static const nprom_group_t report_metrics = NPROM_GROUP_INIT_PREFIX(rows, "report_");

/* Sends the page, and tells whether all totals but the control's are right. */
static int report(void) {
    nprom_frames_t frames;
    uint32_t least = UINT32_MAX;
    int right = 1;
    char byte;
    for (int total = 0; total < TOTAL_COUNT; total++) {
        nprom_int_gauge_t *cell;
        int64_t missing = expected(total) - totals[total].now();
        right &= nprom_int_gauge_family_labels_str(&lost, NPROM_VALUES(totals[total].name), &cell) == NPROM_OK;
        nprom_int_gauge_set(cell, missing);
        right &= missing == 0 || total == of_control;
    }
    for (uint32_t update = 1; update < choices; update++)
        least = met[update] < least ? met[update] : least;
    nprom_gauge32_set(&interrupt_gauge, (int32_t)interrupts);
    nprom_gauge32_set(&least_met, (int32_t)least);
    nprom_frames_init(&frames, &report_metrics, NPROM_TEXT, REPORT);
    while (nprom_frames_read(&frames, &byte, 1) > 0)
        uart_put((uint8_t)byte);
    return right;
}

/* The smallest prime that is not below `number`: no loop of main's keeps step with it. */
static uint32_t prime_from(uint32_t number) {
    for (uint32_t divisor = 2; divisor * divisor <= number; divisor++)
        if (number % divisor == 0) {
            number++;
            divisor = 1;
        }
    return number;
}

int main(void) {
    static const uint32_t levels[] = {0, UINT32_C(1) << 28, UINT32_MAX};
    uint32_t period;
    int shift;
    uart_init();
    do /* the host tells the speed: an instruction takes 2^shift ns */
        shift = uart_get() - '0';
    while (shift < 0 || shift > 9);
    period = prime_from(((uint32_t)INTERVAL << shift) * (CLOCK_HZ / 1000) / 1000000);
    for (unsigned i = 0; i < 3; i++) {
        if (levels[i] > 0)
            lift(levels[i]);
        storm(period);
        if (!report())
            return 1;
    }
    choices = UPDATE_COUNT;
    storm(period);
    return report() ? 0 : 1;
}
