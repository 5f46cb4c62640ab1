//! Odd but legal pages are accepted, and what they hold can be read back.

use nanoprom_checker::{Checker, Kind, Page, parse};

#[track_caller]
fn good(page: &str) -> Page {
    match parse(page.as_bytes()) {
        Ok(page) => page,
        Err(faults) => panic!("{faults:#?}\n{page}"),
    }
}

#[test]
fn an_empty_page_is_valid() {
    assert!(good("").families.is_empty());
}

#[test]
fn a_family_without_samples_prints_its_metadata_only() {
    let page = good(
        "# HELP jobs_total Jobs done.\n# TYPE jobs_total counter\n\
         # TYPE lat_seconds histogram\n# TYPE size summary\n# TYPE temp gauge\n# TYPE other untyped\n",
    );
    let kinds: Vec<_> = page.families.iter().map(|family| family.kind).collect();
    assert_eq!(kinds, [Kind::Counter, Kind::Histogram, Kind::Summary, Kind::Gauge, Kind::Untyped]);
    assert_eq!(page.samples().count(), 0);
    assert_eq!(page.families[0].help, "Jobs done.");
    assert_eq!(page.families[1].help, "");
}

#[test]
fn families_and_samples_keep_their_order() {
    let page = good(
        "# HELP http_responses_total Responses.\n\
         # TYPE http_responses_total counter\n\
         http_responses_total{method=\"GET\",code=\"200\"} 3\n\
         http_responses_total{method=\"GET\",code=\"500\"} 0\n\
         # HELP temp Temperature.\n\
         # TYPE temp gauge\n\
         temp -0.5\n",
    );
    let family = page.family("http_responses_total").unwrap();
    assert_eq!((family.kind, family.line, family.help.as_str()), (Kind::Counter, 2, "Responses."));
    assert_eq!(family.samples[1].to_string(), r#"http_responses_total{method="GET",code="500"}"#);
    let sample =
        page.sample("http_responses_total", &[("code", "200"), ("method", "GET")]).unwrap();
    assert_eq!((sample.value, sample.line, sample.timestamp), (3.0, 3, None));
    assert_eq!(sample.label("method"), Some("GET"));
    assert_eq!(page.sample("temp", &[]).unwrap().value, -0.5);
    assert_eq!(page.sample("temp", &[("room", "")]), None);
}

#[test]
fn a_help_text_may_hold_anything() {
    let long = "x".repeat(5000);
    let page = good(&format!(
        "# HELP a {long}\n# TYPE a gauge\na 1\n\
         # HELP b  \\\\ back \\n new \"quoted\" {{}} # é 世界 🦀 \u{feff} \0\u{7f} \r\n# TYPE b gauge\nb 1\n",
    ));
    assert_eq!(page.families[0].help, long);
    let odd = " \\ back \n new \"quoted\" {} # é 世界 🦀 \u{feff} \0\u{7f} \r";
    assert_eq!(page.families[1].help, odd);
}

#[test]
fn a_label_value_may_hold_anything() {
    let page = good(
        "# TYPE a gauge\n\
         a{path=\"C:\\\\new\\\\\",say=\"\\\"hi\\\"\\n{,}=# 1\",_x=\"\",le=\"é 世界 🦀 \0 \r\"} 1\n",
    );
    let labels =
        [("path", "C:\\new\\"), ("say", "\"hi\"\n{,}=# 1"), ("_x", ""), ("le", "é 世界 🦀 \0 \r")];
    assert!(page.sample("a", &labels).is_some());
}

#[test]
fn equal_text_in_different_labels_is_not_one_series() {
    let page =
        good("# TYPE a gauge\na{x=\"ab\",y=\"c\"} 1\na{x=\"a\",y=\"bc\"} 2\na{x=\"a\"} 3\na 4\n");
    assert_eq!(page.sample("a", &[("x", "a"), ("y", "bc")]).unwrap().value, 2.0);
    assert_eq!(page.sample("a", &[]).unwrap().value, 4.0);
}

#[test]
fn values_read_back_bit_equal() {
    let floats = [
        0.0,
        -0.0,
        0.1,
        1e21,
        1e-7,
        f64::MIN_POSITIVE,
        5e-324,
        f64::MAX,
        f64::INFINITY,
        f64::NEG_INFINITY,
    ];
    for value in floats {
        let text = if value.is_infinite() {
            format!("{value:+}").replace("inf", "Inf")
        } else {
            format!("{value:e}")
        };
        let text = if value == 0.0 { format!("{value}") } else { text };
        let page = good(&format!("# TYPE a gauge\na {text}\n"));
        assert_eq!(page.sample("a", &[]).unwrap().value.to_bits(), value.to_bits(), "{text}");
    }
    let page = good(
        "# TYPE a_total counter\na_total 18446744073709551615\n# TYPE b gauge\nb -9223372036854775808\n# TYPE c gauge\nc NaN\n",
    );
    assert_eq!(page.sample("a_total", &[]).unwrap().u64(), Some(u64::MAX));
    assert_eq!(page.sample("b", &[]).unwrap().i64(), Some(i64::MIN));
    let nan = page.sample("c", &[]).unwrap();
    assert!(nan.value.is_nan());
    assert_eq!(nan.text, "NaN");
}

#[test]
fn histograms_are_judged_one_label_set_at_a_time() {
    let page = good(
        "# HELP lat_seconds Time.\n\
         # TYPE lat_seconds histogram\n\
         lat_seconds_bucket{path=\"/\",le=\"0.005\"} 7\n\
         lat_seconds_bucket{path=\"/\",le=\"1.0\"} 7\n\
         lat_seconds_bucket{path=\"/\",le=\"+Inf\"} 9\n\
         lat_seconds_sum{path=\"/\"} 12.5\n\
         lat_seconds_count{path=\"/\"} 9\n\
         lat_seconds_bucket{path=\"/x\",le=\"0.005\"} 0\n\
         lat_seconds_bucket{path=\"/x\",le=\"1.0\"} 0\n\
         lat_seconds_bucket{path=\"/x\",le=\"+Inf\"} 0\n\
         lat_seconds_sum{path=\"/x\"} 0\n\
         lat_seconds_count{path=\"/x\"} 0\n",
    );
    let bucket = page.sample("lat_seconds_bucket", &[("le", "+Inf"), ("path", "/")]).unwrap();
    assert_eq!(bucket.u64(), Some(9));
}

#[test]
fn a_histogram_may_have_negative_bounds_and_a_negative_or_infinite_sum() {
    for sum in ["-16", "+Inf", "-Inf"] {
        good(&format!(
            "# TYPE hh histogram\n\
             hh_bucket{{le=\"-5.0\"}} 2\nhh_bucket{{le=\"0.0\"}} 3\nhh_bucket{{le=\"5.0\"}} 4\nhh_bucket{{le=\"1e+06\"}} 4\n\
             hh_bucket{{le=\"+Inf\"}} 4\nhh_sum {sum}\nhh_count 4\n",
        ));
    }
}

#[test]
fn a_histogram_may_have_no_bound_but_infinity() {
    good("# TYPE h histogram\nh_bucket{le=\"+Inf\"} 1\nh_sum 1\nh_count 1\n");
}

#[test]
fn a_summary_may_have_quantiles_without_a_value() {
    let page = good(
        "# TYPE s summary\ns{quantile=\"0.5\"} NaN\ns{quantile=\"1.0\"} NaN\ns_sum 0\ns_count 0\n# TYPE t summary\nt_sum -1\nt_count 1\n",
    );
    assert!(page.sample("s", &[("quantile", "0.5")]).unwrap().value.is_nan());
}

#[test]
fn creation_times_follow_their_family_as_a_gauge() {
    let page = good(
        "# TYPE a_total counter\na_total 1\n# TYPE a_created gauge\na_created 1700000000.5\n\
         # TYPE h histogram\nh_bucket{le=\"+Inf\"} 0\nh_sum 0\nh_count 0\n# TYPE h_created gauge\nh_created 1700000000\n",
    );
    assert_eq!(page.sample("a_created", &[]).unwrap().value, 1_700_000_000.5);
}

#[test]
fn info_state_set_and_gauge_histogram_are_gauges() {
    good(
        "# TYPE target_info gauge\ntarget_info{version=\"1.0\"} 1\n\
         # TYPE state gauge\nstate{state=\"on\"} 1\nstate{state=\"off\"} 0\n\
         # TYPE q_bucket gauge\nq_bucket{le=\"1.0\"} 3\nq_bucket{le=\"+Inf\"} 3\n# TYPE q_gcount gauge\nq_gcount 3\n# TYPE q_gsum gauge\nq_gsum 1\n",
    );
}

#[test]
fn a_gauge_may_end_like_another_type() {
    good(
        "# TYPE a_total gauge\na_total -1\n# TYPE b_count gauge\nb_count 0.5\n# TYPE c_sum untyped\nc_sum NaN\n",
    );
}

#[test]
fn names_that_begin_alike_do_not_clash() {
    good(
        "# TYPE small gauge\nsmall 1\n# TYPE small_thing gauge\nsmall_thing 1\n# TYPE :sma gauge\n:sma 1\n",
    );
}

#[test]
fn timestamps_are_kept() {
    let page =
        good("# TYPE a gauge\na{x=\"1\"} 1 1700000000000\na{x=\"2\"} 1 -5\n# TYPE b gauge\nb 1\n");
    assert_eq!(page.sample("a", &[("x", "1")]).unwrap().timestamp, Some(1_700_000_000_000));
    assert_eq!(page.sample("a", &[("x", "2")]).unwrap().timestamp, Some(-5));
}

#[test]
fn an_exact_counter_is_accepted_by_name_only() {
    let page = b"# TYPE hits counter\nhits 1\n";
    assert!(Checker::new().exact("hits").parse(page).is_ok());
    assert!(Checker::new().exact("hit").parse(page).is_err());
    assert!(parse(page).is_err());
}

#[test]
fn a_page_cut_anywhere_inside_a_line_is_refused() {
    let page = "# HELP h Time.\n# TYPE h histogram\nh_bucket{le=\"1.0\"} 1\nh_bucket{le=\"+Inf\"} 1\nh_sum 1\nh_count 1\n";
    for end in 1..page.len() {
        let complete =
            ["# TYPE h histogram\n", "h_count 1\n"].iter().any(|line| page[..end].ends_with(line));
        assert_eq!(parse(&page.as_bytes()[..end]).is_ok(), complete, "{}", &page[..end]);
    }
    good(page);
}

#[test]
fn any_bytes_are_judged_without_a_panic() {
    // Every single-byte change of a page that has all kinds of lines.
    let page = b"# HELP h T\\n.\n# TYPE h histogram\nh_bucket{a=\"\\\"\",le=\"+Inf\"} 1 5\nh_sum{a=\"\\\"\"} 1e21 5\nh_count{a=\"\\\"\"} 1 5\n";
    assert!(parse(page).is_ok());
    for place in 0..page.len() {
        for byte in 0..=255 {
            let mut changed = page.to_vec();
            changed[place] = byte;
            if let Err(faults) = parse(&changed) {
                assert!(!faults.is_empty());
                assert!(
                    faults.iter().all(|fault| fault.line > 0 && !fault.sentence.contains('\n'))
                );
            }
        }
    }
}
