//! The frames of a page on a serial line.

use nanoprom::serial::{Frames, Requests};
use nanoprom::{Cursor, Format, Group, InfoCell, IntCounter, Label, Metric};

static SENT: IntCounter = IntCounter::new();
static METRICS: Group = {
    const ROWS: &[Metric] = &[Metric::new("sent_total", "Bytes sent.", &SENT)];
    const LABELS: &[Label] = &[Label::new("port", "\u{fa}")];
    Group::new(ROWS).with_labels(LABELS)
};

fn page() -> Vec<u8> {
    let mut page = Vec::new();
    let mut cursor = Cursor::new(&METRICS, Format::Text);
    let mut buf = [0; 50];
    loop {
        match cursor.read(&mut buf) {
            0 => return page,
            len => page.extend_from_slice(&buf[..len]),
        }
    }
}

/// CRC-32 as its definition reads, bit by bit.
fn naive_crc(bytes: &[u8]) -> u32 {
    let mut crc = u32::MAX;
    for bit in bytes.iter().flat_map(|byte| (0..8).map(move |at| u32::from(byte >> at & 1))) {
        let odd = (crc ^ bit) & 1;
        crc = (crc >> 1) ^ (0xEDB8_8320 * odd);
    }
    !crc
}

fn check<const PAYLOAD: usize>() {
    let mut frames = Frames::<PAYLOAD>::new(&METRICS, Format::Text, 7);
    let sent: Vec<u8> = core::iter::from_fn(|| frames.next_byte()).collect();
    let (mut rest, mut covered, mut payloads) = (&sent[..], Vec::new(), Vec::new());
    for sequence in 0.. {
        let (head, behind) = rest.split_at(5);
        let (payload, behind) = behind.split_at(usize::from(head[4]));
        let (crc, behind) = behind.split_at(4);
        assert_eq!(head[..2], [0xFA, 7]);
        assert_eq!(u16::from_le_bytes([head[2], head[3]]), sequence);
        covered.extend_from_slice(&head[1..]);
        covered.extend_from_slice(payload);
        assert_eq!(crc, naive_crc(&covered).to_le_bytes());
        payloads.extend_from_slice(payload);
        rest = behind;
        if payload.is_empty() {
            break;
        }
    }
    assert!(rest.is_empty());
    assert_eq!(payloads, page());
    assert!(!payloads.contains(&0xFA));
}

#[test]
fn the_payloads_are_the_page_and_each_crc_covers_all_before_it() {
    assert_eq!(naive_crc(b"123456789"), 0xCBF4_3926);
    check::<1>();
    check::<7>();
    check::<64>();
    check::<255>();
}

#[test]
fn portions_of_any_size_are_the_same_bytes() {
    let mut whole = [0; 1000];
    let len = Frames::<20>::new(&METRICS, Format::Text, 0x80).read(&mut whole);
    for size in 1..60 {
        let mut frames = Frames::<20>::new(&METRICS, Format::Text, 0x80);
        let (mut sent, mut buf) = (Vec::new(), [0; 60]);
        loop {
            match frames.read(&mut buf[..size]) {
                0 => break,
                len => sent.extend_from_slice(&buf[..len]),
            }
        }
        assert_eq!(sent, whole[..len]);
    }
}

#[test]
fn an_openmetrics_page_travels_as_well() {
    let mut frames = Frames::<255>::new(&METRICS, Format::OpenMetrics, 0x80);
    let sent: Vec<u8> = core::iter::from_fn(|| frames.next_byte()).collect();
    assert!(sent.windows(7).any(|text| text == b"\n# EOF\n"));
}

#[test]
fn other_text_may_be_sent_only_between_frames() {
    let mut frames = Frames::<200>::new(&METRICS, Format::Text, 0);
    assert!(frames.between_frames());
    let first = 9 + page().len();
    for _ in 1..first {
        frames.next_byte();
        assert!(!frames.between_frames());
    }
    frames.next_byte();
    assert!(frames.between_frames());
    frames.next_byte();
    assert!(!frames.between_frames());
    while frames.next_byte().is_some() {}
    assert!(frames.between_frames());
    assert_eq!(frames.next_byte(), None);
}

#[test]
fn only_an_enquiry_and_a_page_number_are_a_request() {
    let ask = |bytes: &[u8]| {
        let mut requests = Requests::new();
        bytes.iter().filter_map(|&byte| requests.feed(byte)).collect::<Vec<u8>>()
    };
    assert_eq!(ask(&[5, 0x80, 5, 0xFF]), [0x80, 0xFF]);
    assert_eq!(ask(&[5, 5, 0x90]), [0x90]);
    assert_eq!(ask(&[0x80, 5, 0x7F, 0x80, 5, b'\n', 0x85]), []);
}

#[test]
fn frames_that_have_begun_take_their_scratch_memory_along() {
    nanoprom::metrics! {
        static METRICS;
        /// Where we are.
        static NETWORK: InfoCell<64> = "network_info";
    }
    NETWORK.set(&[("interface", "eth0"), ("address", "10.0.0.7")]).unwrap();
    let frames = || Frames::<8>::new(&METRICS, Format::Text, 0).with_scratch::<64>();
    let mut whole = frames();
    let expected: Vec<u8> = core::iter::from_fn(|| whole.next_byte()).collect();
    for begun in 0..expected.len() {
        let mut frames = frames();
        let mut bytes: Vec<u8> = (0..begun).filter_map(|_| frames.next_byte()).collect();
        let mut frames = frames.with_scratch::<100>();
        bytes.extend(core::iter::from_fn(|| frames.next_byte()));
        assert_eq!(bytes, expected, "begun with {begun} bytes");
    }
}
