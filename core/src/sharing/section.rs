//! The linker section of metrics that are to be shared, `nprom_shared`, and the page that ends it.
//!
//! Only whole pages can be shared. So this file puts a page into the section, aligned as one: the section then
//! begins with a page, whatever else is in it. It ends with one if this page comes last. Within an object
//! file its subsection sees to that, and linkers take object files in the order of the command line, libraries
//! last.

use crate::atomic::Word;
use core::ops::Range;

/// The largest page that a system of this architecture has.
#[cfg(any(
    target_arch = "x86_64",
    target_arch = "x86",
    target_arch = "riscv64",
    target_arch = "s390x"
))]
macro_rules! page {
    () => {
        "4096"
    };
}
#[cfg(not(any(
    target_arch = "x86_64",
    target_arch = "x86",
    target_arch = "riscv64",
    target_arch = "s390x"
)))]
macro_rules! page {
    () => {
        "65536"
    };
}

// Weak and hidden: each image has its own, also if it is linked of two libraries that hold this file.
core::arch::global_asm!(concat!(
    ".pushsection nprom_shared, 8191, \"aw\"\n",
    ".balign ",
    page!(),
    "\n",
    ".weak nprom_shared_page\n",
    ".hidden nprom_shared_page\n",
    "nprom_shared_page:\n",
    ".zero ",
    page!(),
    "\n",
    ".popsection\n",
));

unsafe extern "C" {
    #[link_name = "__start_nprom_shared"]
    static BEGIN: [u8; 0];
    #[link_name = "__stop_nprom_shared"]
    static END: [u8; 0];
    #[link_name = "nprom_shared_page"]
    static PAGE: [u8; 0];
}

/// Whether a family of the section keeps series elsewhere, in memory of this process.
static LATE: Word = Word::new(0);

/// Addresses of the section in this image.
pub(crate) fn bounds() -> Range<usize> {
    // The last one is asked for so that the page is linked.
    let (begin, end, page) = ((&raw const BEGIN).addr(), (&raw const END).addr(), &raw const PAGE);
    core::hint::black_box(page);
    begin..end
}

/// Called where something that lies there takes memory of this process alone.
pub(crate) fn took_own_memory(address: usize) {
    if bounds().contains(&address) {
        LATE.set(1);
    }
}

pub(crate) fn is_late() -> bool {
    LATE.get() != 0
}
