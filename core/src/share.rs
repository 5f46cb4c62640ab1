//! Metrics that a process shares with those it forks, for servers whose workers are forks of one process:
//! whichever of them is scraped shows the totals of all. Feature `share`, on Linux.
//!
//! Metrics whose memory lies in the section `nprom_shared` become shared by one call before the first `fork`:
//!
//! ```
//! nanoprom::metrics! {
//!     pub static METRICS;
//!     /// Requests served.
//!     pub static REQUESTS: Counter = "requests_total", section = "nprom_shared";
//!     /// Requests by user.
//!     pub static BY_USER: GrowingFamily<IntCounter, 1> = "user_requests_total",
//!         labels = ["user"], section = "nprom_shared";
//! }
//! use nanoprom::{Counter, GrowingFamily, IntCounter};
//!
//! # if nanoprom::LAYOUT == "native64" {
//! // SAFETY: there is no other thread yet, and no signal handler that updates metrics.
//! unsafe { nanoprom::share::share() }?;
//! # }
//! // Each worker, once forked:
//! REQUESTS.inc();
//! BY_USER.labels(["alice"])?.inc();
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! Updates cost what they always cost: they are atomic additions, and the kernel has no part in them. There
//! are no files, and nothing to clean up: the memory ends with the last process.
//!
//! * Series that a worker adds are on the pages of all. Families in static memory add them without a lock;
//!   families that grow, here and in [`runtime`](crate::runtime), take them from memory that
//!   [`reserve`] sets aside, under a lock that the kernel hands on if its holder is killed.
//! * A worker that is killed, by `SIGKILL` at any moment, blocks nobody and loses nothing that it counted. Three
//!   things it may leave: an observation in its bucket whose value is missing in the sum; an exemplar that is not
//!   replaced any more; and, killed inside `remove` of a [`Family`](crate::Family), a series that stays off
//!   the page.
//! * A gauge is one cell for all: `inc` and `dec` of all workers add up, of `set` the last one holds. For a value
//!   of each worker, give a family the label `pid`, and let the parent
//!   [`remove`](crate::Family::remove) those of workers that ended.
//! * What functions and collectors show, [`process`](crate::process) among them, is that of the process that is
//!   asked.
//! * Metrics elsewhere, and families of [`runtime`](crate::runtime) that were made after the fork, are each
//!   process's own.
//!
//! A metric is shared with the processes that are forked later, not with what they `exec`.

use crate::atomic::LAYOUT;
use crate::families::growing::GrowingCells;
use crate::{sharing::arena, sharing::section};
use core::alloc::Layout;
use core::fmt;
use std::io;

/// What [`share`] reserves for families that grow, in bytes of address space.
pub const ROOM: usize = 64 << 20;

/// Why nothing was shared.
#[derive(Debug)]
#[non_exhaustive]
pub enum ShareError {
    /// The section does not begin and end with a page: the linker put something behind the page that ends it.
    Pages,
    /// A family that grows, in the section, has series already, in memory of this process alone.
    Late,
    /// Updates are not atomic instructions on this core: they take locks that processes do not share.
    Layout,
    /// The system refused.
    System(io::Error),
}

impl fmt::Display for ShareError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Pages => {
                "the section nprom_shared does not end with a page: link what has metrics in it in \
                 front of nanoprom, and not with thin LTO"
            }
            Self::Late => "a family that grows has series already, which cannot be shared",
            Self::Layout => "metrics cannot be shared on a core without 64-bit atomics",
            Self::System(error) => return write!(f, "no shared memory: {error}"),
        })
    }
}

impl core::error::Error for ShareError {}

impl From<io::Error> for ShareError {
    fn from(error: io::Error) -> Self {
        Self::System(error)
    }
}

/// Shares everything in the section `nprom_shared` with processes that are forked later. Values stay as they are.
///
/// For families that grow it also [reserves](reserve) [`ROOM`], unless that was done before. The second call does nothing.
///
/// The section has to begin and end with a page, which it does with what this crate puts into it:
/// programs have nothing to do for that. Linked with `lto = "thin"`, where the order of things is lost, most cannot
/// share; no other setting of `lto` does that.
///
/// # Errors
///
/// Where that cannot be; nothing is changed then.
///
/// # Safety
///
/// Until it returns, nobody else uses a metric of the section: no other thread, no signal handler.
pub unsafe fn share() -> Result<(), ShareError> {
    reserve(ROOM)?;
    if section::is_late() {
        return Err(ShareError::Late);
    }
    let section = section::bounds();
    // SAFETY: the section is memory of this image that can be written; the rest is the caller's promise.
    unsafe { between(section.start, section.end) }
}

/// Reserves memory for series of families that grow: those of the section, and of
/// [`runtime::Family::shared`](crate::runtime::Family::shared). `len` is in bytes of address space; memory
/// is taken page by page, as series are added.
///
/// There is no more than this for all of them together: families refuse series when it is used up, as others do
/// without memory. A series of a counter with two short labels takes about 100 bytes. What was reserved first
/// stays.
///
/// # Errors
///
/// Where the system refuses.
pub fn reserve(len: usize) -> Result<(), ShareError> {
    if LAYOUT != "native64" {
        return Err(ShareError::Layout);
    }
    Ok(arena::reserve(len)?)
}

/// Whether what lies at this address is shared.
#[doc(hidden)]
pub fn holds(address: usize) -> bool {
    arena::holds(address)
}

/// Puts the cells of a family that grows into reserved memory; `None` where none is left.
#[doc(hidden)]
pub fn place(cells: GrowingCells) -> Option<*mut GrowingCells> {
    let place = arena::zeros(Layout::new::<GrowingCells>())?.cast::<GrowingCells>();
    // SAFETY: memory that was handed out for them.
    unsafe { place.write(cells) };
    Some(place)
}

/// Shares the memory between two addresses, which are those of pages.
///
/// # Safety
///
/// As for [`share`]; it is one mapping that can be written.
#[doc(hidden)]
pub unsafe fn between(start: usize, end: usize) -> Result<(), ShareError> {
    if LAYOUT != "native64" {
        return Err(ShareError::Layout);
    }
    // SAFETY: no memory is involved.
    let page = unsafe { libc::sysconf(libc::_SC_PAGESIZE) } as usize;
    let len = end.wrapping_sub(start);
    // Asked for so that the page is linked that ends the section, for who comes with bounds of their own.
    let _ = section::bounds();
    if !start.is_multiple_of(page) || !len.is_multiple_of(page) {
        return Err(ShareError::Pages);
    }
    if len == 0 || arena::holds(start) {
        return Ok(());
    }
    let (old, new) = (core::ptr::with_exposed_provenance_mut::<u8>(start), arena::map(len)?);
    // SAFETY: the new mapping is as long, and takes the place of the old one with the same contents.
    let moved = unsafe {
        old.copy_to_nonoverlapping(new, len);
        let how = libc::MREMAP_MAYMOVE | libc::MREMAP_FIXED;
        libc::mremap(new.cast(), len, len, how, old)
    };
    if moved == libc::MAP_FAILED {
        let error = io::Error::last_os_error();
        // SAFETY: it is still where it was, and nobody knows of it.
        unsafe { libc::munmap(new.cast(), len) };
        return Err(error.into());
    }
    arena::add_range(start, len);
    Ok(())
}
