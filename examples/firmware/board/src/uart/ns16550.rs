//! The 16550.

use crate::register::Register;

const DATA: Register<u8> = Register::at(0x1000_0000);
const STATUS: Register<u8> = Register::at(0x1000_0005);

/// Makes the UART ready.
pub fn init() {}

/// Sends one byte, after waiting for room.
pub fn send(byte: u8) {
    while STATUS.read() & 1 << 5 == 0 {}
    DATA.write(byte);
}

/// The next byte received, if there is one.
pub fn receive() -> Option<u8> {
    (STATUS.read() & 1 != 0).then(|| DATA.read())
}
