//! Metrics that processes share.

use crate::build;
use crate::outcome::{Failure, status_of};
use core::ffi::c_void;
use nanoprom_core::GrowingCells;
use nanoprom_core::share::{ROOM, ShareError, between, holds, place, reserve};
use std::io;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// Where families that grow lie whose series are those of this process alone.
static OWN: Mutex<Vec<usize>> = Mutex::new(Vec::new());

fn own() -> MutexGuard<'static, Vec<usize>> {
    OWN.lock().unwrap_or_else(PoisonError::into_inner)
}

#[unsafe(no_mangle)]
pub unsafe extern "C" fn nprom_share_between(
    start: *mut c_void,
    end: *mut c_void,
    _page: *const c_void,
    room: usize,
) -> i32 {
    build::check();
    status_of(|| {
        if start.is_null() || end.is_null() {
            return Err(Failure::Null("the section"));
        }
        let (start, end) = (start.expose_provenance(), end.addr());
        if own().iter().any(|family| (start..end).contains(family)) {
            return Err(Failure::Share(ShareError::Late));
        }
        reserve(if room == 0 { ROOM } else { room }).map_err(Failure::Share)?;
        // SAFETY: the section of the caller's image, and the caller's promise.
        unsafe { between(start, end) }.map_err(Failure::Share)
    })
}

/// The cells of a family that lies there: where that is shared, they are too.
pub(crate) fn beside(family: usize, cells: GrowingCells) -> Result<*mut GrowingCells, ShareError> {
    if holds(family) {
        let none = || ShareError::System(io::ErrorKind::OutOfMemory.into());
        return place(cells).ok_or_else(none);
    }
    own().push(family);
    Ok(Box::into_raw(Box::new(cells)))
}

/// # Safety
///
/// `beside` gave the cells for this family, and nobody uses them any more.
pub(crate) unsafe fn free(family: usize, cells: *mut GrowingCells) {
    // Shared memory is never freed.
    if !holds(cells.addr()) {
        own().retain(|other| *other != family);
        // SAFETY: the caller's promise.
        drop(unsafe { Box::from_raw(cells) });
    }
}
