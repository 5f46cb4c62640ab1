//! What clients of the HTTP responder and of servers have to show.

use crate::status::{NPROM_ERR_NULL, NPROM_OK};
use crate::string::bytes_of;
use core::ffi::c_char;
use nanoprom_core::http::Auth;

/// A bearer token, or user and password. Private memory; make it with nprom_auth_bearer or
/// nprom_auth_basic. The strings have to live as long as it is used; it is only read then, by any number
/// of connections.
#[repr(C)]
pub struct nprom_auth_t {
    /// Private.
    pub memory: [usize; 5],
}

const _: () = assert!(
    size_of::<Auth<'static>>() == size_of::<nprom_auth_t>()
        && align_of::<Auth<'static>>() == align_of::<nprom_auth_t>()
);

/// # Safety
///
/// `auth` is null, all zeros, or was made by one of the functions below.
pub(crate) unsafe fn auth_of(auth: *const nprom_auth_t) -> Option<&'static Auth<'static>> {
    // SAFETY: the caller's promise.
    let is_made = unsafe { auth.as_ref() }.is_some_and(|auth| auth.memory[Auth::JUDGE] != 0);
    // SAFETY: as above.
    is_made.then(|| unsafe { &*auth.cast() })
}

/// Asks for `Authorization: Bearer TOKEN`. An empty token lets nobody in, and neither does null. Returns
/// NPROM_OK or NPROM_ERR_NULL.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nprom_auth_bearer(auth: *mut nprom_auth_t, token: *const c_char) -> i32 {
    // SAFETY: null or a string that lives as long as `auth` is used.
    let made = Auth::__bearer(unsafe { bytes_of(token) });
    // SAFETY: null or the caller's memory.
    unsafe { store(auth, made, token.is_null()) }
}

/// Asks for `Authorization: Basic`, with this user and password, both in UTF-8 and the user without a
/// colon. An empty password lets nobody in, and neither does null. Returns NPROM_OK or NPROM_ERR_NULL.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nprom_auth_basic(
    auth: *mut nprom_auth_t,
    user: *const c_char,
    password: *const c_char,
) -> i32 {
    let missing = user.is_null() || password.is_null();
    let password = if missing { c"".as_ptr() } else { password };
    // SAFETY: null or strings that live as long as `auth` is used.
    let made = unsafe { Auth::__basic(bytes_of(user), bytes_of(password)) };
    // SAFETY: null or the caller's memory.
    unsafe { store(auth, made, missing) }
}

/// # Safety
///
/// `auth` is null or memory for it.
unsafe fn store(auth: *mut nprom_auth_t, made: Auth<'static>, missing: bool) -> i32 {
    if auth.is_null() {
        return NPROM_ERR_NULL;
    }
    // SAFETY: the caller's promise; size and alignment are asserted above.
    unsafe { auth.cast::<Auth<'static>>().write(made) };
    if missing { NPROM_ERR_NULL } else { NPROM_OK }
}
