//! Samples one by one.

use crate::status::{NPROM_ERR_NOT_FOUND, NPROM_ERR_NULL, NPROM_ERR_TYPE, NPROM_OK};
use crate::string::nprom_str_t;
use crate::types::nprom_group_t;
use core::ffi::{c_char, c_void};
use nanoprom_core::{Group, Sample, Type, Value, for_each_sample};

/// One sample of a page, valid during the call that it is given to.
pub struct nprom_sample_t {
    _private: [u8; 0],
}

/// Takes one sample.
pub type nprom_sample_fn =
    Option<unsafe extern "C" fn(context: *mut c_void, sample: *const nprom_sample_t)>;

/// Calls `each` with every sample of `group`, in the order and with the values of a page. Returns
/// NPROM_OK or NPROM_ERR_NULL.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nprom_for_each_sample(
    group: *const nprom_group_t,
    each: nprom_sample_fn,
    context: *mut c_void,
) -> i32 {
    // SAFETY: null or a group.
    let group = unsafe { group.cast::<Group<'static>>().as_ref() };
    let (Some(group), Some(each)) = (group, each) else {
        return NPROM_ERR_NULL;
    };
    for_each_sample(group, |sample| {
        // SAFETY: the callback keeps no pointer to the sample.
        unsafe { each(context, (&raw const *sample).cast()) };
    });
    NPROM_OK
}

/// # Safety
///
/// `sample` is null or was given to a callback that still runs.
unsafe fn sample_of<'s>(sample: *const nprom_sample_t) -> Option<&'s Sample<'s>> {
    // SAFETY: the caller's promise.
    unsafe { sample.cast::<Sample<'s>>().as_ref() }
}

/// Returns the name as it stands on the page; valid as long as the sample.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nprom_sample_name(sample: *const nprom_sample_t) -> nprom_str_t {
    // SAFETY: a sample that is still valid.
    nprom_str_t::new(unsafe { sample_of(sample) }.map_or("", Sample::name))
}

/// Returns the type of the sample's family: "counter", "gauge", "histogram", "gaugehistogram",
/// "summary", "info", "stateset" or "unknown".
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nprom_sample_type(sample: *const nprom_sample_t) -> *const c_char {
    // SAFETY: a sample that is still valid.
    match unsafe { sample_of(sample) }.map(Sample::metric_type) {
        Some(Type::Counter) => c"counter".as_ptr(),
        Some(Type::Gauge) => c"gauge".as_ptr(),
        Some(Type::Histogram) => c"histogram".as_ptr(),
        Some(Type::GaugeHistogram) => c"gaugehistogram".as_ptr(),
        Some(Type::Summary) => c"summary".as_ptr(),
        Some(Type::Info) => c"info".as_ptr(),
        Some(Type::StateSet) => c"stateset".as_ptr(),
        Some(Type::Unknown | Type::ExactCounter) => c"unknown".as_ptr(),
        _ => c"".as_ptr(),
    }
}

/// Stores name and value of the label at `index`; valid as long as the sample. Returns NPROM_OK,
/// NPROM_ERR_NULL, or NPROM_ERR_NOT_FOUND behind the last label.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nprom_sample_label(
    sample: *const nprom_sample_t,
    index: usize,
    name_out: *mut nprom_str_t,
    value_out: *mut nprom_str_t,
) -> i32 {
    // SAFETY: a sample that is still valid, and the caller's own variables.
    let (sample, name_out, value_out) =
        unsafe { (sample_of(sample), name_out.as_mut(), value_out.as_mut()) };
    let (Some(sample), Some(name_out), Some(value_out)) = (sample, name_out, value_out) else {
        return NPROM_ERR_NULL;
    };
    match sample.labels().nth(index) {
        Some((name, value)) => {
            *name_out = nprom_str_t::new(name);
            *value_out = nprom_str_t::new(value);
            NPROM_OK
        }
        None => NPROM_ERR_NOT_FOUND,
    }
}

/// Returns the value as a float, rounded to the nearest where it is an integer above 2^53.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nprom_sample_value(sample: *const nprom_sample_t) -> f64 {
    // SAFETY: a sample that is still valid.
    unsafe { sample_of(sample) }.map_or(0.0, |sample| sample.value().as_f64())
}

/// Stores the value if it is an unsigned integer: that of an integer counter, a bucket or a count.
/// Returns NPROM_OK, NPROM_ERR_NULL, or NPROM_ERR_TYPE where it is of another type.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nprom_sample_unsigned(
    sample: *const nprom_sample_t,
    value_out: *mut u64,
) -> i32 {
    // SAFETY: a sample that is still valid, and the caller's own variable.
    let (sample, value_out) = unsafe { (sample_of(sample), value_out.as_mut()) };
    let (Some(sample), Some(value_out)) = (sample, value_out) else {
        return NPROM_ERR_NULL;
    };
    match sample.value() {
        Value::Unsigned(value) => {
            *value_out = value;
            NPROM_OK
        }
        _ => NPROM_ERR_TYPE,
    }
}

/// Stores the value if it is a signed integer: that of an integer gauge. Returns NPROM_OK,
/// NPROM_ERR_NULL, or NPROM_ERR_TYPE where it is of another type.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nprom_sample_signed(
    sample: *const nprom_sample_t,
    value_out: *mut i64,
) -> i32 {
    // SAFETY: a sample that is still valid, and the caller's own variable.
    let (sample, value_out) = unsafe { (sample_of(sample), value_out.as_mut()) };
    let (Some(sample), Some(value_out)) = (sample, value_out) else {
        return NPROM_ERR_NULL;
    };
    match sample.value() {
        Value::Signed(value) => {
            *value_out = value;
            NPROM_OK
        }
        _ => NPROM_ERR_TYPE,
    }
}
