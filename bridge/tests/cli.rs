//! The program: its arguments, its exit status, its signals.

use core::time::Duration;
use std::fs;
use std::io::{BufRead, BufReader, Read};
use std::net::TcpListener;
use std::process::{Child, Command, Output, Stdio};
use std::thread;
use std::time::Instant;

fn bridge(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_nanoprom-bridge"));
    command.args(arguments).stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

fn run(arguments: &[&str]) -> (i32, String, String) {
    let Output { status, stdout, stderr } = bridge(arguments).output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (status.code().unwrap(), text(stdout), text(stderr))
}

#[test]
fn help_and_version_are_on_standard_output() {
    let (status, out, err) = run(&["--help"]);
    assert_eq!((status, &err[..]), (0, ""));
    assert!(out.starts_with("usage: nanoprom-bridge"));
    assert!(run(&["--version"]).1.starts_with("nanoprom-bridge "));
}

#[test]
fn wrong_usage_is_told_on_one_line_with_status_2() {
    for (arguments, word) in [
        (&[][..], "no device"),
        (&["--colour"], "--colour"),
        (&["--device"], "--device"),
        (&["--device", "boiler"], "NAME=ADDRESS"),
        (&["--device", "a=/dev/x", "--device", "a=/dev/y"], "two devices are called 'a'"),
        (&["--device", "a=/dev/x", "--device", "b=/dev/x"], "'a' and 'b' are both at /dev/x"),
        (&["--device", "a=tcp://host"], "tcp://HOST:PORT"),
        (&["--device", "a=/dev/x", "--listen", "here"], "'here'"),
        (&["--device", "a=/dev/x", "--timeout", "0s"], "\"0s\""),
        (&["--device", "a\u{7}=/dev/x"], "a\\u{7}"),
        (&["--config", "/nowhere/at/all"], "/nowhere/at/all: No such file"),
        (&["stray"], "stray"),
    ] {
        let (status, out, err) = run(arguments);
        assert_eq!((status, &out[..]), (2, ""), "{arguments:?}: {err}");
        assert_eq!(err.matches('\n').count(), 1, "{err}");
        assert!(err.contains(word), "{err}");
    }
}

#[test]
fn a_fault_in_a_file_is_told_with_its_line() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("bridge.toml");
    let path = path.to_str().unwrap();
    let check = |text: &str| {
        fs::write(path, text).unwrap();
        run(&["--check", "--config", path])
    };
    let good = "[[device]]\nname = \"a\"\naddress = \"unix:/a\"\n";
    assert_eq!(check(good), (0, "1 devices, no faults\n".into(), String::new()));
    let (status, _, err) = check(&format!("{good}colour = \"red\"\n"));
    assert_eq!(status, 2);
    assert!(err.contains("bridge.toml:4: unknown field `colour`"), "{err}");
    for (text, word) in [
        (&good.replace("unix:/a", "unix:"), "the device 'a'"),
        (&format!("{good}baud = 9600\n"), "no serial port"),
        (&format!("{good}{good}"), "two devices are called 'a'"),
        (&format!("listen = 1\n{good}"), "bridge.toml:1: "),
        (&"[[device]]\nname = \"a\"\n".to_owned(), "missing field `address`"),
    ] {
        let (status, _, err) = check(text);
        assert_eq!((status, err.matches('\n').count()), (2, 1), "{err}");
        assert!(err.contains(word), "{err}");
    }
}

#[test]
fn a_port_that_is_taken_is_told_with_status_1() {
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    let (status, _, err) = run(&["--device", "a=/nowhere", "--listen", &address]);
    assert_eq!(status, 1);
    assert!(err.starts_with(&format!("nanoprom-bridge: cannot listen on {address}: ")), "{err}");
}

/// A bridge that runs, and its first line.
fn start(arguments: &[&str]) -> (Child, String) {
    let mut child = bridge(arguments).spawn().unwrap();
    let mut line = String::new();
    BufReader::new(child.stdout.as_mut().unwrap()).read_line(&mut line).unwrap();
    (child, line)
}

#[test]
fn signals_end_it_with_status_0() {
    for signal in ["-INT", "-TERM"] {
        let (mut child, line) = start(&["--device", "a=/nowhere", "--listen", "127.0.0.1:0"]);
        assert!(line.starts_with("Serving http://127.0.0.1:") && !line.contains(":0/"), "{line}");
        let began = Instant::now();
        let killed = Command::new("kill").args([signal, &child.id().to_string()]).status().unwrap();
        assert!(killed.success());
        assert_eq!(child.wait().unwrap().code(), Some(0));
        assert!(began.elapsed() < Duration::from_secs(1));
    }
}

#[test]
fn a_device_that_cannot_be_opened_is_told_once() {
    let (mut child, _) = start(&["--device", "a=/nowhere", "--listen", "127.0.0.1:0"]);
    // Time for several attempts.
    thread::sleep(Duration::from_millis(900));
    child.kill().unwrap();
    let mut said = String::new();
    child.stderr.take().unwrap().read_to_string(&mut said).unwrap();
    child.wait().unwrap();
    assert_eq!(said, "nanoprom-bridge: a: cannot open /nowhere: No such file or directory\n");
}
