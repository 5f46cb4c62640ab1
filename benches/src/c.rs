//! The workload in C: a program from `c/inc.c`, linked to the library as users link it.

use crate::callgrind;
use crate::case::{LIMIT, OURS};
use crate::measure;
use crate::report::Row;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

const WORKLOAD: &str = "inc_c.1t";
/// Operations of one pass, as in `c/inc.c`.
const OPS: f64 = 65_536.0;
const ROOT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/..");

/// Measures both contenders; `Err` tells why that is impossible here.
pub(crate) fn measure() -> Result<Vec<Row>, String> {
    let program = build()?;
    let output = run(Command::new(&program).arg("rounds"))?;
    let rounds: Vec<Vec<f64>> = output.lines().filter_map(round).collect();
    let dropped = output.lines().count() - rounds.len();
    let measured = measure::summary(&rounds, 2, dropped);
    let instructions = |contender: &str| {
        if !callgrind::available() {
            return None;
        }
        callgrind::per_pass(&program, &[contender], 1).ok().map(|count| count / OPS)
    };
    let row = |contender: &'static str, measured: measure::Measured| Row {
        workload: WORKLOAD,
        contender,
        ratio: Some(measured.ratio),
        ns: Some(measured.ns),
        instructions: instructions(contender),
        ..Row::default()
    };
    Ok([LIMIT, OURS]
        .into_iter()
        .zip(measured)
        .map(|(name, measured)| row(name, measured))
        .collect())
}

/// Nanoseconds of the limit and of ours; nothing where the line says `lost`.
fn round(line: &str) -> Option<Vec<f64>> {
    line.split(' ').map(|number| number.parse().ok()).collect()
}

fn build() -> Result<PathBuf, String> {
    let root = Path::new(ROOT);
    if !root.join("include/nanoprom.h").is_file() {
        return Err("include/nanoprom.h does not exist".to_owned());
    }
    run(Command::new("cargo").current_dir(root).args([
        "build",
        "--quiet",
        "--release",
        "--package",
        "nanoprom-ffi",
        "--target-dir",
        "target",
    ]))?;
    let folder = root.join("target/bench");
    fs::create_dir_all(&folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    let program = folder.join("inc");
    let compiler = std::env::var_os("CC").unwrap_or_else(|| "cc".into());
    run(Command::new(compiler)
        .args(["-std=gnu11", "-O2", "-Wall", "-Wextra", "-Werror", "-o"])
        .arg(&program)
        .arg("-I")
        .arg(root.join("include"))
        .arg(root.join("benches/c/inc.c"))
        .arg(root.join("target/release/libnanoprom.a")))?;
    Ok(program)
}

/// What the command printed.
fn run(command: &mut Command) -> Result<String, String> {
    let output = command.output().map_err(|error| format!("{command:?}: {error}"))?;
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    if output.status.success() {
        return Ok(text(&output.stdout));
    }
    Err(format!("{command:?}: {}\n{}", output.status, text(&output.stderr)))
}
