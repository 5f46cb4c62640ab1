//! Label names and constant labels, as they stand in read-only tables.

use crate::table::slice_at;
use crate::utf8;
use core::ffi::c_char;
use core::marker::PhantomData;
use core::mem::offset_of;

/// The name of a family's label, made by [`label_names!`](crate::label_names).
///
/// It is kept with the glue that the encoder puts around it, `",method="`, so that a label costs one
/// copy. The memory is one pointer and one word.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct LabelName<'a> {
    glue: *const c_char,
    len: u32,
    marker: PhantomData<&'a str>,
}

// SAFETY: a shared string.
unsafe impl Send for LabelName<'_> {}
// SAFETY: a shared string.
unsafe impl Sync for LabelName<'_> {}

/// What stands in front of a label name in its glue: the end of the value before it.
const FRONT: usize = 2;
/// What stands behind a label name in its glue: the begin of its value.
const BACK: usize = 2;

impl<'a> LabelName<'a> {
    /// Offsets of the fields in their order, for the C ABI.
    #[doc(hidden)]
    pub const OFFSETS: [usize; 2] = [offset_of!(Self, glue), offset_of!(Self, len)];

    #[doc(hidden)]
    pub const fn __from_glue(glue: &'a str) -> Self {
        assert!(glue.len() >= FRONT + BACK, "a label name without its glue");
        assert!(glue.len() <= u16::MAX as usize, "a label name is longer than 65531 bytes");
        Self { glue: glue.as_ptr().cast(), len: glue.len() as u32, marker: PhantomData }
    }

    /// Whether it has room for its glue: a C table that nobody checked may hold anything.
    pub(crate) const fn has_glue(&self) -> bool {
        !cfg!(feature = "c-tables") || self.glue_len() >= FRONT + BACK
    }

    /// `",name="`
    #[inline]
    pub(crate) const fn glue(&self) -> &'a [u8] {
        // SAFETY: pointer and length of a string literal (Rust or C).
        unsafe { slice_at(self.glue.cast(), self.len as usize) }
    }

    #[inline]
    pub(crate) const fn glue_len(&self) -> usize {
        self.len as usize
    }

    pub(crate) const fn name(&self) -> &'a [u8] {
        // Of a table that nobody checked the glue may be too short: an empty name then.
        let glue = self.glue();
        match glue.split_at_checked(FRONT) {
            Some((_, rest)) => match rest.split_at_checked(rest.len().saturating_sub(BACK)) {
                Some((name, _)) => name,
                None => &[],
            },
            None => &[],
        }
    }
}

/// The label names of a family: `label_names!["method", "code"]`.
#[macro_export]
macro_rules! label_names {
    ($($name:literal),+ $(,)?) => {
        [$($crate::LabelName::__from_glue(::core::concat!("\",", $name, "=\""))),+]
    };
}

/// Label values as a family looks them up. Not generic: what a family does with them is there once,
/// whatever its type.
#[inline]
pub(crate) fn bytes_of<'v>(values: &'v [&'v str]) -> impl Iterator<Item = &'v [u8]> + Clone {
    values.iter().map(|value| value.as_bytes())
}

/// Label `at` of a list of names and values.
pub(crate) fn pair_at<'l>(
    labels: &'l [(&'l str, &'l str)],
    at: usize,
) -> Option<(&'l [u8], &'l [u8])> {
    labels.get(at).map(|(name, value)| (name.as_bytes(), value.as_bytes()))
}

/// Names and values of labels, by their numbers.
pub type LabelAt<'l> = &'l dyn Fn(usize) -> Option<(&'l [u8], &'l [u8])>;

/// A constant label of a group: every series of the group carries it.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct Label<'a> {
    name: *const c_char,
    value: *const c_char,
    name_len: u16,
    value_len: u16,
    marker: PhantomData<&'a str>,
}

// SAFETY: two shared strings.
unsafe impl Send for Label<'_> {}
// SAFETY: two shared strings.
unsafe impl Sync for Label<'_> {}

impl<'a> Label<'a> {
    /// Offsets of the fields in their order, for the C ABI.
    #[doc(hidden)]
    pub const OFFSETS: [usize; 4] = [
        offset_of!(Self, name),
        offset_of!(Self, value),
        offset_of!(Self, name_len),
        offset_of!(Self, value_len),
    ];

    /// `name="value"`; both shorter than 65 536 bytes.
    pub const fn new(name: &'a str, value: &'a str) -> Self {
        assert!(name.len() <= u16::MAX as usize, "a label name is longer than 65535 bytes");
        assert!(value.len() <= u16::MAX as usize, "a label value is longer than 65535 bytes");
        Self {
            name: name.as_ptr().cast(),
            value: value.as_ptr().cast(),
            name_len: name.len() as u16,
            value_len: value.len() as u16,
            marker: PhantomData,
        }
    }

    pub(crate) const fn name(&self) -> &'a [u8] {
        // SAFETY: pointer and length of a string (Rust or C).
        unsafe { slice_at(self.name.cast(), self.name_len as usize) }
    }

    /// The value; empty where it is not UTF-8, in a C table that nobody checked.
    pub(crate) fn valid_value(&self) -> &'a [u8] {
        if utf8::is_valid_of_c(self.value()) { self.value() } else { &[] }
    }

    pub(crate) const fn value(&self) -> &'a [u8] {
        // SAFETY: pointer and length of a string (Rust or C).
        unsafe { slice_at(self.value.cast(), self.value_len as usize) }
    }
}
