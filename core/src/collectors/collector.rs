//! Collectors: families and series that are asked for when a page is read.

use crate::collectors::asking::{Asked, describe};
use crate::collectors::collected::{CollectedFamily, CollectedSeries, Failed};
use crate::collectors::given::Given;
use crate::fault::declaration;
use crate::kind::sealed::Sealed;
use crate::kind::{Kind, KindCell, MetricValue, OwnLabel, OwnLabels, Special, Type};
use crate::metrics::counter::IntCounter;
use crate::open::{At, Head, Open, Reading};
use crate::out::Out;

/// Gives metrics that something else keeps: a driver, the kernel, another program.
///
/// When a page is read it is asked for family 0 and the series of that, then for family 1, and so on, until
/// it says `false`. Each is asked for once for a page, by the thread that reads it and while nothing is
/// locked; only the series of a gauge histogram are asked for three times for a page of text, which shows
/// them as three families. It must not read a page that shows it: that would ask it again, until the stack
/// ends. Between two questions any time may pass, and other pages may be read. So keep
/// what must belong together in the collector, or take it in [`family`](Self::family) number 0.
///
/// What is given is copied into the scratch memory of the page's [`Reader`](crate::Reader), which says how
/// much that takes: a family's texts and one series at a time have to fit, and 5 bytes for each family.
/// Left out, and counted in [`Collected::errors`], is
///
/// * what does not fit;
/// * what is no valid metric: names, label names that are there twice or are constant labels of a group,
///   text that is not UTF-8, values that a type cannot have, the info `target`;
/// * a family that the page or the collector has already;
/// * a series that its family has already: one of the first 4096, as far as 8 bytes for each have room in
///   the scratch memory, or the one before. Beyond that the collector itself has to see to it that none comes
///   again. Labels without a value tell no series apart: to Prometheus they are as good as none.
///
/// The rest of the page stays as it is. OpenMetrics leaves out what it does not allow, which text shows: quantiles
/// with negative values, and the sum and the count of a histogram with a negative bound. Whoever asks for OpenMetrics
/// gets that also over HTTP, which answers in text only where such bounds are declared.
pub trait Collector: Sync {
    /// Describes family `number`; `false` where there is none any more.
    ///
    /// # Errors
    ///
    /// [`Failed`] ends the collector's part of the page.
    fn family(&self, number: u32, out: &mut CollectedFamily<'_>) -> Result<bool, Failed>;

    /// Gives series `number` of a family; `false` where there is none any more.
    ///
    /// # Errors
    ///
    /// [`Failed`] ends the collector's part of the page.
    fn series(
        &self,
        family: u32,
        number: u32,
        out: &mut CollectedSeries<'_>,
    ) -> Result<bool, Failed>;
}

/// A [`Collector`] in a table of metrics, with a count of its mistakes.
///
/// The name of its row is no name of a metric, but takes one: no family may be called so.
///
/// ```
/// use nanoprom::{CollectedFamily, CollectedSeries, Collected, Collector, Failed, Type};
///
/// struct Disks;
///
/// impl Collector for Disks {
///     fn family(&self, number: u32, out: &mut CollectedFamily<'_>) -> Result<bool, Failed> {
///         out.describe(Type::Counter, "disk_read_bytes_total", "Bytes read.");
///         Ok(number == 0)
///     }
///
///     fn series(&self, _: u32, number: u32, out: &mut CollectedSeries<'_>) -> Result<bool, Failed> {
///         // Ask the kernel.
///         let disks = [("sda", 1200_u64), ("sdb", 7)];
///         let Some(&(name, bytes)) = disks.get(number as usize) else { return Ok(false) };
///         out.label("disk", name);
///         out.value(bytes);
///         Ok(true)
///     }
/// }
///
/// nanoprom::metrics! {
///     pub static METRICS;
///     /// The disks of this machine.
///     static DISKS: Collected<Disks> = "disks", collector = Disks;
/// }
/// # let mut page = String::new();
/// nanoprom::encode(&METRICS, nanoprom::Format::Text, &mut nanoprom::FmtWriter(&mut page))?;
/// assert!(page.ends_with("disk_read_bytes_total{disk=\"sda\"} 1200\ndisk_read_bytes_total{disk=\"sdb\"} 7\n"));
/// # Ok::<(), core::fmt::Error>(())
/// ```
pub struct Collected<C> {
    collector: C,
    errors: IntCounter,
    families: u32,
    series: u32,
}

impl<C: Collector + 'static> Collected<C> {
    /// Asks `collector` for up to 1000 families and 100 000 series a page.
    pub const fn new(collector: C) -> Self {
        let (families, series) = (Asked::FAMILIES, Asked::SERIES);
        Self { collector, errors: IntCounter::new(), families, series }
    }

    /// The same with other limits: where they are reached the collector's part of the page ends, and an
    /// error is counted.
    #[must_use]
    pub const fn with_limits(mut self, families: u32, series: u32) -> Self {
        self.families = families;
        self.series = series;
        self
    }

    /// The collector.
    pub const fn get(&self) -> &C {
        &self.collector
    }

    /// How often something that it gave was left out, or it failed.
    pub fn errors(&self) -> u64 {
        self.errors.get()
    }

    #[doc(hidden)]
    pub const fn __declare(metric: &str) -> Self {
        declaration(metric, "is a Collected without `collector = ...`")
    }

    #[doc(hidden)]
    pub const fn __declare_collector(_metric: &str, collector: C) -> Self {
        Self::new(collector)
    }

    fn asked(&self) -> Asked<'_> {
        let Self { collector, errors, families, series } = self;
        Asked { collector, errors, families: *families, series: *series }
    }

    const OF: Kind = {
        // The kind goes with the value: `as_open` is given a `Collected<C>`.
        Kind::open(
            Type::Unknown,
            &const {
                Special::open(
                    |value| value.cast::<Self>() as *const dyn Open,
                    Some(&OwnLabels::OPEN),
                )
            },
        )
    };
}

impl<C> Sealed for Collected<C> {}

impl<C: Collector + 'static> MetricValue for Collected<C> {
    const KIND: &'static KindCell = &KindCell::new(&Self::OF);
}

impl<C: Collector + 'static> Open for Collected<C> {
    fn enter(&self, at: &mut At, reading: &Reading<'_>) -> bool {
        self.asked().enter(at, reading)
    }

    fn head<'r>(&'r self, at: &At, reading: &Reading<'r>, head: &mut Head<'r>) {
        describe(at, reading, head);
    }

    fn next(&self, at: &mut At, reading: &Reading<'_>) -> bool {
        self.asked().next(at, reading)
    }

    fn label<'r>(&'r self, at: &At, reading: &Reading<'r>, number: u32) -> Option<OwnLabel<'r>> {
        Given::at(at, reading).label(at.part.index.wrapping_sub(1), number)
    }

    fn tail(&self, at: &At, reading: &Reading<'_>, out: &mut Out<'_>) {
        Given::at(at, reading).write_timestamp(reading.rich, out);
    }
}
