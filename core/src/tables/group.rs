//! Groups: tables of metrics in read-only memory, nestable.

use crate::kind::Prefixes;
use crate::label::Label;
use crate::out::{Out, Sink};
use crate::table::slice_at;
use crate::tables::list::Groups;
use crate::tables::metric::Metric;
use core::ffi::c_char;
use core::marker::PhantomData;
use core::mem::offset_of;
use core::ptr::NonNull;

/// How many groups deep groups may be nested, the outermost included.
pub const MAX_DEPTH: usize = 8;

/// A table of metrics, usually made by [`metrics!`](crate::metrics).
///
/// It is a constant (40 bytes; 24 on 32-bit cores) in read-only memory: `.rodata` of a firmware or of a
/// statically linked program, `.data.rel.ro` of a position-independent one. A library exports its
/// group, an application includes it, with a prefix and constant labels of its own if it likes.
#[repr(C)]
pub struct Group<'a> {
    rows: *const Metric<'a>,
    labels: *const Label<'a>,
    prefix: *const c_char,
    row_count: u16,
    label_count: u16,
    prefix_len: u8,
    /// In C, 1 where `rows` points to a list of groups instead, which is walked then.
    list: u8,
    /// In C tables a symbol of the library's own, so that a header of another ABI does not link.
    abi: *const u8,
    marker: PhantomData<&'a ()>,
}

// SAFETY: rows and labels are `Sync`.
unsafe impl Send for Group<'_> {}
// SAFETY: rows and labels are `Sync`.
unsafe impl Sync for Group<'_> {}

impl<'a> Group<'a> {
    /// Offsets of the fields in their order, for the C ABI.
    #[doc(hidden)]
    pub const OFFSETS: [usize; 8] = [
        offset_of!(Self, rows),
        offset_of!(Self, labels),
        offset_of!(Self, prefix),
        offset_of!(Self, row_count),
        offset_of!(Self, label_count),
        offset_of!(Self, prefix_len),
        offset_of!(Self, list),
        offset_of!(Self, abi),
    ];

    /// A group of these rows, in the order of the page.
    ///
    /// # Panics
    ///
    /// With more than 65 535 rows: at compile time in a `static`.
    pub const fn new(rows: &'a [Metric<'a>]) -> Self {
        assert!(rows.len() <= u16::MAX as usize, "a group has more than 65535 rows");
        Self {
            rows: rows.as_ptr(),
            labels: core::ptr::null(),
            prefix: core::ptr::null(),
            row_count: rows.len() as u16,
            label_count: 0,
            prefix_len: 0,
            list: 0,
            abi: core::ptr::null(),
            marker: PhantomData,
        }
    }

    /// The same group, with a prefix in front of every name.
    ///
    /// # Panics
    ///
    /// Where the prefix is longer than 255 bytes: at compile time in a `static`.
    #[must_use]
    pub const fn with_prefix(mut self, prefix: &'a str) -> Self {
        assert!(prefix.len() <= u8::MAX as usize, "a prefix is longer than 255 bytes");
        self.prefix = prefix.as_ptr().cast();
        self.prefix_len = prefix.len() as u8;
        self
    }

    /// The same group, with these labels on every series.
    ///
    /// OpenMetrics advises against labels that are the same on everything a target exposes, unless
    /// its operator asked for them: they belong into Prometheus' configuration.
    ///
    /// # Panics
    ///
    /// With more than 65 535 labels: at compile time in a `static`.
    #[must_use]
    pub const fn with_labels(mut self, labels: &'a [Label<'a>]) -> Self {
        assert!(labels.len() <= u16::MAX as usize, "a group has more than 65535 labels");
        self.labels = labels.as_ptr();
        self.label_count = labels.len() as u16;
        self
    }

    /// A group of these rows with the prefix and the labels of this one.
    pub(crate) const fn with_rows(&self, rows: &'a [Metric<'a>]) -> Self {
        let (mut group, base) = (Self::new(rows), self);
        group.labels = base.labels;
        group.prefix = base.prefix;
        group.label_count = base.label_count;
        group.prefix_len = base.prefix_len;
        group
    }

    /// Whether it has neither a prefix nor labels.
    pub(crate) const fn is_plain(&self) -> bool {
        self.prefix_len == 0 && self.label_count == 0
    }

    /// The list that stands for it, where it is one of C that has no rows of its own.
    #[inline]
    pub(crate) const fn list(&self) -> Option<Groups<'a>> {
        if self.list == 0 {
            return None;
        }
        match NonNull::new(self.rows.cast_mut().cast()) {
            // SAFETY: C programs make such a group only by macros, which point to a list.
            Some(head) => Some(unsafe { Groups::new(head) }),
            None => None,
        }
    }

    /// The same group, pointing to a symbol without which it does not link.
    #[doc(hidden)]
    #[must_use]
    pub const fn __of_build(mut self, symbol: *const u8) -> Self {
        self.abi = symbol;
        self
    }

    #[inline]
    pub(crate) const fn rows(&self) -> &'a [Metric<'a>] {
        // SAFETY: pointer and length of one table.
        unsafe { slice_at(self.rows, self.row_count as usize) }
    }

    #[inline]
    pub(crate) const fn labels(&self) -> &'a [Label<'a>] {
        // SAFETY: pointer and length of one table.
        unsafe { slice_at(self.labels, self.label_count as usize) }
    }

    #[inline]
    pub(crate) const fn prefix(&self) -> &'a [u8] {
        // SAFETY: pointer and length of a string (Rust or C).
        unsafe { slice_at(self.prefix.cast(), self.prefix_len as usize) }
    }
}

/// A place in a tree of groups: the outermost group, and the number of the row in each group on the
/// way. It only moves forward.
#[derive(Clone, Copy)]
pub(crate) struct Place<'a> {
    root: &'a Group<'a>,
    rows: [u16; MAX_DEPTH],
    /// How many groups deep the place is, the outermost being 0; of eights, only the rest counts.
    level: u8,
}

impl<'a> Place<'a> {
    /// Before the first row.
    pub(crate) const fn start(root: &'a Group<'a>) -> Self {
        // A level that counts as 0 and is none: with one more zero beside these, to set them were a call of
        // `memset`.
        Self { root, rows: [0; MAX_DEPTH], level: MAX_DEPTH as u8 }
    }

    /// Before the first row of another group; the numbers of deeper rows are set on the way.
    pub(crate) const fn restart(&mut self, root: &'a Group<'a>) {
        self.root = root;
        self.rows[0] = 0;
        self.level = 0;
    }

    #[inline]
    const fn level(&self) -> usize {
        // Never more; saying so keeps bounds checks out of the code.
        self.level as usize % MAX_DEPTH
    }

    /// How many groups enclose the row.
    #[inline]
    pub(crate) const fn depth(&self) -> usize {
        self.level() + 1
    }

    /// The enclosing group at `level`, the outermost being 0.
    pub(crate) const fn group(&self, level: usize) -> &'a Group<'a> {
        let mut group = self.root;
        let mut at = 0;
        while at < level && at < MAX_DEPTH {
            if let Some(row) = row_at(group, self.rows[at])
                && let Some(nested) = row.nested()
            {
                group = nested;
            }
            at += 1;
        }
        group
    }

    /// The enclosing groups, outermost first.
    #[inline]
    pub(crate) fn groups(&self) -> impl DoubleEndedIterator<Item = &'a Group<'a>> {
        (0..self.depth()).map(|level| self.group(level))
    }

    /// The row of a metric at this place or at the next one behind it.
    ///
    /// Groups nested deeper than [`MAX_DEPTH`] are passed over; the check refuses them.
    pub(crate) const fn settle(&mut self) -> Option<&'a Metric<'a>> {
        let mut group = self.group(self.level());
        loop {
            let level = self.level();
            match row_at(group, self.rows[level]) {
                // A row that a C table left out, and nobody checked.
                Some(row) if row.is_blank() => self.rows[level] += 1,
                Some(row) => match row.nested() {
                    Some(nested) if level + 1 < MAX_DEPTH => {
                        group = nested;
                        self.rows[level + 1] = 0;
                        self.level += 1;
                    }
                    Some(_) => self.rows[level] += 1,
                    None => return Some(row),
                },
                None if level == 0 => return None,
                None => {
                    self.level -= 1;
                    self.rows[level - 1] += 1;
                    group = self.group(level - 1);
                }
            }
        }
    }

    /// Most bytes that prefixes and constant labels take on a line.
    pub(crate) fn bound(&self) -> usize {
        let label = |label: &Label<'_>| label.name().len() + 2 * label.value().len() + 4;
        let group = |group: &Group<'_>| {
            group.labels().iter().map(label).fold(group.prefix().len(), usize::saturating_add)
        };
        self.groups().map(group).fold(0, usize::saturating_add)
    }

    /// Whether no enclosing group has a prefix or constant labels.
    pub(crate) fn is_plain(&self) -> bool {
        self.groups().all(Group::is_plain)
    }

    /// Moves behind the row at this place.
    #[inline]
    pub(crate) const fn step(&mut self) {
        self.rows[self.level()] += 1;
    }
}

impl Prefixes for Place<'_> {
    fn around(&self, level: usize) -> Option<(&[u8], &[Label<'_>])> {
        let group = (level < self.depth()).then(|| self.group(level))?;
        Some((group.prefix(), group.labels()))
    }

    #[inline(never)]
    fn write(&self, out: &mut Out<'_>) {
        self.groups().for_each(|group| out.put(group.prefix()));
    }
}

#[inline]
const fn row_at<'a>(group: &'a Group<'a>, at: u16) -> Option<&'a Metric<'a>> {
    let rows = group.rows();
    if (at as usize) < rows.len() { Some(&rows[at as usize]) } else { None }
}
