//! What is not kept in fixed memory: a collector's metrics, and families on the heap.

use core::sync::atomic::{AtomicU64, Ordering::Relaxed};
use nanoprom::{
    Collected, CollectedFamily, CollectedSeries, Collector, Failed, Group, Metric, Type,
};
#[cfg(feature = "alloc")]
use nanoprom::{Counter, GrowingCells, GrowingFamily, Histogram, label_names};
use nanoprom_checker::Page;

/// Only goes up.
static STEPS: AtomicU64 = AtomicU64::new(0);

struct Steps;

const FAMILIES: [(Type, &str); 5] = [
    (Type::Counter, "given_steps_total"),
    (Type::Histogram, "given_seconds"),
    (Type::Summary, "given_bytes"),
    (Type::GaugeHistogram, "given_ages"),
    (Type::Info, "removed_given_info"),
];

impl Collector for Steps {
    fn family(&self, number: u32, out: &mut CollectedFamily<'_>) -> Result<bool, Failed> {
        let Some((of, name)) = FAMILIES.get(number as usize) else { return Ok(false) };
        out.describe(*of, name, "Changes with each page.");
        Ok(true)
    }

    fn series(
        &self,
        family: u32,
        number: u32,
        out: &mut CollectedSeries<'_>,
    ) -> Result<bool, Failed> {
        let steps = STEPS.load(Relaxed);
        if FAMILIES[family as usize].0 == Type::Info {
            out.label("steps", &steps.to_string());
            out.label("repeated", &steps.to_string().repeat(3));
            return Ok(number == 0);
        }
        out.label("series", &format!("\"{number}\""));
        match FAMILIES[family as usize].0 {
            Type::Counter => out.value(steps),
            Type::Summary => out.summary(steps, steps as f64 * 2.0, &[(0.5, steps as f64)]),
            _ => out.histogram(&[(0.5, steps), (2.0, steps / 2)], steps as f64),
        }
        Ok(number < 3)
    }
}

static COLLECTED: Collected<Steps> = Collected::new(Steps);

pub(crate) static METRICS: Group = {
    const ROWS: &[Metric] = &[
        Metric::new("given", "", &COLLECTED),
        #[cfg(feature = "alloc")]
        Metric::new("grown_total", "Users that stay.", &GROWN),
        #[cfg(feature = "alloc")]
        Metric::new("removed_grown_seconds", "Users that come and go.", &GONE),
    ];
    Group::new(ROWS)
};

#[cfg(feature = "alloc")]
static GROWN: GrowingFamily<Counter, 1> = {
    static CELLS: GrowingCells = GrowingCells::with_limit(500);
    // SAFETY: the cells are no other family's.
    unsafe { GrowingFamily::new(&CELLS, const { &label_names!["user"] }, &[]) }
};
#[cfg(feature = "alloc")]
static GONE: GrowingFamily<Histogram<2>, 1> = {
    static CELLS: GrowingCells = GrowingCells::with_limit(20);
    // SAFETY: the cells are no other family's.
    unsafe { GrowingFamily::new(&CELLS, const { &label_names!["user"] }, &[0.25, 1.0]) }
};

pub(crate) fn update(_: u64, round: u64) {
    STEPS.fetch_add(1, Relaxed);
    #[cfg(feature = "alloc")]
    {
        // One more user in a while, up to 500.
        let user = (round * round / 1000 % (1 + round / 16) % 500).to_string();
        GROWN.labels([&user]).unwrap().inc();
        let user = (round % 20).to_string();
        GONE.labels([&user]).unwrap().observe((round % 12) as f64 / 8.0);
        match round % 17 {
            3 => drop(GONE.remove([&user])),
            5 => drop(GONE.remove_matching([Some("7")])),
            11 => GONE.clear(),
            _ => {}
        }
    }
    let _ = round;
}

/// Fails where an info is that of two answers, or the collector made a mistake.
pub(crate) fn whole(page: &Page) {
    for info in page.samples().filter(|sample| sample.name == "removed_given_info") {
        let steps = info.label("steps").unwrap();
        assert_eq!(info.label("repeated").unwrap(), steps.repeat(3));
    }
    let series = page.samples().filter(|sample| sample.name == "given_steps_total");
    assert_eq!(series.count(), 3);
    assert_eq!(COLLECTED.errors(), 0);
}
