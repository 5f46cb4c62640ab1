//! How functions end: a status, and a message where it is not success. No panic leaves this library.

use crate::status::{NPROM_ERR_NULL, NPROM_OK, of_unfit};
use core::cell::RefCell;
use core::ffi::{CStr, c_char};
use core::panic::AssertUnwindSafe;
use nanoprom_core::Unfit;
use nanoprom_core::share::ShareError;
use std::ffi::CString;
use std::io;
use std::panic::catch_unwind;

const NPROM_ERR_SYSTEM: i32 = -100;
const NPROM_ERR_INTERNAL: i32 = -101;

/// Why something failed.
pub(crate) enum Failure {
    /// What must not be null is null.
    Null(&'static str),
    /// What was tried, and what the system says.
    System(String, io::Error),
    /// Why nothing is shared.
    Share(ShareError),
    /// What no family can be made of.
    Unfit(Unfit),
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
        Ok(Err(Failure::Share(error))) => (NPROM_ERR_SYSTEM, error.to_string()),
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
