//! Exemplars, infos whose labels are set at run time, and the clock of creation times.

use crate::labels::Text;
use crate::status::{
    NPROM_ERR_BUSY, NPROM_ERR_INFINITE, NPROM_ERR_LABEL_COUNT, NPROM_ERR_LABEL_NAME,
    NPROM_ERR_NOT_UTF8, NPROM_ERR_NULL, NPROM_ERR_TEXT_FULL, NPROM_ERR_TOO_LONG, NPROM_OK,
    of_rejected,
};
use crate::string::{nprom_str_t, slice_of};
use crate::types::{nprom_counter_t, nprom_histogram_t};
use core::ffi::c_char;
use core::mem::offset_of;
use nanoprom_core::abi::{self, AnyInfoCell, LabelAt, RichCounter, RichHistogram};
use nanoprom_core::{BadExemplar, BadInfo};

/// A counter with an exemplar: a constant that points to its memory. Made by
/// NPROM_DEFINE_EXEMPLAR_COUNTER.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct nprom_exemplar_counter_t {
    /// The counter; its creation time and its exemplar lie behind it.
    pub counter: *mut nprom_counter_t,
    /// Bytes of label text that the exemplar has room for.
    pub text_size: u32,
}

/// A histogram with an exemplar in each bucket: a constant that points to its bounds and its memory. Made
/// by NPROM_DEFINE_EXEMPLAR_HISTOGRAM.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct nprom_exemplar_histogram_t {
    /// The histogram; its creation time and its exemplars lie behind its cells.
    pub histogram: nprom_histogram_t,
    /// Bytes of label text that each exemplar has room for.
    pub text_size: u32,
}

/// An info whose labels are set at run time: a constant that points to its memory. Made by
/// NPROM_DEFINE_INFO_CELL.
#[repr(C)]
pub struct nprom_info_cell_t {
    /// Two words, and the labels.
    pub words: *mut u32,
    /// Bytes of labels that it has room for: each takes 3 bytes, its name and its value.
    pub text_size: u32,
}

const _: () = assert!(size_of::<nprom_exemplar_counter_t>() == size_of::<RichCounter>());
const _: () = assert!(size_of::<nprom_exemplar_histogram_t>() == size_of::<RichHistogram<true>>());
const _: () = assert!(size_of::<nprom_info_cell_t>() == size_of::<AnyInfoCell>());
const _: () = {
    let [histogram, text_size] = RichHistogram::<true>::OFFSETS;
    assert!(histogram == 0 && text_size == offset_of!(nprom_exemplar_histogram_t, text_size));
    let [counter, text_size] = RichCounter::OFFSETS;
    assert!(counter == 0 && text_size == offset_of!(nprom_exemplar_counter_t, text_size));
    let [words, text_size] = AnyInfoCell::OFFSETS;
    assert!(words == 0 && text_size == offset_of!(nprom_info_cell_t, text_size));
    // What the header's macros build from these.
    assert!(abi::EXEMPLAR_SIZE == 24 && AnyInfoCell::SIZE == 8);
};

/// Adds `amount` to a counter, and replaces its exemplar by one with this value, these labels and this
/// time. Names and values of the labels follow each other; `count` is the number of both. The time is in
/// seconds since 1970-01-01 UTC, or NPROM_NO_TIMESTAMP.
///
/// Returns NPROM_OK; else neither counter nor exemplar is changed: NPROM_ERR_NULL, NPROM_ERR_NEGATIVE,
/// NPROM_ERR_NOT_A_NUMBER, NPROM_ERR_INFINITE (the time, too), NPROM_ERR_LABEL_COUNT (an odd number),
/// NPROM_ERR_LABEL_NAME (not legal, or there twice), NPROM_ERR_NOT_UTF8, NPROM_ERR_TOO_LONG (more than
/// 128 characters), or NPROM_ERR_TEXT_FULL (no room).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nprom_exemplar_counter_inc_by(
    counter: *const nprom_exemplar_counter_t,
    amount: f64,
    labels: *const nprom_str_t,
    count: usize,
    timestamp: f64,
) -> i32 {
    // SAFETY: null or a counter, which all share by atomics, and labels as the header asks for.
    unsafe { with_labels(labels, count, |labels| inc(counter, amount, labels, timestamp)) }
}

/// As nprom_exemplar_counter_inc_by, with strings that end in a NUL: NPROM_VALUES("trace_id", id).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nprom_exemplar_counter_inc_by_str(
    counter: *const nprom_exemplar_counter_t,
    amount: f64,
    labels: *const *const c_char,
    count: usize,
    timestamp: f64,
) -> i32 {
    // SAFETY: null or a counter, which all share by atomics, and labels as the header asks for.
    unsafe { with_labels(labels, count, |labels| inc(counter, amount, labels, timestamp)) }
}

/// # Safety
///
/// `counter` is null or a counter.
unsafe fn inc(
    counter: *const nprom_exemplar_counter_t,
    amount: f64,
    labels: LabelAt<'_>,
    timestamp: f64,
) -> i32 {
    // SAFETY: the caller's promise; the two types are the same memory.
    unsafe {
        // The child that a full family refused has no memory.
        let counter = counter.as_ref().filter(|counter| !counter.counter.is_null());
        let Some(counter) = counter else { return NPROM_ERR_NULL };
        let counter = &*(&raw const *counter).cast::<RichCounter>();
        of_bad_exemplar(counter.inc(amount, labels, time_of(timestamp)))
    }
}

/// Sets the total to 0, as nprom_counter_reset, without an exemplar, and the creation time to now.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nprom_exemplar_counter_reset(counter: *const nprom_exemplar_counter_t) {
    // SAFETY: null or a counter, which all share by atomics; the child that a full family refused has no memory.
    unsafe {
        let counter = counter.as_ref().filter(|counter| !counter.counter.is_null());
        if let Some(counter) = counter {
            (*(&raw const *counter).cast::<RichCounter>()).reset();
        }
    }
}

/// Counts `value`, and replaces the exemplar of its bucket, as nprom_exemplar_counter_inc_by does.
///
/// Returns NPROM_OK; else neither histogram nor exemplar is changed: NPROM_ERR_NULL,
/// NPROM_ERR_NOT_A_NUMBER, NPROM_ERR_INFINITE (the time), NPROM_ERR_LABEL_COUNT, NPROM_ERR_LABEL_NAME,
/// NPROM_ERR_NOT_UTF8, NPROM_ERR_TOO_LONG or NPROM_ERR_TEXT_FULL.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nprom_exemplar_histogram_observe(
    histogram: *const nprom_exemplar_histogram_t,
    value: f64,
    labels: *const nprom_str_t,
    count: usize,
    timestamp: f64,
) -> i32 {
    // SAFETY: null or a histogram, which all share by atomics, and labels as the header asks for.
    unsafe { with_labels(labels, count, |labels| observe(histogram, value, labels, timestamp)) }
}

/// As nprom_exemplar_histogram_observe, with strings that end in a NUL: NPROM_VALUES("trace_id", id).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nprom_exemplar_histogram_observe_str(
    histogram: *const nprom_exemplar_histogram_t,
    value: f64,
    labels: *const *const c_char,
    count: usize,
    timestamp: f64,
) -> i32 {
    // SAFETY: null or a histogram, which all share by atomics, and labels as the header asks for.
    unsafe { with_labels(labels, count, |labels| observe(histogram, value, labels, timestamp)) }
}

/// # Safety
///
/// `histogram` is null or a histogram.
unsafe fn observe(
    histogram: *const nprom_exemplar_histogram_t,
    value: f64,
    labels: LabelAt<'_>,
    timestamp: f64,
) -> i32 {
    // SAFETY: the caller's promise; the two types are the same memory.
    unsafe {
        let histogram = histogram.as_ref().filter(|histogram| !histogram.histogram.cells.is_null());
        let Some(histogram) = histogram else { return NPROM_ERR_NULL };
        let histogram = &*(&raw const *histogram).cast::<RichHistogram<true>>();
        of_bad_exemplar(histogram.observe(value, labels, time_of(timestamp)))
    }
}

/// Replaces all labels of an info; none takes it off the page. Names and values follow each other; `count`
/// is the number of both. Takes no lock; may be called from any thread and interrupt handler.
///
/// Returns NPROM_OK; else the info is unchanged: NPROM_ERR_NULL, NPROM_ERR_LABEL_COUNT (an odd number),
/// NPROM_ERR_LABEL_NAME (not legal, or there twice), NPROM_ERR_NOT_UTF8, NPROM_ERR_TEXT_FULL (no room), or
/// NPROM_ERR_BUSY where another thread is just setting labels, or what this interrupt handler stopped.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nprom_info_cell_set(
    info: *const nprom_info_cell_t,
    labels: *const nprom_str_t,
    count: usize,
) -> i32 {
    // SAFETY: null or an info, which all share by atomics, and labels as the header asks for.
    unsafe { with_labels(labels, count, |labels| set(info, labels)) }
}

/// As nprom_info_cell_set, with strings that end in a NUL: NPROM_VALUES("address", text).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nprom_info_cell_set_str(
    info: *const nprom_info_cell_t,
    labels: *const *const c_char,
    count: usize,
) -> i32 {
    // SAFETY: null or an info, which all share by atomics, and labels as the header asks for.
    unsafe { with_labels(labels, count, |labels| set(info, labels)) }
}

/// # Safety
///
/// `info` is null or an info.
unsafe fn set(info: *const nprom_info_cell_t, labels: LabelAt<'_>) -> i32 {
    // SAFETY: the caller's promise; the two types are the same memory.
    unsafe {
        let Some(info) = info.as_ref().filter(|info| !info.words.is_null()) else {
            return NPROM_ERR_NULL;
        };
        of_bad_info((&*(&raw const *info).cast::<AnyInfoCell>()).set(labels))
    }
}

/// Gives a time in seconds since 1970-01-01 UTC. It is called by whoever asks for a new child of a family,
/// interrupt handlers too.
pub type nprom_clock_fn = Option<extern "C" fn() -> f64>;

/// Gives the library the clock of creation times. Until then there are none on the page; metrics, and
/// children of families, that are there already get the time of this call. Call it once, at start-up, when
/// the clock is right. Returns NPROM_OK or NPROM_ERR_NULL.
#[unsafe(no_mangle)]
pub extern "C" fn nprom_set_clock(clock: nprom_clock_fn) -> i32 {
    let Some(clock) = clock else { return NPROM_ERR_NULL };
    abi::set_c_clock(clock);
    NPROM_OK
}

/// Calls `work` with pairs of names and values, if they are pairs.
///
/// # Safety
///
/// `labels` is null or points to that many strings.
unsafe fn with_labels<T: Text>(
    labels: *const T,
    count: usize,
    work: impl FnOnce(LabelAt<'_>) -> i32,
) -> i32 {
    if labels.is_null() && count > 0 {
        return NPROM_ERR_NULL;
    }
    if count % 2 == 1 {
        return NPROM_ERR_LABEL_COUNT;
    }
    // SAFETY: the caller's promise.
    let labels = unsafe { slice_of(labels, count) };
    work(&|at| match labels.get(2 * at..)? {
        // SAFETY: as above.
        &[name, value, ..] => Some(unsafe { (name.bytes(), value.bytes()) }),
        _ => None,
    })
}

fn time_of(timestamp: f64) -> Option<f64> {
    (!timestamp.is_nan()).then_some(timestamp)
}

fn of_bad_exemplar(result: Result<(), BadExemplar>) -> i32 {
    match result {
        Ok(()) => NPROM_OK,
        Err(BadExemplar::Value(rejected)) => of_rejected(Err(rejected)),
        Err(BadExemplar::NotUtf8) => NPROM_ERR_NOT_UTF8,
        Err(BadExemplar::TooLong) => NPROM_ERR_TOO_LONG,
        Err(BadExemplar::NoRoom) => NPROM_ERR_TEXT_FULL,
        Err(BadExemplar::Timestamp) => NPROM_ERR_INFINITE,
        Err(_) => NPROM_ERR_LABEL_NAME,
    }
}

fn of_bad_info(result: Result<(), BadInfo>) -> i32 {
    match result {
        Ok(()) => NPROM_OK,
        Err(BadInfo::NotUtf8) => NPROM_ERR_NOT_UTF8,
        Err(BadInfo::NoRoom) => NPROM_ERR_TEXT_FULL,
        Err(BadInfo::Busy) => NPROM_ERR_BUSY,
        Err(_) => NPROM_ERR_LABEL_NAME,
    }
}
