//! Text of Python's strings, without a copy.

use pyo3::exceptions::PyTypeError;
use pyo3::ffi;
use pyo3::prelude::*;
use std::ffi::c_char;
use std::slice;

unsafe extern "C" {
    // Part of the stable ABI since 3.10 only, but there, and the same, in 3.9 too. What the stable ABI of 3.9 offers
    // instead makes a new object for each call.
    fn PyUnicode_AsUTF8AndSize(text: *mut ffi::PyObject, len: *mut isize) -> *const c_char;
}

/// The text of a string. It lies in the object itself, as long as that lives.
///
/// # Errors
///
/// Where the object is no string, or has lone surrogates.
pub(crate) fn text<'a>(text: Borrowed<'a, '_, PyAny>) -> PyResult<&'a str> {
    let mut len = 0;
    // SAFETY: an object that lives; the interpreter is attached to this thread, which `text` proves.
    unsafe {
        if ffi::PyUnicode_Check(text.as_ptr()) == 0 {
            return Err(PyTypeError::new_err("a string is needed here"));
        }
        let start = PyUnicode_AsUTF8AndSize(text.as_ptr(), &raw mut len);
        if start.is_null() {
            return Err(PyErr::fetch(text.py()));
        }
        Ok(std::str::from_utf8_unchecked(slice::from_raw_parts(start.cast(), len as usize)))
    }
}
