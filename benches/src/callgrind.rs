//! Instruction counts: the difference of two runs, so that start-up and preparation cancel out.

use std::io;
use std::path::Path;
use std::process::{Command, Stdio};

/// Whether valgrind can be run here.
pub(crate) fn available() -> bool {
    let mut valgrind = Command::new("valgrind");
    let version = valgrind.arg("--version").stdout(Stdio::null()).stderr(Stdio::null());
    version.status().is_ok_and(|status| status.success())
}

/// Instructions of one pass of `program`, called with `arguments` and a number of passes.
pub(crate) fn per_pass(program: &Path, arguments: &[&str], passes: usize) -> io::Result<f64> {
    let few = collected(program, arguments, passes)?;
    let many = collected(program, arguments, 2 * passes)?;
    Ok((many as f64 - few as f64) / passes as f64)
}

fn collected(program: &Path, arguments: &[&str], passes: usize) -> io::Result<u64> {
    let output = Command::new("valgrind")
        .args(["--tool=callgrind", "--callgrind-out-file=/dev/null"])
        .arg(program)
        .args(arguments)
        // Equally long in both runs, so that the stack begins at the same address.
        .arg(format!("{passes:08}"))
        .env_clear()
        .env("PATH", std::env::var_os("PATH").unwrap_or_default())
        // The same memcpy on every processor.
        .env("GLIBC_TUNABLES", "glibc.cpu.hwcaps=-AVX2,-AVX,-AVX512F,-AVX512VL,-ERMS,-FSRM")
        .output()?;
    let text = String::from_utf8_lossy(&output.stderr);
    let count = text.lines().find_map(|line| line.split_once("Collected :")?.1.trim().parse().ok());
    count.ok_or_else(|| io::Error::other(format!("callgrind gave no count:\n{text}")))
}
