//! The UART of ARM's Cortex-M System Design Kit.

use crate::register::Register;

const DATA: Register<u32> = Register::at(0x4000_4000);
const STATE: Register<u32> = Register::at(0x4000_4004);
const CONTROL: Register<u32> = Register::at(0x4000_4008);
const DIVISOR: Register<u32> = Register::at(0x4000_4010);

/// Makes the UART ready.
pub fn init() {
    // 115200 baud from 25 MHz.
    DIVISOR.write(217);
    CONTROL.write(0b11);
}

/// Sends one byte, after waiting for room.
pub fn send(byte: u8) {
    while STATE.read() & 1 != 0 {}
    DATA.write(byte.into());
}

/// The next byte received, if there is one.
pub fn receive() -> Option<u8> {
    (STATE.read() & 2 != 0).then(|| DATA.read() as u8)
}
