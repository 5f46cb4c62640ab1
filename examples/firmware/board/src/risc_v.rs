//! RISC-V: the machine timer and the exit through QEMU's test device.

use crate::register::Register;
use riscv_rt as _;

/// The timer interrupt: `mtime`, 10 MHz.
pub mod timer {
    use crate::register::Register;
    use core::sync::atomic::{AtomicU32, Ordering};

    const COMPARE: [Register<u32>; 2] = [Register::at(0x0200_4000), Register::at(0x0200_4004)];
    const TIME: [Register<u32>; 2] = [Register::at(0x0200_BFF8), Register::at(0x0200_BFFC)];

    /// Counts per second.
    pub const HZ: u32 = 10_000_000;

    static PERIOD: AtomicU32 = AtomicU32::new(0);

    fn time() -> u64 {
        loop {
            let high = TIME[1].read();
            let low = TIME[0].read();
            if TIME[1].read() == high {
                return u64::from(high) << 32 | u64::from(low);
            }
        }
    }

    fn interrupt_at(time: u64) {
        // No deadline in the past on the way.
        COMPARE[1].write(u32::MAX);
        COMPARE[0].write(time as u32);
        COMPARE[1].write((time >> 32) as u32);
    }

    /// An interrupt every `period` counts.
    pub fn start(period: u32) {
        PERIOD.store(period, Ordering::Relaxed);
        interrupt_at(time() + u64::from(period));
        // SAFETY: the handler is there, `on_tick!` made it.
        unsafe {
            riscv::register::mie::set_mtimer();
            riscv::interrupt::enable();
        }
    }

    /// No more interrupts once it returns.
    pub fn stop() {
        // SAFETY: nothing relies on this interrupt.
        unsafe { riscv::register::mie::clear_mtimer() };
    }

    /// The next deadline: one period behind the last one, or behind now where that is over.
    #[doc(hidden)]
    pub fn rearm() {
        let last = u64::from(COMPARE[1].read()) << 32 | u64::from(COMPARE[0].read());
        let period = u64::from(PERIOD.load(Ordering::Relaxed));
        let (next, now) = (last + period, time());
        interrupt_at(if next > now { next } else { now + period });
    }
}

/// Ends the emulation; `status` is QEMU's exit status.
pub fn exit(status: u8) -> ! {
    const FINISHER: Register<u32> = Register::at(0x10_0000);
    FINISHER.write(if status == 0 { 0x5555 } else { u32::from(status) << 16 | 0x3333 });
    loop {
        riscv::asm::wfi();
    }
}
