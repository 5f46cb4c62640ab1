//! The UART of Nordic's nRF51.

use crate::register::Register;

const START_RX: Register<u32> = Register::at(0x4000_2000);
const START_TX: Register<u32> = Register::at(0x4000_2008);
const RX_READY: Register<u32> = Register::at(0x4000_2108);
const TX_READY: Register<u32> = Register::at(0x4000_211C);
const ENABLE: Register<u32> = Register::at(0x4000_2500);
const RX_DATA: Register<u32> = Register::at(0x4000_2518);
const TX_DATA: Register<u32> = Register::at(0x4000_251C);

/// Makes the UART ready.
pub fn init() {
    ENABLE.write(4);
    START_RX.write(1);
    START_TX.write(1);
}

/// Sends one byte, after waiting for room.
pub fn send(byte: u8) {
    TX_DATA.write(byte.into());
    while TX_READY.read() == 0 {}
    TX_READY.write(0);
}

/// The next byte received, if there is one.
pub fn receive() -> Option<u8> {
    (RX_READY.read() != 0).then(|| {
        RX_READY.write(0);
        RX_DATA.read() as u8
    })
}
