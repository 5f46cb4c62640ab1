//! What the tests share: a slow, obvious encoder, and devices behind sockets.
#![allow(dead_code)] // No test needs all of it.

use core::fmt::Display;
use core::time::Duration;
use nanoprom_bridge::config;
use nanoprom_bridge::device::Device;
use std::io::Read;
use std::os::unix::net::{UnixListener, UnixStream};
use std::sync::Arc;
use std::thread;
use std::time::Instant;
use tempfile::TempDir;

/// CRC-32 as its definition reads, bit by bit, before the final inversion.
fn crc_over(bytes: &[u8], mut crc: u32) -> u32 {
    for bit in bytes.iter().flat_map(|byte| (0..8).map(move |at| u32::from(byte >> at & 1))) {
        let odd = (crc ^ bit) & 1;
        crc = (crc >> 1) ^ (0xEDB8_8320 * odd);
    }
    crc
}

/// The frames of a page, each with up to `payload` bytes of it.
pub(crate) fn encode(number: u8, page: &[u8], payload: usize) -> Vec<Vec<u8>> {
    let mut crc = u32::MAX;
    let portions = page.chunks(payload).chain([&[][..]]);
    portions
        .enumerate()
        .map(|(sequence, portion)| {
            let [low, high] = (sequence as u16).to_le_bytes();
            let mut frame = vec![0xFA, number, low, high, portion.len() as u8];
            frame.extend_from_slice(portion);
            crc = crc_over(&frame[1..], crc);
            frame.extend_from_slice(&(!crc).to_le_bytes());
            frame
        })
        .collect()
}

/// A device behind a Unix socket, which goes away when dropped.
pub(crate) struct Socket {
    pub(crate) address: String,
    listener: UnixListener,
    _directory: TempDir,
}

impl Socket {
    pub(crate) fn new() -> Self {
        let directory = tempfile::tempdir().unwrap();
        let path = directory.path().join("device");
        let listener = UnixListener::bind(&path).unwrap();
        Self { address: format!("unix:{}", path.display()), listener, _directory: directory }
    }

    pub(crate) fn accept(&self) -> UnixStream {
        self.listener.accept().unwrap().0
    }

    /// The bridge's side of a device that does what `connected` says with each of its connections.
    pub(crate) fn device(
        self,
        name: &str,
        push: Option<Duration>,
        connected: impl Fn(UnixStream) + Send + 'static,
    ) -> Arc<Device> {
        let config = config::Device::new(name.into(), &self.address, None, push).unwrap();
        let device = Device::start(config, MAX_PAGE, false).unwrap();
        thread::spawn(move || {
            loop {
                connected(self.accept());
            }
        });
        device
    }
}

/// The largest page that devices of the tests may have.
pub(crate) const MAX_PAGE: usize = 10_000;

/// The number of the next page that is asked for; `None` when the line ends.
pub(crate) fn asked(mut line: impl Read) -> Option<u8> {
    let mut last = [0];
    loop {
        let mut byte = [0];
        line.read_exact(&mut byte).ok()?;
        if last == [0x05] && byte[0] >= 0x80 {
            return Some(byte[0]);
        }
        last = byte;
    }
}

/// A page that holds one value.
pub(crate) fn page(value: impl Display) -> String {
    format!("# TYPE value gauge\nvalue {value}\n")
}

/// So many milliseconds from now.
pub(crate) fn within(milliseconds: u64) -> Instant {
    Instant::now() + Duration::from_millis(milliseconds)
}
