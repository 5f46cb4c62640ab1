//! more_kinds.txt: summaries, infos, state sets, callbacks and untyped values.

use nanoprom::{CounterFn, Family, GaugeFn, Info, StateSet, Summary, Untyped, metrics, states};

states! {
    pub(crate) enum Pump { Off = "off", Running = "running", Blocked = "a \"stuck\" valve" }
}

states! {
    pub(crate) enum Feature { Heating = "heating", Cooling = "cooling" }
}

fn free_bytes() -> f64 {
    20_480.5
}

fn not_a_number() -> f64 {
    f64::NAN
}

fn uptime() -> f64 {
    86_400.0
}

fn below_zero() -> f64 {
    -1.0
}

mod inner {
    super::metrics! {
        pub(super) static METRICS;

        /// Children of a summary.
        pub(super) static ANSWERS: Family<Summary, 1, 4> = "answer_bytes", labels = ["method"];
        /// What this is, declared without the suffix.
        static BUILD: Info = "build",
            labels = [version = "1.2.3", motto = "a \"b\"\\c\nd", empty = ""];
        /// Begins in its first state.
        static UNTOUCHED: StateSet<Feature> = "first_feature";
        /// Its label has the prefix too.
        pub(super) static PUMP: StateSet<Pump> = "pump";
    }
    use super::{Family, Feature, Info, Pump, StateSet, Summary};
}

metrics! {
    pub(crate) static METRICS,
        include = [inner::METRICS { prefix = "device_", labels = [site = "north"] }];

    /// Observations, some below zero.
    static SEEN: Summary = "seen_celsius";
    /// No observations.
    static UNSEEN: Summary = "unseen_seconds";
    /// Opposite infinities are counted, the later one is left out of the sum; NaN is ignored.
    static INFINITIES: Summary = "infinities";
    /// Asked at each page.
    static FREE: GaugeFn = "heap_free_bytes", function = free_bytes;
    /// A gauge may be NaN.
    static NAN: GaugeFn = "not_a_number", function = not_a_number;
    /// Declared without the suffix.
    static UPTIME: CounterFn = "uptime_seconds", function = uptime;
    /// What no total can be is shown as 0.
    static WRONG: CounterFn = "wrong_total", function = below_zero;
    /// Nobody knows what this is.
    static REGISTER: Untyped = "register";
    /// Children of unknown type.
    static REGISTERS: Family<Untyped, 1, 4> = "registers", labels = ["name"];
    /// One label.
    static BOARD: Info = "board_info", labels = [revision = "b"];
    /// All of them on.
    static FEATURES: StateSet<Feature> = "features";
    /// None of them on.
    static NONE: StateSet<Feature> = "no_features";
}

pub(crate) fn fill() {
    for value in [-20.5, 4.0, 0.0] {
        SEEN.observe(value);
    }
    for value in [f64::INFINITY, f64::NEG_INFINITY, f64::NAN] {
        INFINITIES.observe(value);
    }
    REGISTER.set(-7.25);
    REGISTERS.labels(["status"]).unwrap().set(3.0);
    FEATURES.turn(Feature::Cooling, true);
    NONE.turn(Feature::Heating, false);
    inner::ANSWERS.labels(["GET"]).unwrap().observe(1500.0);
    inner::ANSWERS.labels(["GET"]).unwrap().observe(20.0);
    inner::ANSWERS.labels(["PUT"]).unwrap().observe(1.0);
    inner::ANSWERS.remove(["PUT"]);
    inner::ANSWERS.labels(["PUT"]).unwrap();
    inner::PUMP.set(Pump::Off);
    inner::PUMP.set(Pump::Blocked);
}
