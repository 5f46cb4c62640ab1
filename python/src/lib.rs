//! The native half of the Python package `nanoprom`: metrics, and the page.
//!
//! It holds what is called often. What Python adds to the core (decorators, registries, servers) is Python, in the
//! package beside it.

mod arguments;
mod hot;
mod metric;
mod page;
mod process;
mod samples;
mod strings;

use pyo3::exceptions::PyImportError;
use pyo3::ffi;
use pyo3::prelude::*;

/// Metrics and pages of nanoprom.
// Objects are guarded by the interpreter's lock, which builds that can do without take back for us.
#[pymodule(gil_used = true)]
fn _core(module: &Bound<'_, PyModule>) -> PyResult<()> {
    // Versions before 3.12 would load it again, and objects of one interpreter would meet those of another.
    // SAFETY: the interpreter is attached to this thread.
    if unsafe { ffi::PyInterpreterState_GetID(ffi::PyInterpreterState_Get()) } != 0 {
        return Err(PyImportError::new_err(
            "nanoprom does not support sub-interpreters: its values are the process's",
        ));
    }
    let is_locked = module.py().import("sys")?.getattr_opt("_is_gil_enabled")?;
    if let Some(is_locked) = is_locked
        && !is_locked.call0()?.is_truthy()?
    {
        return Err(PyImportError::new_err(
            "nanoprom needs the interpreter's lock: start without PYTHON_GIL=0 and -X gil=0",
        ));
    }
    nanoprom::set_clock(nanoprom::clock::unix_seconds);
    module.add_class::<metric::Base>()?;
    module.add_function(wrap_pyfunction!(hot::native, module)?)?;
    module.add_function(wrap_pyfunction!(page::lines, module)?)?;
    module.add_function(wrap_pyfunction!(page::show_creation_times, module)?)?;
    module.add_function(wrap_pyfunction!(process::share, module)?)?;
    module.add_function(wrap_pyfunction!(process::shared, module)?)?;
    module.add_function(wrap_pyfunction!(page::with_underscores, module)?)?;
    module.add_function(wrap_pyfunction!(page::float_text, module)?)?;
    Ok(())
}
