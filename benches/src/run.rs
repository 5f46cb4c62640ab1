//! `run`: all contenders at all workloads.

use crate::case::{self, Case, Kind, LIMIT, Work, Workload};
use crate::report::{self, Row};
use crate::{c, callgrind, guard, measure};
use std::path::Path;

const LIST: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../target/bench.json");

/// Measures the workloads of these names, or all.
pub(crate) fn run(names: &[&str]) -> Result<(), String> {
    if let Some(unknown) =
        names.iter().find(|name| !case::WORKLOADS.iter().any(|w| w.name == **name))
    {
        return Err(format!("no workload is called {unknown}"));
    }
    let wanted = |workload: &&Workload| names.is_empty() || names.contains(&workload.name);
    let workloads: Vec<_> = case::WORKLOADS.iter().filter(wanted).collect();
    if !cfg!(feature = "peers") {
        eprintln!("built without `--features peers`: no other crates in the table");
    }
    if !callgrind::available() {
        eprintln!("valgrind is not installed: no instruction counts");
    }
    let cases = case::all();
    let mut rows = Vec::new();
    for workload in &workloads {
        eprintln!("{} ...", workload.name);
        // The limit comes first, as the ratios want it.
        let here: Vec<_> = cases.iter().filter(|case| case.workload == workload.name).collect();
        match measured(workload, &here) {
            Ok(measured) => rows.extend(measured),
            Err(reason) => eprintln!("{} left out: {reason}", workload.name),
        }
    }
    report::print(&workloads, &rows);
    report::write(Path::new(LIST), &rows).map_err(|error| format!("{LIST}: {error}"))?;
    println!("The same as a list: target/bench.json");
    Ok(())
}

fn measured(workload: &Workload, cases: &[&Case]) -> Result<Vec<Row>, String> {
    match workload.kind {
        Kind::One(load) => {
            let time = |work| measure::one(work, load);
            let mut rows = timed(cases, time);
            if callgrind::available() {
                for (row, case) in rows.iter_mut().zip(cases) {
                    let count =
                        guard::count(case).transpose().map_err(|error| error.to_string())?;
                    row.instructions = count.map(|(_, count)| count);
                }
            }
            Ok(rows)
        }
        Kind::Two(load) => {
            let processors = measure::processors().ok_or("there is only one processor")?;
            Ok(timed(cases, |work| measure::two(work, load, processors)))
        }
        Kind::C => c::measure(),
        Kind::Heap | Kind::Memory => Ok(heap(cases)),
    }
}

fn timed(cases: &[&Case], time: impl Fn(fn(usize)) -> measure::Timing) -> Vec<Row> {
    let loops: Vec<_> = (cases.iter())
        .filter_map(|case| match case.work {
            Work::Passes(work) => Some((case, work)),
            _ => None,
        })
        .collect();
    let measured = measure::rounds(loops.len(), |contender| time(loops[contender].1));
    (loops.iter().zip(measured))
        .map(|((case, _), measured)| Row {
            workload: case.workload,
            contender: case.contender,
            ratio: Some(measured.ratio),
            ns: Some(measured.ns),
            ..Row::default()
        })
        .collect()
}

fn heap(cases: &[&Case]) -> Vec<Row> {
    let mut limit = 0.0;
    let row = |case: &&Case| {
        let mut row = Row { workload: case.workload, contender: case.contender, ..Row::default() };
        match case.work {
            Work::Bytes(bytes) => row.bytes = Some(bytes),
            Work::Heap(run) => {
                let heap = run();
                row.bytes = Some(heap.bytes);
                row.allocations = Some(heap.allocations);
            }
            Work::Passes(_) => {}
        }
        if case.contender == LIMIT {
            limit = row.bytes.unwrap_or(0.0);
        }
        // Nothing is not a measure for anything.
        row.ratio = row.bytes.filter(|_| limit > 0.0).map(|bytes| bytes / limit);
        row
    };
    cases.iter().map(row).collect()
}
