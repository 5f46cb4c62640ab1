//! The same metrics answered over HTTP, with the UART in place of a network, which would cost more.
#![no_std]
#![no_main]

use cost::everything::{METRICS, measure, received};
use nanoprom::http::{Responder, State};

board::main!(main);
board::on_tick!(measure);

/// Of the one connection; a static, so that its memory is weighed.
static mut RESPONDER: Option<Responder<'static, 512>> = None;

fn main() -> ! {
    let place = &raw mut RESPONDER;
    // SAFETY: main runs once, and nobody else knows the static.
    let responder = unsafe { &mut *place }.insert(Responder::text_only(&METRICS));
    cost::serve(|byte| {
        received(byte);
        responder.feed(&[byte]);
        let mut buf = [0; 64];
        while responder.state() == State::Output {
            let len = responder.pull(&mut buf);
            cost::send(buf.get(..len).unwrap_or_default());
        }
        if responder.state() == State::Close {
            *responder = Responder::text_only(&METRICS);
        }
    })
}
