//! Rows and groups made at run time, of names that no literal can be.

use crate::labels::Text;
use crate::status::{NPROM_ERR_NOT_UTF8, NPROM_ERR_NULL, NPROM_ERR_TOO_LONG, NPROM_OK};
use crate::string::nprom_str_t;
use crate::types::{nprom_group_t, nprom_kind_t, nprom_metric_t};
use core::ffi::c_void;
use core::{ptr, str};

/// Makes a row whose name or help text is known only at run time. They are not copied. `kind` says what
/// `value` points to: for nprom_gauge_t it is &nprom_kind_gauge, and for its family
/// &nprom_kind_gauge_family; nothing checks that they go together. nprom_check and
/// nprom_registry_register judge the name.
///
/// Returns NPROM_OK, NPROM_ERR_NULL, NPROM_ERR_TOO_LONG for a name of more than 255 bytes or a
/// help text of more than 65535, or NPROM_ERR_NOT_UTF8 for either; the row is unchanged then.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nprom_metric_init(
    row: *mut nprom_metric_t,
    name: nprom_str_t,
    help: nprom_str_t,
    kind: *const nprom_kind_t,
    value: *const c_void,
) -> i32 {
    if row.is_null() || kind.is_null() || value.is_null() {
        return NPROM_ERR_NULL;
    }
    // SAFETY: as the header asks for.
    let texts = unsafe { [name.bytes(), help.bytes()] };
    let (Ok(name_len), Ok(help_len)) =
        (u8::try_from(texts[0].len()), u16::try_from(texts[1].len()))
    else {
        return NPROM_ERR_TOO_LONG;
    };
    if texts.iter().any(|text| str::from_utf8(text).is_err()) {
        return NPROM_ERR_NOT_UTF8;
    }
    let (name, help) = (texts[0].as_ptr().cast(), texts[1].as_ptr().cast());
    // SAFETY: the caller's memory.
    unsafe {
        row.write(nprom_metric_t { name, help, value, kind, name_len, unit_len: 0, help_len })
    };
    NPROM_OK
}

/// Makes a group of `row_count` rows that are known only at run time, with a prefix in front of every name
/// (none where it is empty). Neither is copied.
///
/// Returns NPROM_OK, NPROM_ERR_NULL, or NPROM_ERR_TOO_LONG for more than 65535 rows or a prefix of
/// more than 255 bytes.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nprom_group_init(
    group: *mut nprom_group_t,
    rows: *const nprom_metric_t,
    row_count: usize,
    prefix: nprom_str_t,
) -> i32 {
    if group.is_null() || rows.is_null() {
        return NPROM_ERR_NULL;
    }
    // SAFETY: as the header asks for.
    let prefix = unsafe { prefix.bytes() };
    let (Ok(row_count), Ok(prefix_len)) = (u16::try_from(row_count), u8::try_from(prefix.len()))
    else {
        return NPROM_ERR_TOO_LONG;
    };
    let made = nprom_group_t {
        rows,
        labels: ptr::null(),
        prefix: prefix.as_ptr().cast(),
        row_count,
        label_count: 0,
        prefix_len,
        list: 0,
        abi: ptr::null(),
    };
    // SAFETY: the caller's memory.
    unsafe { group.write(made) };
    NPROM_OK
}
