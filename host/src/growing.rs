//! Families that grow: series on the heap.

use crate::labels::{By, Text, pairs_of, strings_of, values_of, wanted_of};
use crate::outcome::{Failure, status_of};
use crate::status::{
    NPROM_ERR_LABEL_COUNT, NPROM_ERR_NOT_FOUND, NPROM_ERR_NULL, NPROM_OK, of_refused,
};
use crate::string::nprom_str_t;
use crate::{build, share};
use core::ffi::{c_char, c_void};
use core::ptr;
use nanoprom_core::abi::{AnyFamily, AnyGrowing, KindCell};
use nanoprom_core::{
    Counter, Counter32, Gauge, Gauge32, GrowingCells, GrowingFamily, Histogram, Histogram32,
    IntCounter, IntGauge, IntHistogram, MetricValue, Summary, Untyped,
};

/// Exports the kinds of families that grow, for the rows of C tables.
macro_rules! export {
    ($($name:ident = $child:ty;)+) => {$(
        #[unsafe(no_mangle)]
        pub static $name: KindCell = *<GrowingFamily<$child, 1> as MetricValue>::KIND;
    )+};
}
export! {
    nprom_kind_counter_growing = Counter;
    nprom_kind_int_counter_growing = IntCounter;
    nprom_kind_counter32_growing = Counter32;
    nprom_kind_gauge_growing = Gauge;
    nprom_kind_int_gauge_growing = IntGauge;
    nprom_kind_gauge32_growing = Gauge32;
    nprom_kind_summary_growing = Summary;
    nprom_kind_untyped_growing = Untyped;
    nprom_kind_histogram_growing = Histogram<0>;
    nprom_kind_int_histogram_growing = IntHistogram<0>;
    nprom_kind_histogram32_growing = Histogram32<0>;
}

/// The family, if it was made.
///
/// # Safety
///
/// `family` is null, or a family that was made or is all zeros.
unsafe fn made<'f>(family: *const c_void) -> Option<&'f AnyGrowing> {
    // SAFETY: the caller's promise. All zeros are one with no cells.
    unsafe { family.cast::<AnyGrowing>().as_ref() }.filter(|family| !family.cells().is_null())
}

#[unsafe(no_mangle)]
pub unsafe extern "C" fn nprom_growing_init(
    family: *mut c_void,
    described: *const c_void,
    most: u32,
) -> i32 {
    build::check();
    status_of(|| {
        if family.is_null() {
            return Err(Failure::Null("the family"));
        }
        // SAFETY: a family that the header's functions described; the names and bounds are looked at.
        let described = unsafe { described.cast::<AnyFamily>().as_ref() };
        let described = described
            .filter(|described| described.is_whole())
            .ok_or(Failure::Null("what the family is to be made of"))?;
        let cells = GrowingCells::with_limit(if most == 0 { u32::MAX } else { most });
        let cells = share::beside(family.addr(), cells).map_err(Failure::Share)?;
        // SAFETY: the cells are this family's alone, until it is freed.
        let made = unsafe { AnyGrowing::like(described, cells) };
        // SAFETY: nobody has them where there is no family.
        let made = made.inspect_err(|_| unsafe { share::free(family.addr(), cells) });
        let made = made.map_err(Failure::Unfit)?;
        // SAFETY: the caller's memory, which has the size of the core's type.
        unsafe { family.cast::<AnyGrowing>().write(made) };
        Ok(())
    })
}

#[unsafe(no_mangle)]
pub unsafe extern "C" fn nprom_growing_free(family: *mut c_void) {
    // SAFETY: null, or a family that nobody else uses any more.
    unsafe {
        if let Some(made) = made(family) {
            share::free(family.addr(), made.cells());
            // As before it was made.
            family.write_bytes(0, size_of::<AnyGrowing>());
        }
    }
}

#[unsafe(no_mangle)]
pub unsafe extern "C" fn nprom_growing_labels(
    family: *const c_void,
    strings: *const nprom_str_t,
    count: usize,
    cell_out: *mut *mut c_void,
) -> i32 {
    // SAFETY: pointers as the header asks for.
    unsafe { labels(family, strings, count, By::Position, cell_out) }
}

#[unsafe(no_mangle)]
pub unsafe extern "C" fn nprom_growing_labels_str(
    family: *const c_void,
    strings: *const *const c_char,
    count: usize,
    cell_out: *mut *mut c_void,
) -> i32 {
    // SAFETY: pointers as the header asks for.
    unsafe { labels(family, strings, count, By::Position, cell_out) }
}

#[unsafe(no_mangle)]
pub unsafe extern "C" fn nprom_growing_labels_by_name(
    family: *const c_void,
    strings: *const nprom_str_t,
    count: usize,
    cell_out: *mut *mut c_void,
) -> i32 {
    // SAFETY: pointers as the header asks for.
    unsafe { labels(family, strings, count, By::Name, cell_out) }
}

#[unsafe(no_mangle)]
pub unsafe extern "C" fn nprom_growing_labels_by_name_str(
    family: *const c_void,
    strings: *const *const c_char,
    count: usize,
    cell_out: *mut *mut c_void,
) -> i32 {
    // SAFETY: pointers as the header asks for.
    unsafe { labels(family, strings, count, By::Name, cell_out) }
}

/// # Safety
///
/// Pointers as the header asks for.
unsafe fn labels<T: Text>(
    family: *const c_void,
    strings: *const T,
    count: usize,
    by: By,
    cell_out: *mut *mut c_void,
) -> i32 {
    // SAFETY: null or the caller's own variable, and null or a family.
    let (out, family) = unsafe { (cell_out.as_mut(), made(family)) };
    let Some(out) = out else { return NPROM_ERR_NULL };
    *out = ptr::null_mut();
    let Some(family) = family else { return NPROM_ERR_NULL };
    // SAFETY: the caller's promise.
    let strings = match unsafe { strings_of(strings, count, family.label_count(), by) } {
        Ok(strings) => strings,
        Err(status) => {
            if status == NPROM_ERR_LABEL_COUNT {
                family.count_refusal();
            }
            return status;
        }
    };
    let cell = match by {
        // SAFETY: as above.
        By::Position => family.cell_of(unsafe { values_of(strings) }),
        // SAFETY: as above.
        By::Name => match family.in_order(unsafe { pairs_of(strings) }) {
            Ok(values) => family.cell_of(values),
            Err(refused) => {
                family.count_refusal();
                Err(refused)
            }
        },
    };
    match cell {
        Ok(cell) => {
            *out = cell.cast_mut().cast();
            NPROM_OK
        }
        Err(refused) => of_refused(refused),
    }
}

#[unsafe(no_mangle)]
pub unsafe extern "C" fn nprom_growing_remove(
    family: *const c_void,
    strings: *const nprom_str_t,
    count: usize,
) -> i32 {
    // SAFETY: pointers as the header asks for.
    unsafe { remove(family, strings, count, By::Position) }
}

#[unsafe(no_mangle)]
pub unsafe extern "C" fn nprom_growing_remove_str(
    family: *const c_void,
    strings: *const *const c_char,
    count: usize,
) -> i32 {
    // SAFETY: pointers as the header asks for.
    unsafe { remove(family, strings, count, By::Position) }
}

#[unsafe(no_mangle)]
pub unsafe extern "C" fn nprom_growing_remove_by_name(
    family: *const c_void,
    strings: *const nprom_str_t,
    count: usize,
) -> i32 {
    // SAFETY: pointers as the header asks for.
    unsafe { remove(family, strings, count, By::Name) }
}

#[unsafe(no_mangle)]
pub unsafe extern "C" fn nprom_growing_remove_by_name_str(
    family: *const c_void,
    strings: *const *const c_char,
    count: usize,
) -> i32 {
    // SAFETY: pointers as the header asks for.
    unsafe { remove(family, strings, count, By::Name) }
}

/// # Safety
///
/// Pointers as the header asks for.
unsafe fn remove<T: Text>(family: *const c_void, strings: *const T, count: usize, by: By) -> i32 {
    // SAFETY: null or a family.
    let Some(family) = (unsafe { made(family) }) else { return NPROM_ERR_NULL };
    // SAFETY: the caller's promise.
    let strings = match unsafe { strings_of(strings, count, family.label_count(), by) } {
        Ok(strings) => strings,
        Err(status) => return status,
    };
    let removed = match by {
        // SAFETY: as above.
        By::Position => family.remove(unsafe { values_of(strings) }),
        // SAFETY: as above.
        By::Name => match family.in_order(unsafe { pairs_of(strings) }) {
            Ok(values) => family.remove(values),
            Err(refused) => return of_refused(refused),
        },
    };
    if removed { NPROM_OK } else { NPROM_ERR_NOT_FOUND }
}

#[unsafe(no_mangle)]
pub unsafe extern "C" fn nprom_growing_remove_matching(
    family: *const c_void,
    strings: *const nprom_str_t,
    count: usize,
    removed_out: *mut u32,
) -> i32 {
    // SAFETY: pointers as the header asks for.
    unsafe { remove_matching(family, strings, count, removed_out) }
}

#[unsafe(no_mangle)]
pub unsafe extern "C" fn nprom_growing_remove_matching_str(
    family: *const c_void,
    strings: *const *const c_char,
    count: usize,
    removed_out: *mut u32,
) -> i32 {
    // SAFETY: pointers as the header asks for.
    unsafe { remove_matching(family, strings, count, removed_out) }
}

/// # Safety
///
/// Pointers as the header asks for.
unsafe fn remove_matching<T: Text>(
    family: *const c_void,
    pattern: *const T,
    count: usize,
    removed_out: *mut u32,
) -> i32 {
    // SAFETY: null or the caller's own variable, and null or a family.
    let (out, family) = unsafe { (removed_out.as_mut(), made(family)) };
    let Some(out) = out else { return NPROM_ERR_NULL };
    *out = 0;
    let Some(family) = family else { return NPROM_ERR_NULL };
    // SAFETY: the caller's promise.
    match unsafe { strings_of(pattern, count, family.label_count(), By::Position) } {
        Ok(pattern) => {
            // SAFETY: as above.
            *out = family.remove_matching(unsafe { wanted_of(pattern) });
            NPROM_OK
        }
        Err(status) => status,
    }
}

#[unsafe(no_mangle)]
pub unsafe extern "C" fn nprom_growing_clear(family: *const c_void) {
    // SAFETY: null or a family.
    if let Some(family) = unsafe { made(family) } {
        family.remove_matching((0..family.label_count()).map(|_| None));
    }
}

#[unsafe(no_mangle)]
pub unsafe extern "C" fn nprom_growing_refused(family: *const c_void) -> u64 {
    // SAFETY: null or a family.
    unsafe { made(family) }.map_or(0, AnyGrowing::refused)
}
