//! Infos whose labels are set, and replaced, while the program runs.

use crate::kind::sealed::Sealed;
use crate::kind::{
    Item, Kind, KindCell, Labelled, MetricValue, OwnLabel, OwnLabels, Prefixes, Special, Type,
    write_labels,
};
use crate::label::{LabelAt, pair_at};
use crate::name::{equal, is_label_name};
use crate::numbers::number::Number;
use crate::open::{At, Head, Open, Reading};
use crate::out::Out;
use crate::slot::{Slot, SlotMemory, bytes_at};
use crate::utf8;
use core::fmt;
use core::mem::offset_of;

/// Facts that are known only while the program runs, or change now and then: the address of a device, the
/// version of what it is connected to. For facts that are constants use [`Info`](crate::Info).
///
/// The page shows `x_info{address="10.0.0.7"} 1`, or no sample before labels were set. It needs a
/// [`Reader`](crate::Reader) with scratch memory, which [`encode`](crate::encode()) and servers have on
/// hosts; without it, or if the labels do not fit there, there is no sample either.
///
/// Labels are replaced all together, and no page shows some of the old ones with some of the new ones.
/// [`set`](Self::set) takes no lock; it may be called from any thread and any interrupt handler.
///
/// `T` is the memory for labels in bytes, a multiple of 8: each takes 3 bytes, its name and its value.
/// 8 bytes more are for the cell itself.
///
/// ```
/// nanoprom::metrics! {
///     pub static METRICS;
///     /// Where we are.
///     pub static NETWORK: InfoCell<64> = "network_info";
/// }
/// use nanoprom::InfoCell;
///
/// NETWORK.set(&[("interface", "eth0"), ("address", "10.0.0.7")])?;
/// # let mut page = String::new();
/// # nanoprom::encode(&METRICS, nanoprom::Format::Text, &mut nanoprom::FmtWriter(&mut page)).unwrap();
/// # if nanoprom::LAYOUT == "native64" {
/// # assert!(page.contains("network_info{interface=\"eth0\",address=\"10.0.0.7\"} 1\n"), "{page}");
/// # }
/// # Ok::<(), nanoprom::BadInfo>(())
/// ```
#[repr(transparent)]
pub struct InfoCell<const T: usize> {
    memory: SlotMemory<HEAD, T>,
}

/// Words in front of the labels: how many bytes these are.
const HEAD: usize = 1;

/// Why labels were not set; the info is unchanged.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum BadInfo {
    /// A label name is not legal.
    LabelName,
    /// A label name is there twice.
    LabelTwice,
    /// A label value is not UTF-8; only callers from C can see this.
    NotUtf8,
    /// The labels do not fit into the memory that the info was declared with.
    NoRoom,
    /// Another thread is just setting them, or what this interrupt handler stopped.
    Busy,
}

impl fmt::Display for BadInfo {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::LabelName => "a label name of the info is not legal",
            Self::LabelTwice => "a label name of the info is there twice",
            Self::NotUtf8 => "a label value of the info is not UTF-8",
            Self::NoRoom => "the labels of the info do not fit: declare it with more memory",
            Self::Busy => "the labels of the info are just being set by another",
        })
    }
}

impl core::error::Error for BadInfo {}

impl<const T: usize> InfoCell<T> {
    /// An info without labels, which is not on the page.
    pub const fn new() -> Self {
        Self { memory: SlotMemory::new() }
    }

    /// Replaces all labels; none takes the info off the page.
    ///
    /// A label that a group around the info has as a constant label is left out of the page.
    ///
    /// # Errors
    ///
    /// Where they are not legal, have no room, or somebody else is just setting others; the info is
    /// unchanged then.
    pub fn set(&self, labels: &[(&str, &str)]) -> Result<(), BadInfo> {
        let label = |at| pair_at(labels, at);
        set(self.slot(), T, &label)
    }

    fn slot(&self) -> Slot<'_> {
        self.memory.slot()
    }

    #[doc(hidden)]
    pub const fn __declare(_metric: &str) -> Self {
        Self::new()
    }
}

impl<const T: usize> Default for InfoCell<T> {
    fn default() -> Self {
        Self::new()
    }
}

/// An info of C: where its memory is.
#[repr(C)]
pub struct AnyInfoCell {
    words: *const u32,
    text_size: u32,
}

// SAFETY: the words are shared by atomics.
unsafe impl Sync for AnyInfoCell {}

impl AnyInfoCell {
    /// Offsets of the fields in their order, for the C ABI.
    pub const OFFSETS: [usize; 2] = [offset_of!(Self, words), offset_of!(Self, text_size)];

    /// Bytes of its memory with no labels.
    pub const SIZE: usize = size_of::<SlotMemory<HEAD, 0>>();

    /// As [`InfoCell::set`].
    pub fn set(&self, labels: LabelAt<'_>) -> Result<(), BadInfo> {
        set(self.slot(), self.text_size as usize, labels)
    }

    fn slot(&self) -> Slot<'_> {
        // SAFETY: made of memory of that size.
        unsafe { Slot::at(self.words.cast(), Self::SIZE + self.text_size as usize) }
    }
}

/// Length of the name in one byte, and of the value in two.
const LENS: usize = 3;

pub(crate) fn set(slot: Slot<'_>, room: usize, labels: LabelAt<'_>) -> Result<(), BadInfo> {
    let mut size = 0;
    for (at, (name, value)) in (0..).map_while(|at| labels(at).map(|label| (at, label))) {
        if !is_label_name(name) || name.len() > usize::from(u8::MAX) {
            return Err(BadInfo::LabelName);
        }
        if (0..at).filter_map(labels).any(|before| equal(before.0, name)) {
            return Err(BadInfo::LabelTwice);
        }
        if !utf8::is_valid(value) {
            return Err(BadInfo::NotUtf8);
        }
        size += LENS + name.len() + value.len();
        if size > room {
            return Err(BadInfo::NoRoom);
        }
    }
    let replaced = slot.replace(|pen| {
        pen.put_word(size as u32);
        for (name, value) in (0..).map_while(labels) {
            let [low, high, ..] = value.len().to_le_bytes();
            // Both fit: so does the memory.
            let bytes = [name.len() as u8, low, high].into_iter();
            bytes.chain(name.iter().chain(value).copied()).for_each(|byte| pen.put_byte(byte));
        }
    });
    if replaced { Ok(()) } else { Err(BadInfo::Busy) }
}

/// Copies the labels to the scratch memory and returns how many bytes they are.
pub(crate) fn load(slot: Slot<'_>, reading: &Reading<'_>) -> u16 {
    let copied = slot.read(|words| {
        let size = words.first()?.get() as usize;
        let mut end = 0;
        for (bytes, len) in bytes_at(words, HEAD, size) {
            end = reading.scratch.put(end, bytes.get(..len)?)?;
        }
        u16::try_from(end).ok()
    });
    copied.flatten().unwrap_or(0)
}

/// The label with this number, of those copied.
pub(crate) fn label(mut labels: &[u8], number: u32) -> Option<OwnLabel<'_>> {
    for at in 0.. {
        let (&[name, low, high], rest) = labels.split_first_chunk::<LENS>()?;
        let (name, rest) = rest.split_at_checked(name.into())?;
        let (value, rest) = rest.split_at_checked(u16::from_le_bytes([low, high]).into())?;
        if at == number {
            return Some((name, value));
        }
        labels = rest;
    }
    None
}

/// Writes those that no enclosing group has.
fn write(
    out: &mut Out<'_>,
    sample: &Labelled<'_>,
    first: bool,
    prefixes: &dyn Prefixes,
    metric: &[u8],
) -> bool {
    let is_constant = |name: &[u8]| {
        let groups = (0..).map_while(|level| prefixes.around(level));
        groups.flat_map(|(_, labels)| labels).any(|label| equal(label.name(), name))
    };
    let labels = (0..).map_while(|number| sample.label(number));
    let legal = labels.filter(|label| !is_constant(label.0));
    write_labels(out, legal, first, prefixes, metric)
}

static LABELS: OwnLabels = OwnLabels { of: |_, _, _| None, write };

macro_rules! open {
    (($($generics:tt)*) $name:ty) => {
        impl<$($generics)*> Open for $name {
            fn enter(&self, at: &mut At, _: &Reading<'_>) -> bool {
                at.family == 0
            }

            fn head<'r>(&'r self, _: &At, _: &Reading<'r>, _: &mut Head<'r>) {}

            fn next(&self, at: &mut At, reading: &Reading<'_>) -> bool {
                if at.series > 0 {
                    return false;
                }
                at.series = 1;
                at.item = Item::plain("_info", Number::unsigned(1));
                at.kept[0] = load(self.slot(), reading);
                at.kept[0] > 0
            }

            fn label<'r>(
                &'r self,
                at: &At,
                reading: &Reading<'r>,
                number: u32,
            ) -> Option<OwnLabel<'r>> {
                // SAFETY: so much was put there with this sample.
                label(unsafe { reading.scratch.get(0, at.kept[0].into()) }, number)
            }
        }
    };
}
open!((const T: usize) InfoCell<T>);
open!(() AnyInfoCell);

impl<const T: usize> Sealed for InfoCell<T> {}

impl<const T: usize> MetricValue for InfoCell<T> {
    const KIND: &'static KindCell = &KindCell::new(
        &const {
            Kind::open(
                Type::Info,
                &const { Special::open(|value| value.cast::<Self>() as *const dyn Open, Some(&LABELS)) },
            )
        },
    );
}

/// One info of C whose labels are set at run time.
pub static INFO_CELL: KindCell = {
    static KIND: Kind = Kind::open(
        Type::Info,
        &const { Special::open(|value| value.cast::<AnyInfoCell>() as *const dyn Open, Some(&LABELS)) },
    );
    KindCell::new(&KIND)
};
