//! Groups: the check of a table.

use crate::status::{NPROM_ERR_NULL, NPROM_ERR_TABLE, NPROM_OK};
use crate::types::nprom_group_t;
use core::ffi::c_char;
use nanoprom_core::{Group, check};

/// Checks a table and all that it includes: names, label names, bucket bounds, and that no two metrics
/// expose the same name. Call it in a test or at start-up; it compares all pairs of names.
///
/// On failure `message`, unless null, receives a sentence that names the offender, cut to
/// `message_len` bytes with its NUL. Returns NPROM_OK, NPROM_ERR_NULL or NPROM_ERR_TABLE.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nprom_check(
    group: *const nprom_group_t,
    message: *mut c_char,
    message_len: usize,
) -> i32 {
    // SAFETY: null or a group.
    let Some(group) = (unsafe { group.cast::<Group<'static>>().as_ref() }) else {
        return NPROM_ERR_NULL;
    };
    let Err(fault) = check(group) else {
        return NPROM_OK;
    };
    if !message.is_null() && message_len > 0 {
        let text = fault.as_str().as_bytes();
        let len = text.len().min(message_len - 1);
        // SAFETY: the caller's buffer has `message_len` bytes.
        unsafe {
            text.as_ptr().copy_to_nonoverlapping(message.cast(), len);
            message.add(len).write(0);
        }
    }
    NPROM_ERR_TABLE
}
