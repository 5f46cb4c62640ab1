//! Groups: the check of a table, and labels whose text is known at run time.

use crate::status::{NPROM_ERR_NULL, NPROM_ERR_TABLE, NPROM_ERR_TOO_LONG, NPROM_OK};
use crate::string::bytes_of;
use crate::types::{nprom_group_t, nprom_label_t};
use core::ffi::c_char;
use nanoprom_core::Group;
use nanoprom_core::abi::check_list;

/// Checks a table and all that it includes: names, label names, bucket bounds, and that no two metrics
/// expose the same name. Call it in a test or at start-up; it compares all pairs of names. Of a registry's
/// group it checks all groups that are registered.
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
    let Err(fault) = check_list(group) else {
        return NPROM_OK;
    };
    // SAFETY: null or the caller's buffer.
    unsafe { write_message(fault.as_str(), message, message_len) };
    NPROM_ERR_TABLE
}

/// # Safety
///
/// `message` is null or a buffer of `message_len` bytes.
pub(crate) unsafe fn write_message(text: &str, message: *mut c_char, message_len: usize) {
    if !message.is_null() && message_len > 0 {
        let text = text.as_bytes();
        let len = text.len().min(message_len - 1);
        // SAFETY: the caller's promise.
        unsafe {
            text.as_ptr().copy_to_nonoverlapping(message.cast(), len);
            message.add(len).write(0);
        }
    }
}

/// Makes a label of two strings, where these are not literals, for which there is NPROM_LABEL. They have
/// to live as long as the label. Returns NPROM_OK, NPROM_ERR_NULL, or NPROM_ERR_TOO_LONG where one is
/// longer than 65535 bytes.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nprom_label_init(
    label_out: *mut nprom_label_t,
    name: *const c_char,
    value: *const c_char,
) -> i32 {
    if label_out.is_null() || name.is_null() || value.is_null() {
        return NPROM_ERR_NULL;
    }
    // SAFETY: two strings that end in NUL.
    let lengths = unsafe { [bytes_of(name).len(), bytes_of(value).len()] };
    let [Ok(name_len), Ok(value_len)] = lengths.map(u16::try_from) else {
        return NPROM_ERR_TOO_LONG;
    };
    // SAFETY: the caller's own label.
    unsafe { label_out.write(nprom_label_t { name, value, name_len, value_len }) };
    NPROM_OK
}
