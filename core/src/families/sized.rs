//! Families sized at run time: how much memory they take, and how it is shared out.

use crate::atomic::Word;
use crate::buckets;
use crate::copy::copy_to_front;
use crate::families::any_family::{AnyFamily, Head, MAX_TEXT};
use crate::families::index::MAX_RECORDS;
use crate::families::overflow;
use crate::kind::CELL_ALIGN;
use crate::label::LabelName;
use crate::name::{equal, is_label_name};
use crate::tables::check::label_fault;
use core::{fmt, ptr, str};

/// What a family cannot be made of at run time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Unfit {
    /// The memory is too small, or not aligned to 8 bytes.
    Memory,
    /// It has no series or more than 1 048 574, 2 GiB of label text or more, a child of more than 60 000
    /// bytes, or no room for its child `other`.
    Size,
    /// It has no labels, or more than 255.
    Labels,
    /// The name of a label is none, is reserved for its type, or is there twice.
    LabelNames,
    /// The bounds do not ascend, are not finite, are another number than its children have, or are ticks
    /// of which 0 make a unit.
    Bounds,
    /// It has children already.
    Used,
    /// Its children have exemplars, creation times or states, which families on the heap do not show.
    Child,
}

impl fmt::Display for Unfit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Memory => "the memory is too small for the family, or not aligned to 8 bytes",
            Self::Size => "no family has so many series, so much text, or so large children",
            Self::Labels => "a family has 1 to 255 labels",
            Self::LabelNames => "a label name is wrong, reserved, or there twice",
            Self::Used => "the family has children already",
            Self::Child => "the children of a family on the heap are plain metrics",
            Self::Bounds => "the bounds do not go with the children, or do not ascend",
        })
    }
}

impl core::error::Error for Unfit {}

/// Where everything is in the memory of a family.
pub(crate) struct Plan {
    record_size: usize,
    /// Offset of the records: behind the head and the index.
    records: usize,
    text: usize,
    end: usize,
}

impl Plan {
    /// `None` where there is no such family.
    const fn of(cell_size: usize, labels: usize, series: u32, text_size: u32) -> Option<Self> {
        let (series, text_size) = (series as usize, text_size as usize);
        if labels == 0 || labels > 255 || series == 0 || series > MAX_RECORDS {
            return None;
        }
        if text_size >= MAX_TEXT || cell_size > 60_000 {
            return None;
        }
        let lens = (1 + labels) * size_of::<u16>();
        let record_size = (2 * size_of::<u32>() + cell_size + lens).next_multiple_of(CELL_ALIGN);
        let records = size_of::<Head>() + series * size_of::<[Word; 2]>();
        // Small cores have 32 bits for that.
        let Some(all) = series.checked_mul(record_size) else { return None };
        let Some(text) = all.checked_add(records) else { return None };
        match text.checked_add(text_size) {
            Some(end) => Some(Self { record_size, records, text, end }),
            None => None,
        }
    }
}

impl AnyFamily {
    /// How many words of 8 bytes a family takes, with `text` bytes of label text for each series.
    pub(crate) const fn words(
        cell_size: usize,
        labels: usize,
        series: u32,
        text: u32,
    ) -> Option<usize> {
        match Plan::of(cell_size, labels, series, series.saturating_mul(text)) {
            Some(plan) => Some(plan.end.div_ceil(size_of::<u64>())),
            None => None,
        }
    }

    /// How many of its bounds are finite: all, or all but the last.
    ///
    /// # Errors
    ///
    /// Where there is no family with these labels and bounds.
    pub(crate) fn finite_bounds(&self) -> Result<usize, Unfit> {
        let names = self.names();
        if !(1..=255).contains(&names.len()) {
            return Err(Unfit::Labels);
        }
        let is_wrong = |(at, name): (usize, &LabelName<'_>)| {
            let mut before = names.iter().take(at);
            label_fault(name.name(), self.kind()).is_some()
                || before.any(|other| equal(other.name(), name.name()))
        };
        if names.iter().enumerate().any(is_wrong) {
            return Err(Unfit::LabelNames);
        }
        let bounds = self.bounds();
        // SAFETY: the kind says what the bounds are.
        let (fault, count) = unsafe {
            if self.kind().ticks {
                let ticks = bounds.ticks();
                (buckets::ticks_fault(ticks, bounds.ticks_per_unit), ticks.len())
            } else {
                let finite = match bounds.floats() {
                    [finite @ .., f64::INFINITY] => finite,
                    all => all,
                };
                (buckets::fault(finite), finite.len())
            }
        };
        if fault.is_some() { Err(Unfit::Bounds) } else { Ok(count) }
    }

    /// The plan, the size of a child, and how many bounds it has. Its policy, if any, can be followed.
    fn plan(&self) -> Result<(Plan, usize, usize), Unfit> {
        let sizes = self.sizes()?;
        if overflow::fault(self).is_some() { Err(Unfit::Size) } else { Ok(sizes) }
    }

    /// As `plan`, whatever the policy.
    pub(crate) fn sizes(&self) -> Result<(Plan, usize, usize), Unfit> {
        let bounds = self.finite_bounds()?;
        // A bound that is left out takes no bucket; only floats have one.
        let left_out = (usize::from(self.bound_count) - bounds) * size_of::<u64>();
        let cell_size = usize::from(self.cell_size).saturating_sub(left_out);
        let plan = Plan::of(cell_size, self.label_count(), self.capacity, self.text_size);
        plan.map(|plan| (plan, cell_size, bounds)).ok_or(Unfit::Size)
    }

    /// Whether a description of C has all that it points to.
    pub const fn is_whole(&self) -> bool {
        !self.kind.is_null()
            && (!self.names.is_null() || self.label_count == 0)
            && (!self.bounds.is_null() || self.bound_count == 0)
    }

    /// How many bytes of memory a family takes of which all but its memory is said.
    ///
    /// # Errors
    ///
    /// Where there is no such family.
    pub fn memory_size(&self) -> Result<usize, Unfit> {
        self.plan().map(|(plan, ..)| plan.end)
    }

    /// Gives the family its memory, whatever that held, and no series. It is unchanged after an error.
    ///
    /// # Errors
    ///
    /// Where there is no such family, or the memory does not do for it.
    ///
    /// # Safety
    ///
    /// `size` bytes from `memory` on are the family's for as long as it is used, and nobody uses it yet.
    pub unsafe fn place(&mut self, memory: *mut u8, size: usize) -> Result<(), Unfit> {
        let (plan, cell_size, bounds) = self.plan()?;
        if size < plan.end || !memory.addr().is_multiple_of(CELL_ALIGN) {
            return Err(Unfit::Memory);
        }
        // SAFETY: the caller's memory, from its begin to the text, which needs no zeros. Volatile, so that
        // no compiler makes a call of `memset`, which small firmware has not.
        unsafe {
            for word in 0..plan.text / size_of::<u64>() {
                ptr::write_volatile(memory.cast::<u64>().add(word), 0);
            }
        }
        self.head = memory.cast();
        self.slots = memory.wrapping_add(size_of::<Head>()).cast();
        self.records = memory.wrapping_add(plan.records);
        self.text = memory.wrapping_add(plan.text);
        // All were looked at by `plan`.
        self.record_size = plan.record_size as u16;
        self.cell_size = cell_size as u16;
        self.bound_count = bounds as u16;
        Ok(())
    }
}

impl<'a> LabelName<'a> {
    /// A label name of run time. `memory` takes it as it will stand on the page, in 4 bytes more than it
    /// has itself.
    ///
    /// ```
    /// use nanoprom::{LabelName, Unfit};
    ///
    /// let mut memory = [0; 10];
    /// assert!(LabelName::new_in(&mut memory, "device").is_ok());
    /// assert_eq!(LabelName::new_in(&mut memory, "a-b").err(), Some(Unfit::LabelNames));
    /// assert_eq!(LabelName::new_in(&mut memory, "devices").err(), Some(Unfit::Memory));
    /// ```
    ///
    /// # Errors
    ///
    /// [`Unfit::LabelNames`] where it is none, or longer than 255 bytes; [`Unfit::Memory`] where the memory
    /// is too small.
    pub fn new_in(memory: &'a mut [u8], name: &str) -> Result<Self, Unfit> {
        if !is_label_name(name.as_bytes()) || name.len() > 255 {
            return Err(Unfit::LabelNames);
        }
        let glue = memory.get_mut(..name.len() + 4).ok_or(Unfit::Memory)?;
        let mut end = 0;
        for part in ["\",", name, "=\""] {
            end += copy_to_front(part.as_bytes(), glue.get_mut(end..).unwrap_or_default());
        }
        str::from_utf8(glue).map(Self::__from_glue).map_err(|_| Unfit::LabelNames)
    }
}
