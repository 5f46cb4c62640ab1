//! 8 threads, a million updates each: nothing is lost and nothing is counted twice.

use nanoprom::{
    Counter, Counter32, Family, FamilyCells, Gauge, Gauge32, Histogram, Histogram32,
    Histogram32Cells, HistogramCells, IntCounter, IntGauge, IntHistogram, IntHistogramCells,
    label_names,
};
use std::sync::Barrier;
use std::thread;

const THREADS: u64 = 8;
const UPDATES: u64 = 1_000_000;
const TOTAL: u64 = THREADS * UPDATES;

/// Runs `update` a million times in each of 8 threads, with the numbers of the thread and the update.
fn storm(update: impl Fn(u64, u64) + Sync) {
    let start = Barrier::new(THREADS as usize);
    thread::scope(|scope| {
        for thread in 0..THREADS {
            let (start, update) = (&start, &update);
            scope.spawn(move || {
                start.wait();
                for at in 0..UPDATES {
                    update(thread, at);
                }
            });
        }
    });
}

#[test]
fn counter_inc() {
    let counter = Counter::new();
    storm(|_, _| counter.inc());
    assert_eq!(counter.get(), TOTAL as f64);
}

#[test]
fn counter_with_fractions() {
    let counter = Counter::new();
    storm(|_, at| counter.inc_by([0.5, 1.0, 1.5, 3.0][at as usize % 4]).unwrap());
    assert_eq!(counter.get(), TOTAL as f64 * 1.5);
}

#[test]
fn int_counter_across_its_words() {
    // Amounts that cross 2^28 often and 2^32 now and then: where split totals carry.
    const AMOUNT: u64 = 100_003;
    let counter = IntCounter::new();
    counter.inc_by((1 << 32) - 1);
    storm(|_, _| counter.inc_by(AMOUNT));
    assert_eq!(counter.get(), (1 << 32) - 1 + TOTAL * AMOUNT);
}

#[test]
fn int_counter_inc() {
    let counter = IntCounter::new();
    storm(|_, _| counter.inc());
    assert_eq!(counter.get(), TOTAL);
}

#[test]
fn counter32_inc() {
    let counter = Counter32::new();
    storm(|_, _| counter.inc());
    assert_eq!(u64::from(counter.get()), TOTAL);
}

#[test]
fn gauge_up_and_down() {
    let gauge = Gauge::new();
    storm(|_, at| gauge.inc_by([2.0, -0.5][at as usize % 2]));
    assert_eq!(gauge.get(), TOTAL as f64 * 0.75);
}

#[test]
fn int_gauge_up_and_down() {
    let gauge = IntGauge::new();
    storm(|_, at| gauge.inc_by([-9, 2][at as usize % 2]));
    assert_eq!(gauge.get(), -(TOTAL as i64) * 7 / 2);
}

#[test]
fn gauge32_up_and_down() {
    let gauge = Gauge32::new();
    storm(|_, at| gauge.inc_by([5, -6][at as usize % 2]));
    assert_eq!(i64::from(gauge.get()), -(TOTAL as i64) / 2);
}

#[test]
fn histogram_count_and_sum() {
    static CELLS: HistogramCells<3> = HistogramCells::new();
    static HISTOGRAM: Histogram<3> = Histogram::new(&CELLS, &[1.0, 2.0, 3.0]);
    storm(|_, at| HISTOGRAM.observe([0.5, 1.5, 2.0, 8.0][at as usize % 4]));
    assert_eq!(HISTOGRAM.count(), TOTAL);
    let buckets = [0, 1, 2, 3].map(|index| HISTOGRAM.bucket(index).unwrap());
    assert_eq!(buckets, [TOTAL / 4, TOTAL / 2, 0, TOTAL / 4]);
    assert_eq!(HISTOGRAM.sum(), TOTAL as f64 * 3.0);
}

#[test]
fn histograms_of_ticks() {
    static LARGE_CELLS: IntHistogramCells<3> = IntHistogramCells::new();
    static SMALL_CELLS: Histogram32Cells<3> = Histogram32Cells::new();
    static LARGE: IntHistogram<3> = IntHistogram::new(&LARGE_CELLS, &[1_000, 2_000, 1 << 29]);
    static SMALL: Histogram32<3> = Histogram32::new(&SMALL_CELLS, &[1_000, 2_000, 1 << 29]);
    // The last amount takes two steps where totals are split.
    const TICKS: [u32; 4] = [500, 1_500, 2_000, (1 << 29) + 1];
    storm(|_, at| {
        LARGE.observe(TICKS[at as usize % 4]);
        SMALL.observe(TICKS[at as usize % 4]);
    });
    let expected = [TOTAL / 4, TOTAL / 2, 0, TOTAL / 4];
    assert_eq!([0, 1, 2, 3].map(|index| LARGE.bucket(index).unwrap()), expected);
    assert_eq!([0, 1, 2, 3].map(|index| SMALL.bucket(index).unwrap()), expected);
    let sum = TOTAL / 4 * TICKS.map(u64::from).iter().sum::<u64>();
    assert_eq!((LARGE.sum(), SMALL.sum()), (sum, sum));
}

#[test]
fn children_of_a_family() {
    // Four series, and one record for each thread, which may be stopped with one in its hands.
    static CELLS: FamilyCells<IntCounter, 1, 12, 16> = FamilyCells::new();
    static FAMILY: Family<IntCounter, 1, 12, 16> =
        // SAFETY: the only family of these cells.
        unsafe { Family::new(&CELLS, &label_names!["name"]) };
    const NAMES: [&str; 4] = ["a", "b", "c", "d"];
    storm(|thread, at| {
        let name = NAMES[(thread + at) as usize % 4];
        FAMILY.labels([name]).unwrap().inc();
    });
    for name in NAMES {
        assert_eq!(FAMILY.labels([name]).unwrap().get(), TOTAL / 4);
    }
}
