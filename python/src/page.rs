//! Pages of native metrics.

use crate::metric::Base;
use nanoprom::runtime::{self, Family, Style};
use nanoprom::{Format, Group, Metric};
use pyo3::exceptions::PyRuntimeError;
use pyo3::prelude::*;
use pyo3::types::PyBytes;
use std::sync::Arc;

/// Rows of one group.
const ROWS: usize = 60_000;
/// The end of a page in OpenMetrics.
const END: &[u8] = b"# EOF\n";

/// The lines of these metrics, in this order; without the end of a page.
#[pyfunction]
pub(crate) fn lines<'py>(
    py: Python<'py>,
    metrics: Vec<Bound<'py, Base>>,
    openmetrics: bool,
) -> PyResult<Bound<'py, PyBytes>> {
    let mut families: Vec<Arc<Family>> = Vec::with_capacity(metrics.len());
    for metric in &metrics {
        metric.get().prepare(py)?;
        let family = metric.get().peek(py).family.clone();
        families
            .push(family.ok_or_else(|| PyRuntimeError::new_err("a metric was not initialised"))?);
    }
    let format = if openmetrics { Format::OpenMetrics } else { Format::Text };
    // Nothing of Python's is touched here, so that others may run.
    let bytes = py.detach(|| {
        let rows: Vec<_> = families.iter().map(|family| Metric::new("", "", &**family)).collect();
        let groups: Vec<_> = rows.chunks(ROWS).map(Group::new).collect();
        let groups: Vec<_> = groups.iter().map(Metric::group).collect();
        let mut bytes = Vec::new();
        runtime::read_to_end(
            runtime::page(&Group::new(&groups), format, Style::Floats),
            &mut bytes,
        );
        bytes
    });
    Ok(PyBytes::new(py, bytes.strip_suffix(END).unwrap_or(&bytes)))
}

/// Puts creation times onto pages, or takes them off.
#[pyfunction]
pub(crate) fn show_creation_times(show: bool) {
    runtime::show_creation_times(show);
}

/// A name as pages show it: an underscore in place of each character that the formats do not allow.
#[pyfunction]
#[pyo3(signature = (name, label = false))]
pub(crate) fn with_underscores(name: &str, label: bool) -> String {
    if label { runtime::with_underscores_in_label(name) } else { runtime::with_underscores(name) }
}

/// A number as pages show it.
#[pyfunction]
pub(crate) fn float_text(value: f64) -> String {
    runtime::float_text(value)
}
