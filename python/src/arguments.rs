//! What a method is called with, as the call protocol hands it over.

use crate::strings::text;
use pyo3::exceptions::PyTypeError;
use pyo3::ffi;
use pyo3::prelude::*;

/// Positional arguments and behind them those with names, as the call protocol `METH_FASTCALL | METH_KEYWORDS` has them.
/// It is part of the stable ABI since 3.10 only, but there, and the same, in 3.9 too.
#[derive(Clone, Copy)]
pub(crate) struct Arguments<'py> {
    pub(crate) all: *const *mut ffi::PyObject,
    pub(crate) positional: usize,
    pub(crate) names: *mut ffi::PyObject,
    pub(crate) py: Python<'py>,
}

pub(crate) const FASTCALL_KEYWORDS: i32 = 0x80 | ffi::METH_KEYWORDS;

pub(crate) type Fast = unsafe extern "C" fn(
    *mut ffi::PyObject,
    *const *mut ffi::PyObject,
    isize,
    *mut ffi::PyObject,
) -> *mut ffi::PyObject;

impl<'py> Arguments<'py> {
    #[inline]
    pub(crate) fn get(&self, at: usize) -> Option<Borrowed<'py, 'py, PyAny>> {
        // SAFETY: that many objects are there for the time of the call.
        (at < self.positional).then(|| unsafe { Borrowed::from_ptr(self.py, *self.all.add(at)) })
    }

    pub(crate) fn named(&self) -> impl Iterator<Item = (&'py str, Borrowed<'py, 'py, PyAny>)> {
        let this = *self;
        // SAFETY: null or a tuple of strings, as many as there are objects behind the positional ones.
        let count = if this.names.is_null() { 0 } else { unsafe { ffi::PyTuple_Size(this.names) } };
        (0..count).map(move |at| {
            // SAFETY: as above.
            unsafe {
                let name = Borrowed::from_ptr(this.py, ffi::PyTuple_GetItem(this.names, at));
                let value =
                    Borrowed::from_ptr(this.py, *this.all.add(this.positional + at as usize));
                (text(name).unwrap_or("?"), value)
            }
        })
    }

    #[inline]
    pub(crate) fn is_none(&self) -> bool {
        self.positional == 0 && self.names.is_null()
    }

    /// The argument, where there is one, by position: the usual case, without the work for all others.
    #[inline]
    pub(crate) fn only(&self) -> Option<Borrowed<'py, 'py, PyAny>> {
        (self.positional == 1 && self.names.is_null()).then(|| self.get(0)).flatten()
    }

    /// The arguments of these names, of a method.
    #[inline]
    pub(crate) fn take<const N: usize>(
        &self,
        method: &str,
        names: [&str; N],
    ) -> PyResult<[Option<Borrowed<'py, 'py, PyAny>>; N]> {
        let mut taken = [const { None }; N];
        for (at, to) in taken.iter_mut().enumerate() {
            *to = self.get(at);
        }
        if self.positional > N {
            return Err(PyTypeError::new_err(format!(
                "{method}() takes at most {N} arguments ({} given)",
                self.positional
            )));
        }
        if !self.names.is_null() {
            self.take_named(method, names, &mut taken)?;
        }
        Ok(taken)
    }

    #[cold]
    fn take_named<const N: usize>(
        &self,
        method: &str,
        names: [&str; N],
        taken: &mut [Option<Borrowed<'py, 'py, PyAny>>; N],
    ) -> PyResult<()> {
        for (name, value) in self.named() {
            let at = names.iter().position(|known| *known == name);
            let Some(to) = at.and_then(|at| taken.get_mut(at)) else {
                return Err(PyTypeError::new_err(format!(
                    "{method}() got an unexpected keyword argument '{name}'"
                )));
            };
            if to.replace(value).is_some() {
                return Err(PyTypeError::new_err(format!(
                    "{method}() got multiple values for argument '{name}'"
                )));
            }
        }
        Ok(())
    }
}

pub(crate) fn missing(method: &str, name: &str) -> PyErr {
    PyTypeError::new_err(format!("{method}() missing 1 required positional argument: '{name}'"))
}
