//! The label text of a family's series, as it lies in memory and as it stands on the page.

use crate::copy::copy;
use crate::error::Refused;
use crate::label::LabelName;
use crate::out::escape_of;
use crate::utf8;
use core::slice;

/// A series of a family, as the encoder sees it.
#[derive(Clone, Copy)]
pub(crate) struct Series {
    pub(crate) cell: *const (),
    /// The length of its text on the page, and the lengths of its values.
    pub(crate) lens: *const u16,
    pub(crate) text: *const u8,
    pub(crate) escaped: bool,
}

impl Series {
    #[inline]
    fn len(self, at: usize) -> usize {
        // SAFETY: there is one length for each label, behind that of the page.
        usize::from(unsafe { *self.lens.add(1 + at) })
    }

    #[inline]
    fn raw_len(self, names: &[LabelName<'_>]) -> usize {
        (0..names.len()).map(|at| self.len(at)).sum()
    }

    /// The values of its labels.
    #[inline]
    pub(crate) fn values<'a>(
        self,
        names: &'a [LabelName<'a>],
    ) -> impl Iterator<Item = &'a [u8]> + 'a {
        // The first has a brace in front, all others have two bytes.
        let mut text = if self.escaped { self.text } else { self.text.wrapping_sub(1) };
        names.iter().enumerate().map(move |(at, name)| {
            if !self.escaped {
                text = text.wrapping_add(name.glue_len());
            }
            let len = self.len(at);
            // SAFETY: the values lie there one behind the other, with their glue or without, and do
            // not change once the record is published.
            let value = unsafe { slice::from_raw_parts(text, len) };
            text = text.wrapping_add(len);
            value
        })
    }

    /// Length of all its text in memory.
    pub(crate) fn text_len(self, names: &[LabelName<'_>]) -> usize {
        self.page_text(names).len() + if self.escaped { self.raw_len(names) } else { 0 }
    }

    /// The labels as they stand on the page, from the brace to the end of the last value.
    #[inline]
    pub(crate) fn page_text<'a>(self, names: &[LabelName<'_>]) -> &'a [u8] {
        let front = if self.escaped { self.raw_len(names) } else { 0 };
        // SAFETY: the text of a published record, which does not change.
        unsafe { slice::from_raw_parts(self.text.add(front), usize::from(*self.lens)) }
    }
}

/// How the text of new labels will lie in memory.
pub(crate) struct Shape {
    /// Length of the values, which stand in front where they need escaping.
    pub(crate) raw: usize,
    pub(crate) page_len: u16,
    pub(crate) escaped: bool,
}

impl Shape {
    pub(crate) fn of<'v>(
        names: &[LabelName<'_>],
        values: impl Iterator<Item = &'v [u8]>,
    ) -> Result<Self, Refused> {
        // All that reads a record counts on the glue of its labels, so no record is made without.
        if !names.iter().all(LabelName::has_glue) {
            return Err(Refused::LabelNames);
        }
        let (mut raw, mut escapes) = (0, 0);
        for value in values {
            if !utf8::is_valid_of_c(value) {
                return Err(Refused::NotUtf8);
            }
            raw += value.len();
            escapes += value.iter().filter(|byte| escape_of(**byte, true).is_some()).count();
        }
        let page = names_len(names) + raw + escapes;
        let page_len = u16::try_from(page).map_err(|_| Refused::TooLong)?;
        Ok(Self { raw, page_len, escaped: escapes > 0 })
    }

    pub(crate) fn len(&self) -> usize {
        usize::from(self.page_len) + if self.escaped { self.raw } else { 0 }
    }

    /// Writes the labels as a [`Series`] finds them.
    ///
    /// # Safety
    ///
    /// The shape is that of these names and values; there is room for [`len`](Self::len) bytes of text and
    /// for 1 + as many lengths as names, and nobody else uses either.
    pub(crate) unsafe fn write<'v>(
        &self,
        names: &[LabelName<'_>],
        values: impl Iterator<Item = &'v [u8]> + Clone,
        lens: *mut u16,
        mut text: *mut u8,
    ) {
        // SAFETY: the caller's promise; no value is longer than the text of the page.
        unsafe {
            if self.escaped {
                values.clone().for_each(|value| text = append(text, value));
            }
            lens.write(self.page_len);
            for ((at, name), value) in names.iter().enumerate().zip(values) {
                // The end of the value before, and the name; of the first only the comma, which becomes a brace.
                let glue = name.glue().get(usize::from(at == 0)..).unwrap_or_default();
                let start = text;
                text = append(text, glue);
                if at == 0 {
                    start.write(b'{');
                }
                for byte in value {
                    let byte = escape_of(*byte, true).unwrap_or(slice::from_ref(byte));
                    text = append(text, byte);
                }
                lens.add(1 + at).write(value.len() as u16);
            }
        }
    }
}

/// Writes `text` and returns its end.
///
/// # Safety
///
/// There is room for it.
#[inline(never)]
unsafe fn append(to: *mut u8, text: &[u8]) -> *mut u8 {
    // SAFETY: the caller's promise.
    unsafe {
        copy(text.as_ptr(), to, text.len());
        to.add(text.len())
    }
}

/// Length of all glue of these labels on the page.
fn names_len(names: &[LabelName<'_>]) -> usize {
    names.iter().map(LabelName::glue_len).sum::<usize>().saturating_sub(1)
}
