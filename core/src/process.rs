//! Metrics of the process itself, with the names that all client libraries share.
//!
//! ```
//! nanoprom::metrics! {
//!     static METRICS, include = [nanoprom::process::METRICS];
//!     /// Requests served.
//!     static REQUESTS: Counter = "http_requests_total";
//! }
//! use nanoprom::Counter;
//! # let mut page = String::new();
//! # nanoprom::encode(&METRICS, nanoprom::Format::Text, &mut nanoprom::FmtWriter(&mut page)).unwrap();
//! # assert_eq!(page.contains("\nprocess_cpu_seconds_total "), cfg!(target_os = "linux"));
//! ```
//!
//! The names are the same for every program only in a group without a prefix: where your own group has
//! one, let an outer group include both.
//!
//! | metric | is |
//! |---|---|
//! | `process_cpu_seconds_total` | CPU time of all threads, in user and system mode |
//! | `process_open_fds`, `process_max_fds` | file descriptors, and how many there may be |
//! | `process_virtual_memory_bytes`, `process_virtual_memory_max_bytes` | address space, and how much there may be |
//! | `process_resident_memory_bytes` | memory that is in RAM |
//! | `process_start_time_seconds` | seconds since 1970 |
//! | `process_threads` | threads |
//!
//! They are read at each page, from the kernel and from `/proc`: some tens of microseconds, and more
//! with thousands of open files. Where there is no limit the page says `+Inf`, where `/proc` cannot be
//! read `NaN`. On systems other than Linux the group is empty: left out rather than wrong.

#![forbid(unsafe_code)]

#[cfg(not(target_os = "linux"))]
crate::metrics! {
    /// The group to include: empty on this system.
    pub static METRICS, default = false;
}

#[cfg(target_os = "linux")]
pub use linux::METRICS;

#[cfg(target_os = "linux")]
mod linux {
    use crate::metrics::callback::{CounterFn, GaugeFn};
    use rustix::param::clock_ticks_per_second;
    use rustix::process::{Resource, getrlimit};
    use rustix::time::{ClockId, clock_gettime};
    use std::fs;
    use std::string::String;
    use std::sync::OnceLock;

    crate::metrics! {
        /// The group to include.
        pub static METRICS, default = false;
        /// Total user and system CPU time spent in seconds.
        static CPU: CounterFn = "process_cpu_seconds_total", function = cpu_seconds;
        /// Number of open file descriptors.
        static OPEN_FDS: GaugeFn = "process_open_fds", function = open_fds;
        /// Maximum number of open file descriptors.
        static MAX_FDS: GaugeFn = "process_max_fds", function = max_fds;
        /// Virtual memory size in bytes.
        static VIRTUAL: GaugeFn = "process_virtual_memory_bytes", function = virtual_bytes;
        /// Maximum amount of virtual memory available in bytes.
        static VIRTUAL_MAX: GaugeFn = "process_virtual_memory_max_bytes", function = virtual_max_bytes;
        /// Resident memory size in bytes.
        static RESIDENT: GaugeFn = "process_resident_memory_bytes", function = resident_bytes;
        /// Start time of the process since unix epoch in seconds.
        static START: GaugeFn = "process_start_time_seconds", function = start_seconds;
        /// Number of OS threads in the process.
        static THREADS: GaugeFn = "process_threads", function = threads;
    }

    fn cpu_seconds() -> f64 {
        let time = clock_gettime(ClockId::ProcessCPUTime);
        time.tv_sec as f64 + time.tv_nsec as f64 / 1e9
    }

    fn open_fds() -> f64 {
        // One of them is that of the directory while it is read.
        fs::read_dir("/proc/self/fd").map_or(f64::NAN, |files| files.count() as f64 - 1.0)
    }

    fn max_fds() -> f64 {
        limit(Resource::Nofile)
    }

    fn virtual_bytes() -> f64 {
        status("VmSize:") * 1024.0
    }

    fn virtual_max_bytes() -> f64 {
        limit(Resource::As)
    }

    fn resident_bytes() -> f64 {
        status("VmRSS:") * 1024.0
    }

    fn threads() -> f64 {
        status("Threads:")
    }

    fn start_seconds() -> f64 {
        // Read once, because it moves by a second now and then, and the start does not.
        static BOOT: OnceLock<f64> = OnceLock::new();
        let boot = match BOOT.get() {
            Some(boot) => *boot,
            None => {
                let boot = number_of("btime", &read("/proc/stat"));
                // It may be there the next time.
                if boot.is_nan() { boot } else { *BOOT.get_or_init(|| boot) }
            }
        };
        boot + start_ticks(&read("/proc/self/stat")) / clock_ticks_per_second() as f64
    }

    /// The soft limit: the one that is in force.
    fn limit(resource: Resource) -> f64 {
        getrlimit(resource).current.map_or(f64::INFINITY, |most| most as f64)
    }

    /// A number of `/proc/self/status`, kilobytes of 1024 where it is memory.
    fn status(name: &str) -> f64 {
        number_of(name, &read("/proc/self/status"))
    }

    /// A file, or nothing.
    fn read(path: &str) -> String {
        // The process may have chosen a name for itself that is no text.
        fs::read(path)
            .map_or_else(|_| String::new(), |bytes| String::from_utf8_lossy(&bytes).into())
    }

    /// The number behind the name at the beginning of a line.
    fn number_of(name: &str, text: &str) -> f64 {
        let rest = text.lines().find_map(|line| line.strip_prefix(name));
        number(rest.and_then(|rest| rest.split_ascii_whitespace().next()))
    }

    /// Field 22 of a process' `stat`: when it started, in ticks since the system did. The second field
    /// is a name in parentheses, and may hold any of both.
    fn start_ticks(stat: &str) -> f64 {
        let behind_name = stat.rsplit_once(')').map(|(_, rest)| rest);
        number(behind_name.and_then(|rest| rest.split_ascii_whitespace().nth(22 - 3)))
    }

    fn number(text: Option<&str>) -> f64 {
        text.and_then(|text| text.parse().ok()).unwrap_or(f64::NAN)
    }

    #[cfg(test)]
    mod tests {
        use super::*;

        #[test]
        fn the_start_is_found_behind_any_name() {
            let numbers: String = (3..=30).map(|field| std::format!(" {field}")).collect();
            for name in ["a", "a b", ") 1 2 3", "((", ""] {
                assert_eq!(start_ticks(&std::format!("1 ({name}){numbers}\n")), 22.0, "{name}");
            }
        }

        #[test]
        fn what_cannot_be_read_is_not_a_number() {
            assert!(start_ticks("").is_nan() && start_ticks("1 (a) S 2").is_nan());
            assert!(
                number_of("VmRSS:", "").is_nan() && number_of("VmRSS:", "VmRSS: many").is_nan()
            );
            assert!(read("/proc/self/there is no such file").is_empty());
        }

        #[test]
        fn numbers_are_found_by_the_whole_name_at_the_beginning_of_a_line() {
            assert_eq!(
                number_of("VmRSS:", "VmSize:\t  10 kB\nNoVmRSS: 1\nVmRSS:\t  20 kB\n"),
                20.0
            );
        }
    }
}
