//! The stack that a function takes, by paint.

use crate::operations::{State, Work};
use core::hint::black_box;

/// More than any operation takes, and less than the smallest machine has.
const WORDS: usize = 1024;
const PAINT: u32 = 0x5AFE_57AC;

/// How many bytes below its caller's frame `work` writes to. What it only reserves does not count.
#[inline(never)]
pub(crate) fn used_by(work: Work, state: &mut State) -> u32 {
    let top = pointer();
    // SAFETY: main's stack has room for so many words below this frame, and nothing lives there:
    // the loops below call no function, and no interrupt comes.
    let at = |word: usize| unsafe { top.sub(word) };
    for word in 1..=WORDS {
        // SAFETY: as above.
        unsafe { at(word).write_volatile(PAINT) };
    }
    black_box(work)(state);
    let mut words = WORDS;
    // SAFETY: as above.
    while words > 0 && unsafe { at(words).read_volatile() } == PAINT {
        words -= 1;
    }
    4 * words as u32
}

/// The stack pointer, which stays where it is until its function returns.
#[inline(always)]
fn pointer() -> *mut u32 {
    let pointer: *mut u32;
    // SAFETY: reads a register.
    unsafe {
        #[cfg(target_arch = "arm")]
        core::arch::asm!("mov {}, sp", out(reg) pointer);
        #[cfg(target_arch = "riscv32")]
        core::arch::asm!("mv {}, sp", out(reg) pointer);
    }
    pointer
}
