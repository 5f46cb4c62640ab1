//! The serial example with interrupts: main fills a queue with the bytes of a page, and the UART's
//! interrupt sends one each time there is room. It also finds the requests among what comes in.
#![no_std]
#![no_main]

use board::uart;
use core::sync::atomic::{AtomicBool, AtomicU8, Ordering};
use heapless::spsc::{Consumer, Producer, Queue};
use nanoprom::serial::Requests;
use serial::Page;

board::main!(main);
board::on_tick!(serial::on_tick);
board::on_uart!(on_uart);

/// Pages sent of our own accord have numbers below 0x80.
const PUSHED: u8 = 0;
/// ASCII's "end of transmission".
const EOT: u8 = 4;

/// The number of the page that was requested last and not yet begun; 0 for none.
static REQUESTED: AtomicU8 = AtomicU8::new(0);
static ENDED: AtomicBool = AtomicBool::new(false);

/// What the interrupt works with.
struct Port {
    outgoing: Consumer<'static, u8>,
    requests: Requests,
}

static mut PORT: Option<Port> = None;

fn on_uart() {
    let port = &raw mut PORT;
    // SAFETY: main filled it before it enabled the interrupt, which does not interrupt itself.
    let Some(port) = (unsafe { &mut *port }) else { return };
    while let Some(byte) = uart::receive() {
        if let Some(number) = port.requests.feed(byte) {
            REQUESTED.store(number, Ordering::Relaxed);
        }
        if byte == EOT {
            ENDED.store(true, Ordering::Relaxed);
        }
    }
    if uart::has_room()
        && let Some(byte) = port.outgoing.dequeue()
    {
        uart::send(byte);
    }
}

fn main() -> ! {
    static mut QUEUE: Queue<u8, 32> = Queue::new();
    let queue = &raw mut QUEUE;
    // SAFETY: main runs once, and nothing else knows of the queue.
    let (mut queue, outgoing) = unsafe { &mut *queue }.split();
    // SAFETY: the interrupt, which is the other user, is not yet enabled.
    unsafe { PORT = Some(Port { outgoing, requests: Requests::new() }) };
    uart::init();
    uart::interrupt::enable();

    send(&mut queue, b"uart-interrupt: counting\r\n".iter().copied());
    serial::count();
    serve(&mut queue);
    let fault = serial::wrong_total();
    send(&mut queue, fault.unwrap_or("all totals are right").bytes().chain(*b"\r\n"));
    while !queue.is_empty() {}
    board::exit(fault.is_some().into())
}

fn serve(queue: &mut Producer<u8>) {
    send(queue, Page::new(PUSHED));
    loop {
        // Looked at first: a request that came before the end is answered.
        let ended = ENDED.load(Ordering::Relaxed);
        match REQUESTED.swap(0, Ordering::Relaxed) {
            0 if ended => return,
            0 => {}
            number => send(queue, Page::new(number)),
        }
    }
}

/// Queues all bytes, waiting for room where there is none.
fn send(queue: &mut Producer<u8>, mut bytes: impl Iterator<Item = u8>) {
    let mut next = bytes.next();
    while let Some(byte) = next {
        if queue.enqueue(byte).is_ok() {
            next = bytes.next();
        } else {
            uart::interrupt::pend();
        }
    }
    uart::interrupt::pend();
}
