//! Takes its metrics to a Pushgateway, as a job does that ends before anybody scrapes it:
//!
//! `push put|post|delete HOST PORT JOB [NAME VALUE]...`
//!
//! NAME and VALUE are further labels of the group that the gateway keeps.

use core::error::Error;
use core::time::Duration;
use nanoprom::http::Target;
use nanoprom::{Gauge, IntCounter, Label, clock, metrics, push};
use std::process::ExitCode;

metrics! {
    static METRICS;
    /// When the job ended, since 1970.
    static FINISHED: Gauge = "job_finished_timestamp_seconds";
    /// Records that the job has handled.
    static RECORDS: IntCounter = "job_records_total";
}

/// How long the gateway may keep us waiting.
const LIMIT: Duration = Duration::from_secs(10);

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("push: {error}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [verb, host, port, job, labels @ ..] = &arguments[..] else {
        return Err("usage: push put|post|delete HOST PORT JOB [NAME VALUE]...".into());
    };
    let labels: Vec<Label<'_>> = labels.chunks_exact(2).map(|l| Label::new(&l[0], &l[1])).collect();
    let host = format!("{host}:{port}");
    let target = Target::new(&host, job).labels(&labels);

    RECORDS.inc_by(3);
    FINISHED.set_to_current_time(clock::unix_seconds);

    match &**verb {
        "put" => push::put(&METRICS, target, LIMIT)?,
        "post" => push::post(&METRICS, target, LIMIT)?,
        "delete" => push::delete(target, LIMIT)?,
        _ => return Err(format!("no verb {verb}: put, post or delete").into()),
    }
    Ok(())
}
