//! Workloads, and what a contender brings to one of them.

/// What is measured: the same work, done by every contender.
pub(crate) struct Workload {
    pub(crate) name: &'static str,
    pub(crate) kind: Kind,
}

/// How a workload is measured.
#[derive(Clone, Copy, PartialEq)]
pub(crate) enum Kind {
    /// Time and instructions per operation of one thread.
    One(Load),
    /// Time per operation of two threads that share one metric.
    Two(Load),
    /// The same, but in a C program.
    C,
    /// Allocations and bytes allocated by one scrape.
    Heap,
    /// Bytes a metric takes for good, the heap included.
    Memory,
}

/// How much work is timed at once. One timing takes between 0.05 and 3 milliseconds: long against the
/// clock, short against a time slice.
#[derive(Clone, Copy, PartialEq)]
pub(crate) struct Load {
    /// Operations (for pages: lines) of one pass over the operands.
    pub(crate) per_pass: usize,
    /// Passes of one timing.
    pub(crate) passes: usize,
}

/// Operations of one pass, where nothing else decides.
pub(crate) const OPS: usize = 1 << 12;
/// Passes after which the operands begin again.
pub(crate) const CYCLE: usize = 16;
/// Sample lines of the page.
pub(crate) const LINES: usize = 1000;

const fn one(per_pass: usize, passes: usize) -> Kind {
    Kind::One(Load { per_pass, passes })
}

const fn two(per_pass: usize, passes: usize) -> Kind {
    Kind::Two(Load { per_pass, passes })
}

/// All of them, in the order of the table.
pub(crate) const WORKLOADS: &[Workload] = &[
    Workload { name: "inc.1t", kind: one(OPS, CYCLE) },
    Workload { name: "inc.2t", kind: two(OPS, 4) },
    Workload { name: "inc_c.1t", kind: Kind::C },
    Workload { name: "add_f64.1t", kind: one(OPS, CYCLE) },
    Workload { name: "gauge_set.1t", kind: one(OPS, 4 * CYCLE) },
    Workload { name: "observe.1t", kind: one(OPS, CYCLE) },
    Workload { name: "observe.2t", kind: two(OPS, 2) },
    Workload { name: "labels3.1t", kind: one(32 * 120, 4) },
    Workload { name: "child.1t", kind: one(OPS, CYCLE) },
    Workload { name: "encode", kind: one(LINES, 4) },
    Workload { name: "encode_64", kind: one(LINES, 4) },
    Workload { name: "alloc.scrape", kind: Kind::Heap },
    Workload { name: "mem.int_counter", kind: Kind::Memory },
    Workload { name: "mem.counter", kind: Kind::Memory },
    Workload { name: "mem.histogram14", kind: Kind::Memory },
    Workload { name: "mem.series", kind: Kind::Memory },
];

/// The contender that ratios refer to.
pub(crate) const LIMIT: &str = "limit";
/// Our own contender.
pub(crate) const OURS: &str = "nanoprom";

/// A contender's way of doing a workload.
pub(crate) struct Case {
    pub(crate) workload: &'static str,
    pub(crate) contender: &'static str,
    pub(crate) work: Work,
}

/// What runs.
#[derive(Clone, Copy)]
pub(crate) enum Work {
    /// Does this many passes.
    Passes(fn(usize)),
    /// Does one scrape or builds something, and tells what that allocated.
    Heap(fn() -> Heap),
    /// Bytes, known without running anything.
    Bytes(f64),
}

/// What was taken from the heap.
#[derive(Clone, Copy, Default)]
pub(crate) struct Heap {
    pub(crate) allocations: usize,
    pub(crate) bytes: f64,
}

/// The cases of every contender, ours and the limits first.
pub(crate) fn all() -> Vec<Case> {
    let mut cases = crate::limits::cases();
    cases.extend(crate::ours::cases());
    #[cfg(feature = "peers")]
    {
        cases.extend(crate::prometheus_crate::cases());
        cases.extend(crate::prometheus_client_crate::cases());
    }
    cases
}

/// A list of cases of one contender.
pub(crate) fn of<const N: usize>(
    contender: &'static str,
    cases: [(&'static str, Work); N],
) -> Vec<Case> {
    cases.map(|(workload, work)| Case { workload, contender, work }).into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_case_belongs_to_a_workload_and_every_workload_has_ours_and_a_limit() {
        let cases = all();
        for case in &cases {
            assert!(WORKLOADS.iter().any(|known| known.name == case.workload), "{}", case.workload);
        }
        for workload in WORKLOADS.iter().filter(|workload| workload.kind != Kind::C) {
            for contender in [LIMIT, OURS] {
                let here =
                    |case: &&Case| case.workload == workload.name && case.contender == contender;
                assert_eq!(cases.iter().filter(here).count(), 1, "{} {contender}", workload.name);
            }
        }
    }
}
