//! The thread of a device: opens the port, reads, and opens it again when it is gone.

use crate::device::{Device, FIRST_ANSWER};
use crate::failure::{Failure, Kind};
use crate::frames::{Decoder, Event};
use crate::journal::Log;
use crate::page;
use core::time::Duration;
use std::io::{ErrorKind, Read};
use std::sync::Arc;
use std::thread;
use std::time::Instant;

/// The first pause before a port is opened again; each is twice the one before.
const FIRST_PAUSE: Duration = Duration::from_millis(100);
/// The longest pause.
const LONGEST_PAUSE: Duration = Duration::from_secs(10);

/// Never returns.
pub(crate) fn run(device: &Device) {
    let address = &device.config.address;
    let mut pause = FIRST_PAUSE;
    loop {
        match address.open() {
            Ok((mut reader, writer)) => {
                device.opened(writer);
                let mut connection = Connection::new(device);
                let reason = connection.listen(&mut *reader);
                // Otherwise a port that opens and is gone at once would be opened all the time.
                if connection.pages > 0 {
                    pause = FIRST_PAUSE;
                }
                device.closed(Kind::Closed, format!("{address}: {reason}"));
            }
            Err(error) => device.closed(Kind::Open, format!("cannot open {address}: {error}")),
        }
        thread::sleep(pause);
        pause = LONGEST_PAUSE.min(pause * 2);
    }
}

/// One port, from its opening to its end.
struct Connection<'a> {
    device: &'a Device,
    log: Log<'a>,
    /// When the page in progress began.
    began: Instant,
    pages: usize,
}

impl<'a> Connection<'a> {
    fn new(device: &'a Device) -> Self {
        let log = Log::new(device.name(), device.log);
        Self { device, log, began: Instant::now(), pages: 0 }
    }

    /// Reads to the end; returns why it came.
    fn listen(&mut self, port: &mut dyn Read) -> String {
        let mut decoder = Decoder::new(self.device.max_page);
        let mut buf = [0; 4096];
        loop {
            match port.read(&mut buf) {
                Ok(0) => return "the connection was closed".into(),
                Ok(len) => decoder.feed(&buf[..len], &mut |event| self.take(event)),
                Err(error) => match error.kind() {
                    ErrorKind::TimedOut | ErrorKind::WouldBlock | ErrorKind::Interrupted => {}
                    ErrorKind::BrokenPipe => return "the port is gone".into(),
                    _ => return error.to_string(),
                },
            }
        }
    }

    fn take(&mut self, event: Event<'_>) {
        match event {
            Event::Began(_) => self.began = Instant::now(),
            Event::Page(number, page) => {
                self.pages += 1;
                self.page(number, page);
            }
            Event::TooLarge(number) if self.concerns(number) => {
                let limit = self.device.max_page;
                let text = format!("the page has more than {limit} bytes");
                self.refuse(number, Kind::TooLarge, text);
            }
            Event::TooLarge(_) => {}
            Event::Discarded(number) => {
                self.device.metrics.discarded();
                self.device.damaged(number);
            }
            Event::Text(text) => self.log.text(text),
        }
    }

    fn page(&self, number: u8, bytes: Vec<u8>) {
        if !self.concerns(number) {
            return;
        }
        match page::read(&bytes) {
            Err(fault) => self.refuse(number, Kind::Page, format!("the page is refused: {fault}")),
            Ok(_) if number < FIRST_ANSWER => self.device.pushed(self.began, bytes.into()),
            Ok(_) => self.device.answered(number, Ok(Arc::from(bytes))),
        }
    }

    /// Whether anybody wants this page.
    fn concerns(&self, number: u8) -> bool {
        if number < FIRST_ANSWER {
            self.device.config.push.is_some()
        } else {
            self.device.awaits(number)
        }
    }

    fn refuse(&self, number: u8, kind: Kind, text: String) {
        let failure: Failure = self.device.fail(kind, text);
        self.device.answered(number, Err(failure));
    }
}
