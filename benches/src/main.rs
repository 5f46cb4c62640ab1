//! Benchmarks: ours against the limits of the machine and against other crates.
//!
//! - `run` measures everything, prints a table of ratios and writes `target/bench.json`;
//! - `guard` compares our instruction counts and allocations with `benches/baseline.json`;
//! - `baseline` writes that file;
//! - `exec` does one workload a number of times, for callgrind.
//!
//! Machines are noisy, so no time is ever compared with one of another run: contenders take turns,
//! and what counts is the ratio to the limit within a round.

mod alloc;
mod c;
mod callgrind;
mod case;
mod encode_pages;
mod guard;
mod limits;
mod measure;
mod operands;
mod ours;
#[cfg(feature = "peers")]
mod prometheus_client_crate;
#[cfg(feature = "peers")]
mod prometheus_crate;
mod report;
mod run;

use case::Work;
use std::process::ExitCode;

const USAGE: &str = "\
usage: nanoprom-bench run [WORKLOAD...]
       nanoprom-bench guard | baseline
       nanoprom-bench exec WORKLOAD CONTENDER PASSES";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let result = match arguments[..] {
        ["run", ref workloads @ ..] => run::run(workloads),
        ["guard"] => guard::check(),
        ["baseline"] => guard::baseline(),
        ["exec", workload, contender, passes] => exec(workload, contender, passes),
        _ => Err(USAGE.to_owned()),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("{message}");
            ExitCode::FAILURE
        }
    }
}

fn exec(workload: &str, contender: &str, passes: &str) -> Result<(), String> {
    let passes = passes.parse().map_err(|error| format!("{passes}: {error}"))?;
    let mut cases = case::all().into_iter();
    let case = cases.find(|case| case.workload == workload && case.contender == contender);
    match case.map(|case| case.work) {
        Some(Work::Passes(work)) => {
            work(passes);
            Ok(())
        }
        _ => Err(format!("no loop for {workload} of {contender}")),
    }
}
