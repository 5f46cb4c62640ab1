//! `nanoprom-checker FILE...`: is each of these a valid page?

#![forbid(unsafe_code)]

use std::io::{self, Read};
use std::process::ExitCode;

use nanoprom_checker::{Checker, Format};

const USAGE: &str = "usage: nanoprom-checker [--openmetrics] [--exact COUNTER]... FILE...

Checks pages of Prometheus text 0.0.4, and files that end in .om as OpenMetrics 1.0.0;
the FILE - is the standard input.
Prints one line per fault, file:line: sentence, and a total.
  --openmetrics     all files are OpenMetrics, whatever their names
  --exact COUNTER   accept this counter although it does not end in _total
Exit status: 0 all pages are valid, 1 some are not, 2 wrong usage.";

fn main() -> ExitCode {
    let mut checker = Checker::new();
    let mut open_metrics = false;
    let mut files = Vec::new();
    let mut arguments = std::env::args().skip(1);
    while let Some(argument) = arguments.next() {
        match argument.as_str() {
            "--help" | "-h" => {
                println!("{USAGE}");
                return ExitCode::SUCCESS;
            }
            "--openmetrics" => open_metrics = true,
            "--exact" => match arguments.next() {
                Some(name) => checker = checker.exact(name),
                None => return misuse("--exact needs the name of a counter"),
            },
            option if option.starts_with("--") => {
                return misuse(&format!("unknown option {option}"));
            }
            _ => files.push(argument),
        }
    }
    if files.is_empty() {
        return misuse("no file given");
    }
    let checker_of = |file: &str| {
        let format =
            if open_metrics || file.ends_with(".om") { Format::OpenMetrics } else { Format::Text };
        checker.clone().format(format)
    };
    let passed = files.iter().filter(|file| passes(&checker_of(file), file)).count();
    let failed = files.len() - passed;
    println!("{passed} passed, {failed} failed");
    if failed == 0 { ExitCode::SUCCESS } else { ExitCode::from(1) }
}

fn misuse(sentence: &str) -> ExitCode {
    eprintln!("nanoprom-checker: {sentence}\n{USAGE}");
    ExitCode::from(2)
}

fn passes(checker: &Checker, file: &str) -> bool {
    let page = match read(file) {
        Ok(page) => page,
        Err(error) => {
            println!("{file}: cannot be read: {error}");
            return false;
        }
    };
    let faults = checker.parse(&page).err().unwrap_or_default();
    for fault in &faults {
        println!("{file}:{fault}");
    }
    faults.is_empty()
}

fn read(file: &str) -> io::Result<Vec<u8>> {
    if file != "-" {
        return std::fs::read(file);
    }
    let mut page = Vec::new();
    io::stdin().read_to_end(&mut page)?;
    Ok(page)
}
