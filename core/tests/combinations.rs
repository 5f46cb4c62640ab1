//! Which types of metrics go into which containers: the table of `Child`, line by line. What is refused
//! there stops the build, in `compile_fail/`.

mod golden;

use core::mem::MaybeUninit;
use nanoprom::{
    Counter, CounterFn, Created, DEFAULT_BUCKETS, EnumFamily, Exact, Family, FamilyIn, Format,
    Gauge, GaugeFn, Group, Histogram, Info, InfoCell, IntCounter, IntHistogram, LabelName, Metric,
    Series, StateSet, Summary, Untyped, WithExemplars,
};

nanoprom::states! { enum Pump { Off = "off", On = "on" } }
nanoprom::label_values! { enum Side { Left = "left", Right = "right" } }

static COUNTER: Counter = Counter::new();
static EXACT: Exact<IntCounter> = Exact::new(IntCounter::new());
static PUMP: StateSet<Pump> = StateSet::new();
static INFO: Info = Info::new(const { &[nanoprom::Label::new("fact", "f")] });
static ASKED: GaugeFn = GaugeFn::new(|| 4.0);
static COUNTED: CounterFn = CounterFn::new(|| 5.0);

nanoprom::metrics! {
    static METRICS;
    /// H.
    static SET: InfoCell<64> = "set_info";
    /// H.
    static F_SUMMARY: Family<Summary, 1, 4> = "f_summary", labels = ["l"];
    /// H.
    static F_STATES: Family<StateSet<Pump>, 1, 4> = "f_states", labels = ["l"];
    /// H.
    static F_CREATED: Family<Created<Counter>, 1, 4> = "f_created_counter", labels = ["l"];
    /// H.
    static F_EXEMPLARS: Family<WithExemplars<Histogram<14>, 64>, 1, 4> = "f_exemplars",
        buckets = DEFAULT_BUCKETS, labels = ["l"];
    /// H.
    static E_EXACT: EnumFamily<Exact<Counter>, (Side,), 2> = "e_exact", labels = ["l"];
    /// H.
    static E_HISTOGRAM: EnumFamily<IntHistogram<2>, (Side,), 2> = "e_ticks",
        buckets = [1, 2], ticks_per_unit = 10, labels = ["l"];
    /// H.
    static E_STATES: EnumFamily<StateSet<Pump>, (Side,), 2> = "e_states", labels = ["l"];
    /// H.
    static S_COUNTER: Series<Counter, 1> = "s_counter", labels = ["l"], series = [["0"] => &COUNTER];
    /// H.
    static S_EXACT: Series<Exact<IntCounter>, 1> = "s_exact", labels = ["l"], series = [["0"] => &EXACT];
    /// H.
    static S_STATES: Series<StateSet<Pump>, 1> = "s_states", labels = ["l"], series = [["0"] => &PUMP];
    /// H.
    static S_INFO: Series<Info, 1> = "s_info", labels = ["l"], series = [["0"] => &INFO];
    /// H.
    static S_ASKED: Series<GaugeFn, 1> = "s_asked", labels = ["l"], series = [["0"] => &ASKED];
    /// H.
    static S_COUNTED: Series<CounterFn, 1> = "s_counted", labels = ["l"], series = [["0"] => &COUNTED];
}

fn page(group: &Group<'_>) -> String {
    golden::read_rich(group, Format::OpenMetrics, &mut [0; 256], 4096)
}

fn has(page: &str, lines: &[&str]) {
    for line in lines {
        assert!(page.contains(&format!("\n{line}\n")), "{line} is not on\n{page}");
    }
}

#[test]
fn what_may_be_declared_is_on_the_page() {
    nanoprom::set_clock(|| 1_520_872_607.5);
    SET.set(&[("l", "a")]).unwrap();
    F_SUMMARY.labels(["a"]).unwrap().observe(2.0);
    F_STATES.labels(["a"]).unwrap().set(Pump::On);
    F_CREATED.labels(["a"]).unwrap().inc();
    F_EXEMPLARS.labels(["a"]).unwrap().observe_with_exemplar(0.4, &[("t", "1")], None).unwrap();
    E_EXACT.labels(Side::Left).inc();
    E_HISTOGRAM.labels(Side::Right).observe(11);
    E_STATES.labels(Side::Left).set(Pump::On);
    COUNTER.inc();
    EXACT.inc();
    PUMP.set(Pump::On);
    nanoprom::check(&METRICS).unwrap();
    let page = page(&METRICS);
    has(
        &page,
        &[
            "f_summary_sum{l=\"a\"} 2",
            "f_states{l=\"a\",f_states=\"on\"} 1",
            "f_created_counter_total{l=\"a\"} 1",
            "f_created_counter_created{l=\"a\"} 1520872607.5",
            "f_exemplars_created{l=\"a\"} 1520872607.5",
            "e_exact{l=\"left\"} 1",
            "e_ticks_sum{l=\"right\"} 1.1",
            "e_states{l=\"left\",e_states=\"on\"} 1",
            "s_counter_total{l=\"0\"} 1",
            "s_exact{l=\"0\"} 1",
            "s_states{l=\"0\",s_states=\"on\"} 1",
            "s_info{l=\"0\",fact=\"f\"} 1",
            "s_asked{l=\"0\"} 4",
            "s_counted_total{l=\"0\"} 5",
            "set_info{l=\"a\"} 1",
            "f_exemplars_bucket{l=\"a\",le=\"0.5\"} 1 # {t=\"1\"} 0.4",
        ],
    );
}

/// A family of children of this type in memory of run time.
fn in_memory<M: nanoprom::Child>(bounds: &'static [M::Bound]) -> &'static FamilyIn<M> {
    let names = Box::leak(Box::new([LabelName::new_in(vec![0; 5].leak(), "l").unwrap()]));
    let memory = vec![MaybeUninit::uninit(); FamilyIn::<M>::words(1, 4, 16).unwrap()].leak();
    Box::leak(Box::new(FamilyIn::with_buckets(memory, names, bounds, 4, 16).unwrap()))
}

#[test]
fn families_in_memory_of_run_time_have_the_children_of_static_ones() {
    nanoprom::set_clock(|| 1_520_872_607.5);
    let exemplars = in_memory::<WithExemplars<Counter, 64>>(&[]);
    let created = in_memory::<Created<Histogram<1>>>(&[1.0]);
    let states = in_memory::<StateSet<Pump>>(&[]);
    let exact = in_memory::<Exact<Counter>>(&[]);
    let untyped = in_memory::<Untyped>(&[]);
    exemplars.labels(&["a"]).unwrap().inc_with_exemplar(2.0, &[("t", "1")], None).unwrap();
    created.labels(&["a"]).unwrap().observe(3.0);
    states.labels(&["a"]).unwrap().set(Pump::On);
    exact.labels(&["a"]).unwrap().inc();
    untyped.labels(&["a"]).unwrap().set(7.0);
    let rows = [
        Metric::new("exemplars", "", exemplars),
        Metric::new("histogram", "", created),
        Metric::new("states", "", states),
        Metric::new("exact", "", exact),
        Metric::new("untyped", "", untyped),
    ];
    has(
        &page(&Group::new(&rows)),
        &[
            "exemplars_total{l=\"a\"} 2 # {t=\"1\"} 2",
            "exemplars_created{l=\"a\"} 1520872607.5",
            "histogram_bucket{l=\"a\",le=\"+Inf\"} 1",
            "histogram_created{l=\"a\"} 1520872607.5",
            "states{l=\"a\",states=\"on\"} 1",
            "exact{l=\"a\"} 1",
            "untyped{l=\"a\"} 7",
        ],
    );
}

#[cfg(feature = "alloc")]
#[test]
fn families_on_the_heap_have_children_of_plain_metrics() {
    use nanoprom::GrowingFamily;
    nanoprom::metrics! {
        static GROWING;
        /// H.
        static SUMMARY: GrowingFamily<Summary, 1> = "summary", labels = ["l"];
        /// H.
        static EXACT: GrowingFamily<Exact<IntCounter>, 1> = "exact", labels = ["l"];
        /// H.
        static GAUGE: GrowingFamily<Gauge, 1> = "gauge", labels = ["l"];
        /// H.
        static TICKS: GrowingFamily<IntHistogram<1>, 1> = "ticks",
            buckets = [5], ticks_per_unit = 10, labels = ["l"];
    }
    SUMMARY.labels(["a"]).unwrap().observe(2.0);
    EXACT.labels(["a"]).unwrap().inc();
    GAUGE.labels(["a"]).unwrap().set(3.0);
    TICKS.labels(["a"]).unwrap().observe(11);
    has(
        &page(&GROWING),
        &[
            "summary_count{l=\"a\"} 1",
            "exact{l=\"a\"} 1",
            "gauge{l=\"a\"} 3",
            "ticks_bucket{l=\"a\",le=\"0.5\"} 0",
            "ticks_sum{l=\"a\"} 1.1",
        ],
    );
}
