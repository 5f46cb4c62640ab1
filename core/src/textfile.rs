//! Text files of metrics, for the textfile collector of `node_exporter` and the like: jobs that run and
//! end, and programs that nobody can connect to.

use crate::page::cursor::{Cursor, Format};
use crate::page::encode::encode_rest;
use crate::page::reader::AMPLE;
use crate::page::walk::{Hold, Source};
use crate::page::write::IoWriter;
use core::sync::atomic::{AtomicU32, Ordering};
use std::ffi::OsString;
use std::fs::{self, File, OpenOptions};
use std::io::{self, BufWriter, ErrorKind};
use std::path::{Path, PathBuf};
use std::{process, thread, vec};

/// Writes the page of a [`Group`](crate::Group) or a [`Registry`](crate::Registry) to a file, in the text
/// format.
///
/// The file is replaced as a whole: whoever reads it sees the old page or the new one, after a power
/// failure too. The page is written to a hidden file in the same directory, which then takes the name;
/// all may read it (mode 0644 on Unix). `node_exporter` reads files that end in `.prom`.
///
/// ```
/// nanoprom::metrics! {
///     static METRICS;
///     /// When the backup ended, in seconds since 1970.
///     static DONE: Gauge = "backup_done_timestamp_seconds";
/// }
/// use nanoprom::{Gauge, write_textfile};
///
/// # let folder = std::env::temp_dir();
/// DONE.set_to_current_time(nanoprom::clock::unix_seconds);
/// write_textfile(&METRICS, folder.join("nanoprom-backup.prom"))?;
/// # std::fs::remove_file(folder.join("nanoprom-backup.prom"))?;
/// # Ok::<(), std::io::Error>(())
/// ```
///
/// # Errors
///
/// Those of the file system; the old file, if there is one, is as it was.
pub fn write_textfile<'a>(source: impl Into<Source<'a>>, path: impl AsRef<Path>) -> io::Result<()> {
    let path = path.as_ref();
    let (file, hidden) = create_beside(path)?;
    let written = write(source.into(), file).and_then(|()| fs::rename(&hidden, path));
    if written.is_err() {
        // What went wrong first is what the caller wants to know.
        let _ = fs::remove_file(&hidden);
    }
    written
}

fn write(source: Source<'_>, file: File) -> io::Result<()> {
    let mut out = BufWriter::new(file);
    let mut scratch = vec![0; AMPLE];
    let _hold = hold(source);
    let reader = Cursor::new(source, Format::Text).with_scratch(&mut scratch);
    encode_rest(reader, &mut IoWriter(&mut out))?;
    let file = out.into_inner().map_err(io::IntoInnerError::into_error)?;
    // Whatever the mask of the process is.
    #[cfg(unix)]
    file.set_permissions(std::os::unix::fs::PermissionsExt::from_mode(0o644))?;
    // Otherwise the name could outlive a power failure, and the page not.
    file.sync_all()
}

/// Keeps the groups of a page from leaving; one that is just doing so is gone in a moment.
fn hold(source: Source<'_>) -> Hold<'_> {
    loop {
        match source.hold() {
            Some(hold) => return hold,
            None => thread::yield_now(),
        }
    }
}

/// A new file in the directory of `path`, whose name nobody reads and no other thread or process has.
fn create_beside(path: &Path) -> io::Result<(File, PathBuf)> {
    static WRITTEN: AtomicU32 = AtomicU32::new(0);
    let Some(name) = path.file_name() else {
        return Err(io::Error::new(ErrorKind::InvalidInput, "the path ends in no file name"));
    };
    loop {
        let mut hidden = OsString::from(".");
        hidden.push(name);
        let number = WRITTEN.fetch_add(1, Ordering::Relaxed);
        hidden.push(std::format!(".{}.{number}.tmp", process::id()));
        let hidden = path.with_file_name(hidden);
        match OpenOptions::new().write(true).create_new(true).open(&hidden) {
            // Left behind by a process that was killed, and had the same number.
            Err(error) if error.kind() == ErrorKind::AlreadyExists => {}
            result => return Ok((result?, hidden)),
        }
    }
}
