//! Text files: always a whole page under the name, and nothing else in the directory.

#![cfg(feature = "std")]

use core::sync::atomic::{AtomicBool, Ordering};
use nanoprom::{GaugeFn, Group, IntCounter, Metric, Node, Registry, sample_value, write_textfile};
use std::fs;
use std::io::ErrorKind;
use std::path::PathBuf;
use std::thread;

nanoprom::metrics! {
    static METRICS;
    /// Jobs done.
    static JOBS: IntCounter = "jobs_total";
}

/// A directory of its own for a test, empty at the beginning and gone at the end.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir(&folder).unwrap();
        Self(folder)
    }

    fn names(&self) -> Vec<String> {
        let entries = fs::read_dir(&self.0).unwrap();
        entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect()
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

#[test]
fn a_page_that_is_read_meanwhile_is_whole_and_nothing_else_is_left() {
    let folder = Folder::new("textfile-whole");
    let file = folder.0.join("jobs.prom");
    write_textfile(&METRICS, &file).unwrap();
    let done = AtomicBool::new(false);
    thread::scope(|scope| {
        scope.spawn(|| {
            while !done.load(Ordering::Relaxed) {
                let page = nanoprom_checker::parse(&fs::read(&file).unwrap()).unwrap();
                assert_eq!(page.samples().count(), 1);
            }
        });
        let writers: Vec<_> = (0..2)
            .map(|_| {
                scope.spawn(|| {
                    for _ in 0..50 {
                        JOBS.inc();
                        write_textfile(&METRICS, &file).unwrap();
                    }
                })
            })
            .collect();
        writers.into_iter().for_each(|writer| writer.join().unwrap());
        done.store(true, Ordering::Relaxed);
    });
    assert_eq!(sample_value(&METRICS, "jobs_total", &[]).map(|jobs| jobs.as_f64()), Some(100.0));
    assert_eq!(folder.names(), ["jobs.prom"]);
}

/// Runs a test again in a process of its own, behind a line of shell, and with the path of the file.
#[cfg(unix)]
fn run_behind(shell: &str, test: &str, file: &std::path::Path) {
    let run = std::process::Command::new("sh")
        .args(["-c", &format!("{shell}; exec \"$0\" --exact {test}")])
        .arg(std::env::current_exe().unwrap())
        .env("TEXTFILE_HERE", file)
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&run.stdout);
    assert!(run.status.success() && said.contains("1 passed"), "{run:?}");
}

#[cfg(unix)]
#[test]
fn all_may_read_it_whatever_the_mask_is() {
    use std::os::unix::fs::PermissionsExt;

    if let Some(file) = std::env::var_os("TEXTFILE_HERE") {
        write_textfile(&METRICS, &file).unwrap();
        return;
    }
    let folder = Folder::new("textfile-mode");
    let file = folder.0.join("jobs.prom");
    run_behind("umask 077", "all_may_read_it_whatever_the_mask_is", &file);
    assert_eq!(fs::metadata(&file).unwrap().permissions().mode() & 0o7777, 0o644);
}

#[test]
fn a_rename_that_fails_leaves_what_was_there() {
    let folder = Folder::new("textfile-rename");
    // A directory of that name, which no file can take the place of.
    let there = folder.0.join("jobs.prom");
    fs::create_dir(&there).unwrap();
    fs::write(there.join("old"), "old").unwrap();
    assert!(write_textfile(&METRICS, &there).is_err());
    assert_eq!(folder.names(), ["jobs.prom"]);
    assert_eq!(fs::read(there.join("old")).unwrap(), b"old");
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_leaves_the_old_page() {
    // A limit of the process stands for the disk; its signal is ignored.
    if let Some(file) = std::env::var_os("TEXTFILE_HERE") {
        let error = write_textfile(&METRICS, &file).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::FileTooLarge);
        return;
    }
    let folder = Folder::new("textfile-full");
    let file = folder.0.join("jobs.prom");
    fs::write(&file, "old 1\n").unwrap();
    run_behind("trap '' XFSZ; ulimit -f 0", "a_full_disk_leaves_the_old_page", &file);
    assert_eq!(fs::read(&file).unwrap(), b"old 1\n");
    assert_eq!(folder.names(), ["jobs.prom"]);
}

#[test]
fn no_group_leaves_while_a_page_is_written() {
    static PLUGINS: Registry<'static> = Registry::new();
    static SHOWN: Node<'static> = Node::new(&LEAVES);
    static OTHER: Node<'static> = Node::new(&METRICS);
    fn leave() -> f64 {
        f64::from(u8::from(PLUGINS.__unlink(&OTHER).is_ok()))
    }
    static LEAVING: GaugeFn = GaugeFn::new(leave);
    static LEAVES: Group = {
        const ROWS: &[Metric] = &[Metric::new("leaving", "", &LEAVING)];
        Group::new(ROWS)
    };
    for node in [&OTHER, &SHOWN] {
        PLUGINS.register(node).unwrap();
    }
    PLUGINS.unregister(&OTHER).unwrap();
    let folder = Folder::new("textfile-leave");
    let file = folder.0.join("jobs.prom");
    write_textfile(&PLUGINS, &file).unwrap();
    let page = fs::read_to_string(&file).unwrap();
    assert!(page.ends_with("\nleaving 0\n"), "{page}");
    assert_eq!(leave(), 1.0);
}

#[test]
fn a_path_without_a_name_and_one_without_a_directory_are_refused() {
    let error = write_textfile(&METRICS, "..").unwrap_err();
    assert_eq!(error.kind(), ErrorKind::InvalidInput);
    let folder = Folder::new("textfile-nowhere");
    let error = write_textfile(&METRICS, folder.0.join("missing/jobs.prom")).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::NotFound);
}
