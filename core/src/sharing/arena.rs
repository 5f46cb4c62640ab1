//! Memory that a process shares with those it forks: what was reserved, and what else became shared.
//!
//! Nothing is given back. Memory is handed out by one atomic addition, so whoever is killed meanwhile
//! wastes what it was given, and blocks nobody.

use crate::atomic::{Link, Word};
use alloc::boxed::Box;
use core::alloc::Layout;
use core::ptr;
use std::io;

/// Bytes that are handed out together, and their alignment.
const UNIT: usize = 16;

/// At the start of the memory.
#[repr(C, align(16))]
struct Arena {
    /// Units that were handed out.
    used: Word,
    /// Units that there are.
    size: Word,
}

/// Memory from `start` on that all processes share.
struct Range {
    start: usize,
    len: usize,
    older: *mut Self,
}

// SAFETY: never changed once others know of it.
unsafe impl Sync for Range {}

/// Of this process, and of those that it forked since.
static ARENA: Link<Arena> = Link::new();
static RANGES: Link<Range> = Link::new();

/// New shared memory of zeros.
pub(crate) fn map(len: usize) -> io::Result<*mut u8> {
    let (access, kind) = (
        libc::PROT_READ | libc::PROT_WRITE,
        // No memory is set aside: what is never used costs nothing.
        libc::MAP_SHARED | libc::MAP_ANONYMOUS | libc::MAP_NORESERVE,
    );
    // SAFETY: a new mapping, at an address that the system chooses.
    let memory = unsafe { libc::mmap(ptr::null_mut(), len, access, kind, -1, 0) };
    if memory == libc::MAP_FAILED { Err(io::Error::last_os_error()) } else { Ok(memory.cast()) }
}

/// Reserves memory for [`zeros`], unless that was done before.
pub(crate) fn reserve(len: usize) -> io::Result<()> {
    if !ARENA.get().is_null() {
        return Ok(());
    }
    let len = len.max(size_of::<Arena>()).min(UNIT * u32::MAX as usize);
    let arena = map(len)?.cast::<Arena>();
    let used = Word::new(size_of::<Arena>().div_ceil(UNIT) as u32);
    // SAFETY: a mapping of its own, with room for that.
    unsafe { arena.write(Arena { used, size: Word::new((len / UNIT) as u32) }) };
    if ARENA.push(ptr::null_mut(), arena).is_err() {
        // SAFETY: another thread was faster, and nobody knows of this one.
        unsafe { libc::munmap(arena.cast(), len) };
    }
    Ok(())
}

/// Shared memory of zeros; `None` where there is none left.
pub(crate) fn zeros(layout: Layout) -> Option<*mut u8> {
    // SAFETY: null, or an arena, which never ends.
    let arena = unsafe { ARENA.get().as_ref() }?;
    let units = u32::try_from(layout.size().div_ceil(UNIT)).ok()?;
    if layout.align() > UNIT {
        return None;
    }
    let more = |used: u32| used.checked_add(units).filter(|used| *used <= arena.size.get());
    let used = arena.used.update(more)?;
    Some(ptr::from_ref(arena).cast_mut().cast::<u8>().wrapping_add(used as usize * UNIT))
}

/// Remembers that this memory is shared from now on.
pub(crate) fn add_range(start: usize, len: usize) {
    let range = Box::into_raw(Box::new(Range { start, len, older: RANGES.get() }));
    // SAFETY: just made, and not yet known to others.
    while let Err(now) = RANGES.push(unsafe { (*range).older }, range) {
        // SAFETY: as above.
        unsafe { (*range).older = now };
    }
}

/// Whether what lies there is shared.
pub(crate) fn holds(address: usize) -> bool {
    let arena = ARENA.get();
    // SAFETY: null, or an arena, which never ends.
    let len = unsafe { arena.as_ref() }.map_or(0, |arena| arena.size.get() as usize * UNIT);
    if address.wrapping_sub(arena.addr()) < len {
        return true;
    }
    let mut range = RANGES.get();
    // SAFETY: null, or a range, which is never freed.
    while let Some(Range { start, len, older }) = unsafe { range.as_ref() } {
        if address.wrapping_sub(*start) < *len {
            return true;
        }
        range = *older;
    }
    false
}
