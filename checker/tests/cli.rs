//! What the command prints and how it exits.

use std::io::Write;
use std::path::Path;
use std::process::{Command, Output, Stdio};

fn run(arguments: &[&str], input: &str) -> (i32, String, String) {
    let mut child = Command::new(env!("CARGO_BIN_EXE_nanoprom-checker"))
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the checker starts");
    // Without a `-` among the arguments nobody reads the input, and the pipe may be closed already.
    let _ = child.stdin.take().expect("the input is a pipe").write_all(input.as_bytes());
    let Output { status, stdout, stderr } = child.wait_with_output().expect("the checker ends");
    let text = |bytes| String::from_utf8(bytes).expect("the checker prints UTF-8");
    (status.code().expect("the checker exits by itself"), text(stdout), text(stderr))
}

#[test]
fn a_valid_page_on_the_standard_input_passes() {
    let (code, printed, _) = run(&["-"], "# TYPE a gauge\na 1\n");
    assert_eq!((code, printed.as_str()), (0, "1 passed, 0 failed\n"));
}

#[test]
fn each_fault_is_a_line_with_its_place() {
    let (code, printed, _) = run(&["-"], "# TYPE a gauge\na nan\na 1\n");
    assert_eq!(code, 1);
    assert_eq!(
        printed,
        "-:2: the value 'nan' is written NaN\n-:3: the series a stood in line 2 already\n0 passed, 1 failed\n",
    );
}

#[test]
fn one_bad_file_fails_the_run_and_the_others_are_still_checked() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../testdata/bad-pages");
    let bad = folder.join("counter_nan.txt");
    let (code, printed, _) = run(&[bad.to_str().unwrap(), "no such file", "-"], "");
    assert_eq!(code, 1);
    assert!(printed.contains("counter_nan.txt:3: "), "{printed}");
    assert!(printed.contains("no such file: cannot be read: "), "{printed}");
    assert!(printed.ends_with("1 passed, 2 failed\n"), "{printed}");
}

#[test]
fn a_counter_without_its_suffix_passes_when_it_is_named() {
    let page = "# TYPE hits counter\nhits 1\n";
    assert_eq!(run(&["--exact", "hits", "-"], page).0, 0);
    assert_eq!(run(&["-"], page).0, 1);
}

#[test]
fn a_file_in_om_or_an_option_makes_it_openmetrics() {
    let page = "# TYPE hits counter\nhits_total 1\n# EOF\n";
    assert_eq!(run(&["--openmetrics", "-"], page).0, 0);
    assert_eq!(run(&["-"], page).0, 1);
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../testdata/pages");
    assert_eq!(run(&[folder.join("kinds.om").to_str().unwrap()], "").0, 0);
}

#[test]
fn wrong_usage_is_told_apart_from_a_bad_page() {
    for arguments in [&[][..], &["--exact"], &["--fast", "-"]] {
        let (code, printed, complaint) = run(arguments, "");
        assert_eq!((code, printed.as_str()), (2, ""));
        assert!(complaint.contains("usage: nanoprom-checker"), "{complaint}");
    }
    assert_eq!(run(&["--help"], "").0, 0);
}
