//! Writers: each gets the page in whole characters, and its own error comes back.

mod golden;

use core::fmt;
use golden::{PAGES, read};
use nanoprom::{FmtWriter, Format, Write, encode};

/// Takes so many bytes and then fails, in the middle of a text if need be.
struct Limited {
    room: usize,
    taken: Vec<u8>,
}

#[derive(Debug, PartialEq)]
struct OwnError(usize);

impl Write for Limited {
    type Error = OwnError;

    fn write(&mut self, text: &str) -> Result<(), OwnError> {
        let taken = text.len().min(self.room);
        self.taken.extend_from_slice(&text.as_bytes()[..taken]);
        self.room -= taken;
        if taken < text.len() { Err(OwnError(self.taken.len())) } else { Ok(()) }
    }
}

#[test]
fn a_writer_that_fails_at_any_byte_gets_what_came_before_and_its_own_error_back() {
    for golden in &PAGES {
        let page = read(golden.group(), 4096);
        for room in 0..=page.len() {
            let taken = Vec::new();
            let mut writer = Limited { room, taken };
            let result = encode(golden.group(), Format::Text, &mut writer);
            assert!(writer.taken == page[..room], "{room}");
            let complete = room == page.len();
            assert_eq!(result, if complete { Ok(()) } else { Err(OwnError(room)) });
        }
    }
}

#[test]
fn a_writer_is_not_called_again_after_its_error() {
    struct Once(u32);
    impl Write for Once {
        type Error = ();
        fn write(&mut self, _: &str) -> Result<(), ()> {
            self.0 += 1;
            Err(())
        }
    }
    let mut writer = Once(0);
    assert_eq!(encode(PAGES[0].group(), Format::Text, &mut writer), Err(()));
    assert_eq!(writer.0, 1);
}

#[test]
fn a_string_gets_the_page() {
    for golden in &PAGES {
        let mut page = String::new();
        encode(golden.group(), Format::Text, &mut FmtWriter(&mut page)).unwrap();
        assert_eq!(page.as_bytes(), read(golden.group(), 4096));
    }
}

#[test]
fn characters_are_never_cut_wherever_they_stand() {
    use nanoprom::{Gauge, Group, Metric};
    static VALUE: Gauge = Gauge::new();
    let mut writer = FmtWriter(String::new());
    let mut expected = String::new();
    // Behind 0 to 299 letters, a character of four bytes crosses the end of any chunk.
    for before in 0..300 {
        let help = format!("{}{}", "x".repeat(before), "😀€ä".repeat(40));
        let rows = [Metric::new("x", &help, &VALUE)];
        encode(&Group::new(&rows), Format::Text, &mut writer).unwrap();
        expected += &format!("# HELP x {help}\n# TYPE x gauge\nx 0\n");
    }
    assert!(writer.0 == expected);
}

#[test]
fn the_error_of_a_fmt_writer_comes_back() {
    struct Full;
    impl fmt::Write for Full {
        fn write_str(&mut self, _: &str) -> fmt::Result {
            Err(fmt::Error)
        }
    }
    let result = encode(PAGES[0].group(), Format::Text, &mut FmtWriter(Full));
    assert_eq!(result, Err(fmt::Error));
}

#[test]
fn a_writer_behind_a_reference_and_a_trait_object_works() {
    let mut limited = Limited { room: usize::MAX, taken: Vec::new() };
    let mut writer: &mut dyn Write<Error = OwnError> = &mut limited;
    encode(PAGES[0].group(), Format::Text, &mut writer).unwrap();
    assert_eq!(limited.taken, read(PAGES[0].group(), 4096));
}

#[test]
fn fixed_containers_take_the_page_or_say_that_they_are_too_small() {
    let golden = &PAGES[0];
    let page = read(golden.group(), 4096);
    let mut bytes = heapless::Vec::<u8, 8192>::new();
    encode(golden.group(), Format::Text, &mut bytes).unwrap();
    assert_eq!(bytes.as_slice(), page);
    let mut text = heapless::String::<8192>::new();
    encode(golden.group(), Format::Text, &mut text).unwrap();
    assert_eq!(text.as_bytes(), page);

    let mut bytes = heapless::Vec::<u8, 200>::new();
    let result: Result<(), heapless::CapacityError> =
        encode(golden.group(), Format::Text, &mut bytes);
    assert!(result.is_err());
    assert!(page.starts_with(&bytes));
    let mut text = heapless::String::<200>::new();
    let result: Result<(), heapless::CapacityError> =
        encode(golden.group(), Format::Text, &mut text);
    assert!(result.is_err());
    assert!(page.starts_with(text.as_bytes()));
}

#[cfg(feature = "std")]
mod std_io {
    use super::*;
    use nanoprom::IoWriter;
    use std::io::{self, ErrorKind};

    /// Takes one byte a call, is interrupted at each second call, and breaks after `room` bytes.
    struct Pipe {
        room: usize,
        interrupted: bool,
        taken: Vec<u8>,
    }

    impl io::Write for Pipe {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            self.interrupted = !self.interrupted;
            if self.interrupted {
                return Err(ErrorKind::Interrupted.into());
            }
            if self.taken.len() == self.room {
                return Err(ErrorKind::BrokenPipe.into());
            }
            self.taken.extend_from_slice(&bytes[..1]);
            Ok(1)
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    #[test]
    fn short_writes_go_on_and_errors_come_back() {
        let page = read(PAGES[1].group(), 4096);
        for room in [0, 1, 777, usize::MAX] {
            let pipe = Pipe { room, interrupted: false, taken: Vec::new() };
            let mut writer = IoWriter(pipe);
            let result = encode(PAGES[1].group(), Format::Text, &mut writer);
            let end = room.min(page.len());
            assert!(writer.0.taken == page[..end]);
            let broken = (end < page.len()).then_some(ErrorKind::BrokenPipe);
            assert_eq!(result.err().map(|error| error.kind()), broken);
        }
    }
}

#[cfg(feature = "embedded-io-07")]
mod embedded {
    use super::*;
    use embedded_io::{ErrorKind, ErrorType};
    use nanoprom::EmbeddedIoWriter;

    /// A serial port that takes three bytes a call and breaks after `room` bytes.
    struct Port {
        room: usize,
        taken: Vec<u8>,
    }

    impl ErrorType for Port {
        type Error = ErrorKind;
    }

    impl embedded_io::Write for Port {
        fn write(&mut self, bytes: &[u8]) -> Result<usize, ErrorKind> {
            let len = bytes.len().min(3).min(self.room - self.taken.len());
            if len == 0 {
                return Err(ErrorKind::BrokenPipe);
            }
            self.taken.extend_from_slice(&bytes[..len]);
            Ok(len)
        }

        fn flush(&mut self) -> Result<(), ErrorKind> {
            Ok(())
        }
    }

    #[test]
    fn a_serial_port_gets_the_page_and_its_error_comes_back() {
        let page = read(PAGES[1].group(), 4096);
        for room in [0, 1, 777, 1 << 20] {
            let taken = Vec::new();
            let mut writer = EmbeddedIoWriter(Port { room, taken });
            let result = encode(PAGES[1].group(), Format::Text, &mut writer);
            let end = room.min(page.len());
            assert!(writer.0.taken == page[..end]);
            let broken = (end < page.len()).then_some(ErrorKind::BrokenPipe);
            assert_eq!(result.err(), broken);
        }
    }
}
