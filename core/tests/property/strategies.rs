//! Random names, texts, floats and tables: much that clashes, is reserved or needs escaping.

use crate::spec::{Spec, What};
use crate::table::Table;
use proptest::prelude::*;

/// Few words, so that names clash and are reserved often.
fn name() -> impl Strategy<Value = String> {
    let stem = prop::sample::select(vec!["a", "a", "a", "b", "x:y", "_a", "9a", "a-b", ""]);
    let own = prop::sample::select(vec!["", "_total", "_created"]);
    let suffix = prop::sample::select(vec![
        "", "", "", "_total", "_count", "_sum", "_bucket", "_created", "_seconds", "_info",
    ]);
    let free = "[a-zA-Z_:][a-zA-Z0-9_:]{0,20}";
    prop_oneof![
        10 => (stem, suffix).prop_map(|(stem, suffix)| format!("{stem}{suffix}")),
        5 => free,
        1 => own.prop_map(|suffix| format!("nanoprom_series_refused{suffix}")),
    ]
}

fn label_name() -> impl Strategy<Value = String> {
    prop_oneof![
        prop::sample::select(vec!["a", "b", "le", "family", "__x", "quantile", "a:b", "_"])
            .prop_map(String::from),
        "[a-zA-Z_][a-zA-Z0-9_]{0,8}",
    ]
}

/// Any text, and much of what is escaped.
fn text() -> impl Strategy<Value = String> {
    prop_oneof!["[\\\\\"\n{},= a#]{0,12}", "\\PC{0,20}", any::<String>()]
}

pub(crate) fn float() -> impl Strategy<Value = f64> {
    prop_oneof![
        any::<u64>().prop_map(f64::from_bits),
        (-1000_i32..1000).prop_map(|value| f64::from(value) / 8.0),
        prop::sample::select(vec![
            f64::NAN,
            f64::INFINITY,
            f64::NEG_INFINITY,
            0.0,
            -0.0,
            f64::MAX,
            f64::MIN,
            f64::MIN_POSITIVE,
            5e-324,
            1e15,
            1e16,
            1e17,
            1e21,
            1e22,
            1e23,
            0.1,
            0.3,
            1.0 / 3.0,
            9_007_199_254_740_991.0,
            9_007_199_254_740_992.0,
            9_007_199_254_740_993.0,
        ]),
    ]
}

fn bounds() -> impl Strategy<Value = [f64; 3]> {
    [float(), float(), float()].prop_map(|bounds| {
        let mut bounds = bounds.map(|bound| if bound.is_finite() { bound / 2.0 } else { 0.0 });
        bounds.sort_by(f64::total_cmp);
        // Also bounds that differ in their last bit only.
        for at in 1..bounds.len() {
            if bounds[at] <= bounds[at - 1] {
                bounds[at] = bounds[at - 1].next_up();
            }
        }
        bounds
    })
}

/// Bounds in ticks: 0 and the largest too, ascending.
fn ticks() -> impl Strategy<Value = [u32; 3]> {
    let tick = || prop_oneof![0..5_u32, any::<u32>(), Just(u32::MAX)];
    [tick(), tick(), tick()].prop_map(|mut ticks| {
        ticks.sort_unstable();
        for at in 1..3 {
            if ticks[at] <= ticks[at - 1] {
                ticks[at] = ticks[at - 1].saturating_add(1);
            }
        }
        if ticks[1] < ticks[2] { ticks } else { [u32::MAX - 2, u32::MAX - 1, u32::MAX] }
    })
}

fn spec() -> impl Strategy<Value = Spec> {
    let children = prop::collection::vec(([text(), text()], float()), 0..6);
    let observations = prop::collection::vec(float(), 0..6);
    let ticks_per_unit = prop_oneof![1..5_u32, Just(1_000_000), any::<u32>()];
    (
        (name(), text(), prop::sample::select(What::ALL.to_vec()), any::<u64>(), float()),
        (observations, bounds(), ticks(), ticks_per_unit, [label_name(), label_name()], children),
    )
        .prop_map(|((name, help, what, bits, float), rest)| {
            let (observations, bounds, ticks, ticks_per_unit, label_names, children) = rest;
            Spec {
                name,
                help,
                what,
                bits,
                float,
                observations,
                bounds,
                ticks,
                ticks_per_unit: ticks_per_unit.max(1),
                label_names,
                children,
            }
        })
}

pub(crate) fn table() -> impl Strategy<Value = Table> {
    let prefix = || prop::sample::select(vec!["", "", "app_", "a", ":"]).prop_map(String::from);
    let constant = || {
        let name = prop_oneof![Just(String::new()), label_name()];
        (name, text())
    };
    (
        [prefix(), prefix()],
        [constant(), constant()],
        prop::collection::vec(spec(), 0..10),
        prop::collection::vec(spec(), 0..6),
        1..600_usize,
    )
        .prop_map(|(prefixes, constants, outer, inner, portion)| Table {
            prefixes,
            constants,
            outer,
            inner,
            portion,
        })
}
