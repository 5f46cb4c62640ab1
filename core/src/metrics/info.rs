//! Infos: facts that do not change while the program runs, as labels.

use crate::buckets::Bounds;
use crate::fault::declaration;
use crate::kind::sealed::Sealed;
use crate::kind::{
    Item, Kind, KindCell, MetricValue, OwnLabel, OwnLabels, Part, Shape, Special, Type,
};
use crate::label::Label;
use crate::numbers::number::Number;
use crate::table::slice_at;
use core::mem::offset_of;

/// Facts about the program or the device that do not change while it runs: version, board, serial
/// number. For what does change, use [`InfoCell`](crate::InfoCell), [`StateSet`](crate::StateSet) or a
/// [`Family`](crate::Family) of gauges.
///
/// The page shows `x_info{version="1.2",board="b"} 1`; the name is declared with or without `_info`. A
/// constant of a pointer and a number.
///
/// An info that is called `target` tells of the target as a whole (OpenMetrics 1.0): what runs there, where
/// it stands. It has to be the first metric of the page. Its labels are on no other metric by that: whoever
/// needs them joins with `target_info`.
///
/// ```
/// nanoprom::metrics! {
///     pub static METRICS;
///     /// What runs here.
///     static BUILD: Info = "firmware_info",
///         labels = [version = env!("CARGO_PKG_VERSION"), board = "rev-b"];
/// }
/// use nanoprom::Info;
/// # let mut page = String::new();
/// # nanoprom::encode(&METRICS, nanoprom::Format::Text, &mut nanoprom::FmtWriter(&mut page)).unwrap();
/// # assert!(page.contains(",board=\"rev-b\"} 1\n"), "{page}");
/// ```
#[repr(C)]
pub struct Info {
    labels: *const Label<'static>,
    label_count: u32,
}

// SAFETY: labels are `Sync`.
unsafe impl Send for Info {}
// SAFETY: labels are `Sync`.
unsafe impl Sync for Info {}

impl Info {
    /// Offsets of the fields in their order, for the C ABI.
    #[doc(hidden)]
    pub const OFFSETS: [usize; 2] = [offset_of!(Self, labels), offset_of!(Self, label_count)];

    /// An info with these labels.
    pub const fn new(labels: &'static [Label<'static>]) -> Self {
        Self { labels: labels.as_ptr(), label_count: labels.len() as u32 }
    }

    pub(crate) const fn labels(&self) -> &'static [Label<'static>] {
        // SAFETY: pointer and length of one table.
        unsafe { slice_at(self.labels, self.label_count as usize) }
    }

    #[doc(hidden)]
    pub const fn __declare(metric: &str) -> Self {
        declaration(metric, "is an Info without `labels = [name = \"value\", ...]`")
    }

    #[doc(hidden)]
    pub const fn __declare_info(_metric: &str, labels: &'static [Label<'static>]) -> Self {
        Self::new(labels)
    }
}

impl Sealed for Info {}

impl MetricValue for Info {
    const KIND: &'static KindCell = &INFO;
}

/// One metric of type Info.
pub static INFO: KindCell = {
    static KIND: Kind = Kind::single(
        Type::Info,
        Shape::Info,
        load,
        &const { Special::labelled(&const { OwnLabels::new(label) }) },
    );
    KindCell::new(&KIND)
};

/// # Safety
///
/// As for [`Load`](crate::kind::Load).
pub(crate) unsafe fn load(_: *const (), _: &Bounds<'_>, part: &mut Part, item: &mut Item) {
    part.last = true;
    *item = Item::plain("_info", Number::unsigned(1));
}

/// # Safety
///
/// As for [`LabelOf`](crate::kind::LabelOf).
pub(crate) unsafe fn label(cell: *const (), _: u32, at: u32) -> Option<OwnLabel<'static>> {
    // SAFETY: `LabelOf` is given a cell of this kind.
    let info = unsafe { &*cell.cast::<Info>() };
    info.labels().get(at as usize).map(|label| (label.name(), label.valid_value()))
}
