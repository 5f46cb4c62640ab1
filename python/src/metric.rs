//! The native base of all metric classes: where the values of a metric are.

use crate::process::{self, Mode};
use crate::samples;
use crate::strings::text;
use nanoprom::runtime::{Description, Family, Series, with_underscores_in_label};
use nanoprom::{Refused, Type};
use pyo3::exceptions::{PyMemoryError, PyRuntimeError, PyTypeError, PyValueError};
use pyo3::ffi;
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyList, PyString, PyTuple};
use pyo3::{PyTraverseError, PyVisit};
use std::cell::{Cell, OnceCell, UnsafeCell};
use std::sync::Arc;

/// As long as there are fewer removed series, their memory is not worth the work to get it back.
const FEW: u32 = 64;

/// A metric, or one series of it.
#[pyclass(subclass, frozen, module = "nanoprom._core")]
pub(crate) struct Base {
    state: UnsafeCell<State>,
    /// Label names as declared. They never change, so they may be looked at while code of Python's runs.
    names: OnceCell<Vec<String>>,
}

// SAFETY: the state is only used by threads that the interpreter is attached to, one at a time.
unsafe impl Sync for Base {}
// SAFETY: as above.
unsafe impl Send for Base {}

#[derive(Default)]
pub(crate) struct State {
    /// The series that is updated; none for a metric with labels.
    pub(crate) series: Option<Series>,
    /// All series, where this is the metric itself.
    pub(crate) family: Option<Arc<Family>>,
    /// The metric, where this is one series of it.
    pub(crate) parent: Option<Py<Base>>,
    /// A gauge that has a function: updates do nothing.
    pub(crate) silent: bool,
    /// How a gauge deals with processes, and the process whose cells `series` and `functions` are.
    pub(crate) mode: Mode,
    pub(crate) process: u32,
    /// What Python knows of the metric.
    about: Option<Py<PyDict>>,
    /// What is asked for when a page is made.
    pub(crate) functions: Vec<(Series, Py<PyAny>)>,
    /// How many objects there are of single series.
    children: Cell<usize>,
    /// The object itself, where the series knows it.
    me: *mut ffi::PyObject,
}

impl Drop for State {
    fn drop(&mut self) {
        let (Some(series), Some(parent)) = (&self.series, &self.parent) else { return };
        if series.tag() == self.me.cast() {
            series.set_tag(std::ptr::null_mut());
        }
        // SAFETY: objects are dropped by threads that the interpreter is attached to, and never while a state is being
        // changed; others may be looking at it.
        let children = unsafe { &(*parent.get().state.get()).children };
        children.set(children.get().saturating_sub(1));
    }
}

pub(crate) fn value_error(fault: impl std::fmt::Display) -> PyErr {
    PyValueError::new_err(fault.to_string())
}

pub(crate) fn memory_error(fault: impl std::fmt::Display) -> PyErr {
    PyMemoryError::new_err(fault.to_string())
}

/// A series that a family could not add.
#[cold]
pub(crate) fn refused(fault: Refused) -> PyErr {
    match fault {
        Refused::OutOfMemory => memory_error(fault),
        fault => value_error(fault),
    }
}

impl Base {
    /// # Safety
    ///
    /// The interpreter is attached to this thread, and nothing is called while the state is used that could run
    /// code of Python's.
    #[allow(clippy::mut_from_ref)]
    #[inline]
    pub(crate) unsafe fn state(&self) -> &mut State {
        // SAFETY: the caller's promise.
        unsafe { &mut *self.state.get() }
    }

    /// The state, to be read.
    #[inline]
    pub(crate) fn peek(&self, _: Python<'_>) -> &State {
        // SAFETY: the interpreter is attached to this thread.
        unsafe { &*self.state.get() }
    }

    /// Label names as declared; none of a series, or before it is initialised.
    #[inline]
    pub(crate) fn names(&self) -> &[String] {
        self.names.get().map_or(&[], Vec::as_slice)
    }

    /// Makes this new object the one of a series.
    pub(crate) fn adopt(
        this: &Bound<'_, Self>,
        series: Series,
        parent: &Bound<'_, Self>,
    ) -> PyResult<()> {
        let py = this.py();
        // A class may have a `__new__` of its own.
        let (is, of_parent) = (this.get().peek(py), parent.get().peek(py));
        if is.family.is_some() || is.series.is_some() || is.parent.is_some() {
            return Err(PyTypeError::new_err("the class gives an object that is in use already"));
        }
        of_parent.children.set(of_parent.children.get() + 1);
        let silent = of_parent.functions.iter().any(|(with, _)| *with == series);
        let (mode, process) = (of_parent.mode, of_parent.process);
        series.set_tag(this.as_ptr().cast());
        // SAFETY: the interpreter is attached to this thread, and nothing of Python's runs meanwhile. It is not the
        // parent, which has a family.
        let state = unsafe { this.get().state() };
        state.me = this.as_ptr();
        (state.silent, state.mode, state.process) = (silent, mode, process);
        state.parent = Some(parent.clone().unbind());
        state.series = Some(series);
        Ok(())
    }

    fn family(&self, py: Python<'_>) -> PyResult<Arc<Family>> {
        let family = self.peek(py).family.clone();
        family.ok_or_else(|| {
            PyRuntimeError::new_err("this is no metric, or one that was not initialised")
        })
    }

    pub(crate) fn series(&self, py: Python<'_>) -> PyResult<Series> {
        let series = self.peek(py).series.clone();
        series.ok_or_else(|| PyValueError::new_err("the metric is missing label values"))
    }

    /// Makes the series ready to be read: asks the functions of gauges, and keeps what they give.
    pub(crate) fn prepare(&self, py: Python<'_>) -> PyResult<()> {
        self.forget_the_dead(py);
        if self.peek(py).functions.is_empty() {
            return Ok(());
        }
        if self.peek(py).is_foreign() {
            self.renew(py)?;
        }
        // A copy: functions may do anything.
        let functions: Vec<_> =
            self.peek(py).functions.iter().map(|(s, f)| (s.clone(), f.clone_ref(py))).collect();
        for (series, function) in functions {
            let value = function.call0(py)?;
            // SAFETY: an object that lives; the result is a new one, or null with an exception.
            let value =
                unsafe { Bound::from_owned_ptr_or_err(py, ffi::PyNumber_Float(value.as_ptr())) }?;
            if let Some(gauge) = series.gauge() {
                gauge.set(value.extract()?);
            }
        }
        Ok(())
    }

    /// Gives memory of removed series back, where that is worth it and nobody has an object of any series.
    fn compact(&self, py: Python<'_>) -> PyResult<()> {
        // SAFETY: the interpreter is attached to this thread, and nothing of Python's runs meanwhile.
        let state = unsafe { self.state() };
        let functions = std::mem::take(&mut state.functions);
        let (kept, dropped): (Vec<_>, Vec<_>) =
            functions.into_iter().partition(|(series, _)| series.is_shown());
        state.functions = kept;
        if let Some(family) = &state.family
            && !process::is_shared()
            && state.children.get() == 0
            && state.functions.is_empty()
        {
            let (live, removed) = family.counts();
            if removed >= FEW && removed > live {
                state.family = Some(Arc::new(family.compacted().map_err(value_error)?));
            }
        }
        // Last, because it may run anything.
        let _ = py;
        drop(dropped);
        Ok(())
    }
}

fn type_of(name: &str) -> Option<Type> {
    Some(match name {
        "counter" => Type::Counter,
        "gauge" => Type::Gauge,
        "histogram" => Type::Histogram,
        "summary" => Type::Summary,
        _ => return None,
    })
}

#[pymethods]
impl Base {
    #[new]
    #[pyo3(signature = (*_args, **_kwargs))]
    fn new(_args: &Bound<'_, PyTuple>, _kwargs: Option<&Bound<'_, PyDict>>) -> Self {
        Self { state: UnsafeCell::default(), names: OnceCell::new() }
    }

    /// Makes this a metric of the type, with a name as it stands on the page.
    // Called once for each metric, by Python.
    #[allow(clippy::too_many_arguments)]
    fn _open(
        &self,
        py: Python<'_>,
        of: &str,
        name: &str,
        help: &str,
        unit: &str,
        labels: Vec<String>,
        bounds: Vec<f64>,
        mode: Option<&str>,
    ) -> PyResult<()> {
        if self.peek(py).family.is_some() || self.peek(py).series.is_some() {
            return Err(PyRuntimeError::new_err("a metric is initialised once"));
        }
        let of = type_of(of).ok_or_else(|| PyValueError::new_err("no such type of metric"))?;
        let shown: Vec<_> = labels.iter().map(|name| with_underscores_in_label(name)).collect();
        let mut names: Vec<&str> = shown.iter().map(String::as_str).collect();
        let process_label = mode.map_or("", Mode::label_name);
        let mode = mode.map_or(Mode::default(), Mode::of_gauge);
        if mode.per_process {
            names.push(process_label);
        }
        let description =
            Description::new(of, name, help, unit, &names, &bounds).map_err(value_error)?;
        let family = Arc::new(process::family(Arc::new(description))?);
        process::metric_was_made();
        let series = if labels.is_empty() {
            // The cell of a process is on the page from its first update on.
            let values: &[&str] = if mode.per_process { &[""] } else { &[] };
            let series = family.series(values).map_err(refused)?;
            if mode.per_process {
                family.remove(values);
            }
            Some(series)
        } else {
            None
        };
        // SAFETY: the interpreter is attached to this thread, and nothing of Python's runs meanwhile.
        let state = unsafe { self.state() };
        (state.family, state.series) = (Some(family), series);
        (state.mode, state.process) = (mode, process::NOBODY);
        self.names.set(labels).map_err(|_| PyRuntimeError::new_err("a metric is initialised once"))
    }

    /// The metric that this is a series of; None for the metric itself.
    #[getter]
    fn _parent(&self, py: Python<'_>) -> Option<Py<Base>> {
        self.peek(py).parent.as_ref().map(|parent| parent.clone_ref(py))
    }

    /// What Python keeps of the metric, one for all its series.
    #[getter]
    fn _about(&self, py: Python<'_>) -> Py<PyDict> {
        if let Some(parent) = self._parent(py) {
            return parent.get()._about(py);
        }
        if let Some(about) = &self.peek(py).about {
            return about.clone_ref(py);
        }
        // Made before the state is touched: it may set off the collector of garbage, which looks at the state, and may
        // run anything.
        let about = PyDict::new(py).unbind();
        // SAFETY: the interpreter is attached to this thread, and nothing of Python's runs meanwhile.
        unsafe { self.state() }.about.get_or_insert(about).clone_ref(py)
    }

    /// The label values of this series, by label names as they stand on the page.
    fn _labels(&self, py: Python<'_>) -> PyResult<Py<PyDict>> {
        let labels = PyDict::new(py);
        let mut done = Ok(());
        if let Some(series) = self.peek(py).series.clone() {
            series.for_each_label(|name, value| {
                if done.is_ok() {
                    done = labels.set_item(name, value);
                }
            });
        }
        done.map(|()| labels.unbind())
    }

    /// Whether there is a series to be updated.
    #[getter]
    fn _observable(&self, py: Python<'_>) -> bool {
        self.peek(py).series.is_some()
    }

    /// The value of a counter or gauge.
    fn _get(&self, py: Python<'_>) -> PyResult<f64> {
        if self.peek(py).is_foreign() {
            return Ok(0.0);
        }
        let series = self.series(py)?;
        let counter = series.counter().map(nanoprom::Counter::get);
        Ok(counter.or_else(|| series.gauge().map(nanoprom::Gauge::get)).unwrap_or(0.0))
    }

    /// Sets a counter or gauge, for tests.
    fn _put(&self, py: Python<'_>, value: f64) -> PyResult<()> {
        if self.peek(py).is_foreign() {
            self.renew(py)?;
        }
        let series = self.series(py)?;
        if let Some(gauge) = series.gauge() {
            gauge.set(value);
        }
        if let Some(counter) = series.counter() {
            counter.reset();
            counter.inc_by(value).map_err(value_error)?;
        }
        Ok(())
    }

    /// Sum and count of a summary or histogram.
    fn _totals(&self, py: Python<'_>) -> PyResult<(f64, u64)> {
        let series = self.series(py)?;
        let summary = series.summary().map(|summary| (summary.sum(), summary.count()));
        Ok(summary.or_else(|| series.histogram().map(|h| (h.sum(), h.count()))).unwrap_or((0.0, 0)))
    }

    /// How many observations each bucket has, not those below it.
    fn _counts(&self, py: Python<'_>) -> PyResult<Vec<u64>> {
        let series = self.series(py)?;
        let counts = series.histogram().map(|h| (0..).map_while(|at| h.bucket(at)).collect());
        Ok(counts.unwrap_or_default())
    }

    /// When the series came to life.
    #[getter]
    fn _created(&self, py: Python<'_>) -> PyResult<f64> {
        Ok(self.series(py)?.created())
    }

    /// Sets the series to zero, as if it were made now.
    fn _reset(&self, py: Python<'_>) -> PyResult<()> {
        self.series(py)?.reset();
        Ok(())
    }

    fn _remove(&self, py: Python<'_>, values: Vec<Bound<'_, PyString>>) -> PyResult<()> {
        let values = values
            .iter()
            .map(|value| text(value.as_any().as_borrowed()))
            .collect::<PyResult<Vec<_>>>()?;
        let family = self.family(py)?;
        let removed = if self.peek(py).mode.per_process {
            // Those of all processes.
            family.remove_matching(&values.into_iter().map(Some).collect::<Vec<_>>()) > 0
        } else {
            family.remove(&values)
        };
        if removed { self.compact(py) } else { Ok(()) }
    }

    fn _remove_matching(&self, py: Python<'_>, pattern: Vec<Option<String>>) -> PyResult<()> {
        let pattern: Vec<_> = pattern.iter().map(Option::as_deref).collect();
        if self.family(py)?.remove_matching(&pattern) > 0 { self.compact(py) } else { Ok(()) }
    }

    /// Forgets all series; objects of them stay good, and are on no page.
    fn _clear(&self, py: Python<'_>) -> PyResult<()> {
        let family = self.family(py)?;
        if process::is_shared() {
            // Other processes know this family.
            family.remove_matching(&[]);
            return self.compact(py);
        }
        let empty = Family::new(family.description().clone());
        // SAFETY: the interpreter is attached to this thread, and nothing of Python's runs meanwhile.
        let state = unsafe { self.state() };
        let old = (state.family.replace(Arc::new(empty)), std::mem::take(&mut state.functions));
        // Last, because it may run anything.
        drop(old);
        Ok(())
    }

    /// The value of a gauge is asked for from now on.
    fn _set_function(this: &Bound<'_, Self>, function: Py<PyAny>) -> PyResult<()> {
        let py = this.py();
        if this.get().peek(py).is_foreign() {
            this.get().renew(py)?;
        }
        let series = this.get().series(py)?;
        let parent = this.get()._parent(py);
        let metric = parent.as_ref().map_or(this, |parent| parent.bind(py));
        // SAFETY: the interpreter is attached to this thread, and nothing of Python's runs meanwhile.
        let old = unsafe {
            this.get().state().silent = true;
            let functions = &mut metric.get().state().functions;
            let at = functions.iter().position(|(with, _)| *with == series);
            let old = at.map(|at| functions.swap_remove(at));
            functions.push((series, function));
            old
        };
        // Last, because it may run anything.
        drop(old);
        Ok(())
    }

    /// Takes what this process number's cells tell off the page, where the mode says so.
    fn _forget_process(&self, py: Python<'_>, process: &str) {
        self.forget(py, process);
    }

    fn __traverse__(&self, visit: PyVisit<'_>) -> Result<(), PyTraverseError> {
        // SAFETY: the interpreter is attached to this thread, which is in none of its calls that the state is used around.
        let state = unsafe { &*self.state.get() };
        visit.call(&state.parent)?;
        visit.call(&state.about)?;
        for (_, function) in &state.functions {
            visit.call(function)?;
        }
        Ok(())
    }

    /// Breaks cycles. A series keeps its metric, which it tells when it goes.
    fn __clear__(&self) {
        // SAFETY: as above; what is taken out is dropped when the state is whole again.
        let state = unsafe { &mut *self.state.get() };
        let gone = (state.about.take(), std::mem::take(&mut state.functions));
        drop(gone);
    }

    /// All samples of the metric, or of this series: suffix, labels, `le`, value.
    fn _samples<'py>(
        &self,
        py: Python<'py>,
        names: Vec<Bound<'py, PyString>>,
        created: bool,
    ) -> PyResult<Bound<'py, PyList>> {
        samples::of(self, py, &names, created)
    }
}
