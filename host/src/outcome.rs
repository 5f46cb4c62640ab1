//! How functions end: a status, and a message where it is not success. No panic leaves this library.

use core::cell::RefCell;
use core::ffi::{CStr, c_char};
use core::panic::AssertUnwindSafe;
use nanoprom::{Refused, Unfit};
use std::ffi::CString;
use std::io;
use std::panic::catch_unwind;

pub(crate) const NPROM_OK: i32 = 0;
pub(crate) const NPROM_ERR_NULL: i32 = -1;
const NPROM_ERR_FULL: i32 = -5;
const NPROM_ERR_TOO_LONG: i32 = -7;
const NPROM_ERR_NOT_UTF8: i32 = -8;
pub(crate) const NPROM_ERR_LABEL_COUNT: i32 = -9;
const NPROM_ERR_TABLE: i32 = -12;
pub(crate) const NPROM_ERR_NOT_FOUND: i32 = -13;
const NPROM_ERR_LABEL_NAME: i32 = -15;
const NPROM_ERR_SYSTEM: i32 = -100;
const NPROM_ERR_INTERNAL: i32 = -101;

/// Why something failed.
pub(crate) enum Failure {
    /// What must not be null is null.
    Null(&'static str),
    /// What was tried, and what the system says.
    System(String, io::Error),
    /// What no family can be made of.
    Unfit(Unfit),
}

/// As in `libnanoprom`.
fn of_unfit(unfit: Unfit) -> i32 {
    match unfit {
        Unfit::Labels => NPROM_ERR_LABEL_COUNT,
        Unfit::LabelNames => NPROM_ERR_LABEL_NAME,
        _ => NPROM_ERR_TABLE,
    }
}

/// As in `libnanoprom`.
pub(crate) fn of_refused(refused: Refused) -> i32 {
    match refused {
        Refused::TooLong => NPROM_ERR_TOO_LONG,
        Refused::NotUtf8 => NPROM_ERR_NOT_UTF8,
        Refused::LabelNames => NPROM_ERR_LABEL_NAME,
        Refused::LabelCount => NPROM_ERR_LABEL_COUNT,
        _ => NPROM_ERR_FULL,
    }
}

thread_local! {
    /// Of the latest failure in this thread.
    static MESSAGE: RefCell<CString> = RefCell::default();
}

/// Does something; returns its status and keeps its message.
pub(crate) fn status_of(function: impl FnOnce() -> Result<(), Failure>) -> i32 {
    let (status, message) = match catch_unwind(AssertUnwindSafe(function)) {
        Ok(Ok(())) => return NPROM_OK,
        Ok(Err(Failure::Null(what))) => (NPROM_ERR_NULL, format!("{what} is null")),
        Ok(Err(Failure::System(what, error))) => (NPROM_ERR_SYSTEM, format!("{what}: {error}")),
        Ok(Err(Failure::Unfit(unfit))) => (of_unfit(unfit), unfit.to_string()),
        Err(_) => (NPROM_ERR_INTERNAL, "a defect of nanoprom; what it was is on stderr".into()),
    };
    // A path or address that was given ended in a NUL, so there is none inside.
    let message = CString::new(message).unwrap_or_default();
    // A thread that ends may have none left: then there is nobody to read it either.
    let _ = MESSAGE.try_with(|latest| latest.replace(message));
    status
}

#[unsafe(no_mangle)]
pub extern "C" fn nprom_host_message() -> *const c_char {
    MESSAGE.try_with(|latest| latest.borrow().as_ptr()).unwrap_or(c"".as_ptr())
}

/// # Safety
///
/// `text` is null or ends in a NUL.
pub(crate) unsafe fn text_of<'t>(text: *const c_char) -> Option<&'t CStr> {
    // SAFETY: the caller's promise.
    (!text.is_null()).then(|| unsafe { CStr::from_ptr(text) })
}
