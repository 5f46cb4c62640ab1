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

/// A string: pointer and length.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct nprom_str_t {
    data: *const c_char,
    len: usize,
}

/// Strings as C has them, with a length or with a NUL at the end.
trait Text: Copy {
    /// An empty one if it is null.
    ///
    /// # Safety
    ///
    /// It is null or a string that lives for `'t`.
    unsafe fn bytes<'t>(self) -> &'t [u8];

    /// Whether it is null, which in a pattern stands for any value.
    fn is_null(self) -> bool;
}

impl Text for nprom_str_t {
    unsafe fn bytes<'t>(self) -> &'t [u8] {
        if self.is_null() {
            &[]
        } else {
            // SAFETY: the caller's promise.
            unsafe { slice::from_raw_parts(self.data.cast(), self.len) }
        }
    }

    fn is_null(self) -> bool {
        self.data.is_null()
    }
}

impl Text for *const c_char {
    unsafe fn bytes<'t>(self) -> &'t [u8] {
        // SAFETY: the caller's promise.
        if Text::is_null(self) { &[] } else { unsafe { CStr::from_ptr(self) }.to_bytes() }
    }

    fn is_null(self) -> bool {
        <*const c_char>::is_null(self)
    }
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

/// How labels are given: their values, or their names too.
#[derive(Clone, Copy, PartialEq)]
enum By {
    Position,
    Name,
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
    let strings = match unsafe { strings_of(family, strings, count, by) } {
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
    let strings = match unsafe { strings_of(family, strings, count, by) } {
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
    match unsafe { strings_of(family, pattern, count, By::Position) } {
        Ok(pattern) => {
            // SAFETY: as above.
            let wanted = |&text: &T| (!text.is_null()).then(|| unsafe { text.bytes() });
            *out = family.remove_matching(pattern.iter().map(wanted));
            NPROM_OK
        }
        Err(status) => status,
    }
}

/// The strings, if there are as many as the labels ask for.
///
/// # Safety
///
/// `strings` is null or points to `count` strings that live for `'t`.
unsafe fn strings_of<'t, T: Text>(
    family: &AnyGrowing,
    strings: *const T,
    count: usize,
    by: By,
) -> Result<&'t [T], i32> {
    if count != family.label_count() * if by == By::Name { 2 } else { 1 } {
        return Err(NPROM_ERR_LABEL_COUNT);
    }
    if strings.is_null() {
        return Err(NPROM_ERR_NULL);
    }
    // SAFETY: the caller's promise.
    Ok(unsafe { slice::from_raw_parts(strings, count) })
}

/// # Safety
///
/// The strings live for `'t`, or are null.
unsafe fn values_of<'t, T: Text>(
    strings: &'t [T],
) -> impl ExactSizeIterator<Item = &'t [u8]> + Clone + use<'t, T> {
    // SAFETY: the caller's promise.
    strings.iter().map(|text| unsafe { text.bytes() })
}

/// Names and values, which follow each other.
///
/// # Safety
///
/// As for [`values_of`].
unsafe fn pairs_of<'t, T: Text>(
    strings: &'t [T],
) -> impl Iterator<Item = (&'t [u8], &'t [u8])> + Clone + use<'t, T> {
    let (pairs, _) = strings.as_chunks();
    // SAFETY: the caller's promise.
    pairs.iter().map(|&[name, value]| unsafe { (name.bytes(), value.bytes()) })
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
