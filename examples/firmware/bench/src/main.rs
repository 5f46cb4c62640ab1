//! Operations to be counted: in instructions by QEMU's trace, in bytes of stack by this program.
//!
//! Each is made between two calls that the trace shows. Then come a page with what each of them
//! took of the stack, and the pages that were encoded. `scripts/bench-firmware` reads it all.
#![no_std]
#![no_main]

mod operations;
mod stack;

use board::{timer, uart};
use nanoprom::serial::Frames;
use nanoprom::{Family, Format, Gauge32, Group, metrics};
use operations::{OPERATIONS, State};

metrics! {
    static REPORT, prefix = "bench_";
    /// How many times the operation was made in a row.
    static RUNS: Family<Gauge32, 1, { OPERATIONS.len() }> = "runs", labels = ["operation"];
    /// Most bytes of stack that the operation wrote to.
    static STACK: Family<Gauge32, 1, { OPERATIONS.len() }> = "stack_bytes", labels = ["operation"];
}

board::main!(main);
board::on_tick!(never);

/// The timer does not run.
fn never() {}

/// The trace counts from one call to the next, and leaves out every second count.
#[unsafe(no_mangle)]
#[inline(never)]
extern "C" fn bench_mark() {
    // SAFETY: it does nothing; without an instruction the function would vanish.
    unsafe { core::arch::asm!("nop") };
}

fn main() -> ! {
    uart::init();
    // This switches interrupts on, which critical sections find out; none will come.
    timer::start(1 << 24);
    timer::stop();
    let mut state = State::new();
    for operation in OPERATIONS {
        for run in 0..operation.runs {
            state.run = run;
            bench_mark();
            (operation.work)(&mut state);
            bench_mark();
        }
    }
    let mut complete = true;
    for operation in OPERATIONS {
        state.run = operation.runs;
        let used = stack::used_by(operation.work, &mut state);
        for (family, value) in [(&RUNS, operation.runs), (&STACK, used)] {
            match family.labels([operation.name]) {
                Ok(gauge) => gauge.set(value.cast_signed()),
                Err(_) => complete = false,
            }
        }
    }
    for (page, group) in [&REPORT, &operations::MIXED, &operations::INTEGERS, &operations::FLOATS]
        .into_iter()
        .enumerate()
    {
        send(group, page as u8);
    }
    board::exit(u8::from(!complete))
}

fn send(group: &'static Group, page: u8) {
    let mut frames = Frames::<64>::new(group, Format::Text, page);
    while let Some(byte) = frames.next_byte() {
        uart::send(byte);
    }
}
