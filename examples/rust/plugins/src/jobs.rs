//! What jobs took, with an exemplar in each bucket: a slow bucket leads to a trace that was slow.

use crate::plugins::Plugin;
use nanoprom::{DEFAULT_BUCKETS, Family, Histogram, IntCounter, WithExemplars, clock, metrics};

metrics! {
    // Nobody names this group: it is on the page because it is declared.
    static METRICS;
    /// Jobs done, by plugin.
    static DONE: Family<IntCounter, 1, 8> = "jobs_total", labels = ["plugin"];
    /// Time that a job took, in seconds.
    static DURATION: WithExemplars<Histogram<14>, 64> = "job_duration_seconds",
        buckets = DEFAULT_BUCKETS;
    /// Jobs whose trace was no exemplar.
    static UNTRACED: IntCounter = "jobs_untraced_total";
}

pub(crate) fn run(plugin: &Plugin, trace: &str) {
    let seconds = (plugin.work)();
    if let Ok(done) = DONE.labels([plugin.name]) {
        done.inc();
    }
    // One that is refused, because the trace is too long, changes nothing: the job counts without it.
    let labels = [("trace_id", trace)];
    let now = Some(clock::unix_seconds());
    if DURATION.observe_with_exemplar(seconds, &labels, now).is_err() {
        DURATION.observe(seconds);
        UNTRACED.inc();
    }
}
