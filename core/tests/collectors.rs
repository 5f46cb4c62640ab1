//! Collectors: what they give is on the page, and what they do wrong is not.

mod golden;

use core::sync::atomic::{AtomicU32, Ordering};
use golden::{COLLECTORS, FORMATS, checked, checked_open_metrics};
use nanoprom::{
    Collected, CollectedFamily, CollectedSeries, Collector, CollectorErrors, Counter, Cursor,
    Failed, FmtWriter, Format, Group, Histogram, Label, Metric, Type, Value, encode, encode_rest,
    for_each_sample, metrics, sample_value,
};
use std::sync::Mutex;

/// A collector made of two closures.
struct Asked<F, S> {
    family: F,
    series: S,
}

impl<F, S> Collector for Asked<F, S>
where
    F: Fn(u32, &mut CollectedFamily<'_>) -> Result<bool, Failed> + Sync,
    S: Fn(u32, u32, &mut CollectedSeries<'_>) -> Result<bool, Failed> + Sync,
{
    fn family(&self, number: u32, out: &mut CollectedFamily<'_>) -> Result<bool, Failed> {
        (self.family)(number, out)
    }

    fn series(
        &self,
        family: u32,
        number: u32,
        out: &mut CollectedSeries<'_>,
    ) -> Result<bool, Failed> {
        (self.series)(family, number, out)
    }
}

metrics! {
    static OWN;
    /// Requests.
    static REQUESTS: Counter = "requests_total";
    /// Time to answer.
    static LATENCY: Histogram<1> = "latency_seconds", buckets = [1.0];
}

static SITE: [Label<'static>; 1] = [Label::new("site", "north")];

/// The page of a group with a row of its own in front of and behind a collector; checked in both
/// formats. What the collector gave is between; how many errors it made in both pages.
fn pages<C: Collector + 'static>(collected: &Collected<C>) -> (String, u64) {
    let rows = [Metric::new("collected", "", collected), Metric::group(&OWN)];
    let group = Group::new(&rows).with_labels(&SITE);
    let whole = |format| {
        let mut page = String::new();
        encode(&group, format, &mut FmtWriter(&mut page)).unwrap();
        page
    };
    let text = whole(Format::Text);
    let errors = collected.errors();
    let open = whole(Format::OpenMetrics);
    assert_eq!(collected.errors(), 2 * errors, "as many in both formats:\n{text}\n{open}");
    checked(text.as_bytes());
    checked_open_metrics(open.as_bytes());
    let (given, own) =
        text.split_once("# HELP requests_total").expect("what comes behind is there");
    assert!(own.ends_with("latency_seconds_count{site=\"north\"} 0\n"), "{own}");
    (given.to_owned(), errors)
}

/// The page of one family with one series.
fn one(
    family: impl Fn(&mut CollectedFamily<'_>) + Sync + 'static,
    series: impl Fn(&mut CollectedSeries<'_>) + Sync + 'static,
) -> (String, u64) {
    pages(&Collected::new(Asked {
        family: move |number, out: &mut CollectedFamily<'_>| {
            if number == 0 {
                family(out);
            }
            Ok(number == 0)
        },
        series: move |_, number: u32, out: &mut CollectedSeries<'_>| {
            if number == 0 {
                series(out);
            }
            Ok(number == 0)
        },
    }))
}

#[test]
fn the_pages_are_valid_and_every_portion_gives_the_same() {
    checked(golden::page(COLLECTORS.group()).as_bytes());
    checked_open_metrics(golden::open_metrics(COLLECTORS.group()).as_bytes());
    for format in FORMATS {
        let mut whole = String::new();
        encode(COLLECTORS.group(), format, &mut FmtWriter(&mut whole)).unwrap();
        for size in 1..=whole.len() + 1 {
            let mut scratch = [0xAA; 512];
            let mut reader = Cursor::new(COLLECTORS.group(), format).with_scratch(&mut scratch);
            let (mut page, mut buf) = (Vec::new(), vec![0; size]);
            loop {
                match reader.read(&mut buf) {
                    0 => break,
                    len => page.extend_from_slice(&buf[..len]),
                }
            }
            assert!(page == whole.as_bytes(), "buffers of {size} bytes");
        }
    }
}

#[test]
fn a_collected_sample_is_found_by_its_labels() {
    let value = |name, labels| sample_value(COLLECTORS.group(), name, labels);
    let labels = [("site", "north"), ("disk", "sda")];
    assert_eq!(value("app_read_bytes_total", &labels), Some(Value::Unsigned(u64::MAX)));
    let labels = [("site", "north"), ("method", "GET"), ("quantile", "0.5")];
    assert_eq!(value("app_answer_seconds", &labels), Some(Value::Float(0.25)));
    let labels = [("site", "north"), ("queue", "in"), ("le", "+Inf")];
    assert_eq!(value("app_queue_age_seconds_bucket", &labels), Some(Value::Unsigned(7)));
    let labels = [("site", "north"), ("pump", "2"), ("app_mode", "a \"stuck\" valve")];
    assert_eq!(value("app_mode", &labels), Some(Value::Unsigned(1)));
    let mut types = Vec::new();
    for_each_sample(COLLECTORS.group(), |sample| types.push(sample.metric_type()));
    assert!(types.contains(&Type::GaugeHistogram) && types.contains(&Type::Unknown));
}

#[test]
fn a_choice_of_names_shows_those_families() {
    let mut page = String::new();
    let mut scratch = [0; 512];
    let reader = Cursor::new(COLLECTORS.group(), Format::Text).with_scratch(&mut scratch);
    let names = ["app_register", "app_queue_age_seconds_gsum", "app_read_bytes_total"];
    encode_rest(reader.only(&names), &mut FmtWriter(&mut page)).unwrap();
    let types: Vec<_> = page.lines().filter(|line| line.starts_with("# TYPE")).collect();
    assert_eq!(
        types,
        [
            "# TYPE app_read_bytes_total counter",
            "# TYPE app_queue_age_seconds_bucket gauge",
            "# TYPE app_queue_age_seconds_gcount gauge",
            "# TYPE app_queue_age_seconds_gsum gauge",
            "# TYPE app_register untyped",
        ]
    );
}

#[test]
fn each_question_is_asked_once_for_a_page() {
    let asked = &*Box::leak(Box::new(Mutex::new(Vec::new())));
    let collected = Collected::new(Asked {
        family: |number, out: &mut CollectedFamily<'_>| {
            asked.lock().unwrap().push((number, None));
            out.describe(Type::Gauge, ["a", "b", "c"][number as usize % 3], "");
            Ok(number < 2)
        },
        series: |family, number: u32, out: &mut CollectedSeries<'_>| {
            asked.lock().unwrap().push((family, Some(number)));
            out.label("n", &number.to_string());
            out.value(1_u64);
            Ok(number < 2)
        },
    });
    pages(&collected);
    let page = [
        (0, None),
        (0, Some(0)),
        (0, Some(1)),
        (0, Some(2)),
        (1, None),
        (1, Some(0)),
        (1, Some(1)),
        (1, Some(2)),
        (2, None),
    ];
    assert_eq!(*asked.lock().unwrap(), [page, page].concat());
}

#[test]
fn a_series_that_cannot_be_is_left_out_and_counted() {
    type Wrong = (Type, fn(&mut CollectedSeries<'_>));
    let wrong: &[Wrong] = &[
        (Type::Gauge, |_| {}),
        (Type::Gauge, |out| (0..2).for_each(|_| out.value(1.0))),
        (Type::Gauge, |out| out.summary(1, 1.0, &[])),
        (Type::Gauge, |out| out.histogram(&[], 1.0)),
        (Type::Gauge, |out| out.state("on", true)),
        (Type::Info, |out| out.value(1.0)),
        (Type::Counter, |out| out.value(f64::NAN)),
        (Type::Counter, |out| out.value(-1.0)),
        (Type::Counter, |out| out.value(-1_i64)),
        (Type::Counter, |out| out.value(f64::INFINITY)),
        (Type::Gauge, |out| (out.value(1.0), out.label("late", "x")).0),
        (Type::Gauge, |out| (out.label("0", "x"), out.value(1.0)).1),
        (Type::Gauge, |out| (out.label("", "x"), out.value(1.0)).1),
        (Type::Gauge, |out| (out.label("__a", "x"), out.value(1.0)).1),
        (Type::Gauge, |out| (out.label("a:b", "x"), out.value(1.0)).1),
        (Type::Gauge, |out| (out.label("a", "x"), out.label("a", "y"), out.value(1.0)).2),
        (Type::Gauge, |out| (out.label("site", "x"), out.value(1.0)).1),
        (Type::Gauge, |out| (out.__label(b"a", b"\xff"), out.value(1.0)).1),
        (Type::Gauge, |out| (out.label("a", &"x".repeat(20_000)), out.value(1.0)).1),
        (Type::Gauge, |out| (out.label("a", &"x".repeat(70_000)), out.value(1.0)).1),
        (Type::Gauge, |out| (out.label(&"a".repeat(300), "x"), out.value(1.0)).1),
        (Type::Gauge, |out| (out.value(1.0), out.timestamp_ms(1), out.timestamp_ms(2)).0),
        (Type::Histogram, |out| out.histogram(&[(1.0, 1), (1.0, 1)], 1.0)),
        (Type::Histogram, |out| out.histogram(&[(2.0, 1), (1.0, 1)], 1.0)),
        (Type::Histogram, |out| out.histogram(&[(f64::NAN, 1)], 1.0)),
        (Type::Histogram, |out| out.histogram(&[(f64::NEG_INFINITY, 1)], 1.0)),
        (Type::Histogram, |out| out.histogram(&[(f64::INFINITY, 1), (1.0, 1)], 1.0)),
        (Type::Histogram, |out| out.histogram(&[(1.0, 1)], f64::NAN)),
        (Type::Histogram, |out| (out.label("le", "1.0"), out.histogram(&[], 0.0)).1),
        (Type::Histogram, |out| out.histogram(&[(1.0, 1); 100], 1.0)),
        (Type::GaugeHistogram, |out| (out.label("le", "1.0"), out.histogram(&[], 0.0)).1),
        (Type::Summary, |out| out.summary(1, f64::NAN, &[])),
        (Type::Summary, |out| out.summary(1, 1.0, &[(1.5, 1.0)])),
        (Type::Summary, |out| out.summary(1, 1.0, &[(-0.5, 1.0)])),
        (Type::Summary, |out| out.summary(1, 1.0, &[(f64::NAN, 1.0)])),
        (Type::Summary, |out| out.summary(1, 1.0, &[(0.5, 1.0), (0.5, 1.0)])),
        (Type::Summary, |out| (out.label("quantile", "1"), out.summary(1, 1.0, &[])).1),
        (Type::StateSet, |_| {}),
        (Type::StateSet, |out| (0..2).for_each(|_| out.state("on", true))),
        (Type::StateSet, |out| out.__state(b"\xff", true)),
        (Type::StateSet, |out| (out.label("x", "1"), out.state("on", true)).1),
        (Type::StateSet, |out| out.state(&"s".repeat(300), true)),
    ];
    for (number, &(of, series)) in wrong.iter().enumerate() {
        let (page, errors) = one(move |out| out.describe(of, "x", ""), series);
        assert_eq!(errors, 1, "number {number}: {page}");
        assert_eq!(page.lines().filter(|line| !line.starts_with('#')).count(), 0, "{page}");
    }
}

#[test]
fn a_family_that_cannot_be_is_left_out_and_counted() {
    let wrong: &[fn(&mut CollectedFamily<'_>)] = &[
        |_| {},
        |out| (0..2).for_each(|_| out.describe(Type::Gauge, "x", "")),
        |out| out.describe(Type::Gauge, "", ""),
        |out| out.describe(Type::Counter, "_total", ""),
        |out| out.describe(Type::Counter, "a_total_total", ""),
        |out| out.describe(Type::Info, "a_info_info", ""),
        |out| out.describe(Type::Gauge, "0x", ""),
        |out| out.describe(Type::Gauge, "_x", ""),
        |out| out.describe(Type::Gauge, "a-b", ""),
        |out| out.describe(Type::Gauge, &"x".repeat(250), ""),
        |out| out.describe(Type::Gauge, &"x".repeat(300), ""),
        |out| out.describe(Type::StateSet, "a:b", ""),
        |out| out.__describe(Type::Gauge, b"x\xff", b""),
        |out| out.__describe(Type::Gauge, b"x", b"\xff"),
        |out| out.describe(Type::Gauge, "x", &"long ".repeat(4_000)),
        |out| out.describe(Type::Gauge, "x", &"long ".repeat(20_000)),
        |out| (out.unit("x"), out.describe(Type::Gauge, "a_x", "")).1,
        |out| (out.describe(Type::Gauge, "a_x", ""), out.unit("")).1,
        |out| (out.describe(Type::Gauge, "a_x", ""), out.unit("y")).1,
        |out| (out.describe(Type::Gauge, "ax", ""), out.unit("x")).1,
        |out| (out.describe(Type::Info, "a_x", ""), out.unit("x")).1,
        // Names of rows behind it, of samples of theirs, of its own row, of the library.
        |out| out.describe(Type::Counter, "requests", ""),
        |out| out.describe(Type::Gauge, "requests_total", ""),
        |out| out.describe(Type::Gauge, "latency_seconds_sum", ""),
        |out| out.describe(Type::Summary, "latency_seconds", ""),
        |out| out.describe(Type::Gauge, "collected", ""),
        |out| out.describe(Type::Counter, "nanoprom_series_refused", ""),
        |out| out.describe(Type::StateSet, "site", ""),
        // It has to be the first of the page.
        |out| out.describe(Type::Info, "target_info", ""),
    ];
    for (number, &family) in wrong.iter().enumerate() {
        let (page, errors) = one(family, |_| panic!("its series are asked for"));
        assert_eq!((errors, &*page), (1, ""), "number {number}");
    }
}

#[test]
fn a_suffix_that_begins_in_the_prefix_is_no_second_one() {
    let collected = Collected::new(Asked {
        family: |number, out: &mut CollectedFamily<'_>| {
            let names = [(Type::Counter, "tal"), (Type::Counter, "total"), (Type::Gauge, "tal")];
            let Some(&(of, name)) = names.get(number as usize) else { return Ok(false) };
            out.describe(of, name, "");
            Ok(true)
        },
        series: |_, _, _: &mut CollectedSeries<'_>| Ok(false),
    });
    let row = [Metric::new("collected", "", &collected)];
    let inner = Group::new(&row).with_prefix("o");
    let inner = [Metric::group(&inner)];
    let mut page = String::new();
    let group = Group::new(&inner).with_prefix("a_t");
    encode(&group, Format::OpenMetrics, &mut FmtWriter(&mut page)).unwrap();
    assert_eq!(page, "# TYPE a_tototal counter\n# TYPE a_total gauge\n# EOF\n");
    assert_eq!(collected.errors(), 1);
}

#[test]
fn families_of_one_name_are_shown_once() {
    let names = ["a", "b", "a", "b_sum", "c"];
    let collected = Collected::new(Asked {
        family: move |number, out: &mut CollectedFamily<'_>| {
            let Some(name) = names.get(number as usize) else { return Ok(false) };
            out.describe(if *name == "b" { Type::Summary } else { Type::Gauge }, name, "");
            Ok(true)
        },
        series: |_, _, _: &mut CollectedSeries<'_>| Ok(false),
    });
    let (page, errors) = pages(&collected);
    assert_eq!((errors, &*page), (2, "# TYPE a gauge\n# TYPE b summary\n# TYPE c gauge\n"));
}

#[test]
fn the_same_labels_in_a_row_and_mixed_timestamps_are_left_out() {
    let collected = Collected::new(Asked {
        family: |number, out: &mut CollectedFamily<'_>| {
            out.describe(Type::Gauge, "x", "");
            Ok(number == 0)
        },
        series: |_, number: u32, out: &mut CollectedSeries<'_>| {
            let labels = [("a", "b"), ("c", "d")];
            let order: [usize; 2] = if number == 1 { [1, 0] } else { [0, 1] };
            if number < 2 {
                order.iter().for_each(|&at| out.label(labels[at].0, labels[at].1));
            }
            if number < 3 {
                out.timestamp_ms(5);
            } else {
                out.label("no", "timestamp");
            }
            out.value(i64::from(number));
            Ok(number < 4)
        },
    });
    let (page, errors) = pages(&collected);
    assert_eq!(
        page,
        "# TYPE x gauge\nx{site=\"north\",a=\"b\",c=\"d\"} 0 5\nx{site=\"north\"} 2 5\n"
    );
    assert_eq!(errors, 2);
}

#[test]
fn series_that_come_again_later_are_left_out() {
    let collected = Collected::new(Asked {
        family: |number, out: &mut CollectedFamily<'_>| {
            out.describe(Type::Gauge, "x", "");
            Ok(number == 0)
        },
        series: |_, number: u32, out: &mut CollectedSeries<'_>| {
            // Exchanged labels are another series.
            let (a, b) = [("1", "2"), ("2", "1"), ("3", "3")][number as usize % 3];
            out.label("a", a);
            out.label("b", b);
            out.value(i64::from(number));
            Ok(number < 6)
        },
    });
    let (page, errors) = pages(&collected);
    let line = |a, b, value| format!("x{{site=\"north\",a=\"{a}\",b=\"{b}\"}} {value}\n");
    assert_eq!(page, ["# TYPE x gauge\n", &line(1, 2, 0), &line(2, 1, 1), &line(3, 3, 2)].concat());
    assert_eq!(errors, 3);
}

#[test]
fn an_empty_label_makes_no_other_series() {
    let collected = Collected::new(Asked {
        family: |number, out: &mut CollectedFamily<'_>| {
            out.describe(Type::Gauge, "x", "");
            Ok(number == 0)
        },
        series: |_, number: u32, out: &mut CollectedSeries<'_>| {
            let labels: [&[(&str, &str)]; 5] =
                [&[("a", "")], &[("b", "1")], &[], &[("b", "1"), ("c", "")], &[("a", "1")]];
            let Some(labels) = labels.get(number as usize) else { return Ok(false) };
            labels.iter().for_each(|(name, value)| out.label(name, value));
            out.value(i64::from(number));
            Ok(true)
        },
    });
    let (page, errors) = pages(&collected);
    assert_eq!(
        page,
        "# TYPE x gauge\nx{site=\"north\",a=\"\"} 0\nx{site=\"north\",b=\"1\"} 1\n\
         x{site=\"north\",a=\"1\"} 4\n"
    );
    assert_eq!(errors, 2);
}

#[test]
fn large_series_have_room_on_hosts() {
    let buckets: Vec<(f64, u64)> = (0..400).map(|n| (f64::from(n), 1)).collect();
    let (page, errors) =
        one(|out| out.describe(Type::Histogram, "x", ""), move |out| out.histogram(&buckets, 5.0));
    assert!(page.contains("le=\"399.0\"} 400\n"), "{page}");
    assert_eq!(errors, 0);
}

#[test]
fn a_failure_ends_the_collectors_part() {
    let in_family = Collected::new(Asked {
        family: |number, out: &mut CollectedFamily<'_>| {
            out.describe(Type::Gauge, "x", "");
            if number == 1 { Err(Failed) } else { Ok(true) }
        },
        series: |_, _, _: &mut CollectedSeries<'_>| Ok(false),
    });
    assert_eq!(pages(&in_family), ("# TYPE x gauge\n".to_owned(), 1));
    let in_series = Collected::new(Asked {
        family: |number, out: &mut CollectedFamily<'_>| {
            assert_eq!(number, 0);
            out.describe(Type::Gauge, "x", "");
            Ok(true)
        },
        series: |_, number: u32, out: &mut CollectedSeries<'_>| {
            out.label("n", &number.to_string());
            out.value(1_u32);
            if number == 1 { Err(Failed) } else { Ok(true) }
        },
    });
    let expected = "# TYPE x gauge\nx{site=\"north\",n=\"0\"} 1\n";
    assert_eq!(pages(&in_series), (expected.to_owned(), 1));
}

#[test]
fn endless_collectors_are_cut_off() {
    let asked = &*Box::leak(Box::new(AtomicU32::new(0)));
    let families = Collected::new(Asked {
        family: |number, out: &mut CollectedFamily<'_>| {
            asked.fetch_add(1, Ordering::Relaxed);
            out.describe(Type::Gauge, &format!("x{number}"), "");
            Ok(true)
        },
        series: |_, _, _: &mut CollectedSeries<'_>| Ok(false),
    })
    .with_limits(10, 10);
    let (page, errors) = pages(&families);
    assert_eq!((page.lines().count(), errors), (10, 1));
    assert_eq!(asked.load(Ordering::Relaxed), 22);
    let series = Collected::new(Asked {
        family: |_, out: &mut CollectedFamily<'_>| {
            out.describe(Type::Gauge, "x", "");
            Ok(true)
        },
        series: |_, number: u32, out: &mut CollectedSeries<'_>| {
            out.label("n", &number.to_string());
            out.value(1.0);
            Ok(true)
        },
    })
    .with_limits(10, 20);
    let (page, errors) = pages(&series);
    assert_eq!((page.lines().count(), errors), (21, 1));
    // The same again and again: 999 too many, and then the end.
    let same = Collected::new(Asked {
        family: |_, out: &mut CollectedFamily<'_>| {
            out.describe(Type::Gauge, "x", "");
            Ok(true)
        },
        series: |_, _, out: &mut CollectedSeries<'_>| {
            out.value(1.0);
            Ok(true)
        },
    })
    .with_limits(10, 1000);
    let (page, errors) = pages(&same);
    assert_eq!((page.lines().count(), errors), (2, 1000));
}

#[test]
fn without_room_nothing_is_shown_and_that_is_counted() {
    let collected = &*Box::leak(Box::new(Collected::new(Asked {
        family: |number, out: &mut CollectedFamily<'_>| {
            out.describe(Type::Gauge, "some_name", "Help.");
            Ok(number == 0)
        },
        series: |_, number: u32, out: &mut CollectedSeries<'_>| {
            out.label("label", "value");
            out.value(1.0);
            Ok(number == 0)
        },
    })));
    let rows = [Metric::new("collected", "", collected)];
    let group = Group::new(&rows);
    let mut shown = [false; 3];
    for size in 0..120 {
        let mut scratch = vec![0; size];
        let (mut page, before) = (String::new(), collected.errors());
        let reader = Cursor::new(&group, Format::Text).with_scratch(&mut scratch);
        encode_rest(reader, &mut FmtWriter(&mut page)).unwrap();
        checked(page.as_bytes());
        assert_eq!(collected.errors() - before, u64::from(page.lines().count() < 3), "{page}");
        shown[page.lines().count().saturating_sub(1)] = true;
    }
    assert_eq!(shown, [true; 3], "nothing, the family alone, all");
}

#[test]
fn the_same_series_in_a_row_is_left_out_whatever_the_room() {
    let collected = &*Box::leak(Box::new(Collected::new(Asked {
        family: |number, out: &mut CollectedFamily<'_>| {
            out.describe(Type::Gauge, "x", "");
            Ok(number == 0)
        },
        series: |_, number: u32, out: &mut CollectedSeries<'_>| {
            out.label("label", "value");
            out.value(1.0);
            Ok(number < 3)
        },
    })));
    let rows = [Metric::new("collected", "", collected)];
    let group = Group::new(&rows);
    let shown = (0..120).filter(|&size| {
        let (mut page, mut scratch) = (String::new(), vec![0; size]);
        let reader = Cursor::new(&group, Format::Text).with_scratch(&mut scratch);
        encode_rest(reader, &mut FmtWriter(&mut page)).unwrap();
        checked(page.as_bytes()).samples().count() == 1
    });
    assert!(shown.count() > 20);
}

#[test]
fn mistakes_are_shown_by_collector() {
    static WRONG: Collected<Nothing> = Collected::new(Nothing);
    static RIGHT: Collected<Empty> = Collected::new(Empty);
    static ERRORS: CollectorErrors =
        CollectorErrors::new(&[("wrong", &WRONG), ("right \"one\"", &RIGHT)]);
    struct Nothing;
    impl Collector for Nothing {
        fn family(&self, _: u32, _: &mut CollectedFamily<'_>) -> Result<bool, Failed> {
            Err(Failed)
        }
        fn series(&self, _: u32, _: u32, _: &mut CollectedSeries<'_>) -> Result<bool, Failed> {
            Err(Failed)
        }
    }
    struct Empty;
    impl Collector for Empty {
        fn family(&self, _: u32, _: &mut CollectedFamily<'_>) -> Result<bool, Failed> {
            Ok(false)
        }
        fn series(&self, _: u32, _: u32, _: &mut CollectedSeries<'_>) -> Result<bool, Failed> {
            Ok(false)
        }
    }
    let rows = [
        Metric::new("wrong", "", &WRONG),
        Metric::new("right", "", &RIGHT),
        Metric::new(CollectorErrors::NAME, "", &ERRORS),
    ];
    let group = Group::new(&rows);
    let mut page = String::new();
    encode(&group, Format::Text, &mut FmtWriter(&mut page)).unwrap();
    assert_eq!(
        page,
        "# TYPE nanoprom_collector_errors_total counter\n\
         nanoprom_collector_errors_total{collector=\"wrong\"} 1\n\
         nanoprom_collector_errors_total{collector=\"right \\\"one\\\"\"} 0\n"
    );
}

#[test]
fn quantiles_below_zero_are_on_text_pages_only() {
    let rows = [Metric::new("collected", "", &COLD)];
    let (text, open) = golden::agreed(&Group::new(&rows));
    assert_eq!((text.samples().count(), open.samples().count()), (10, 4));
    assert_eq!(COLD.errors(), 0);
}

static COLD: Collected<Cold> = Collected::new(Cold);

struct Cold;

impl Collector for Cold {
    fn family(&self, number: u32, out: &mut CollectedFamily<'_>) -> Result<bool, Failed> {
        out.describe(Type::Summary, "cold_celsius", "");
        Ok(number == 0)
    }

    fn series(&self, _: u32, number: u32, out: &mut CollectedSeries<'_>) -> Result<bool, Failed> {
        out.label("at", ["top", "outside"][number as usize % 2]);
        let quantiles = [(0.25, -3.5), (0.5, 1.0), (1.0, -0.5)];
        out.summary(2, 4.0 - 8.0 * f64::from(number), &quantiles);
        Ok(number < 2)
    }
}
