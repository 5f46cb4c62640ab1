//! The version of the library and of its ABI.

use core::ffi::c_char;

/// Number of the ABI: it changes with every incompatible change of a type or a function.
pub const NPROM_ABI_VERSION: u32 = 1;

/// Returns the version of the library, such as "0.1.0".
#[unsafe(no_mangle)]
pub extern "C" fn nprom_version() -> *const c_char {
    concat!(env!("CARGO_PKG_VERSION"), "\0").as_ptr().cast()
}

/// What every user of the header refers to: its name tells version and layout, so that a stale
/// header or a header for another layout does not link.
macro_rules! abi_symbol {
    ($name:literal) => {
        #[unsafe(export_name = $name)]
        static ABI: u8 = NPROM_ABI_VERSION as u8;
    };
}
nanoprom_core::__with_abi_symbol!(abi_symbol);

/// cbindgen:ignore
///
/// What libnanoprom_host refers to, which shares private types with this library: see build_id.rs.
#[unsafe(export_name = env!("NPROM_BUILD"))]
static BUILD: u8 = 0;
