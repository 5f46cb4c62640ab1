//! Collectors of C: functions and what they are given.

use crate::collectors::asking::{Asked, describe};
use crate::collectors::collected::{CollectedFamily, CollectedSeries, Failed};
use crate::collectors::collector::Collector;
use crate::collectors::given::Given;
use crate::kind::{Kind, KindCell, OwnLabel, OwnLabels, Special, Type};
use crate::metrics::counter::IntCounter;
use crate::open::{At, Head, Open, Reading};
use crate::out::Out;
use core::ffi::c_void;
use core::mem::offset_of;

/// Describes a family. Gives 1, 0 where there is none any more, or a negative number where it failed.
pub(crate) type FamilyFn = unsafe extern "C" fn(*mut c_void, u32, *mut CollectedFamily<'_>) -> i32;
/// Gives a series of a family, with the same results.
pub(crate) type SeriesFn =
    unsafe extern "C" fn(*mut c_void, u32, u32, *mut CollectedSeries<'_>) -> i32;

/// A collector of C.
#[repr(C)]
pub struct AnyCollector {
    family: Option<FamilyFn>,
    series: Option<SeriesFn>,
    context: *mut c_void,
    errors: *const IntCounter,
    max_families: u32,
    max_series: u32,
}

// SAFETY: the functions may be called from any thread, with their context; the counter is shared.
unsafe impl Send for AnyCollector {}
// SAFETY: as above.
unsafe impl Sync for AnyCollector {}

impl AnyCollector {
    /// Offsets of the fields in their order, for the C ABI.
    pub const OFFSETS: [usize; 6] = [
        offset_of!(Self, family),
        offset_of!(Self, series),
        offset_of!(Self, context),
        offset_of!(Self, errors),
        offset_of!(Self, max_families),
        offset_of!(Self, max_series),
    ];

    fn asked(&self) -> Asked<'_> {
        static UNSEEN: IntCounter = IntCounter::new();
        let limit = |number, default| if number == 0 { default } else { number };
        Asked {
            collector: self,
            // SAFETY: null or a counter that lives as long as the collector.
            errors: unsafe { self.errors.as_ref() }.unwrap_or(&UNSEEN),
            families: limit(self.max_families, Asked::FAMILIES),
            series: limit(self.max_series, Asked::SERIES),
        }
    }
}

fn result(status: i32) -> Result<bool, Failed> {
    if status < 0 { Err(Failed) } else { Ok(status > 0) }
}

impl Collector for AnyCollector {
    fn family(&self, number: u32, out: &mut CollectedFamily<'_>) -> Result<bool, Failed> {
        // SAFETY: function and context were given together, for calls from anywhere.
        self.family.map_or(Err(Failed), |ask| result(unsafe { ask(self.context, number, out) }))
    }

    fn series(
        &self,
        family: u32,
        number: u32,
        out: &mut CollectedSeries<'_>,
    ) -> Result<bool, Failed> {
        let ask = self.series.ok_or(Failed)?;
        // SAFETY: function and context were given together, for calls from anywhere.
        result(unsafe { ask(self.context, family, number, out) })
    }
}

impl Open for AnyCollector {
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

/// A collector of C.
pub static COLLECTOR: KindCell = {
    static KIND: Kind = Kind::open(
        Type::Unknown,
        &const {
            Special::open(
                |value| value.cast::<AnyCollector>() as *const dyn Open,
                Some(&OwnLabels::OPEN),
            )
        },
    );
    KindCell::new(&KIND)
};
