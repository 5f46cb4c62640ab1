//! The decoder gives the exact page or nothing, whatever happens on the line.

mod support;

use nanoprom_bridge::frames::{Decoder, Event};
use proptest::prelude::*;
use support::encode;

const MAX_PAGE: usize = 10_000;

/// Pages with their numbers, and the text between frames.
#[derive(Debug, Default, PartialEq)]
struct Heard {
    pages: Vec<(u8, Vec<u8>)>,
    text: Vec<u8>,
    discarded: usize,
    too_large: Vec<u8>,
}

fn hear<'a>(portions: impl IntoIterator<Item = &'a [u8]>) -> Heard {
    let mut decoder = Decoder::new(MAX_PAGE);
    let mut heard = Heard::default();
    for portion in portions {
        decoder.feed(portion, &mut |event| match event {
            Event::Began(_) => {}
            Event::Page(number, bytes) => heard.pages.push((number, bytes)),
            Event::TooLarge(number) => heard.too_large.push(number),
            Event::Discarded(_) => heard.discarded += 1,
            Event::Text(text) => heard.text.extend_from_slice(text),
        });
    }
    heard
}

fn hear_all(line: &[u8]) -> Heard {
    hear([line])
}

/// A page: valid UTF-8, so without a start byte.
fn text() -> impl Strategy<Value = Vec<u8>> {
    prop::collection::vec(any::<char>(), 0..300).prop_map(|c| c.iter().collect::<String>().into())
}

fn page() -> impl Strategy<Value = (u8, Vec<u8>, u8)> {
    (any::<u8>(), text(), 1..=255u8)
}

fn log_line() -> impl Strategy<Value = Vec<u8>> {
    prop::collection::vec(any::<char>(), 0..40).prop_map(|c| c.iter().collect::<String>().into())
}

/// Noise that begins no frame, and is rich in what frames begin with.
fn noise() -> impl Strategy<Value = Vec<u8>> {
    prop::collection::vec(prop_oneof![Just(0xFA), Just(0x80), Just(0), any::<u8>()], 0..40)
}

/// Frames with something between each two.
fn interleaved(pages: &[(u8, Vec<u8>, u8)], between: &[Vec<u8>]) -> (Vec<u8>, Vec<u8>) {
    let (mut line, mut text) = (Vec::new(), Vec::new());
    let mut fill = between.iter().cycle();
    for (number, page, payload) in pages {
        for frame in encode(*number, page, usize::from(*payload)) {
            if let Some(bytes) = fill.next() {
                line.extend_from_slice(bytes);
                text.extend_from_slice(bytes);
            }
            line.extend_from_slice(&frame);
        }
    }
    (line, text)
}

fn sent(pages: &[(u8, Vec<u8>, u8)]) -> Vec<(u8, Vec<u8>)> {
    pages.iter().map(|(number, page, _)| (*number, page.clone())).collect()
}

proptest! {
    #[test]
    fn pages_and_log_lines_arrive_in_any_portions(
        pages in prop::collection::vec(page(), 1..4),
        lines in prop::collection::vec(log_line(), 1..6),
        portion in 1..600usize,
    ) {
        let (line, text) = interleaved(&pages, &lines);
        let heard = hear(line.chunks(portion));
        prop_assert_eq!(&heard.pages, &sent(&pages));
        prop_assert_eq!(&heard.text, &text);
        prop_assert_eq!(heard.discarded, 0);
    }

    #[test]
    fn noise_between_frames_costs_no_page(
        pages in prop::collection::vec(page(), 1..4),
        noise in prop::collection::vec(noise(), 1..6),
        portion in 1..600usize,
    ) {
        let (line, _) = interleaved(&pages, &noise);
        prop_assert_eq!(hear(line.chunks(portion)).pages, sent(&pages));
    }

    #[test]
    fn a_damaged_line_gives_the_exact_page_or_nothing(
        pages in prop::collection::vec(page(), 1..4),
        faults in prop::collection::vec((0..3, any::<prop::sample::Index>(), 1..=255u8), 1..6),
    ) {
        let (mut line, _) = interleaved(&pages, &[]);
        for (fault, at, byte) in faults {
            let at = at.index(line.len());
            match fault {
                0 => line[at] ^= byte,
                1 => line.insert(at, byte),
                _ => { line.remove(at); }
            }
        }
        let sent = sent(&pages);
        for page in hear_all(&line).pages {
            prop_assert!(sent.contains(&page));
        }
    }

    #[test]
    fn a_line_cut_anywhere_gives_the_page_only_at_its_last_byte(
        (number, page, payload) in page(),
        at in any::<prop::sample::Index>(),
    ) {
        let line = encode(number, &page, usize::from(payload)).concat();
        let cut = at.index(line.len());
        prop_assert_eq!(hear_all(&line[..cut]).pages, vec![]);
        // The device starts again with the next page.
        let again = [&line[..cut], &line[..]].concat();
        prop_assert_eq!(hear_all(&again).pages, vec![(number, page)]);
    }

    #[test]
    fn frames_of_two_pages_never_mix(
        (number, one, payload) in page(),
        two in text(),
        order in prop::collection::vec(any::<bool>(), 0..60),
    ) {
        // Both pages have the same number, as if a device had answered twice.
        let payload = usize::from(payload);
        let mut frames = [encode(number, &one, payload), encode(number, &two, payload)]
            .map(Vec::into_iter);
        let mut line = Vec::new();
        for second in order {
            line.extend(frames[usize::from(second)].next().unwrap_or_default());
        }
        for (_, page) in hear_all(&line).pages {
            prop_assert!(page == one || page == two);
        }
    }

    #[test]
    fn rubbish_is_no_page(rubbish in prop::collection::vec(any::<u8>(), 0..3000)) {
        prop_assert_eq!(hear_all(&rubbish).pages, vec![]);
    }
}

#[test]
fn the_core_and_the_twin_send_the_same_bytes() {
    static SENT: nanoprom::IntCounter = nanoprom::IntCounter::new();
    static METRICS: nanoprom::Group = {
        const ROWS: &[nanoprom::Metric] =
            &[nanoprom::Metric::new("sent_total", "Bytes sent: \u{fa}.", &SENT)];
        nanoprom::Group::new(ROWS)
    };
    let mut page = String::new();
    nanoprom::encode(&METRICS, nanoprom::Format::Text, &mut nanoprom::FmtWriter(&mut page))
        .unwrap();
    let mut frames = nanoprom::serial::Frames::<20>::new(&METRICS, nanoprom::Format::Text, 0x81);
    let line: Vec<u8> = core::iter::from_fn(|| frames.next_byte()).collect();
    assert_eq!(line, encode(0x81, page.as_bytes(), 20).concat());
    assert_eq!(hear_all(&line).pages, [(0x81, page.into_bytes())]);
}

#[test]
fn a_page_beyond_the_limit_is_dropped_and_the_next_one_heard() {
    let long = vec![b'x'; MAX_PAGE + 1];
    let mut line = encode(1, &long, 255).concat();
    line.extend(encode(2, &long[1..], 255).concat());
    let heard = hear_all(&line);
    assert_eq!(heard.too_large, [1]);
    assert_eq!(heard.pages, [(2, long[1..].to_vec())]);
}

#[test]
fn sequence_numbers_wrap_on_very_long_pages() {
    let long = vec![b'x'; 70_000];
    let mut decoder = Decoder::new(100_000);
    let mut pages = Vec::new();
    decoder.feed(&encode(1, &long, 1).concat(), &mut |event| {
        if let Event::Page(_, bytes) = event {
            pages.push(bytes);
        }
    });
    assert!(pages == [long]);
}

#[test]
fn a_false_start_does_not_hold_a_page_back() {
    // The false head announces 255 bytes, and the line falls silent behind the page.
    let mut line = vec![0xFA, 0x80, 0, 0, 255];
    line.extend(encode(0x80, b"up 1\n", 64).concat());
    assert_eq!(hear_all(&line).pages, [(0x80, b"up 1\n".to_vec())]);
}

#[test]
fn what_is_left_of_a_broken_frame_is_no_log_line() {
    let mut frames = encode(0x80, &[b'x'; 100], 64);
    frames[0][20] = b'y';
    let heard = hear_all(&[&b"before "[..], &frames.concat(), b"behind"].concat());
    assert_eq!(heard.pages, []);
    assert_eq!(String::from_utf8(heard.text).unwrap(), "before behind");
    assert_eq!(heard.discarded, 3);
}
