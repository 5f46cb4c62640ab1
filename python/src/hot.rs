//! What is called all the time: `inc`, `set`, `observe`, `labels`.
//!
//! These are written against the C API by hand. As methods of PyO3 for all versions since 3.9 they take a tuple for each
//! call, which costs more than the update itself; `docs/python.md` has the figures.

use crate::arguments::{Arguments, FASTCALL_KEYWORDS, Fast, missing};
use crate::metric::{Base, refused, value_error};
use crate::process;
use crate::strings::text;
use nanoprom::runtime::{Buckets, Series};
use nanoprom::{BadExemplar, Rejected};
use pyo3::exceptions::{PyRuntimeError, PyTypeError, PyValueError};
use pyo3::ffi;
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyString, PyType};
use std::ffi::CStr;
use std::{ptr, slice};

/// A method that gives None.
macro_rules! method {
    ($name:ident, $body:expr) => {
        unsafe extern "C" fn $name(
            this: *mut ffi::PyObject,
            all: *const *mut ffi::PyObject,
            positional: isize,
            names: *mut ffi::PyObject,
        ) -> *mut ffi::PyObject {
            // SAFETY: the interpreter calls this, with an instance of the class that the method is one of.
            let (py, base) = unsafe {
                let py = Python::assume_attached();
                (py, Borrowed::from_ptr(py, this).cast_unchecked::<Base>())
            };
            let arguments = Arguments { all, positional: positional as usize, names, py };
            let body: for<'py> fn(
                Borrowed<'py, 'py, Base>,
                Arguments<'py>,
            ) -> PyResult<*mut ffi::PyObject> = $body;
            body(base, arguments).unwrap_or_else(|error| {
                error.restore(py);
                ptr::null_mut()
            })
        }
    };
}

#[inline]
fn none() -> PyResult<*mut ffi::PyObject> {
    // SAFETY: a new reference to an object that lives for ever.
    unsafe {
        let none = ffi::Py_None();
        ffi::Py_INCREF(none);
        Ok(none)
    }
}

#[inline]
fn float(value: Borrowed<'_, '_, PyAny>) -> PyResult<f64> {
    // SAFETY: an object that lives.
    let float = unsafe { ffi::PyFloat_AsDouble(value.as_ptr()) };
    if float == -1.0
        && let Some(error) = PyErr::take(value.py())
    {
        return Err(error);
    }
    Ok(float)
}

/// As Python's `float()`, which takes strings too.
fn any_float(value: Borrowed<'_, '_, PyAny>) -> PyResult<f64> {
    // SAFETY: an object that lives; the result is a new one, or null with an exception.
    let float =
        unsafe { Bound::from_owned_ptr_or_err(value.py(), ffi::PyNumber_Float(value.as_ptr())) }?;
    float.extract()
}

#[cold]
fn no_labels(kind: &str) -> PyErr {
    PyValueError::new_err(format!("{kind} metric is missing label values"))
}

#[cold]
fn bad_amount(_: Rejected) -> PyErr {
    PyValueError::new_err("Counters can only be incremented by non-negative amounts.")
}

#[cold]
fn bad_exemplar(fault: BadExemplar) -> PyErr {
    match fault {
        BadExemplar::Value(rejected) => bad_amount(rejected),
        fault => value_error(fault),
    }
}

/// The labels of an exemplar; none if it is None or empty.
fn exemplar_labels(exemplar: Borrowed<'_, '_, PyAny>) -> PyResult<Vec<(String, String)>> {
    let mut labels: Vec<(String, String)> = if exemplar.is_truthy()? {
        exemplar.call_method0("items")?.try_iter()?.map(|pair| pair?.extract()).collect()
    } else {
        Ok(Vec::new())
    }?;
    // As labels of series, in the order of their names.
    labels.sort();
    let length = |(name, value): &(String, String)| name.chars().count() + value.chars().count();
    let characters: usize = labels.iter().map(length).sum();
    if characters > 128 {
        return Err(PyValueError::new_err(format!(
            "Exemplar labels have {characters} UTF-8 characters, exceeding the limit of 128"
        )));
    }
    Ok(labels)
}

fn pairs(labels: &[(String, String)]) -> Vec<(&str, &str)> {
    labels.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect()
}

// A number may be any object, whose `__float__` may do anything, to this metric too: nothing of a metric is held while
// numbers and labels are read.

/// The series' counter.
#[inline]
fn counter_of<'a>(this: &'a Base, py: Python<'a>) -> PyResult<(&'a Series, &'a nanoprom::Counter)> {
    let series = this.peek(py).series.as_ref();
    let both = series.and_then(|series| Some((series, series.counter()?)));
    both.ok_or_else(|| no_labels("counter"))
}

method!(counter_inc, |this, arguments| {
    let (this, py) = (this.get(), arguments.py);
    let (_, counter) = counter_of(this, py)?;
    if arguments.is_none() {
        counter.inc();
        return none();
    }
    if let Some(amount) = arguments.only() {
        let amount = float(amount)?;
        counter_of(this, py)?.1.inc_by(amount).map_err(bad_amount)?;
        return none();
    }
    let [amount, exemplar] = arguments.take("inc", ["amount", "exemplar"])?;
    let amount = amount.map_or(Ok(1.0), float)?;
    let labels = exemplar.map_or_else(|| Ok(Vec::new()), exemplar_labels)?;
    let (series, counter) = counter_of(this, py)?;
    if labels.is_empty() {
        counter.inc_by(amount).map_err(bad_amount)?;
    } else {
        let now = Some(nanoprom::clock::unix_seconds());
        series.inc_with_exemplar(amount, &pairs(&labels), now).map_err(bad_exemplar)?;
    }
    none()
});

/// The series' gauge, unless it has a function.
#[inline]
fn with_gauge(
    this: &Base,
    py: Python<'_>,
    update: impl FnOnce(&nanoprom::Gauge),
) -> PyResult<*mut ffi::PyObject> {
    if this.peek(py).is_foreign() {
        this.renew(py)?;
    }
    let state = this.peek(py);
    match state.series.as_ref().and_then(Series::gauge) {
        Some(_) if state.silent => none(),
        Some(gauge) => {
            update(gauge);
            none()
        }
        None => Err(no_labels("gauge")),
    }
}

/// Adds to a gauge, which one that shows what was set last does not allow.
#[inline]
fn step(
    this: &Base,
    arguments: Arguments<'_>,
    method: &str,
    update: impl FnOnce(&nanoprom::Gauge, f64),
) -> PyResult<*mut ffi::PyObject> {
    let [amount] = arguments.take(method, ["amount"])?;
    if this.peek(arguments.py).mode.most_recent {
        return Err(PyRuntimeError::new_err(format!(
            "{method} must not be used with the mostrecent mode"
        )));
    }
    let amount = amount.map_or(Ok(1.0), float)?;
    with_gauge(this, arguments.py, |gauge| update(gauge, amount))
}

method!(gauge_inc, |this, arguments| {
    step(this.get(), arguments, "inc", nanoprom::Gauge::inc_by)
});

method!(gauge_dec, |this, arguments| {
    step(this.get(), arguments, "dec", nanoprom::Gauge::dec_by)
});

method!(gauge_set, |this, arguments| {
    let [value] = arguments.take("set", ["value"])?;
    let value = value.ok_or_else(|| missing("set", "value"))?;
    let value = float(value).or_else(|_| any_float(value))?;
    with_gauge(this.get(), arguments.py, |gauge| gauge.set(value))
});

method!(summary_observe, |this, arguments| {
    let [amount] = arguments.take("observe", ["amount"])?;
    let amount = float(amount.ok_or_else(|| missing("observe", "amount"))?)?;
    let series = this.get().peek(arguments.py).series.as_ref();
    let Some(summary) = series.and_then(Series::summary) else {
        return Err(no_labels("summary"));
    };
    summary.observe(amount);
    none()
});

/// The series' histogram.
#[inline]
fn histogram_of<'a>(this: &'a Base, py: Python<'a>) -> PyResult<(&'a Series, Buckets<'a>)> {
    let series = this.peek(py).series.as_ref();
    let both = series.and_then(|series| Some((series, series.histogram()?)));
    both.ok_or_else(|| no_labels("histogram"))
}

method!(histogram_observe, |this, arguments| {
    let (this, py) = (this.get(), arguments.py);
    if let Some(amount) = arguments.only() {
        histogram_of(this, py)?;
        let amount = float(amount)?;
        histogram_of(this, py)?.1.observe(amount);
        return none();
    }
    let [amount, exemplar] = arguments.take("observe", ["amount", "exemplar"])?;
    let amount = float(amount.ok_or_else(|| missing("observe", "amount"))?)?;
    let labels = exemplar.map_or_else(|| Ok(Vec::new()), exemplar_labels)?;
    let (series, histogram) = histogram_of(this, py)?;
    if labels.is_empty() {
        histogram.observe(amount);
    } else {
        let now = Some(nanoprom::clock::unix_seconds());
        series.observe_with_exemplar(amount, &pairs(&labels), now).map_err(bad_exemplar)?;
    }
    none()
});

/// Label values up to this number need no memory of their own.
const USUAL: usize = 8;

method!(labels, |this, arguments| {
    let names = this.get().names();
    let count = names.len();
    let mut values = [""; USUAL];
    let usual = if count == 0 || count > USUAL {
        false
    } else if arguments.names.is_null() {
        arguments.positional == count
            && values
                .iter_mut()
                .enumerate()
                .take(count)
                .all(|(at, to)| put_text(to, arguments.get(at)))
    } else {
        arguments.positional == 0 && arguments.named().count() == count && {
            let value_of = |name: &String| {
                arguments.named().find(|(known, _)| known == name).map(|(_, value)| value)
            };
            values.iter_mut().zip(names).all(|(to, name)| put_text(to, value_of(name)))
        }
    };
    if usual {
        child(this, values.get(..count).unwrap_or_default())
    } else {
        unusual_labels(this, arguments)
    }
});

/// Whether the value is a string that can be a label.
#[inline]
fn put_text<'py>(to: &mut &'py str, value: Option<Borrowed<'py, 'py, PyAny>>) -> bool {
    match value.map(text) {
        Some(Ok(value)) => {
            *to = value;
            true
        }
        _ => false,
    }
}

/// All ways to give labels that are not the usual one, and all mistakes.
#[cold]
fn unusual_labels<'py>(
    this: Borrowed<'py, 'py, Base>,
    arguments: Arguments<'py>,
) -> PyResult<*mut ffi::PyObject> {
    let py = arguments.py;
    let positional: Vec<_> = (0..arguments.positional)
        .filter_map(|at| arguments.get(at))
        .map(|value| value.to_owned())
        .collect();
    let named = PyDict::new(py);
    for (name, value) in arguments.named() {
        named.set_item(name, value)?;
    }
    // The metric's own names, and the sentences of what is wrong, are Python's.
    let values = this.call_method1("_label_values", (positional, named))?;
    let values: Vec<Bound<'_, PyString>> = values.extract()?;
    let values = values
        .iter()
        .map(|value| text(value.as_any().as_borrowed()))
        .collect::<PyResult<Vec<_>>>()?;
    child(this, &values)
}

/// The series with these label values, of this process where each has its own.
fn series_of(this: &Base, py: Python<'_>, values: &[&str]) -> PyResult<Series> {
    let per_process = this.peek(py).mode.per_process;
    // Functions are compared by their series.
    if per_process && this.peek(py).is_foreign() {
        this.renew(py)?;
    }
    let Some(family) = &this.peek(py).family else { return Err(no_labels("the")) };
    let series = if per_process {
        let this_process = process::id().to_string();
        let own: Vec<&str> = values.iter().copied().chain([this_process.as_str()]).collect();
        family.series(&own)
    } else {
        family.series(values)
    };
    series.map_err(refused)
}

/// The object of the series with these label values: the one that somebody has, or a new one.
fn child(this: Borrowed<'_, '_, Base>, values: &[&str]) -> PyResult<*mut ffi::PyObject> {
    let mut new = None;
    loop {
        let series = series_of(this.get(), this.py(), values)?;
        let object = series.tag().cast::<ffi::PyObject>();
        // SAFETY: the tag is taken off before its object goes; an object that is just going has no references, and a
        // new one takes its place.
        unsafe {
            if !object.is_null() && ffi::Py_REFCNT(object) > 0 {
                ffi::Py_INCREF(object);
                return Ok(object);
            }
        }
        if let Some(object) = new.take() {
            Base::adopt(&object, series, &this.to_owned())?;
            return Ok(object.into_ptr());
        }
        // This may run anything, which may give the series an object, or the metric other series.
        new = Some(new_of_same_type(this)?);
    }
}

/// A new object of the class of `this`, whose `__init__` is not called.
fn new_of_same_type<'py>(this: Borrowed<'_, 'py, Base>) -> PyResult<Bound<'py, Base>> {
    let py = this.py();
    // SAFETY: each class has a function that makes its objects; of its own are only those of Python, which are given
    // what they ask for: a class, a tuple, no names.
    let object = unsafe {
        let class = ffi::Py_TYPE(this.as_ptr());
        let new: ffi::newfunc = std::mem::transmute(ffi::PyType_GetSlot(class, ffi::Py_tp_new));
        let empty = ffi::PyTuple_New(0);
        let object = new(class, empty, ptr::null_mut());
        ffi::Py_DECREF(empty);
        Bound::from_owned_ptr_or_err(py, object)?
    };
    Ok(object.cast_into::<Base>()?)
}

#[repr(transparent)]
struct Table<const N: usize>([ffi::PyMethodDef; N]);

// SAFETY: constants, which the interpreter only reads.
unsafe impl<const N: usize> Sync for Table<N> {}

const fn entry(name: &'static CStr, method: Fast, doc: &'static CStr) -> ffi::PyMethodDef {
    ffi::PyMethodDef {
        ml_name: name.as_ptr(),
        // SAFETY: a function pointer; the flags say which sort.
        ml_meth: unsafe { std::mem::transmute::<Fast, ffi::PyMethodDefPointer>(method) },
        ml_flags: FASTCALL_KEYWORDS,
        ml_doc: doc.as_ptr(),
    }
}

const LABELS: ffi::PyMethodDef = entry(
    c"labels",
    labels,
    c"labels($self, /, *labelvalues, **labelkwargs)\n--\n\nThe series with these label values, by position or by name.",
);
static COUNTER: Table<2> = Table([
    LABELS,
    entry(
        c"inc",
        counter_inc,
        c"inc($self, /, amount=1, exemplar=None)\n--\n\nAdds an amount that is not negative.",
    ),
]);
static GAUGE: Table<4> = Table([
    LABELS,
    entry(c"inc", gauge_inc, c"inc($self, /, amount=1)\n--\n\nAdds an amount."),
    entry(c"dec", gauge_dec, c"dec($self, /, amount=1)\n--\n\nSubtracts an amount."),
    entry(c"set", gauge_set, c"set($self, /, value)\n--\n\nSets the value."),
]);
static SUMMARY: Table<2> = Table([
    LABELS,
    entry(
        c"observe",
        summary_observe,
        c"observe($self, /, amount)\n--\n\nCounts an observation; NaN is ignored.",
    ),
]);
static HISTOGRAM: Table<2> = Table([
    LABELS,
    entry(
        c"observe",
        histogram_observe,
        c"observe($self, /, amount, exemplar=None)\n--\n\nCounts an observation; NaN is ignored.",
    ),
]);

/// Gives a class the methods of a metric type. They are the class's own, not inherited: the interpreter calls those
/// faster.
#[pyfunction]
pub(crate) fn native<'py>(class: &Bound<'py, PyType>) -> PyResult<Bound<'py, PyType>> {
    let py = class.py();
    if !class.is_subclass_of::<Base>()? {
        return Err(PyTypeError::new_err("the class is none of metrics"));
    }
    let of: Option<String> = class.getattr("_type")?.extract()?;
    let table: &'static [ffi::PyMethodDef] = match of.as_deref().unwrap_or_default() {
        "counter" => &COUNTER.0,
        "gauge" => &GAUGE.0,
        "summary" => &SUMMARY.0,
        "histogram" => &HISTOGRAM.0,
        _ => slice::from_ref(&COUNTER.0[0]),
    };
    for method in table {
        // SAFETY: the class and the constant live; the interpreter does not write to the constant.
        let descriptor = unsafe {
            let method = ptr::from_ref(method).cast_mut();
            Bound::from_owned_ptr_or_err(py, ffi::PyDescr_NewMethod(class.as_ptr().cast(), method))?
        };
        // SAFETY: the name of a constant above.
        let name = unsafe { CStr::from_ptr(method.ml_name) };
        class.setattr(name.to_string_lossy().as_ref(), descriptor)?;
    }
    Ok(class.clone())
}
