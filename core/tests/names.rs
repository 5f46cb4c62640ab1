//! Units and exact names that the check refuses.

use nanoprom::{Counter, Exact, Gauge, Group, Info, Metric, check};

fn fault(row: Metric<'_>) -> String {
    let rows = [row];
    check(&Group::new(&rows)).expect_err("this is refused").as_str().to_owned()
}

#[test]
fn a_unit_stands_once_and_where_it_belongs() {
    static GAUGE: Gauge = Gauge::new();
    static COUNTER: Counter = Counter::new();
    static INFO: Info = Info::new(&[]);
    static EXACT: Exact<Info> = Exact::new(Info::new(&[]));
    let twice = Metric::new("battery_volts_volts", "", &GAUGE).with_unit("volts");
    assert_eq!(fault(twice), "metric 'battery_volts_volts' has its unit twice");
    let behind = Metric::new("sent_total_bytes", "", &COUNTER).with_unit("bytes");
    assert!(fault(behind).ends_with("has the suffix of its type in front of its unit"));
    let none = "has a unit, which infos and state sets have not";
    assert!(fault(Metric::new("a_volts_info", "", &INFO).with_unit("volts")).ends_with(none));
    assert!(fault(Metric::new("a_volts", "", &EXACT).with_unit("volts")).ends_with(none));
    let rows = [Metric::new("a_volts", "", &GAUGE).with_unit("volts")];
    assert!(check(&Group::new(&rows)).is_ok());
}

#[test]
#[should_panic(expected = "a metric name does not end in its unit")]
fn a_unit_that_the_name_has_not_is_refused() {
    static GAUGE: Gauge = Gauge::new();
    let _ = Metric::new("battery_millivolts", "", &GAUGE).with_unit("volts");
}

#[test]
fn exact_names_clash_with_what_they_show() {
    static EXACT: Exact<Counter> = Exact::new(Counter::new());
    static COUNTER: Counter = Counter::new();
    let clash = |name| {
        let rows = [Metric::new(name, "", &EXACT), Metric::new("frames", "", &COUNTER)];
        check(&Group::new(&rows)).is_err()
    };
    assert!(clash("frames_total") && clash("frames") && clash("frames_created"));
    assert!(!clash("frames_lost"));
}
