//! Samples as Python objects, for `collect`.

use crate::metric::Base;
use nanoprom::runtime::Series;
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyList, PyString};

/// All samples of a metric, or of one series: suffix, labels, `le`, value.
pub(crate) fn of<'py>(
    this: &Base,
    py: Python<'py>,
    names: &[Bound<'py, PyString>],
    created: bool,
) -> PyResult<Bound<'py, PyList>> {
    this.prepare(py)?;
    let list = PyList::empty(py);
    let mut done = Ok(());
    let mut each = |values: &[&str], series: &Series| {
        if done.is_ok() {
            done = put_samples(&list, names, values, series, created);
        }
    };
    let state = this.peek(py);
    // Copies: making objects may run anything.
    match (state.parent.is_some(), state.series.clone(), state.family.clone()) {
        (true, Some(series), _) => each(&[], &series),
        (false, _, Some(family)) => family.for_each_series(|values, series| each(values, &series)),
        _ => {}
    }
    done.map(|()| list)
}

fn put_samples(
    list: &Bound<'_, PyList>,
    names: &[Bound<'_, PyString>],
    values: &[&str],
    series: &Series,
    created: bool,
) -> PyResult<()> {
    let py = list.py();
    let put = |suffix: &str, bound: Option<f64>, value: f64| {
        let labels = PyDict::new(py);
        for (name, value) in names.iter().zip(values) {
            labels.set_item(name, value)?;
        }
        list.append((suffix, labels, bound, value))
    };
    if let Some(counter) = series.counter() {
        put("_total", None, counter.get())?;
    }
    if let Some(gauge) = series.gauge() {
        put("", None, gauge.get())?;
    }
    if let Some(summary) = series.summary() {
        put("_count", None, summary.count() as f64)?;
        put("_sum", None, summary.sum())?;
    }
    if let Some(histogram) = series.histogram() {
        let bounds = series.family().description().bounds().iter().copied();
        let mut running = 0;
        for (at, bound) in bounds.clone().chain([f64::INFINITY]).enumerate() {
            running += histogram.bucket(at).unwrap_or(0);
            put("_bucket", Some(bound), running as f64)?;
        }
        put("_count", None, running as f64)?;
        if bounds.clone().next().is_none_or(|first| first >= 0.0) {
            put("_sum", None, histogram.sum())?;
        }
    }
    if created && series.gauge().is_none() {
        put("_created", None, series.created())?;
    }
    Ok(())
}
