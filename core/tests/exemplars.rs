//! Exemplars and creation times: the golden page, what is refused, and what a page leaves out.
//!
//! `UPDATE_PAGES=1 cargo test --package nanoprom --test exemplars` writes the page anew.

mod golden;

use golden::{EXEMPLARS, FORMATS, checked, checked_open_metrics, read_rich};
use nanoprom::{
    BadExemplar, BadInfo, Counter, Cursor, ExemplarHistogramCells, Format, Group, Histogram,
    Metric, Rejected, WithExemplars,
};
use nanoprom_checker::disagreements;
use std::{env, fs, path::PathBuf};

/// Enough for the longest exemplar.
const SCRATCH: usize = 128;

fn page(format: Format, size: usize) -> String {
    read_rich(EXEMPLARS.group(), format, &mut [0; SCRATCH], size)
}

#[test]
fn the_golden_page() {
    assert!(nanoprom::check(EXEMPLARS.group()).is_ok());
    let pages = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../testdata/pages/exemplars");
    for (format, extension) in FORMATS.into_iter().zip(["txt", "om"]) {
        let (page, file) = (page(format, 4096), pages.with_extension(extension));
        if env::var_os("UPDATE_PAGES").is_some() {
            fs::write(&file, &page).unwrap();
        }
        let expected = fs::read_to_string(&file).unwrap();
        for (number, (is, should)) in page.lines().zip(expected.lines()).enumerate() {
            assert_eq!(is, should, "line {} of {}", number + 1, file.display());
        }
        assert!(page == expected, "{} has more or fewer lines", file.display());
    }
}

#[test]
fn both_pages_are_valid_and_say_the_same() {
    let text = checked(page(Format::Text, 4096).as_bytes());
    let open = checked_open_metrics(page(Format::OpenMetrics, 4096).as_bytes());
    assert_eq!(disagreements(&text, &open), [""; 0]);
}

#[test]
fn every_buffer_size_reads_the_same_page() {
    for format in FORMATS {
        let whole = page(format, 10_000);
        for size in (1..300).chain([whole.len() - 1, whole.len()]) {
            assert_eq!(page(format, size), whole, "{format:?} by {size} bytes");
        }
    }
}

#[test]
fn without_scratch_memory_exemplars_are_left_out_whole() {
    let with = page(Format::OpenMetrics, 4096);
    let without: String = with
        .split_inclusive('\n')
        .map(|line| match line.split_once(" # {") {
            Some((sample, _)) => format!("{sample}\n"),
            None => line.to_owned(),
        })
        .collect();
    assert_ne!(with, without);
    for size in [0, 1, 4, 9] {
        let page = read_rich(EXEMPLARS.group(), Format::OpenMetrics, &mut vec![0; size], 4096);
        assert_eq!(page, without, "{size} bytes of scratch memory");
    }
    // ` # {a="b"} -7.25` takes 16 bytes, and two others less.
    let page = read_rich(EXEMPLARS.group(), Format::OpenMetrics, &mut [0; 16], 4096);
    assert_eq!(page.matches(" # {").count(), 3, "{page}");
    assert!(page.contains("cold_celsius_bucket{le=\"-5.0\"} 1 # {a=\"b\"} -7.25\n"), "{page}");
    assert!(page.contains("latency_seconds_bucket{le=\"+Inf\"} 9 # {} +Inf\n"), "{page}");
}

/// What is on the page of this metric behind ` # `.
fn exemplar_of(metric: Metric<'_>) -> Option<String> {
    let rows = [metric];
    let page = read_rich(&Group::new(&rows), Format::OpenMetrics, &mut [0; 1024], 4096);
    checked_open_metrics(page.as_bytes());
    page.lines().find_map(|line| line.split_once(" # ")).map(|(_, exemplar)| exemplar.to_owned())
}

#[test]
fn what_is_not_legal_changes_neither_counter_nor_exemplar() {
    static COUNTER: WithExemplars<Counter, 160> = WithExemplars::<Counter, 160>::new();
    COUNTER.inc_with_exemplar(2.0, &[("id", "kept")], None).unwrap();
    let (long, wide) = ("x".repeat(127), "ü".repeat(127));
    let id: &[(&str, &str)] = &[("id", "x")];
    for (amount, labels, time, why) in [
        (1.0, &[("", "x")][..], None, BadExemplar::LabelName),
        (1.0, &[("a-b", "x")], None, BadExemplar::LabelName),
        (1.0, &[("__a", "x")], None, BadExemplar::LabelName),
        (1.0, &[("a", "x"), ("b", "x"), ("a", "y")], None, BadExemplar::LabelTwice),
        (1.0, &[("id", &long)], None, BadExemplar::TooLong),
        (1.0, &[("id", &wide)], None, BadExemplar::TooLong),
        (1.0, &[("i", &long), ("j", "")], None, BadExemplar::TooLong),
        (1.0, &[("i", &wide)], None, BadExemplar::NoRoom),
        (1.0, id, Some(f64::NAN), BadExemplar::Timestamp),
        (1.0, id, Some(f64::INFINITY), BadExemplar::Timestamp),
        (-1.0, id, None, BadExemplar::Value(Rejected::Negative)),
        (f64::NAN, id, None, BadExemplar::Value(Rejected::NotANumber)),
        (f64::INFINITY, id, None, BadExemplar::Value(Rejected::Infinite)),
    ] {
        assert_eq!(COUNTER.inc_with_exemplar(amount, labels, time), Err(why), "{labels:?}");
    }
    assert_eq!(COUNTER.get(), 2.0);
    assert_eq!(exemplar_of(Metric::new("a", "", &COUNTER)).unwrap(), "{id=\"kept\"} 2");
    // 128 characters are legal.
    COUNTER.inc_with_exemplar(1.0, &[("i", &long)], None).unwrap();
    assert_eq!(exemplar_of(Metric::new("a", "", &COUNTER)).unwrap(), format!("{{i=\"{long}\"}} 1"));
}

#[test]
fn a_histogram_refuses_nan_with_an_exemplar() {
    static CELLS: ExemplarHistogramCells<1, 8> = ExemplarHistogramCells::new();
    static HISTOGRAM: WithExemplars<Histogram<1>, 8> =
        WithExemplars::<Histogram<1>, 8>::new(&CELLS, &[1.0]);
    let refused = HISTOGRAM.observe_with_exemplar(f64::NAN, &[], None);
    assert_eq!(refused, Err(BadExemplar::Value(Rejected::NotANumber)));
    let refused = HISTOGRAM.observe_with_exemplar(1.0, &[("a", "1234")], None);
    assert_eq!(refused, Err(BadExemplar::NoRoom));
    assert_eq!(HISTOGRAM.count(), 0);
    HISTOGRAM.observe_with_exemplar(1.0, &[("a", "12")], None).unwrap();
    assert_eq!(exemplar_of(Metric::new("a", "", &HISTOGRAM)).unwrap(), "{a=\"12\"} 1");
}

mod network {
    nanoprom::metrics! {
        pub(crate) static METRICS, prefix = "net_", labels = [site = "north"];
        /// Where we are.
        pub(crate) static ADDRESS: InfoCell<40> = "address_info";
    }
    use nanoprom::InfoCell;
}

#[test]
fn labels_of_an_info_are_set_replaced_and_taken_away() {
    let lines = |scratch: usize| -> Vec<String> {
        let [text, open] =
            FORMATS.map(|format| read_rich(&network::METRICS, format, &mut vec![0; scratch], 3));
        let text_page = checked(text.as_bytes());
        assert_eq!(disagreements(&text_page, &checked_open_metrics(open.as_bytes())), [""; 0]);
        assert!(open.starts_with("# TYPE net_address info\n"), "{open}");
        text.lines().filter(|line| !line.starts_with('#')).map(str::to_owned).collect()
    };
    let address = &network::ADDRESS;
    assert_eq!(lines(64), [""; 0]);
    address.set(&[("v4", "10.0.0.7"), ("name", "a \"b\"\\\nü"), ("empty", "")]).unwrap();
    let shown = r#"net_address_info{site="north",v4="10.0.0.7",name="a \"b\"\\\nü",empty=""} 1"#;
    assert_eq!(lines(64), [shown]);
    assert_eq!(lines(38), [shown]);
    // Without scratch memory, or too little, there is no sample.
    assert_eq!(lines(35), [""; 0]);
    let long = "x".repeat(36);
    for (labels, why) in [
        (&[("9", "")][..], BadInfo::LabelName),
        (&[("__a", "")], BadInfo::LabelName),
        (&[("a", "1"), ("a", "2")], BadInfo::LabelTwice),
        (&[("a", &long), ("b", "")], BadInfo::NoRoom),
    ] {
        assert_eq!(address.set(labels), Err(why));
    }
    assert_eq!(lines(64), [shown]);
    address.set(&[("a", &long)]).unwrap();
    assert_eq!(lines(64), [format!("net_address_info{{site=\"north\",a=\"{long}\"}} 1")]);
    // A constant label of its group counts.
    address.set(&[("site", "south"), ("a", "1")]).unwrap();
    assert_eq!(lines(64), ["net_address_info{site=\"north\",a=\"1\"} 1"]);
    let shown = [("site", "north"), ("a", "1")];
    let value = nanoprom::sample_value(&network::METRICS, "net_address_info", &shown);
    assert_eq!(value, Some(nanoprom::Value::Unsigned(1)));
    address.set(&[]).unwrap();
    assert_eq!(lines(64), [""; 0]);
}

#[test]
fn what_is_replaced_by_four_threads_is_never_torn() {
    use core::sync::atomic::{AtomicBool, Ordering::Relaxed};
    use nanoprom::InfoCell;
    static CELLS: ExemplarHistogramCells<1, 56> = ExemplarHistogramCells::new();
    static HISTOGRAM: WithExemplars<Histogram<1>, 56> =
        WithExemplars::<Histogram<1>, 56>::new(&CELLS, &[0.5]);
    static COUNTER: WithExemplars<Counter, 56> = WithExemplars::<Counter, 56>::new();
    static INFO: InfoCell<64> = InfoCell::new();
    static DONE: AtomicBool = AtomicBool::new(false);
    // Each exemplar and each info says one number everywhere.
    let writers: Vec<_> = (0..4_u32)
        .map(|thread| {
            std::thread::spawn(move || {
                for step in (0..).map(|step| 1_000_000 * (thread + 1) + step % 1_000_000) {
                    let (id, amount) = (step.to_string(), f64::from(step));
                    let labels = [("id", &*id), ("again", &*id.repeat(1 + step as usize % 3))];
                    COUNTER.inc_with_exemplar(amount, &labels, Some(amount)).unwrap();
                    HISTOGRAM.observe_with_exemplar(amount, &labels, Some(amount)).unwrap();
                    let _ = INFO.set(&labels);
                    if DONE.load(Relaxed) {
                        break;
                    }
                }
            })
        })
        .collect();
    let rows = [
        Metric::new("c", "", &COUNTER),
        Metric::new("h", "", &HISTOGRAM),
        Metric::new("i", "", &INFO),
    ];
    let group = Group::new(&rows);
    let mut seen = [0; 3];
    // A writer that the scheduler stopped halfway hides what it writes for a while.
    for size in [1, 7, 64, 1000].into_iter().cycle().take(100_000) {
        std::thread::yield_now();
        if seen.iter().all(|seen| *seen >= 100) {
            break;
        }
        let page = read_rich(&group, Format::OpenMetrics, &mut [0; 160], size);
        checked_open_metrics(page.as_bytes());
        for line in page.lines().filter(|line| line.contains("id=\"")) {
            let kind = "chi".find(&line[..1]).unwrap();
            let mut parts = line.split(" # ");
            let (sample, exemplar) = (parts.next().unwrap(), parts.next());
            let text = exemplar.unwrap_or(sample);
            let id = text.split('"').nth(1).unwrap();
            let again = text.split('"').nth(3).unwrap();
            assert_eq!(again, id.repeat(1 + id.parse::<usize>().unwrap() % 3), "{line}");
            if exemplar.is_some() {
                assert!(text.ends_with(&format!("}} {id} {id}")), "{line}");
            }
            seen[kind] += 1;
        }
    }
    DONE.store(true, Relaxed);
    writers.into_iter().for_each(|writer| writer.join().unwrap());
    assert!(seen.iter().all(|seen| *seen >= 100), "{seen:?}");
}

#[test]
fn scratch_memory_is_not_exchanged_inside_a_page() {
    use nanoprom::InfoCell;
    static INFO: InfoCell<64> = InfoCell::new();
    INFO.set(&[("address", "10.0.0.7")]).unwrap();
    let rows = [Metric::new("net_info", "", &INFO)];
    let group = Group::new(&rows);
    let (mut first, mut second) = ([0; 100], [0xff; 100]);
    let mut reader = Cursor::new(&group, Format::Text).with_scratch(&mut first);
    let (mut page, mut buf) = (Vec::new(), [0; 40]);
    let len = reader.read(&mut buf);
    page.extend_from_slice(&buf[..len]);
    let mut reader = reader.with_scratch(&mut second);
    loop {
        match reader.read(&mut buf) {
            0 => break,
            len => page.extend_from_slice(&buf[..len]),
        }
    }
    let page = String::from_utf8(page).unwrap();
    assert!(page.ends_with("net_info{address=\"10.0.0.7\"} 1\n"), "{page}");
}
