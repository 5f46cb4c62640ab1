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
//! with thousands of open files. Where there is no limit the page says `+Inf`. What the system does not tell, such
//! as all that is in `/proc` where that is not there, is left out, rather than wrong; on systems other than Linux the
//! group is empty.

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
    use crate::kind::sealed::Sealed;
    use crate::kind::{Item, Kind, KindCell, MetricValue, OwnLabel, Special, Type};
    use crate::metrics::callback::{CounterFn, GaugeFn};
    use crate::numbers::number::Number;
    use crate::open::{At, Head, Open, Reading};
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
        static OPEN_FDS: IfTold = "process_open_fds", function = open_fds;
        /// Maximum number of open file descriptors.
        static MAX_FDS: GaugeFn = "process_max_fds", function = max_fds;
        /// Virtual memory size in bytes.
        static VIRTUAL: IfTold = "process_virtual_memory_bytes", function = virtual_bytes;
        /// Maximum amount of virtual memory available in bytes.
        static VIRTUAL_MAX: GaugeFn = "process_virtual_memory_max_bytes", function = virtual_max_bytes;
        /// Resident memory size in bytes.
        static RESIDENT: IfTold = "process_resident_memory_bytes", function = resident_bytes;
        /// Start time of the process since unix epoch in seconds.
        static START: IfTold = "process_start_time_seconds", function = start_seconds;
        /// Number of OS threads in the process.
        static THREADS: IfTold = "process_threads", function = threads;
    }

    /// A gauge that is on the page where the system tells its value, and else left out, name and all.
    struct IfTold {
        ask: fn() -> f64,
    }

    impl IfTold {
        const fn __declare_function(_metric: &str, ask: fn() -> f64) -> Self {
            Self { ask }
        }
    }

    impl Open for IfTold {
        fn enter(&self, at: &mut At, _: &Reading<'_>) -> bool {
            if at.family > 0 {
                return false;
            }
            let value = (self.ask)();
            at.item = Item::plain("", Number::float(value));
            !value.is_nan()
        }

        fn head<'r>(&'r self, _: &At, _: &Reading<'r>, _: &mut Head<'r>) {}

        fn next(&self, at: &mut At, _: &Reading<'_>) -> bool {
            at.series += 1;
            at.series == 1
        }

        fn label<'r>(&'r self, _: &At, _: &Reading<'r>, _: u32) -> Option<OwnLabel<'r>> {
            None
        }
    }

    impl Sealed for IfTold {}

    impl MetricValue for IfTold {
        const KIND: &'static KindCell = {
            static KIND: Kind = Kind::open(
                Type::Gauge,
                &const { Special::open(|value| value.cast::<IfTold>() as *const dyn Open, None) },
            );
            &KindCell::new(&KIND)
        };
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
        use crate::{Cursor, Format, Group, Metric};

        #[test]
        fn the_start_is_found_behind_any_name() {
            let numbers: String = (3..=30).map(|field| std::format!(" {field}")).collect();
            for name in ["a", "a b", ") 1 2 3", "((", ""] {
                assert_eq!(start_ticks(&std::format!("1 ({name}){numbers}\n")), 22.0, "{name}");
            }
        }

        #[test]
        fn what_the_system_does_not_tell_is_left_out() {
            let [told, not_told] = [|| 1.5, || f64::NAN].map(|ask: fn() -> f64| IfTold { ask });
            let rows = [("a", &told), ("b", &not_told), ("c", &told)];
            let rows = rows.map(|(name, value)| Metric::new(name, "", value));
            for (format, end) in [(Format::Text, ""), (Format::OpenMetrics, "# EOF\n")] {
                for size in [1, 9, 100] {
                    let (group, mut buf, mut page) = (Group::new(&rows), [0; 100], String::new());
                    let mut cursor = Cursor::new(&group, format);
                    loop {
                        let len = cursor.read(&mut buf[..size]);
                        if len == 0 {
                            break;
                        }
                        page += core::str::from_utf8(&buf[..len]).unwrap();
                    }
                    let lines = "# TYPE a gauge\na 1.5\n# TYPE c gauge\nc 1.5\n";
                    assert_eq!(page, std::format!("{lines}{end}"), "{size}");
                }
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
