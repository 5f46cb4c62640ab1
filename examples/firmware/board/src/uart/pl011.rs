//! ARM's PL011.

use crate::register::Register;

const DATA: Register<u32> = Register::at(0x4000_C000);
const FLAGS: Register<u32> = Register::at(0x4000_C018);

/// Makes the UART ready.
pub fn init() {}

/// Sends one byte, after waiting for room.
pub fn send(byte: u8) {
    while FLAGS.read() & 1 << 5 != 0 {}
    DATA.write(byte.into());
}

/// The next byte received, if there is one.
pub fn receive() -> Option<u8> {
    (FLAGS.read() & 1 << 4 == 0).then(|| DATA.read() as u8)
}
