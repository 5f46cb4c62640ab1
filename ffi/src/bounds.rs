//! Histograms whose bounds are known only at run time, in the caller's memory.

use crate::status::{NPROM_ERR_BUFFER, NPROM_ERR_NULL, NPROM_ERR_TABLE, NPROM_OK};
use crate::string::slice_of;
use crate::types::{nprom_cell64_t, nprom_histogram_t, nprom_histogram32_t, nprom_int_histogram_t};
use core::slice;
use nanoprom_core::abi::{bounds_fault, exponential, linear, ticks_fault};

/// Stores `bound_count` bounds, each `width` above the one before; +Inf is not among them. Returns
/// NPROM_OK, NPROM_ERR_NULL, or NPROM_ERR_TABLE where they do not ascend or are not finite.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nprom_linear_bounds(
    start: f64,
    width: f64,
    bounds_out: *mut f64,
    bound_count: usize,
) -> i32 {
    // SAFETY: the caller's own array of that length.
    unsafe { fill(bounds_out, bound_count, |bounds| linear(bounds, start, width)) }
}

/// Stores `bound_count` bounds, each `factor` times the one before; +Inf is not among them. Returns
/// NPROM_OK, NPROM_ERR_NULL, or NPROM_ERR_TABLE where they do not ascend or are not finite.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nprom_exponential_bounds(
    start: f64,
    factor: f64,
    bounds_out: *mut f64,
    bound_count: usize,
) -> i32 {
    // SAFETY: the caller's own array of that length.
    unsafe { fill(bounds_out, bound_count, |bounds| exponential(bounds, start, factor)) }
}

/// # Safety
///
/// `bounds_out` is null or the caller's own array of `bound_count` floats, whatever they hold.
unsafe fn fill(
    bounds_out: *mut f64,
    bound_count: usize,
    with: impl FnOnce(&mut [f64]) -> Option<&'static str>,
) -> i32 {
    if bounds_out.is_null() {
        return NPROM_ERR_NULL;
    }
    // SAFETY: the caller's promise; zeroed first, since nobody says that it was.
    let bounds = unsafe {
        bounds_out.write_bytes(0, bound_count);
        slice::from_raw_parts_mut(bounds_out, bound_count)
    };
    of_fault(with(bounds))
}

fn of_fault(fault: Option<&'static str>) -> i32 {
    if fault.is_some() { NPROM_ERR_TABLE } else { NPROM_OK }
}

/// What is wrong with the memory of a histogram of `needed` cells; sets these to zero if nothing is.
///
/// # Safety
///
/// `cells` is null or points to `cell_count` cells that nobody uses.
unsafe fn claim(cells: *mut nprom_cell64_t, cell_count: usize, needed: usize) -> i32 {
    if cells.is_null() {
        return NPROM_ERR_NULL;
    }
    if cell_count < needed {
        return NPROM_ERR_BUFFER;
    }
    // SAFETY: the caller's promise.
    unsafe { cells.write_bytes(0, needed) };
    NPROM_OK
}

/// Makes a histogram of bounds that are known at run time, and of cells that it sets to zero: two more
/// than there are bounds. A last bound that is +Inf is left out, and takes no cell. Both arrays are the
/// histogram's from then on.
///
/// Call it before the histogram is used and before a page is made of it; on failure the histogram is
/// unchanged. Returns NPROM_OK, NPROM_ERR_NULL, NPROM_ERR_BUFFER where there are too few cells, or
/// NPROM_ERR_TABLE where the bounds do not ascend or are not finite.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nprom_histogram_init(
    histogram: *mut nprom_histogram_t,
    bounds: *const f64,
    bound_count: usize,
    cells: *mut nprom_cell64_t,
    cell_count: usize,
) -> i32 {
    if histogram.is_null() || (bounds.is_null() && bound_count > 0) {
        return NPROM_ERR_NULL;
    }
    // SAFETY: an array of that length.
    let floats = match unsafe { slice_of(bounds, bound_count) } {
        [finite @ .., f64::INFINITY] => finite,
        all => all,
    };
    let Ok(count) = u32::try_from(floats.len()) else {
        return NPROM_ERR_TABLE;
    };
    if bounds_fault(floats).is_some() {
        return NPROM_ERR_TABLE;
    }
    // SAFETY: cells that are to be this histogram's, and a histogram that nobody uses yet.
    unsafe {
        let status = claim(cells, cell_count, floats.len().saturating_add(2));
        if status == NPROM_OK {
            histogram.write(nprom_histogram_t { bounds, cells, bound_count: count });
        }
        status
    }
}

/// As nprom_histogram_init, with bounds in ticks, of which `ticks_per_unit` make one unit of the page.
/// Returns NPROM_OK, NPROM_ERR_NULL, NPROM_ERR_BUFFER where there are too few cells, or NPROM_ERR_TABLE
/// where the bounds do not ascend or `ticks_per_unit` is 0.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nprom_int_histogram_init(
    histogram: *mut nprom_int_histogram_t,
    ticks_per_unit: u32,
    bounds: *const u32,
    bound_count: usize,
    cells: *mut nprom_cell64_t,
    cell_count: usize,
) -> i32 {
    let needed = bound_count.saturating_add(2);
    // SAFETY: bounds and cells that are to be this histogram's, and a histogram that nobody uses yet.
    unsafe {
        let status = ticks_status(
            histogram.is_null(),
            ticks_per_unit,
            (bounds, bound_count),
            (cells, cell_count),
            needed,
        );
        if status == NPROM_OK {
            let bound_count = bound_count as u32;
            histogram.write(nprom_int_histogram_t { bounds, cells, bound_count, ticks_per_unit });
        }
        status
    }
}

/// As nprom_int_histogram_init, with small counts: it needs 1 + (bound_count + 2) / 2 cells.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nprom_histogram32_init(
    histogram: *mut nprom_histogram32_t,
    ticks_per_unit: u32,
    bounds: *const u32,
    bound_count: usize,
    cells: *mut nprom_cell64_t,
    cell_count: usize,
) -> i32 {
    let needed = 1 + bound_count.saturating_add(2) / 2;
    // SAFETY: bounds and cells that are to be this histogram's, and a histogram that nobody uses yet.
    unsafe {
        let status = ticks_status(
            histogram.is_null(),
            ticks_per_unit,
            (bounds, bound_count),
            (cells, cell_count),
            needed,
        );
        if status == NPROM_OK {
            let bound_count = bound_count as u32;
            histogram.write(nprom_histogram32_t { bounds, cells, bound_count, ticks_per_unit });
        }
        status
    }
}

/// Checks what a histogram of ticks is to be made of, and sets its cells to zero if it is sound.
///
/// # Safety
///
/// The pointers are null or point to as many bounds and cells as stand beside them.
unsafe fn ticks_status(
    histogram_is_null: bool,
    ticks_per_unit: u32,
    (bounds, bound_count): (*const u32, usize),
    (cells, cell_count): (*mut nprom_cell64_t, usize),
    needed: usize,
) -> i32 {
    if histogram_is_null || (bounds.is_null() && bound_count > 0) {
        return NPROM_ERR_NULL;
    }
    // SAFETY: the caller's promise.
    let ticks = unsafe { slice_of(bounds, bound_count) };
    if u32::try_from(bound_count).is_err() || ticks_fault(ticks, ticks_per_unit).is_some() {
        return NPROM_ERR_TABLE;
    }
    // SAFETY: the caller's promise.
    unsafe { claim(cells, cell_count, needed) }
}
