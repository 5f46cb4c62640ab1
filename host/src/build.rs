//! The symbol by which the linker finds out whether `libnanoprom` is of the same build.

unsafe extern "C" {
    #[link_name = env!("NPROM_BUILD")]
    static BUILD: u8;
}

/// Where `libnanoprom` has the symbol. A group points to it.
pub(crate) const ADDRESS: *const u8 = &raw const BUILD;

/// Refers to the symbol in a way that no optimisation removes.
pub(crate) fn check() {
    core::hint::black_box(ADDRESS);
}
