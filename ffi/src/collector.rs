//! Collectors: what their functions say of a family and of a series.

use crate::labels::Text;
use crate::status::{NPROM_ERR_NULL, NPROM_ERR_TYPE, NPROM_OK};
use crate::string::{bytes_of, nprom_str_t, slice_of};
use crate::types::nprom_int_counter_t;
use core::ffi::{c_char, c_void};
use nanoprom_core::abi::AnyCollector;
use nanoprom_core::{CollectedFamily, CollectedSeries, Type};

/// A total that only goes up.
pub const NPROM_TYPE_COUNTER: u32 = 0;
/// A value that goes up and down.
pub const NPROM_TYPE_GAUGE: u32 = 1;
/// Observations counted in buckets.
pub const NPROM_TYPE_HISTOGRAM: u32 = 2;
/// Buckets whose counts go up and down.
pub const NPROM_TYPE_GAUGE_HISTOGRAM: u32 = 3;
/// Observations counted and summed up, with or without quantiles.
pub const NPROM_TYPE_SUMMARY: u32 = 4;
/// Facts, as labels.
pub const NPROM_TYPE_INFO: u32 = 5;
/// Which of several states there are.
pub const NPROM_TYPE_STATE_SET: u32 = 6;
/// A value of which nothing is known.
pub const NPROM_TYPE_UNKNOWN: u32 = 7;

/// A family that a collector describes, valid during the call that it is given to.
pub struct nprom_collected_family_t {
    _private: [u8; 0],
}

/// A series that a collector gives, valid during the call that it is given to.
pub struct nprom_collected_series_t {
    _private: [u8; 0],
}

/// Describes family `number`, from 0 on. Returns 1, 0 where there is none any more, or a negative number
/// where the collector failed, which ends its part of the page.
pub type nprom_family_fn = Option<
    unsafe extern "C" fn(
        context: *mut c_void,
        number: u32,
        out: *mut nprom_collected_family_t,
    ) -> i32,
>;

/// Gives series `number` of a family. Returns as an nprom_family_fn.
pub type nprom_series_fn = Option<
    unsafe extern "C" fn(
        context: *mut c_void,
        family: u32,
        number: u32,
        out: *mut nprom_collected_series_t,
    ) -> i32,
>;

/// Families and series that are asked for when a page is read, each once, by whoever reads the page, by two at
/// a time where two read: a constant. The row is NPROM_COLLECTOR.
///
/// What is given is copied into the scratch memory of the page's reader, where a family's texts and one
/// series at a time have to fit, and 5 bytes for each family. What does not fit or is no valid metric
/// (names, label names that are there twice, text that is not UTF-8, values that a type cannot have,
/// families that the page has already) is left out and counted. So is a series that its family has already:
/// one of the first 4096, as far as 8 bytes for each have room in the scratch memory, or the one before; beyond
/// that the collector has to see to it that none comes again. Labels without a value tell no series apart.
/// Of a summary, OpenMetrics leaves out quantiles with negative values, which it does not allow.
///
/// Bytes: a family its name, its help and 21; a series 25, its names and values, 3 a label, 16 a bucket, 33 a
/// quantile, 2 and the name a state. More than 64 kB is of no use; the server and text files of nanoprom_host.h
/// have so much, nprom_encode and nprom_encode_buffer 1 kB.
#[repr(C)]
pub struct nprom_collector_t {
    /// Describes the families.
    pub family: nprom_family_fn,
    /// Gives their series.
    pub series: nprom_series_fn,
    /// What both are given.
    pub context: *mut c_void,
    /// Counts failures and what was left out; may be null.
    pub errors: *const nprom_int_counter_t,
    /// Most families a page; 0 is 1000. One more ends the collector's part of the page, as a failure.
    pub max_families: u32,
    /// Most series a page, likewise; 0 is 100000.
    pub max_series: u32,
}

const _: () = {
    use core::mem::offset_of;
    let c = [
        offset_of!(nprom_collector_t, family),
        offset_of!(nprom_collector_t, series),
        offset_of!(nprom_collector_t, context),
        offset_of!(nprom_collector_t, errors),
        offset_of!(nprom_collector_t, max_families),
        offset_of!(nprom_collector_t, max_series),
    ];
    let mut at = 0;
    while at < c.len() {
        assert!(c[at] == AnyCollector::OFFSETS[at], "a field of nprom_collector_t is elsewhere");
        at += 1;
    }
    assert!(size_of::<nprom_collector_t>() == size_of::<AnyCollector>());
};

/// A bucket of a histogram: its upper bound, and how many are in it alone.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct nprom_bucket_t {
    /// The upper bound.
    pub bound: f64,
    /// How many.
    pub count: u64,
}

/// A quantile of a summary.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct nprom_quantile_t {
    /// From 0 to 1.
    pub quantile: f64,
    /// The value that this share of the observations does not exceed; NaN where there is none.
    pub value: f64,
}

/// # Safety
///
/// `out` is null or was given to a function that still runs.
unsafe fn say_of_family(
    out: *mut nprom_collected_family_t,
    say: impl FnOnce(&mut CollectedFamily<'static>),
) -> i32 {
    // SAFETY: the caller's promise.
    let Some(out) = (unsafe { out.cast::<CollectedFamily<'static>>().as_mut() }) else {
        return NPROM_ERR_NULL;
    };
    say(out);
    NPROM_OK
}

/// # Safety
///
/// `out` is null or was given to a function that still runs.
unsafe fn say_of_series(
    out: *mut nprom_collected_series_t,
    say: impl FnOnce(&mut CollectedSeries<'static>),
) -> i32 {
    // SAFETY: the caller's promise.
    let Some(out) = (unsafe { out.cast::<CollectedSeries<'static>>().as_mut() }) else {
        return NPROM_ERR_NULL;
    };
    say(out);
    NPROM_OK
}

/// What a call gives whose `name` must not be null. It was made with an empty one, so that the page leaves out what
/// would lack it.
fn unless_null(name: *const c_char, status: i32) -> i32 {
    if name.is_null() { NPROM_ERR_NULL } else { status }
}

/// Says what a family is, once: its type (NPROM_TYPE_COUNTER and its sisters), its name without the
/// prefixes of its groups, its help text, which may be null for none. Returns NPROM_OK, NPROM_ERR_NULL, or
/// NPROM_ERR_TYPE where there is no such type. Whether the name can stand on the page is found out later.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nprom_collected_family_describe(
    out: *mut nprom_collected_family_t,
    metric_type: u32,
    name: *const c_char,
    help: *const c_char,
) -> i32 {
    let of = match metric_type {
        NPROM_TYPE_COUNTER => Type::Counter,
        NPROM_TYPE_GAUGE => Type::Gauge,
        NPROM_TYPE_HISTOGRAM => Type::Histogram,
        NPROM_TYPE_GAUGE_HISTOGRAM => Type::GaugeHistogram,
        NPROM_TYPE_SUMMARY => Type::Summary,
        NPROM_TYPE_INFO => Type::Info,
        NPROM_TYPE_STATE_SET => Type::StateSet,
        NPROM_TYPE_UNKNOWN => Type::Unknown,
        _ => return NPROM_ERR_TYPE,
    };
    // SAFETY: null or strings that end in a NUL.
    let (text, help) = unsafe { (bytes_of(name), bytes_of(help)) };
    // SAFETY: null or what the collector was given.
    unless_null(name, unsafe { say_of_family(out, |out| out.__describe(of, text, help)) })
}

/// Says a family's unit, which is the end of its name behind a `_`. Base units of Prometheus, such as
/// seconds and bytes, are known without. Returns NPROM_OK or NPROM_ERR_NULL.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nprom_collected_family_unit(
    out: *mut nprom_collected_family_t,
    unit: *const c_char,
) -> i32 {
    // SAFETY: null or a string that ends in a NUL.
    let text = unsafe { bytes_of(unit) };
    // SAFETY: null or what the collector was given.
    unless_null(unit, unsafe { say_of_family(out, |out| out.__unit(text)) })
}

/// Adds a label, before the value is given. Returns NPROM_OK or NPROM_ERR_NULL.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nprom_collected_series_label(
    out: *mut nprom_collected_series_t,
    name: *const c_char,
    value: nprom_str_t,
) -> i32 {
    // SAFETY: null or a string that ends in a NUL, and a string of this length.
    let (text, value) = unsafe { (bytes_of(name), value.bytes()) };
    // SAFETY: null or what the collector was given.
    unless_null(name, unsafe { say_of_series(out, |out| out.__label(text, value)) })
}

/// As nprom_collected_series_label, with a value that ends in a NUL; null stands for an empty one.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nprom_collected_series_label_str(
    out: *mut nprom_collected_series_t,
    name: *const c_char,
    value: *const c_char,
) -> i32 {
    // SAFETY: null or strings that end in a NUL.
    let (text, value) = unsafe { (bytes_of(name), bytes_of(value)) };
    // SAFETY: null or what the collector was given.
    unless_null(name, unsafe { say_of_series(out, |out| out.__label(text, value)) })
}

/// Gives the value of a counter, a gauge or a metric of unknown type. Returns NPROM_OK or NPROM_ERR_NULL.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nprom_collected_series_value(
    out: *mut nprom_collected_series_t,
    value: f64,
) -> i32 {
    // SAFETY: null or what the collector was given.
    unsafe { say_of_series(out, |out| out.value(value)) }
}

/// As nprom_collected_series_value, exactly, whatever the size.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nprom_collected_series_unsigned(
    out: *mut nprom_collected_series_t,
    value: u64,
) -> i32 {
    // SAFETY: null or what the collector was given.
    unsafe { say_of_series(out, |out| out.value(value)) }
}

/// As nprom_collected_series_value, exactly, whatever the size.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nprom_collected_series_signed(
    out: *mut nprom_collected_series_t,
    value: i64,
) -> i32 {
    // SAFETY: null or what the collector was given.
    unsafe { say_of_series(out, |out| out.value(value)) }
}

/// Gives the value of a histogram or a gauge histogram: buckets with ascending bounds, and the sum. The
/// bucket of +Inf is the last; it is empty if it is not said. Returns NPROM_OK or NPROM_ERR_NULL.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nprom_collected_series_histogram(
    out: *mut nprom_collected_series_t,
    buckets: *const nprom_bucket_t,
    bucket_count: usize,
    sum: f64,
) -> i32 {
    if buckets.is_null() && bucket_count > 0 {
        return NPROM_ERR_NULL;
    }
    // SAFETY: null or so many buckets.
    let buckets = unsafe { slice_of(buckets, bucket_count) }.iter().map(|b| (b.bound, b.count));
    // SAFETY: null or what the collector was given.
    unsafe { say_of_series(out, |out| out.__histogram(buckets, sum)) }
}

/// Gives the value of a summary: count, sum, and quantiles in ascending order, if any. Returns NPROM_OK or
/// NPROM_ERR_NULL.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nprom_collected_series_summary(
    out: *mut nprom_collected_series_t,
    count: u64,
    sum: f64,
    quantiles: *const nprom_quantile_t,
    quantile_count: usize,
) -> i32 {
    if quantiles.is_null() && quantile_count > 0 {
        return NPROM_ERR_NULL;
    }
    // SAFETY: null or so many quantiles.
    let quantiles = unsafe { slice_of(quantiles, quantile_count) };
    let quantiles = quantiles.iter().map(|q| (q.quantile, q.value));
    // SAFETY: null or what the collector was given.
    unsafe { say_of_series(out, |out| out.__summary(count, sum, quantiles)) }
}

/// Adds a state of a state set: its name, and whether it is on. Returns NPROM_OK or NPROM_ERR_NULL.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nprom_collected_series_state(
    out: *mut nprom_collected_series_t,
    name: *const c_char,
    on: i32,
) -> i32 {
    if name.is_null() {
        return NPROM_ERR_NULL;
    }
    // SAFETY: a string that ends in a NUL.
    let name = unsafe { bytes_of(name) };
    // SAFETY: null or what the collector was given.
    unsafe { say_of_series(out, |out| out.__state(name, on != 0)) }
}

/// Says when the value was measured, in milliseconds since 1970: for all series of a family or for none.
/// Leave it out unless the value is known to be old. Returns NPROM_OK or NPROM_ERR_NULL.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nprom_collected_series_timestamp_ms(
    out: *mut nprom_collected_series_t,
    timestamp: i64,
) -> i32 {
    // SAFETY: null or what the collector was given.
    unsafe { say_of_series(out, |out| out.timestamp_ms(timestamp)) }
}
