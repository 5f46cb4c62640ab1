//! The guard: our own instruction counts and allocations must not grow unnoticed.
//!
//! Both are exact: the same binary does the same work in every run. Another compiler makes another
//! binary, and another C library copies memory in another way, so with a toolchain other than the
//! baseline's instruction counts may grow by [`OTHER_TOOLCHAIN`]; allocations may not.

use crate::case::{CYCLE, Case, Kind, LINES, OURS, WORKLOADS, Work};
use crate::{callgrind, case};
use core::ffi::CStr;
use serde_json::{Map, Value, json};

use std::path::Path;
use std::process::Command;
use std::{fs, io};

const PATH: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/baseline.json");
const ACCEPT: &str = "make bench-baseline";

/// How much an instruction count may grow.
const SAME_TOOLCHAIN: f64 = 1.02;
/// The same with another toolchain: enough for other unrolling and inlining, not for another
/// algorithm.
const OTHER_TOOLCHAIN: f64 = 1.5;
/// Counts are written with three digits behind the point.
const ROUNDING: f64 = 0.001;

/// Counts now and writes them down.
pub(crate) fn baseline() -> Result<(), String> {
    alone()?;
    if !callgrind::available() {
        return Err("a baseline needs valgrind, which is not installed".to_owned());
    }
    let counts: Map<_, _> =
        instructions()?.into_iter().map(|(name, count)| (name.to_owned(), json!(count))).collect();
    let text = json!({
        "made_by": toolchain()?,
        "instructions": counts,
        "allocations_per_scrape": allocations(),
    });
    fs::write(PATH, format!("{text:#}\n")).map_err(|error| format!("{PATH}: {error}"))?;
    println!("wrote benches/baseline.json");
    Ok(())
}

/// Counts now and compares.
pub(crate) fn check() -> Result<(), String> {
    alone()?;
    let text =
        fs::read_to_string(PATH).map_err(|error| format!("{PATH}: {error}; run: {ACCEPT}"))?;
    let baseline: Value =
        serde_json::from_str(&text).map_err(|error| format!("{PATH}: {error}; run: {ACCEPT}"))?;
    let mut faults = Vec::new();
    let (now, then) = (allocations(), baseline["allocations_per_scrape"].as_u64().unwrap_or(0));
    println!("allocations per scrape: {now} (baseline {then})");
    if now > then {
        faults.push(format!("a scrape allocates {now} times, not {then}"));
    }
    if callgrind::available() {
        let toolchain = toolchain()?;
        let same = baseline["made_by"] == toolchain.as_str();
        let allowed = if same { SAME_TOOLCHAIN } else { OTHER_TOOLCHAIN };
        if !same {
            println!(
                "the baseline was made by {}, this is \"{toolchain}\": counts may grow by {:.0} %",
                baseline["made_by"],
                100.0 * (OTHER_TOOLCHAIN - 1.0)
            );
        }
        faults.extend(compare(&instructions()?, &baseline["instructions"], allowed));
    } else {
        println!("valgrind is not installed: instruction counts are NOT compared");
    }
    if faults.is_empty() {
        println!("no hot path got longer");
        return Ok(());
    }
    Err(format!("{}\nIf that is intended, accept it with: {ACCEPT}", faults.join("\n")))
}

/// Other crates in the binary change what the compiler inlines into ours.
fn alone() -> Result<(), String> {
    if cfg!(feature = "peers") {
        return Err("counts are only comparable in a build without `--features peers`".to_owned());
    }
    Ok(())
}

/// Prints each count beside its baseline; the result is what grew too much.
fn compare(now: &[(&str, f64)], baseline: &Value, allowed: f64) -> Vec<String> {
    let mut faults = Vec::new();
    for (name, now) in now {
        let Some(then) = baseline[*name].as_f64() else {
            faults.push(format!("{name} has no baseline"));
            continue;
        };
        println!("{name:16} {now:9.3} instructions (baseline {then:.3})");
        if *now > then * allowed + ROUNDING {
            faults.push(format!("{name} takes {now:.3} instructions, {then:.3} before"));
        } else if *now < then / allowed - ROUNDING {
            println!("{name} got shorter: keep it with {ACCEPT}");
        }
    }
    faults
}

fn ours() -> Vec<Case> {
    case::all().into_iter().filter(|case| case.contender == OURS).collect()
}

/// The counts of all our single-thread workloads.
fn instructions() -> Result<Vec<(&'static str, f64)>, String> {
    ours().iter().filter_map(count).collect::<io::Result<_>>().map_err(|error| error.to_string())
}

/// Instructions per operation of `case`, if it is one that has them.
pub(crate) fn count(case: &Case) -> Option<io::Result<(&'static str, f64)>> {
    let workload = WORKLOADS.iter().find(|known| known.name == case.workload)?;
    let (Kind::One(load), Work::Passes(_)) = (workload.kind, case.work) else {
        return None;
    };
    let program = std::env::current_exe().ok()?;
    // A page has few lines beside the operands of the other workloads.
    let passes = if load.per_pass == LINES { 8 } else { CYCLE };
    let arguments = ["exec", case.workload, case.contender];
    let per_pass = callgrind::per_pass(Path::new(&program), &arguments, passes);
    Some(
        per_pass
            .map(|count| (case.workload, (count / load.per_pass as f64 * 1000.0).round() / 1000.0)),
    )
}

fn allocations() -> u64 {
    let scrape = ours().into_iter().find(|case| case.workload == "alloc.scrape");
    match scrape.map(|case| case.work) {
        Some(Work::Heap(run)) => run().allocations as u64,
        _ => 0,
    }
}

/// What the counts depend on besides our code: the compiler that `cargo` runs, its target, and the C
/// library.
fn toolchain() -> Result<String, String> {
    let output = Command::new("rustc").arg("--version").output();
    let output = output.map_err(|error| format!("rustc --version: {error}"))?;
    // SAFETY: gives a static string.
    let libc = unsafe { CStr::from_ptr(libc::gnu_get_libc_version()) };
    Ok(format!(
        "{}, {}, glibc {}",
        String::from_utf8_lossy(&output.stdout).trim(),
        std::env::consts::ARCH,
        libc.to_string_lossy()
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_percent_more_is_a_fault_and_less_is_not() {
        let baseline = json!({"inc.1t": 10.0, "encode": 300.0});
        let faults = |inc, encode| compare(&[("inc.1t", inc), ("encode", encode)], &baseline, 1.02);
        assert!(faults(10.2, 306.0).is_empty());
        assert_eq!(faults(10.3, 307.0).len(), 2);
        assert!(faults(1.0, 1.0).is_empty());
    }

    #[test]
    fn a_workload_without_a_baseline_is_a_fault() {
        assert_eq!(compare(&[("new.1t", 1.0)], &json!({}), 1.02).len(), 1);
    }
}
