//! The Ethernet controller of Stellaris parts, as QEMU emulates it, for smoltcp.
//!
//! One frame at a time in each direction. Its interrupt does nothing but end [`Ethernet::wait`]. Clocks
//! and pins are left out; real parts need both.

use core::ptr;
use cortex_m::asm;
use cortex_m::interrupt::{self, InterruptNumber};
use cortex_m::peripheral::NVIC;
use cortex_m_rt as _;
use smoltcp::phy::{Device, DeviceCapabilities, Medium, RxToken, TxToken};
use smoltcp::time::Instant;
use smoltcp::wire::EthernetAddress;
use static_cell::ConstStaticCell;

const BASE: usize = 0x4004_8000;
const INTERRUPT_STATUS: usize = 0x00;
const INTERRUPT_MASK: usize = 0x04;
const RECEIVE_CONTROL: usize = 0x08;
const TRANSMIT_CONTROL: usize = 0x0C;
const DATA: usize = 0x10;
const ADDRESS: [usize; 2] = [0x14, 0x18];
const PACKETS_WAITING: usize = 0x34;
const TRANSMIT_REQUEST: usize = 0x38;

/// The interrupt "a frame has come", in the controller's status and mask.
const RECEIVED: u32 = 1;
/// The controller's number among the machine's interrupts.
const NUMBER: usize = 42;

/// The header and the largest payload of a frame; the controller adds the checksum.
const FRAME: usize = 14 + 1500;
const HEADER: usize = 14;
/// What the receiver puts around a frame: its length, and the checksum.
const AROUND: usize = 2 + 4;

fn read(offset: usize) -> u32 {
    // SAFETY: the controller has a register at each of the offsets above.
    unsafe { ptr::without_provenance::<u32>(BASE + offset).read_volatile() }
}

fn write(offset: usize, value: u32) {
    // SAFETY: as for `read`; no register makes the controller touch memory.
    unsafe { ptr::without_provenance_mut::<u32>(BASE + offset).write_volatile(value) }
}

static FRAMES: ConstStaticCell<[[u8; FRAME]; 2]> = ConstStaticCell::new([[0; FRAME]; 2]);

/// The controller and a frame each way.
pub(crate) struct Ethernet {
    received: &'static mut [u8; FRAME],
    to_send: &'static mut [u8; FRAME],
}

impl Ethernet {
    /// Makes the controller ready; there is one, so this can be called once.
    pub(crate) fn new(address: EthernetAddress) -> Self {
        let [a, b, c, d, e, f] = address.0;
        write(INTERRUPT_MASK, RECEIVED);
        write(RECEIVE_CONTROL, 1 << 4); // empties the FIFO
        write(ADDRESS[0], u32::from_le_bytes([a, b, c, d]));
        write(ADDRESS[1], u32::from_le_bytes([e, f, 0, 0]));
        write(TRANSMIT_CONTROL, 0b1_0111); // duplex, checksum, padding, on
        write(RECEIVE_CONTROL, 1);
        // SAFETY: the handler is there, and nothing relies on its being masked.
        unsafe { NVIC::unmask(Number) };
        let [received, to_send] = FRAMES.take();
        Self { received, to_send }
    }

    /// Sleeps until a frame is there, or there was another interrupt.
    pub(crate) fn wait(&self) {
        // Nothing is missed between look and sleep: what is pending wakes the core, and is handled then.
        interrupt::free(|_| {
            if read(PACKETS_WAITING) == 0 {
                asm::wfi();
            }
        });
    }
}

#[derive(Clone, Copy)]
struct Number;

// SAFETY: this is the number, and stays it.
unsafe impl InterruptNumber for Number {
    fn number(self) -> u16 {
        NUMBER as u16
    }
}

extern "C" fn on_frame() {
    write(INTERRUPT_STATUS, RECEIVED);
}

unsafe extern "C" {
    /// Of cortex-m-rt, for interrupts without a handler.
    fn DefaultHandler();
}

/// The vectors of the machine's interrupts, as far as this one.
#[unsafe(link_section = ".vector_table.interrupts")]
#[unsafe(no_mangle)]
static __INTERRUPTS: [unsafe extern "C" fn(); NUMBER + 1] = {
    let mut vectors = [DefaultHandler as unsafe extern "C" fn(); NUMBER + 1];
    vectors[NUMBER] = on_frame;
    vectors
};

impl Device for Ethernet {
    type RxToken<'a> = Received<'a>;
    type TxToken<'a> = ToSend<'a>;

    fn receive(&mut self, _: Instant) -> Option<(Received<'_>, ToSend<'_>)> {
        if read(PACKETS_WAITING) == 0 {
            return None;
        }
        let frame = take(self.received)?;
        Some((Received(frame), ToSend(self.to_send)))
    }

    fn transmit(&mut self, _: Instant) -> Option<ToSend<'_>> {
        Some(ToSend(self.to_send))
    }

    fn capabilities(&self) -> DeviceCapabilities {
        let mut capabilities = DeviceCapabilities::default();
        capabilities.medium = Medium::Ethernet;
        capabilities.max_transmission_unit = FRAME;
        capabilities.max_burst_size = Some(1);
        capabilities
    }
}

/// Takes the next frame from the FIFO; `None` for one that cannot be.
fn take(buffer: &mut [u8; FRAME]) -> Option<&[u8]> {
    let first = read(DATA);
    let total = first as usize & 0xFFFF;
    // The first half word is the length, so the frame lies two bytes off the words.
    let mut bytes = [first]
        .into_iter()
        .chain((1..total.div_ceil(4)).map(|_| read(DATA)))
        .flat_map(u32::to_le_bytes)
        .skip(2);
    // All words have to be read, also those that go nowhere.
    buffer.iter_mut().zip(&mut bytes).for_each(|(to, from)| *to = from);
    bytes.for_each(drop);
    buffer.get(..total.checked_sub(AROUND)?)
}

/// Puts a frame into the FIFO and sends it.
fn send(frame: &[u8]) {
    while read(TRANSMIT_REQUEST) & 1 != 0 {}
    let Some(payload) = frame.len().checked_sub(HEADER) else { return };
    // Here the length does not count the header.
    let [low, high] = (payload as u16).to_le_bytes();
    let (start, rest) = frame.split_at(2);
    write(DATA, u32::from_le_bytes([low, high, start[0], start[1]]));
    for chunk in rest.chunks(4) {
        let mut word = [0; 4];
        word[..chunk.len()].copy_from_slice(chunk);
        write(DATA, u32::from_le_bytes(word));
    }
    write(TRANSMIT_REQUEST, 1);
}

/// A frame that has come.
pub(crate) struct Received<'a>(&'a [u8]);

impl RxToken for Received<'_> {
    fn consume<R, F: FnOnce(&[u8]) -> R>(self, f: F) -> R {
        f(self.0)
    }
}

/// Room for a frame to send.
pub(crate) struct ToSend<'a>(&'a mut [u8; FRAME]);

impl TxToken for ToSend<'_> {
    fn consume<R, F: FnOnce(&mut [u8]) -> R>(self, len: usize, f: F) -> R {
        // smoltcp keeps to `max_transmission_unit`.
        let frame = &mut self.0[..len];
        let result = f(frame);
        send(frame);
        result
    }
}
