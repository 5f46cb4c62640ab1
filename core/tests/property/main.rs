//! Laws of whole pages: what the check accepts makes a valid page, and every value, label and help
//! text reads back bit-equal, whatever it is.
//!
//! `PROPTEST_CASES=100000 cargo test --package nanoprom --test property` looks further.

#[path = "../golden/mod.rs"]
mod golden;
mod make;
mod more;
mod spec;
mod strategies;
mod table;

use golden::{checked, read};
use nanoprom::{Gauge, Group, Metric, set_clock};
use proptest::prelude::*;
use spec::{Printed, START};
use strategies::{float, table};

fn cases(default: u32) -> ProptestConfig {
    let cases = std::env::var("PROPTEST_CASES").ok();
    ProptestConfig {
        cases: cases.and_then(|cases| cases.parse().ok()).unwrap_or(default),
        // No file of old failures: a failure becomes a test of its own.
        failure_persistence: None,
        ..ProptestConfig::default()
    }
}

proptest! {
    #![proptest_config(cases(200))]

    #[test]
    fn what_the_check_accepts_makes_a_valid_page_that_reads_back_bit_equal(table in table()) {
        set_clock(|| START);
        table.accepted().compare();
    }

    #[test]
    fn any_value_reads_back_bit_equal(bits in any::<u64>(), float in float()) {
        static GAUGE: Gauge = Gauge::new();
        let row = [Metric::new("x", "", &GAUGE)];
        for value in [f64::from_bits(bits), float] {
            GAUGE.set(value);
            let page = checked(&read(&Group::new(&row), 64));
            let sample = page.sample("x", &[]).unwrap();
            prop_assert!(Printed::Float(value).is(sample), "{} for {value:e}", sample.text);
            prop_assert!(sample.text.len() <= 24);
        }
    }
}
