//! Every kind of metric, labelled families among them.
#![no_std]
#![no_main]

use cost::everything::{METRICS, measure, received};

board::main!(main);
board::on_tick!(measure);

fn main() -> ! {
    cost::serve(|byte| {
        received(byte);
        cost::send_page(&METRICS);
    })
}
