//! Memory that processes share, and the lock in it.

#[cfg(all(feature = "share", target_os = "linux"))]
pub(crate) mod arena;
#[cfg(feature = "alloc")]
pub(crate) mod memory;
#[cfg(all(feature = "share", target_os = "linux"))]
pub(crate) mod robust;
#[cfg(all(feature = "share", target_os = "linux"))]
pub(crate) mod section;
