//! Main and the timer interrupt update the same metrics, tens of thousands of times, and none of it
//! may be lost.
//!
//! Each side counts what it does, and compares what it reads with that. In turn with its updates
//! main sends the page, a few bytes at a time; now and then the interrupt sends a page of its own
//! from start to end, while main stands in the middle of whatever it was doing. After storms, where
//! interrupts strike by chance, comes a sweep, where they strike everywhere. A host reads the
//! pages: `tests/firmware/storm`.
#![no_std]
#![no_main]

mod report;
mod sweep;
mod updates;

use board::{timer, uart};
use core::sync::atomic::{AtomicBool, AtomicU32, AtomicUsize, Ordering::Relaxed};
use nanoprom::serial::Frames;
use nanoprom::{Format, Group};
use updates::{METRICS, NOTHING, SIDES, Tally, choose, lift, read_right};

/// Numbers of the pages that this program sends.
const FROM_MAIN: u8 = 0;
const FROM_INTERRUPT: u8 = 1;
const REPORT: u8 = 2;

/// Interrupts in a storm, at least.
const INTERRUPTS: u32 = 10_000;
/// Instructions from one interrupt to the next, about.
const INTERVAL: u32 = 800;
/// Updates of main between two of its pages.
const UPDATES: u32 = 200;
/// Interrupts between two of theirs, where main sends none.
const PAUSE: u32 = 400;

board::main!(main);
board::on_tick!(on_tick);

static TICKS: AtomicU32 = AtomicU32::new(0);
/// The update that main is making.
static MAKING: AtomicUsize = AtomicUsize::new(NOTHING);
/// The update that main makes, or has made and looks at.
static AIM: AtomicUsize = AtomicUsize::new(NOTHING);
/// Big amounts are among them.
static BIG: AtomicBool = AtomicBool::new(false);
/// No page of main's is on its way.
static LINE_IS_FREE: AtomicBool = AtomicBool::new(false);

/// Interrupts that made the update in which they had stopped main.
static MET: Tally = Tally::new();
static PAGES_OF_INTERRUPT: AtomicU32 = AtomicU32::new(0);

/// How many interrupts there have been.
fn interrupts() -> u32 {
    TICKS.load(Relaxed)
}

fn on_tick() {
    static RANDOM: AtomicU32 = AtomicU32::new(0x1234_5678);
    static LAST_PAGE: AtomicU32 = AtomicU32::new(0);
    if sweep::on_tick() {
        return;
    }
    let tick = interrupts() + 1;
    TICKS.store(tick, Relaxed);
    let random = next(RANDOM.load(Relaxed));
    RANDOM.store(random, Relaxed);

    // Half the time what main is at: that is where it hurts.
    let (making, aim) = (MAKING.load(Relaxed), AIM.load(Relaxed));
    let update = match random & 1 {
        0 if aim != NOTHING => aim,
        _ => choose(random, BIG.load(Relaxed)),
    };
    if update == making {
        MET.count(update);
    }
    SIDES[1].make(update);
    if tick.is_multiple_of(4) && !read_right(aim, making) {
        report::WRONG_IN_INTERRUPT.inc();
    }

    if LINE_IS_FREE.load(Relaxed) && tick - LAST_PAGE.load(Relaxed) >= PAUSE {
        send(&METRICS, FROM_INTERRUPT);
        LAST_PAGE.store(tick, Relaxed);
        PAGES_OF_INTERRUPT.store(PAGES_OF_INTERRUPT.load(Relaxed) + 1, Relaxed);
    }
}

fn main() -> ! {
    uart::init();
    let shift = loop {
        if let Some(byte @ b'0'..=b'9') = uart::receive() {
            break byte - b'0';
        }
    };
    let period = prime_from((INTERVAL << shift) * (timer::HZ / 1000) / 1_000_000);
    for level in [None, Some(1 << 28), Some(u32::MAX)] {
        level.into_iter().for_each(lift);
        storm(period);
        report(false);
    }
    BIG.store(true, Relaxed);
    storm(period);
    report(true);
    sweep::sweep();
    report(true);
    board::exit(0)
}

/// Sends the page, and what has come of it so far; the end of the program where an update was lost.
fn report(big: bool) {
    let right = report::fill();
    report::INTERRUPTS.set(interrupts().cast_signed());
    report::LEAST_MET.set(MET.least(big).cast_signed());
    report::PAGES_OF_INTERRUPT.set(PAGES_OF_INTERRUPT.load(Relaxed).cast_signed());
    send(&METRICS, FROM_MAIN);
    send(&report::METRICS, REPORT);
    if !right {
        board::exit(1);
    }
}

fn storm(period: u32) {
    let end = interrupts() + INTERRUPTS;
    let (mut random, mut scrape) = (end, Scrape::new());
    timer::start(period);
    while interrupts() < end || scrape.frames.is_some() {
        random = next(random);
        let update = choose(random, BIG.load(Relaxed));
        AIM.store(update, Relaxed);
        MAKING.store(update, Relaxed);
        SIDES[0].make(update);
        MAKING.store(NOTHING, Relaxed);
        // Half the time: it takes longer than the update.
        if random & 1 == 0 && !read_right(update, NOTHING) {
            report::WRONG_IN_MAIN.inc();
        }
        scrape.go_on();
    }
    timer::stop();
}

/// Main's page, on its way or to be begun later.
struct Scrape {
    frames: Option<Frames<'static, 48>>,
    pause: u32,
}

impl Scrape {
    fn new() -> Self {
        Self { frames: None, pause: UPDATES }
    }

    /// A few bytes more, or a bit less of the pause.
    fn go_on(&mut self) {
        if let Some(frames) = &mut self.frames {
            let mut few = [0; 12];
            let len = frames.read(&mut few);
            few.iter().take(len).copied().for_each(uart::send);
            if len == 0 {
                *self = Self::new();
            }
        } else {
            self.pause -= 1;
            LINE_IS_FREE.store(self.pause > 0, Relaxed);
            if self.pause == 0 {
                self.frames = Some(Frames::new(&METRICS, Format::Text, FROM_MAIN));
            }
        }
    }
}

fn send(metrics: &'static Group, page: u8) {
    let mut frames = Frames::<48>::new(metrics, Format::Text, page);
    while let Some(byte) = frames.next_byte() {
        uart::send(byte);
    }
}

/// The random number behind `random`, by Marsaglia's xorshift.
fn next(mut random: u32) -> u32 {
    random ^= random << 13;
    random ^= random >> 17;
    random ^ random << 5
}

/// The smallest prime that is not below `number`: no loop of main's keeps step with it.
fn prime_from(number: u32) -> u32 {
    (number.max(2)..).find(|n| (2..*n).take_while(|d| d * d <= *n).all(|d| n % d != 0)).unwrap_or(2)
}
