//! Processes that share their metrics: which one this is, and gauges with a cell for each of them.

use crate::metric::{Base, State, memory_error, refused};
use nanoprom::runtime::{Description, Family, Series, with_underscores_in_label};
use pyo3::exceptions::PyRuntimeError;
use pyo3::prelude::*;
use std::collections::HashMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering::Relaxed};

/// How a gauge deals with processes that share it. The default is one that is not shared.
#[derive(Clone, Copy, Default)]
pub(crate) struct Mode {
    /// The last value set by anybody wins: there is no adding to it.
    pub(crate) most_recent: bool,
    /// Each process has a cell of its own, told apart by a label behind the declared ones.
    pub(crate) per_process: bool,
    /// Cells of processes that ended are left out.
    live: bool,
}

impl Mode {
    /// The mode that `prometheus_client` calls so.
    pub(crate) fn of_gauge(name: &str) -> Self {
        let most_recent = name.ends_with("mostrecent");
        Self {
            most_recent,
            per_process: is_shared() && !most_recent,
            live: name.starts_with("live"),
        }
    }

    /// The name of the label with the process: on the page in the modes `all`, never a declared one in others.
    pub(crate) fn label_name(name: &str) -> &'static str {
        if name.ends_with("all") { "pid" } else { "nanoprom_pid" }
    }
}

/// The process whose cell nobody has: no process has this number.
pub(crate) const NOBODY: u32 = u32::MAX;

static SHARED: AtomicBool = AtomicBool::new(false);
static METRICS: AtomicBool = AtomicBool::new(false);
static PROCESS: AtomicU32 = AtomicU32::new(NOBODY);

/// This process. A load: asking the system takes longer than an update.
#[inline]
pub(crate) fn id() -> u32 {
    PROCESS.load(Relaxed)
}

extern "C" fn learn_id() {
    PROCESS.store(std::process::id(), Relaxed);
}

pub(crate) fn is_shared() -> bool {
    SHARED.load(Relaxed)
}

/// Notes that there are metrics, so that it is too late to share.
pub(crate) fn metric_was_made() {
    METRICS.store(true, Relaxed);
}

/// Whether metrics are shared with processes that are forked later.
#[pyfunction]
pub(crate) fn shared() -> bool {
    is_shared()
}

#[cfg(target_os = "linux")]
fn reserve(size: usize) -> PyResult<()> {
    nanoprom::share::reserve(size).map_err(memory_error)
}

#[cfg(not(target_os = "linux"))]
fn reserve(_: usize) -> PyResult<()> {
    Err(PyRuntimeError::new_err("processes can share metrics on Linux only"))
}

/// A family, where all metrics of this process are.
pub(crate) fn family(description: Arc<Description>) -> PyResult<Family> {
    #[cfg(target_os = "linux")]
    if is_shared() {
        return Family::shared(description).map_err(refused);
    }
    Ok(Family::new(description))
}

/// Puts all metrics that are made from now on into memory of this many bytes that forked processes share.
#[pyfunction]
pub(crate) fn share(size: usize) -> PyResult<()> {
    if is_shared() {
        return Ok(());
    }
    if METRICS.load(Relaxed) {
        return Err(PyRuntimeError::new_err(
            "there are metrics already, which processes cannot share any more: call share() before the first is made, \
             or set NANOPROM_MULTIPROCESS=1",
        ));
    }
    reserve(size)?;
    learn_id();
    // Not by Python's own hook: servers in C fork without telling it.
    // SAFETY: the handler stores a number.
    if unsafe { libc::pthread_atfork(None, None, Some(learn_id)) } != 0 {
        return Err(memory_error("there is no memory to learn of forks"));
    }
    SHARED.store(true, Relaxed);
    Ok(())
}

/// Whether there is such a process, perhaps one of somebody else.
fn is_alive(process: &str) -> bool {
    let Ok(number) = process.parse() else { return true };
    // SAFETY: signal 0 is none.
    let found = unsafe { libc::kill(number, 0) };
    found == 0 || std::io::Error::last_os_error().raw_os_error() != Some(libc::ESRCH)
}

/// The series with the same labels whose cell is this process's.
fn own(series: &Series, names: &[String]) -> PyResult<Series> {
    let mut pairs = Vec::new();
    series.for_each_label(|name, value| pairs.push((name.to_owned(), value.to_owned())));
    let this_process = id().to_string();
    let mut values: Vec<&str> = Vec::with_capacity(pairs.len());
    for name in names {
        let shown = with_underscores_in_label(name);
        let pair = pairs.iter().find(|(name, _)| *name == shown);
        values.push(pair.map_or("", |(_, value)| value));
    }
    values.push(&this_process);
    series.family().series(&values).map_err(refused)
}

impl State {
    /// Whether its cells are those of another process, or nobody's yet.
    #[inline]
    pub(crate) fn is_foreign(&self) -> bool {
        self.mode.per_process && self.process != id()
    }
}

impl Base {
    /// Goes over to this process's cells, of a gauge that has one for each.
    #[cold]
    pub(crate) fn renew(&self, py: Python<'_>) -> PyResult<()> {
        let parent = self.peek(py).parent.as_ref().map(|parent| parent.clone_ref(py));
        let metric = parent.as_ref().map_or(self, |parent| parent.get());
        let names = metric.names();
        let renewed = |series: &Series| own(series, names);
        let series = self.peek(py).series.as_ref().map(renewed).transpose()?;
        let functions = self.peek(py).functions.iter().map(|(series, _)| renewed(series));
        let functions = functions.collect::<PyResult<Vec<_>>>()?;
        // SAFETY: the interpreter is attached to this thread, and nothing of Python's runs meanwhile.
        let state = unsafe { self.state() };
        state.series = series;
        for ((old, _), new) in state.functions.iter_mut().zip(functions) {
            *old = new;
        }
        state.process = id();
        Ok(())
    }

    /// Takes cells of processes that ended off the page, where the mode says so.
    pub(crate) fn forget_the_dead(&self, py: Python<'_>) {
        let state = self.peek(py);
        let Some(family) =
            state.family.as_ref().filter(|_| state.mode.per_process && state.mode.live)
        else {
            return;
        };
        let mut alive = HashMap::new();
        family.for_each_series(|values, _| {
            if let Some(process) = values.last() {
                alive.entry((*process).to_owned()).or_insert_with_key(|process| is_alive(process));
            }
        });
        for (process, _) in alive.into_iter().filter(|(_, alive)| !alive) {
            self.forget(py, &process);
        }
    }

    /// Takes the cells of a process off the page.
    pub(crate) fn forget(&self, py: Python<'_>, process: &str) {
        let state = self.peek(py);
        if let Some(family) = &state.family {
            let mut pattern = vec![None; self.names().len()];
            pattern.push(Some(process));
            family.remove_matching(&pattern);
        }
    }
}
