//! Families: labels by name, in any order, and numbers as label values.

mod golden;

use golden::{checked, page};
use nanoprom::{Decimal, Family, Group, IntCounter, Metric, Refused};

nanoprom::metrics! {
    static METRICS;
    /// Responses.
    static RESPONSES: Family<IntCounter, 2, 4> = "responses_total", labels = ["method", "code"];
    /// Refused for their names.
    static REFUSED: Family<IntCounter, 2, 4> = "refused_total", labels = ["method", "code"];
    /// By number.
    static BY_NUMBER: Family<IntCounter, 1, 8> = "by_number_total", labels = ["n"];
}

#[test]
fn labels_by_name_are_those_by_position_in_any_order() {
    let child = RESPONSES.labels(["GET", "200"]).unwrap();
    for labels in [[("code", "200"), ("method", "GET")], [("method", "GET"), ("code", "200")]] {
        assert!(core::ptr::eq(child, RESPONSES.labels_by_name(labels).unwrap()));
    }
    // The value of one is the name of the other.
    RESPONSES.labels_by_name([("code", "method"), ("method", "code")]).unwrap().inc();
    assert_eq!(RESPONSES.labels(["code", "method"]).unwrap().get(), 1);
    assert_eq!(RESPONSES.remove_by_name([("code", "200"), ("method", "GET")]), Ok(true));
    assert_eq!(RESPONSES.remove_by_name([("code", "200"), ("method", "GET")]), Ok(false));
    assert_eq!(RESPONSES.refused(), 0);
}

#[test]
fn names_that_are_not_the_family_s_each_once_are_refused_and_counted() {
    let wrong = [
        [("code", "200"), ("verb", "GET")],
        [("code", "200"), ("code", "200")],
        [("code", "200"), ("Method", "GET")],
        [("", "200"), ("method", "GET")],
        [("codes", "200"), ("method", "GET")],
    ];
    for labels in wrong {
        assert_eq!(REFUSED.labels_by_name(labels).err(), Some(Refused::LabelNames), "{labels:?}");
        assert_eq!(REFUSED.remove_by_name(labels), Err(Refused::LabelNames), "{labels:?}");
    }
    assert_eq!(REFUSED.refused(), wrong.len() as u64);
    let page = checked(page(&Group::new(&[Metric::new("x", "", &REFUSED)])).as_bytes());
    assert!(page.family("x_total").unwrap().samples.is_empty());
}

#[test]
fn numbers_are_label_values() {
    BY_NUMBER.labels([&Decimal::from(404_u16)]).unwrap().inc();
    BY_NUMBER.labels([&Decimal::from(-1)]).unwrap().inc_by(2);
    BY_NUMBER.labels_by_name([("n", &Decimal::from(u64::MAX))]).unwrap().inc_by(3);
    let page = checked(page(&METRICS).as_bytes());
    for (n, value) in [("404", 1), ("-1", 2), ("18446744073709551615", 3)] {
        assert_eq!(page.sample("by_number_total", &[("n", n)]).unwrap().u64(), Some(value), "{n}");
    }
}
