//! Cortex-M: SysTick and the exit through semihosting.

use cortex_m_rt as _;

/// The timer interrupt: SysTick, clocked like the core.
///
/// QEMU gives the microbit one too; an nRF51 of silicon has none and would take its TIMER0.
pub mod timer {
    use crate::register::Register;

    const CONTROL: Register<u32> = Register::at(0xE000_E010);
    const RELOAD: Register<u32> = Register::at(0xE000_E014);
    const CURRENT: Register<u32> = Register::at(0xE000_E018);
    const INTERRUPT_CONTROL: Register<u32> = Register::at(0xE000_ED04);

    /// Counts per second.
    pub const HZ: u32 = if cfg!(feature = "lm3s6965evb") {
        12_500_000
    } else if cfg!(feature = "microbit") {
        16_000_000
    } else {
        25_000_000
    };

    /// An interrupt every `period` counts, up to 2^24.
    pub fn start(period: u32) {
        CONTROL.write(0);
        RELOAD.write(period - 1);
        CURRENT.write(0);
        CONTROL.write(0b111);
    }

    /// No more interrupts once it returns.
    pub fn stop() {
        CONTROL.write(0b100);
        // Nor one that is pending already.
        INTERRUPT_CONTROL.write(1 << 25);
        cortex_m::asm::dsb();
        cortex_m::asm::isb();
    }
}

/// Ends the emulation; `status` is QEMU's exit status.
pub fn exit(status: u8) -> ! {
    // SYS_EXIT_EXTENDED with ADP_Stopped_ApplicationExit.
    let block = [0x2_0026, u32::from(status)];
    // SAFETY: the call takes a pointer to these two words.
    unsafe { cortex_m::asm::semihosting_syscall(0x20, block.as_ptr() as u32) };
    loop {
        cortex_m::asm::wfi();
    }
}
