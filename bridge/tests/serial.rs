//! A real serial port, as far as a pseudo-terminal is one: pages, hang-ups, and ports that come back.

mod support;

use core::time::Duration;
use nanoprom_bridge::config;
use nanoprom_bridge::device::Device;
use nanoprom_bridge::failure::Kind;
use serialport::{SerialPort, TTYPort};
use std::fs;
use std::io::Write;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::Path;
use std::sync::Arc;
use std::thread;
use std::time::Instant;
use support::{MAX_PAGE, asked, encode, page, within};

/// A port at `path`, and the device's end of the line.
fn plug_in(path: &Path) -> TTYPort {
    let (mut line, port) = TTYPort::pair().unwrap();
    line.set_timeout(Duration::from_secs(60)).unwrap();
    symlink(port.name().unwrap(), path).unwrap();
    line
}

/// A device that answers until it is unplugged.
fn answer(mut line: TTYPort, value: u32) -> thread::JoinHandle<TTYPort> {
    thread::spawn(move || {
        // As long as nobody has opened the other end, reading fails.
        let began = Instant::now();
        let number = loop {
            match asked(&mut line) {
                Some(number) => break number,
                None => assert!(began.elapsed() < Duration::from_secs(20)),
            }
            thread::sleep(Duration::from_millis(10));
        };
        // Bytes that a terminal would change or obey if the port were not raw.
        line.write_all(b"log\r\n\x03\x11\x13\x1a\x7f\n").unwrap();
        line.write_all(&encode(number, page(value).as_bytes(), 7).concat()).unwrap();
        line
    })
}

fn device(name: &str, path: &Path) -> Arc<Device> {
    let config = config::Device::new(name.into(), path.to_str().unwrap(), Some(57_600), None);
    Device::start(config.unwrap(), MAX_PAGE, false).unwrap()
}

/// Probes until the port is there.
fn patient_page(device: &Device) -> String {
    let began = Instant::now();
    loop {
        match device.page(within(5000)) {
            Ok(page) => return String::from_utf8(page.to_vec()).unwrap(),
            Err(failure) => assert!(began.elapsed() < Duration::from_secs(10), "{failure}"),
        }
        thread::sleep(Duration::from_millis(20));
    }
}

#[test]
fn a_port_is_read_and_read_again_after_it_was_unplugged() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("ttyUSB0");

    let line = answer(plug_in(&path), 1);
    let device = device("pty", &path);
    assert_eq!(patient_page(&device), page(1));

    fs::remove_file(&path).unwrap();
    drop(line.join().unwrap());
    let unplugged = Instant::now();
    let failure = loop {
        match device.page(within(100)) {
            Err(failure) if failure.kind == Kind::Open => break failure,
            _ => assert!(unplugged.elapsed() < Duration::from_secs(5)),
        }
        thread::sleep(Duration::from_millis(20));
    };
    assert_eq!(failure.text, format!("cannot open {}: No such file or directory", path.display()));

    let line = answer(plug_in(&path), 2);
    assert_eq!(patient_page(&device), page(2));
    line.join().unwrap();
}

#[test]
fn what_is_no_serial_port_is_told() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("file");
    fs::write(&path, "").unwrap();
    fs::set_permissions(&path, fs::Permissions::from_mode(0o600)).unwrap();
    let failure = device("file", &path).page(within(5000)).unwrap_err();
    assert_eq!(failure.kind, Kind::Open);
    assert!(failure.text.starts_with("cannot open "), "{failure}");
}
