//! What the firmware examples need of a machine: a UART, a timer interrupt, and an end.
//!
//! The machine is chosen by a feature. All of them are as QEMU emulates them: clocks, pins and baud
//! rates, which QEMU ignores, are left out; on real parts a HAL crate sets them up.
#![no_std]

#[cfg_attr(target_arch = "arm", path = "cortex_m.rs")]
#[cfg_attr(target_arch = "riscv32", path = "risc_v.rs")]
mod cpu;
mod register;

#[cfg_attr(feature = "lm3s6965evb", path = "uart/pl011.rs")]
#[cfg_attr(feature = "mps2-an386", path = "uart/cmsdk.rs")]
#[cfg_attr(feature = "microbit", path = "uart/nrf51.rs")]
#[cfg_attr(feature = "virt", path = "uart/ns16550.rs")]
pub mod uart;

pub use cpu::{exit, timer};

/// Sends a line of text and waits until it is out.
pub fn log(line: &str) {
    line.bytes().chain(*b"\r\n").for_each(uart::send);
}

/// Makes a `fn() -> !` the program, which runs once memory is initialised.
#[macro_export]
macro_rules! main {
    ($main:path) => {
        #[unsafe(export_name = "main")]
        extern "C" fn __main() -> ! {
            $main()
        }
    };
}

/// Makes a `fn()` the handler of the timer interrupt, which [`timer::start`] sets going.
#[cfg(target_arch = "arm")]
#[macro_export]
macro_rules! on_tick {
    ($handler:path) => {
        #[unsafe(export_name = "SysTick")]
        extern "C" fn __on_tick() {
            $handler()
        }
    };
}

/// Makes a `fn()` the handler of the timer interrupt, which [`timer::start`] sets going.
#[cfg(target_arch = "riscv32")]
#[macro_export]
macro_rules! on_tick {
    ($handler:path) => {
        #[unsafe(export_name = "MachineTimer")]
        extern "C" fn __on_tick() {
            $crate::timer::rearm();
            $handler()
        }
    };
}

/// Makes a `fn()` the handler of the UART's interrupt, which [`uart::interrupt::enable`] sets going.
#[cfg(feature = "uart-interrupt")]
#[macro_export]
macro_rules! on_uart {
    ($handler:path) => {
        #[unsafe(export_name = "UART0")]
        extern "C" fn __on_uart() {
            $crate::uart::interrupt::acknowledge();
            $handler()
        }
    };
}

#[panic_handler]
fn panic(_: &core::panic::PanicInfo<'_>) -> ! {
    log("panic");
    exit(101)
}
