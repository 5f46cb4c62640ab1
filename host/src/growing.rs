//! Families that grow: series on the heap.

use crate::build;
use crate::outcome::{
    Failure, NPROM_ERR_LABEL_COUNT, NPROM_ERR_NOT_FOUND, NPROM_ERR_NULL, NPROM_OK, of_refused,
    status_of,
};
use core::ffi::{CStr, c_char, c_void};
use core::{ptr, slice};
use nanoprom::abi::{AnyFamily, AnyGrowing, KindCell};
use nanoprom::{
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

/// Text of any bytes.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct nprom_str_t {
    data: *const c_char,
    len: usize,
}

impl nprom_str_t {
    /// # Safety
    ///
    /// `data` is null or points to `len` bytes that live for `'t`.
    unsafe fn bytes<'t>(self) -> &'t [u8] {
        // SAFETY: the caller's promise.
        unsafe { slice_of(self.data.cast(), self.len) }
    }
}

/// No values where the pointer is null.
///
/// # Safety
///
/// `start` is null or points to `count` values that live for `'t`.
unsafe fn slice_of<'t, T>(start: *const T, count: usize) -> &'t [T] {
    // SAFETY: the caller's promise.
    if start.is_null() { &[] } else { unsafe { slice::from_raw_parts(start, count) } }
}

/// # Safety
///
/// `text` is null, for an empty one, or ends in a NUL.
unsafe fn bytes_of<'t>(text: *const c_char) -> &'t [u8] {
    // SAFETY: the caller's promise.
    if text.is_null() { &[] } else { unsafe { CStr::from_ptr(text) }.to_bytes() }
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
        let cells = Box::new(GrowingCells::with_limit(if most == 0 { u32::MAX } else { most }));
        // SAFETY: the cells are this family's alone, until it is freed.
        let made = unsafe { AnyGrowing::like(described, &raw const *cells) };
        let made = made.map_err(Failure::Unfit)?;
        // It owns them now.
        let _ = Box::into_raw(cells);
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
            drop(Box::from_raw(made.cells()));
            // As before it was made.
            family.write_bytes(0, size_of::<AnyGrowing>());
        }
    }
}

#[unsafe(no_mangle)]
pub unsafe extern "C" fn nprom_growing_labels(
    family: *const c_void,
    values: *const nprom_str_t,
    count: usize,
    cell_out: *mut *mut c_void,
) -> i32 {
    // SAFETY: pointers as the header asks for.
    unsafe {
        let values = || slice_of(values, count).iter().map(|value| value.bytes());
        labels(family, count, values, cell_out)
    }
}

#[unsafe(no_mangle)]
pub unsafe extern "C" fn nprom_growing_labels_str(
    family: *const c_void,
    values: *const *const c_char,
    count: usize,
    cell_out: *mut *mut c_void,
) -> i32 {
    // SAFETY: pointers as the header asks for.
    unsafe {
        let values = || slice_of(values, count).iter().map(|&value| bytes_of(value));
        labels(family, count, values, cell_out)
    }
}

/// # Safety
///
/// Pointers as the header asks for.
unsafe fn labels<'v, V: ExactSizeIterator<Item = &'v [u8]> + Clone>(
    family: *const c_void,
    count: usize,
    values: impl FnOnce() -> V,
    cell_out: *mut *mut c_void,
) -> i32 {
    // SAFETY: null or the caller's own variable.
    let Some(out) = (unsafe { cell_out.as_mut() }) else {
        return NPROM_ERR_NULL;
    };
    *out = ptr::null_mut();
    // SAFETY: the caller's promise.
    let found = unsafe {
        with_values(family, count, values, |family, values| {
            family.cell_of(values).map_err(of_refused)
        })
    };
    match found {
        Ok(cell) => {
            *out = cell.cast_mut().cast();
            NPROM_OK
        }
        Err(status) => status,
    }
}

#[unsafe(no_mangle)]
pub unsafe extern "C" fn nprom_growing_remove(
    family: *const c_void,
    values: *const nprom_str_t,
    count: usize,
) -> i32 {
    // SAFETY: pointers as the header asks for.
    unsafe {
        let values = || slice_of(values, count).iter().map(|value| value.bytes());
        remove(family, count, values)
    }
}

#[unsafe(no_mangle)]
pub unsafe extern "C" fn nprom_growing_remove_str(
    family: *const c_void,
    values: *const *const c_char,
    count: usize,
) -> i32 {
    // SAFETY: pointers as the header asks for.
    unsafe {
        let values = || slice_of(values, count).iter().map(|&value| bytes_of(value));
        remove(family, count, values)
    }
}

/// # Safety
///
/// Pointers as the header asks for.
unsafe fn remove<'v, V: ExactSizeIterator<Item = &'v [u8]> + Clone>(
    family: *const c_void,
    count: usize,
    values: impl FnOnce() -> V,
) -> i32 {
    // SAFETY: the caller's promise.
    let removed = unsafe { with_values(family, count, values, |f, values| Ok(f.remove(values))) };
    match removed {
        Ok(true) => NPROM_OK,
        Ok(false) => NPROM_ERR_NOT_FOUND,
        Err(status) => status,
    }
}

/// # Safety
///
/// Pointers as the header asks for.
unsafe fn with_values<'v, V: ExactSizeIterator<Item = &'v [u8]> + Clone, R>(
    family: *const c_void,
    count: usize,
    values: impl FnOnce() -> V,
    work: impl FnOnce(&AnyGrowing, V) -> Result<R, i32>,
) -> Result<R, i32> {
    // SAFETY: the caller's promise.
    let family = unsafe { made(family) }.ok_or(NPROM_ERR_NULL)?;
    if count != family.label_count() {
        return Err(NPROM_ERR_LABEL_COUNT);
    }
    let values = values();
    if values.len() != count { Err(NPROM_ERR_NULL) } else { work(family, values) }
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
