//! What a row of the table says, whatever its value is.

use crate::atomic::COMPACT;
use crate::kind::{Kind, KindCell};
use crate::name::{MAX_NAME, strip_suffix};
use crate::table::slice_at;
use core::ffi::c_char;
use core::marker::PhantomData;
use core::mem::offset_of;

/// All of a row. It stands below the [table](crate::Metric), so that open rows can be asked with it.
#[repr(C)]
pub(crate) struct Declared<'a> {
    name: *const c_char,
    help: *const c_char,
    pub(crate) value: *const (),
    kind: *const KindCell,
    name_len: u8,
    pub(crate) unit_len: u8,
    help_len: u16,
    marker: PhantomData<&'a ()>,
}

impl<'a> Declared<'a> {
    pub(crate) const OFFSETS: [usize; 7] = [
        offset_of!(Self, name),
        offset_of!(Self, help),
        offset_of!(Self, value),
        offset_of!(Self, kind),
        offset_of!(Self, name_len),
        offset_of!(Self, unit_len),
        offset_of!(Self, help_len),
    ];

    pub(crate) const fn new(
        name: &'a str,
        help: &'a str,
        value: *const (),
        kind: &'static KindCell,
    ) -> Self {
        assert!(name.len() <= MAX_NAME, "a metric name is longer than 255 bytes");
        assert!(help.len() <= u16::MAX as usize, "a help text is longer than 65535 bytes");
        Self {
            name: name.as_ptr().cast(),
            help: help.as_ptr().cast(),
            value,
            kind,
            name_len: name.len() as u8,
            unit_len: 0,
            help_len: help.len() as u16,
            marker: PhantomData,
        }
    }

    /// Whether the row is one that a C table left out: nothing else may be read of it then.
    #[inline]
    pub(crate) const fn is_blank(&self) -> bool {
        self.kind.is_null() || self.value.is_null()
    }

    /// The name as declared.
    #[inline]
    pub(crate) const fn declared_name(&self) -> &'a [u8] {
        // SAFETY: pointer and length of a string (Rust or C).
        unsafe { slice_at(self.name.cast(), self.name_len as usize) }
    }

    /// The name that the samples' suffixes are put to: without the `_total` of a counter.
    #[inline]
    pub(crate) const fn name(&self) -> &'a [u8] {
        let kind = self.kind();
        // With suffixes that the compiler sees the comparison is faster, and larger.
        let suffix = if COMPACT { kind.in_text.suffix } else { kind.of.text_suffix() };
        strip_suffix(self.declared_name(), suffix.as_bytes())
    }

    #[inline]
    pub(crate) const fn help(&self) -> &'a [u8] {
        // SAFETY: pointer and length of a string (Rust or C).
        unsafe { slice_at(self.help.cast(), self.help_len as usize) }
    }

    #[inline]
    pub(crate) const fn kind(&self) -> &'static Kind {
        // SAFETY: points to one of this library's kind cells.
        unsafe { (*self.kind).get() }
    }
}
