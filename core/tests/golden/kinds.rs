//! kinds.txt: every kind of metric, at the ends of its range.

use nanoprom::{Counter, Counter32, Gauge, Gauge32, Histogram, IntCounter, IntGauge, metrics};

metrics! {
    pub(crate) static METRICS;

    /// Energy used: whole and fractional amounts.
    static ENERGY: Counter = "energy_joules_total";
    /// Grains of sand on all beaches: larger than any integer.
    static SAND: Counter = "sand_grains_total";
    /// Nothing of this happened.
    static NEVER: Counter = "never_total";
    /// Bytes received: the largest total of every layout, 2^60 - 1.
    static RECEIVED: IntCounter = "received_bytes_total";
    /// Restarts, declared without the suffix: stopped at 2^32 - 1.
    static RESTARTS: Counter32 = "restarts";

    /// A gauge may hold NaN.
    static NOT_A_NUMBER: Gauge = "level_not_a_number";
    /// A gauge may hold +Inf.
    static ABOVE: Gauge = "level_above_all";
    /// A gauge may hold -Inf.
    static BELOW: Gauge = "level_below_all";
    /// Minus zero keeps its sign.
    static MINUS_ZERO: Gauge = "level_minus_zero";
    /// One tenth is printed with one digit.
    static TENTH: Gauge = "level_tenth";
    /// One third needs sixteen digits.
    static THIRD: Gauge = "level_third";
    /// A large number has an exponent.
    static LARGE: Gauge = "level_large";
    /// The largest finite number.
    static LARGEST: Gauge = "level_largest";
    /// The smallest number above zero.
    static SMALLEST: Gauge = "level_smallest";
    /// 2^53, from where on not every integer is a float.
    static WHOLE: Gauge = "level_whole";
    /// Up and down again.
    static MOVED: Gauge = "level_moved";

    /// The smallest signed integer of 64 bits.
    static LOWEST: IntGauge = "balance_lowest";
    /// The largest signed integer of 64 bits.
    static HIGHEST: IntGauge = "balance_highest";
    /// A debt.
    static DEBT: IntGauge = "balance_debt";
    /// The smallest signed integer of 32 bits.
    static OFFSET: Gauge32 = "offset_lowest";
    /// Up and down again, below zero.
    static STEPS: Gauge32 = "offset_steps";

    /// Bounds and sum below zero.
    static TEMPERATURE: Histogram<3> = "temperature_celsius", buckets = [-5.0, 0.0, 5.0];
    /// Every notation of a bound.
    static BOUNDS: Histogram<8> = "bounds_of_every_notation",
        buckets = [1e-7, 0.00001, 0.0001, 0.25, 1.0, 100000.0, 1000000.0, 1048576.0];
    /// Opposite infinities are counted, the later one is left out of the sum; NaN is ignored.
    static INFINITIES: Histogram<1> = "infinities", buckets = [2.5];
    /// No observations.
    static UNSEEN: Histogram<2> = "unseen_seconds", buckets = [0.5, 1.0];
}

pub(crate) fn fill() {
    ENERGY.inc();
    ENERGY.inc_by(0.25).unwrap();
    ENERGY.inc_by(4_294_967_295.0).unwrap();
    SAND.inc_by(7.5e18).unwrap();
    SAND.inc_by(1e300).unwrap();
    RECEIVED.inc_by((1 << 60) - 2);
    RECEIVED.inc();
    RESTARTS.inc_by(u32::MAX);
    RESTARTS.inc();

    NOT_A_NUMBER.set(f64::NAN);
    ABOVE.set(f64::INFINITY);
    BELOW.set(f64::NEG_INFINITY);
    MINUS_ZERO.set(-0.0);
    TENTH.set(0.1);
    THIRD.set(1.0 / 3.0);
    LARGE.set(1e300);
    LARGEST.set(f64::MAX);
    SMALLEST.set(5e-324);
    WHOLE.set(9_007_199_254_740_992.0);
    MOVED.inc();
    MOVED.inc_by(2.5);
    MOVED.dec();
    MOVED.dec_by(10.0);

    LOWEST.set(i64::MIN);
    HIGHEST.set(i64::MAX);
    DEBT.dec();
    DEBT.dec_by(41);
    OFFSET.set(i32::MIN);
    STEPS.inc();
    STEPS.dec();
    STEPS.dec();
    STEPS.inc_by(-6);

    for value in [-20.0, -1.0, 0.0, 5.0] {
        TEMPERATURE.observe(value);
    }
    for value in [1e-7, 0.0001, 0.5, 1.0, 1_048_577.0] {
        BOUNDS.observe(value);
    }
    for value in [f64::INFINITY, f64::NEG_INFINITY, f64::NAN] {
        INFINITIES.observe(value);
    }
}
