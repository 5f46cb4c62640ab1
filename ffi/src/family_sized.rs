//! Families sized at run time, in the caller's memory.

use crate::labels::Text;
use crate::status::{NPROM_ERR_NOT_UTF8, NPROM_ERR_NULL, NPROM_ERR_TOO_LONG, NPROM_OK, of_unfit};
use crate::string::nprom_str_t;
use crate::types::{nprom_family_t, nprom_label_name_t};
use core::ffi::{c_char, c_void};
use core::{slice, str};
use nanoprom_core::LabelName;
use nanoprom_core::abi::AnyFamily;

/// Makes the name of a label that is known only at run time. `memory` takes it as it will stand on the page,
/// in 4 bytes more than it has itself; both are the label's from then on.
///
/// Returns NPROM_OK, NPROM_ERR_NULL, NPROM_ERR_TOO_LONG for more than 255 bytes, NPROM_ERR_NOT_UTF8,
/// NPROM_ERR_LABEL_NAME where it is none, or NPROM_ERR_BUFFER where the memory is too small; the label is
/// unchanged then.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nprom_label_name_init(
    label: *mut nprom_label_name_t,
    name: nprom_str_t,
    memory: *mut c_char,
    size: usize,
) -> i32 {
    if label.is_null() || memory.is_null() || name.data.is_null() {
        return NPROM_ERR_NULL;
    }
    // SAFETY: as the header asks for.
    let bytes = unsafe { name.bytes() };
    let Ok(text) = str::from_utf8(bytes) else {
        return NPROM_ERR_NOT_UTF8;
    };
    if text.len() > 255 {
        return NPROM_ERR_TOO_LONG;
    }
    let needed = text.len() + 4;
    // SAFETY: the caller's memory, zeroed first where it is large enough, since nobody says that it was.
    let memory = unsafe {
        let size = size.min(needed);
        memory.write_bytes(0, size);
        slice::from_raw_parts_mut(memory.cast::<u8>(), size)
    };
    match LabelName::new_in(memory, text) {
        Ok(name) => {
            // SAFETY: the caller's memory, of the same layout.
            unsafe { label.cast::<LabelName<'_>>().write(name) };
            NPROM_OK
        }
        Err(unfit) => of_unfit(unfit),
    }
}

/// Returns how many bytes of memory the family needs; 0 where there is no such family, for which
/// nprom_family_init tells why. Families are described by nprom_counter_family_of and its sisters.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nprom_family_size(family: *const nprom_family_t) -> usize {
    // SAFETY: null or a family.
    unsafe { described(family) }.and_then(|family| family.memory_size().ok()).unwrap_or(0)
}

/// Gives a family that was described its memory, whatever that held, and no children yet. `size` may be more
/// than nprom_family_size. Memory, label names and bounds are the family's from then on.
///
/// Call it before the family is used and before a page is made of it. Returns NPROM_OK; NPROM_ERR_NULL;
/// NPROM_ERR_BUFFER where the memory is too small or not aligned to 8 bytes; NPROM_ERR_LABEL_COUNT for
/// no labels or more than 255; NPROM_ERR_LABEL_NAME where one is wrong, reserved or there twice; or
/// NPROM_ERR_TABLE where the bounds do not ascend, where 0 ticks make a unit, for no series or more than
/// 1048574, and for 2 GiB of text or more. The family is unchanged then.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nprom_family_init(
    family: *mut nprom_family_t,
    memory: *mut c_void,
    size: usize,
) -> i32 {
    // SAFETY: null or a family.
    if unsafe { described(family) }.is_none() || memory.is_null() {
        return NPROM_ERR_NULL;
    }
    // SAFETY: a family that nobody uses yet, of the same layout, and memory that is to be its own.
    match unsafe { (*family.cast::<AnyFamily>()).place(memory.cast(), size) } {
        Ok(()) => NPROM_OK,
        Err(unfit) => of_unfit(unfit),
    }
}

/// A family that has all that it points to but memory.
///
/// # Safety
///
/// `family` is null or a family.
unsafe fn described<'f>(family: *const nprom_family_t) -> Option<&'f AnyFamily> {
    // SAFETY: the caller's promise.
    unsafe { family.cast::<AnyFamily>().as_ref() }.filter(|family| family.is_whole())
}
