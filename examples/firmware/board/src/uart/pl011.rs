//! ARM's PL011.

use crate::register::Register;

const DATA: Register<u32> = Register::at(0x4000_C000);
const FLAGS: Register<u32> = Register::at(0x4000_C018);

/// Makes the UART ready.
pub fn init() {}

/// Sends one byte, after waiting for room.
pub fn send(byte: u8) {
    while !has_room() {}
    DATA.write(byte.into());
}

/// Whether [`send`] would not wait.
pub fn has_room() -> bool {
    FLAGS.read() & 1 << 5 == 0
}

/// The next byte received, if there is one.
pub fn receive() -> Option<u8> {
    (FLAGS.read() & 1 << 4 == 0).then(|| DATA.read() as u8)
}

/// The interrupt: a byte has come, or one has left.
#[cfg(feature = "uart-interrupt")]
pub mod interrupt {
    use crate::register::Register;

    const MASK: Register<u32> = Register::at(0x4000_C038);
    const CLEAR: Register<u32> = Register::at(0x4000_C044);
    const RECEIVE: u32 = 1 << 4;
    const SEND: u32 = 1 << 5;

    const NVIC_ENABLE: Register<u32> = Register::at(0xE000_E100);
    const NVIC_PEND: Register<u32> = Register::at(0xE000_E200);
    const NUMBER: usize = 5;

    unsafe extern "C" {
        fn DefaultHandler();
        fn UART0();
    }

    /// The vectors of the machine's interrupts, as far as this one.
    #[unsafe(link_section = ".vector_table.interrupts")]
    #[unsafe(no_mangle)]
    static __INTERRUPTS: [unsafe extern "C" fn(); NUMBER + 1] = {
        let mut vectors = [DefaultHandler as unsafe extern "C" fn(); NUMBER + 1];
        vectors[NUMBER] = UART0;
        vectors
    };

    /// From now on the handler is called.
    pub fn enable() {
        MASK.write(RECEIVE | SEND);
        NVIC_ENABLE.write(1 << NUMBER);
    }

    /// Calls the handler, so that it finds a first byte to send: no interrupt tells of a UART that has
    /// been idle.
    pub fn pend() {
        NVIC_PEND.write(1 << NUMBER);
    }

    /// What comes or leaves from now on interrupts again; reading bytes acknowledges them.
    #[doc(hidden)]
    pub fn acknowledge() {
        CLEAR.write(SEND);
    }
}
