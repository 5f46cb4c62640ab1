//! Each update as a function of its own, for the test that reads their instructions.
//!
//! `free_…` never disable interrupts where compare-and-swap exists, `guarded_…` may everywhere but on
//! cores with 64-bit atomics. `long_…` do so for longer than they should, for the test to find it.
#![no_std]
#![no_main]

use core::cell::Cell;
use core::hint::black_box;
use critical_section::Mutex;
use nanoprom::{
    Counter, Counter32, Gauge, Gauge32, Histogram, Histogram32, IntCounter, IntGauge, IntHistogram,
    metrics,
};

metrics! {
    static METRICS;
    /// A Counter.
    static COUNTER: Counter = "hot_counter_total";
    /// An IntCounter.
    static INT_COUNTER: IntCounter = "hot_int_counter_total";
    /// A Counter32.
    static COUNTER32: Counter32 = "hot_counter32_total";
    /// A Gauge.
    static GAUGE: Gauge = "hot_gauge";
    /// An IntGauge.
    static INT_GAUGE: IntGauge = "hot_int_gauge";
    /// A Gauge32.
    static GAUGE32: Gauge32 = "hot_gauge32";
    /// A Histogram.
    static HISTOGRAM: Histogram<4> = "hot_histogram", buckets = [0.001, 0.01, 0.1, 1.0];
    /// An IntHistogram.
    static INT_HISTOGRAM: IntHistogram<4> = "hot_int_histogram", buckets = [10, 100, 1000, 10_000];
    /// A Histogram32.
    static HISTOGRAM32: Histogram32<4> = "hot_histogram32", buckets = [10, 100, 1000, 10_000];
}

/// A sum of floats that is made inside of a critical section.
static SUM: Mutex<Cell<f64>> = Mutex::new(Cell::new(0.0));

board::main!(main);

macro_rules! operations {
    ($($name:ident($($amount:ident: $type:ty)?) $work:expr;)+) => {
        $(
            #[unsafe(no_mangle)]
            #[inline(never)]
            extern "C" fn $name($($amount: $type)?) {
                $work
            }
        )+

        fn all() {
            $($name($(black_box::<$type>(3 as $type))?);)+
        }
    };
}

operations! {
    free_counter_inc() COUNTER.inc();
    free_int_counter_inc() INT_COUNTER.inc();
    free_int_counter_inc_by(amount: u32) INT_COUNTER.inc_by(amount.into());
    free_int_counter_inc_by_u64(amount: u64) INT_COUNTER.inc_by(amount);
    free_counter32_inc() COUNTER32.inc();
    free_counter32_inc_by(amount: u32) COUNTER32.inc_by(amount);
    free_gauge32_inc() GAUGE32.inc();
    free_gauge32_set(value: i32) GAUGE32.set(value);
    free_gauge32_inc_by(amount: i32) GAUGE32.inc_by(amount);
    free_int_histogram_observe(ticks: u32) INT_HISTOGRAM.observe(ticks);
    free_histogram32_observe(ticks: u32) HISTOGRAM32.observe(ticks);
    guarded_counter_inc_by(amount: f64) _ = COUNTER.inc_by(amount);
    guarded_gauge_set(value: f64) GAUGE.set(value);
    guarded_gauge_inc_by(amount: f64) GAUGE.inc_by(amount);
    guarded_int_gauge_set(value: i64) INT_GAUGE.set(value);
    guarded_int_gauge_inc_by(amount: i64) INT_GAUGE.inc_by(amount);
    guarded_histogram_observe(value: f64) HISTOGRAM.observe(value);
    long_addition(amount: f64) critical_section::with(|section| {
        let sum = SUM.borrow(section);
        sum.set(sum.get() + amount);
    });
    long_exchange(amount: f64) {
        let get = || critical_section::with(|section| SUM.borrow(section).get());
        let exchange = |old: f64| {
            critical_section::with(|section| {
                let sum = SUM.borrow(section);
                let unchanged = sum.get().to_bits() == old.to_bits();
                if unchanged {
                    sum.set(old + amount);
                }
                unchanged
            })
        };
        while !exchange(get()) {}
    };
}

fn main() -> ! {
    all();
    black_box(&METRICS);
    board::exit(0)
}
