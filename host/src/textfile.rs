//! Text files for `node_exporter` and the like.

use crate::build;
use crate::outcome::{Failure, status_of, text_of};
use core::ffi::c_char;
use nanoprom_core::{Group, write_textfile};
use std::ffi::OsStr;
use std::os::unix::ffi::OsStrExt;

#[unsafe(no_mangle)]
pub unsafe extern "C" fn nprom_write_textfile(
    group: *const Group<'static>,
    path: *const c_char,
) -> i32 {
    build::check();
    status_of(|| {
        // SAFETY: null or a group that lives until this returns.
        let group = unsafe { group.as_ref() }.ok_or(Failure::Null("the group"))?;
        // SAFETY: null or a string.
        let path = unsafe { text_of(path) }.ok_or(Failure::Null("the path"))?;
        let path = OsStr::from_bytes(path.to_bytes());
        write_textfile(group, path)
            .map_err(|error| Failure::System(format!("cannot write {}", path.display()), error))
    })
}
