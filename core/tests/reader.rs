//! Readers: parts of a page, chosen by names.

use nanoprom::{
    Counter, Cursor, Family, FmtWriter, Format, Gauge, Group, Histogram, IntCounter, encode,
    encode_rest, metrics, set_clock,
};

mod driver {
    nanoprom::metrics! {
        pub static METRICS;
        /// Frames.
        pub static FRAMES: IntCounter = "frames_total";
    }
    use nanoprom::IntCounter;
}

mod timed {
    nanoprom::metrics! {
        pub static METRICS, prefix = "app_";
        /// Jobs.
        pub static JOBS: Created<Counter> = "jobs_total";
    }
    use nanoprom::{Counter, Created};
}

metrics! {
    static METRICS, prefix = "app_", include = [driver::METRICS { prefix = "eth0_" }];
    /// Requests.
    static REQUESTS: Counter = "requests_total";
    /// Temperature.
    static HEAT: Gauge = "heat_celsius";
    /// Time to answer.
    static LATENCY: Histogram<1> = "latency_seconds", buckets = [1.0];
    /// Answers.
    static ANSWERS: Family<IntCounter, 1, 2> = "answers", labels = ["code"];
}

fn families(names: &[&str], format: Format) -> Vec<String> {
    families_of(&METRICS, names, format)
}

fn families_of(group: &Group, names: &[&str], format: Format) -> Vec<String> {
    let mut page = String::new();
    encode_rest(Cursor::new(group, format).only(names), &mut FmtWriter(&mut page)).unwrap();
    if format == Format::OpenMetrics {
        assert!(page.ends_with("# EOF\n"), "{page}");
    }
    let types = page.lines().filter_map(|line| line.strip_prefix("# TYPE "));
    types.map(|line| line.split(' ').next().unwrap().to_owned()).collect()
}

#[test]
fn a_family_is_chosen_by_its_own_name_or_by_that_of_a_sample() {
    for (names, expected) in [
        (&["app_requests_total"][..], &["app_requests_total"][..]),
        (&["app_requests"], &["app_requests_total"]),
        (&["app_latency_seconds_bucket"], &["app_latency_seconds"]),
        (&["app_latency_seconds_sum", "app_latency_seconds"], &["app_latency_seconds"]),
        (&["app_eth0_frames_total"], &["app_eth0_frames_total"]),
        (&["app_heat_celsius", "app_answers_total"], &["app_heat_celsius", "app_answers_total"]),
        (&["nanoprom_series_refused_total"], &["nanoprom_series_refused_total"]),
    ] {
        assert_eq!(families(names, Format::Text), expected, "{names:?}");
    }
    assert_eq!(families(&["app_requests_total"], Format::OpenMetrics), ["app_requests"]);
}

#[test]
fn creation_times_come_with_their_metric_and_it_with_them() {
    set_clock(|| 1e9);
    for name in ["app_jobs_created", "app_jobs_total", "app_jobs"] {
        let of = |format| families_of(&timed::METRICS, &[name], format);
        assert_eq!(of(Format::Text), ["app_jobs_total", "app_jobs_created"], "{name}");
        assert_eq!(of(Format::OpenMetrics), ["app_jobs"], "{name}");
    }
}

#[test]
fn names_that_only_begin_or_end_alike_choose_nothing() {
    for name in
        ["", "app", "app_", "requests_total", "app_requests_to", "app_requests_total_", "app_heat"]
    {
        assert_eq!(families(&[name], Format::Text), [""; 0], "{name}");
        assert_eq!(families(&[name], Format::OpenMetrics), [""; 0], "{name}");
    }
    assert_eq!(families(&[], Format::Text), [""; 0]);
}

#[test]
fn a_choice_of_everything_is_the_page_in_any_portions() {
    ANSWERS.labels(["200"]).unwrap().inc();
    let names = [
        "app_requests",
        "app_heat_celsius",
        "app_latency_seconds",
        "app_answers",
        "app_eth0_frames",
        "nanoprom_series_refused",
    ];
    for format in [Format::Text, Format::OpenMetrics] {
        let mut whole = String::new();
        encode(&METRICS, format, &mut FmtWriter(&mut whole)).unwrap();
        for size in [1, 2, 7, 64, 4096] {
            let mut scratch = [0; 16];
            let mut reader = Cursor::new(&METRICS, format).only(&names).with_scratch(&mut scratch);
            let (mut page, mut buf) = (Vec::new(), vec![0; size]);
            loop {
                match reader.read(&mut buf) {
                    0 => break,
                    len => page.extend_from_slice(&buf[..len]),
                }
            }
            assert_eq!(String::from_utf8(page).unwrap(), whole);
        }
    }
}

#[test]
fn a_page_that_has_begun_keeps_its_families() {
    let mut reader = Cursor::new(&METRICS, Format::Text).only(&["app_requests_total"]);
    let mut buf = [0; 10];
    assert_eq!(reader.read(&mut buf), 10);
    let mut reader = reader.only(&["app_eth0_frames_total"]);
    let mut rest = [0; 1000];
    let len = reader.read(&mut rest);
    let page = [&buf[..], &rest[..len]].concat();
    let page = String::from_utf8(page).unwrap();
    assert!(page.contains("app_requests_total ") && !page.contains("frames"), "{page}");
}
