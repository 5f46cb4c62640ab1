//! The count of collectors' mistakes, as a metric.

use crate::collectors::collector::{Collected, Collector};
use crate::kind::sealed::Sealed;
use crate::kind::{Item, Kind, KindCell, MetricValue, OwnLabel, OwnLabels, Special, Type};
use crate::numbers::number::Number;
use crate::open::{At, Head, Open, Reading};

/// The collectors whose mistakes are shown, as `nanoprom_collector_errors_total{collector="…"}`.
///
/// ```
/// # use nanoprom::{Collected, CollectedFamily, CollectedSeries, Collector, Failed};
/// # struct Disks;
/// # impl Collector for Disks {
/// #     fn family(&self, _: u32, _: &mut CollectedFamily<'_>) -> Result<bool, Failed> { Err(Failed) }
/// #     fn series(&self, _: u32, _: u32, _: &mut CollectedSeries<'_>) -> Result<bool, Failed> { Ok(false) }
/// # }
/// use nanoprom::{CollectorErrors, Group, Metric};
///
/// static DISKS: Collected<Disks> = Collected::new(Disks);
/// static ERRORS: CollectorErrors = CollectorErrors::new(&[("disks", &DISKS)]);
/// static METRICS: Group = {
///     const ROWS: &[Metric] = &[
///         Metric::new("disks", "", &DISKS),
///         Metric::new(CollectorErrors::NAME, CollectorErrors::HELP, &ERRORS),
///     ];
///     Group::new(ROWS)
/// };
/// # let mut page = String::new();
/// # nanoprom::encode(&METRICS, nanoprom::Format::Text, &mut nanoprom::FmtWriter(&mut page)).unwrap();
/// # assert!(page.ends_with("nanoprom_collector_errors_total{collector=\"disks\"} 1\n"), "{page}");
/// ```
pub struct CollectorErrors {
    collectors: &'static [(&'static str, &'static dyn Mistaken)],
}

/// What counts its mistakes: a [`Collected`]. Sealed.
pub trait Mistaken: Sync + Sealed {
    #[doc(hidden)]
    fn __errors(&self) -> u64;
}

impl<C: Collector + 'static> Mistaken for Collected<C> {
    fn __errors(&self) -> u64 {
        self.errors()
    }
}

impl CollectorErrors {
    /// What the metric is called.
    pub const NAME: &'static str = "nanoprom_collector_errors_total";
    /// What it means.
    pub const HELP: &'static str =
        "Failures of a collector, and families and series of it that were left out, by its name.";

    /// Shows those of these collectors, by these names.
    pub const fn new(collectors: &'static [(&'static str, &'static dyn Mistaken)]) -> Self {
        Self { collectors }
    }
}

impl Sealed for CollectorErrors {}

impl MetricValue for CollectorErrors {
    const KIND: &'static KindCell = &ERRORS;
}

static ERRORS: KindCell = {
    static KIND: Kind = Kind::open(
        Type::Counter,
        &const {
            Special::open(
                |value| value.cast::<CollectorErrors>() as *const dyn Open,
                Some(&OwnLabels::OPEN),
            )
        },
    );
    KindCell::new(&KIND)
};

impl Open for CollectorErrors {
    fn enter(&self, at: &mut At, _: &Reading<'_>) -> bool {
        at.family == 0
    }

    fn head<'r>(&'r self, _: &At, _: &Reading<'r>, _: &mut Head<'r>) {}

    fn next(&self, at: &mut At, _: &Reading<'_>) -> bool {
        let Some((_, collector)) = self.collectors.get(at.series as usize) else { return false };
        at.item = Item::plain("_total", Number::unsigned(collector.__errors()));
        at.series += 1;
        (at.part.index, at.part.last) = (1, true);
        true
    }

    fn label<'r>(&'r self, at: &At, _: &Reading<'r>, number: u32) -> Option<OwnLabel<'r>> {
        let (name, _) = self.collectors.get(at.series.wrapping_sub(1) as usize)?;
        (number == 0).then_some((b"collector", name.as_bytes()))
    }
}
