//! State sets: which of several named states something is in.

use crate::atomic::Word;
use crate::buckets::Bounds;
use crate::fault::declaration;
use crate::kind::sealed::Sealed;
use crate::kind::{
    Item, Kind, KindCell, MetricValue, OwnLabel, OwnLabels, Part, Shape, Special, Type,
};
use crate::label::Label;
use crate::name::equal;
use crate::numbers::number::Number;
use crate::table::slice_at;
use crate::utf8;
use core::ffi::c_char;
use core::marker::PhantomData;
use core::mem::offset_of;
use core::str;

/// Most states of a [`StateSet`].
pub const MAX_STATES: usize = 32;

/// The name of a state, as it stands on the page.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct StateName {
    text: *const c_char,
    len: usize,
}

// SAFETY: a shared string.
unsafe impl Send for StateName {}
// SAFETY: a shared string.
unsafe impl Sync for StateName {}

impl StateName {
    /// Offsets of the fields in their order, for the C ABI.
    #[doc(hidden)]
    pub const OFFSETS: [usize; 2] = [offset_of!(Self, text), offset_of!(Self, len)];

    /// The name `name`.
    pub const fn new(name: &'static str) -> Self {
        Self { text: name.as_ptr().cast(), len: name.len() }
    }

    const fn bytes(&self) -> &'static [u8] {
        // SAFETY: pointer and length of a string (Rust or C).
        unsafe { slice_at(self.text.cast(), self.len) }
    }
}

/// An enum whose values are the states of a [`StateSet`]; [`states!`](crate::states) makes one.
pub trait State: Copy + 'static {
    /// The names of the states, in the order of the page: 1 to [`MAX_STATES`], no two alike.
    const NAMES: &'static [StateName];

    /// Which name is this state's, from 0 on.
    fn index(self) -> u32;
}

/// Declares an enum of states with their names on the page.
///
/// ```
/// nanoprom::states! {
///     /// What the pump does.
///     pub enum Pump { Off = "off", Running = "running", Blocked = "blocked" }
/// }
/// nanoprom::metrics! {
///     pub static METRICS;
///     /// State of the pump.
///     pub static PUMP: StateSet<Pump> = "pump_state";
/// }
/// use nanoprom::StateSet;
///
/// PUMP.set(Pump::Running);
/// assert!(PUMP.get(Pump::Running) && !PUMP.get(Pump::Off));
/// # let mut page = String::new();
/// # nanoprom::encode(&METRICS, nanoprom::Format::Text, &mut nanoprom::FmtWriter(&mut page)).unwrap();
/// # assert!(page.contains("pump_state{pump_state=\"running\"} 1\n"), "{page}");
/// ```
#[macro_export]
macro_rules! states {
    (
        $(#[$($attr:tt)*])*
        $vis:vis enum $enum:ident {
            $($(#[$($state_attr:tt)*])* $state:ident = $name:literal),+ $(,)?
        }
    ) => {
        $(#[$($attr)*])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        $vis enum $enum {
            $(
                $(#[$($state_attr)*])*
                #[doc = ::core::concat!("`", $name, "`")]
                $state
            ),+
        }

        impl $crate::State for $enum {
            const NAMES: &'static [$crate::StateName] = &[$($crate::StateName::new($name)),+];

            #[inline]
            fn index(self) -> u32 {
                self as u32
            }
        }
    };
}

/// Which of several states something is in: the mode of a device, or which of its features are on. The
/// page has a line for each state, 1 or 0: `pump_state{pump_state="running"} 1`.
///
/// 4 bytes, whatever the number of states. It begins in the first of them.
/// [`set`](Self::set) is one store, [`turn`](Self::turn) a compare-and-swap loop; both may be called
/// from any thread and any interrupt handler, and disable no interrupt where compare-and-swap exists.
/// All lines of a page show one moment. Families may have state sets as children.
///
/// [`states!`](crate::states) shows an example.
#[repr(C)]
pub struct StateSet<S> {
    states: Bits,
    marker: PhantomData<fn(S)>,
}

impl<S: State> StateSet<S> {
    /// A set in its first state.
    pub const fn new() -> Self {
        const {
            if let Some(fault) = names_fault(S::NAMES) {
                panic!("{}", fault);
            }
        }
        Self { states: Bits::new(), marker: PhantomData }
    }

    /// Leaves all other states for `state`.
    #[inline]
    pub fn set(&self, state: S) {
        self.states.set(state.index());
    }

    /// Turns one state on or off, whatever the others are.
    #[inline]
    pub fn turn(&self, state: S, on: bool) {
        self.states.turn(state.index(), on);
    }

    /// Whether it is in `state`.
    #[inline]
    pub fn get(&self, state: S) -> bool {
        self.states.get(state.index())
    }

    /// Back to the first state, for a child that is off the page.
    pub(crate) fn reset(&self) {
        self.states.0.set(0);
    }

    #[doc(hidden)]
    pub const fn __declare(_metric: &str) -> Self {
        Self::new()
    }

    #[doc(hidden)]
    pub const fn __declare_info(metric: &str, _: &[Label<'_>]) -> Self {
        declaration(metric, "has labels with values, which are for Info")
    }
}

impl<S: State> Default for StateSet<S> {
    fn default() -> Self {
        Self::new()
    }
}

/// One bit for each state. That of the first is kept the other way round, so that memory of zeros is a
/// set in its first state.
#[repr(transparent)]
struct Bits(Word);

impl Bits {
    const FIRST: u32 = 1;

    const fn new() -> Self {
        Self(Word::new(0))
    }

    #[inline]
    const fn bit(state: u32) -> u32 {
        1_u32.wrapping_shl(state)
    }

    #[inline]
    fn set(&self, state: u32) {
        self.0.set(Self::bit(state) ^ Self::FIRST);
    }

    #[inline]
    fn turn(&self, state: u32, on: bool) {
        let bit = Self::bit(state);
        self.0.update(|kept| {
            let states = kept ^ Self::FIRST;
            Some(if on { states | bit } else { states & !bit } ^ Self::FIRST)
        });
    }

    #[inline]
    fn all(&self) -> u32 {
        self.0.get() ^ Self::FIRST
    }

    #[inline]
    fn get(&self, state: u32) -> bool {
        self.all() & Self::bit(state) != 0
    }

    /// The line of the next of `count` states.
    fn load(&self, count: usize, part: &mut Part, item: &mut Item) {
        if part.index == 0 {
            part.running = u64::from(self.all());
        }
        *item = Item::plain("", Number::unsigned(part.running.wrapping_shr(part.index) & 1));
        part.index += 1;
        part.last = part.index as usize >= count;
    }
}

/// The label of the line of state `state`. It is the only one.
fn state_label(names: &'static [StateName], state: u32, at: u32) -> Option<OwnLabel<'static>> {
    if at > 0 {
        return None;
    }
    let name = names.get(state as usize)?.bytes();
    // Of a C table that nobody checked: rather an empty name than a page that is not UTF-8.
    Some((b"", if utf8::is_valid(name) { name } else { b"" }))
}

impl<S: State> Sealed for StateSet<S> {}

impl<S: State> MetricValue for StateSet<S> {
    const KIND: &'static KindCell = &KindCell::new(
        &const {
            Kind::single(
                Type::StateSet,
                Shape::Cell,
                load::<S>,
                &const { Special::labelled(&const { OwnLabels::new(label::<S>) }) },
            )
        },
    );
}

/// # Safety
///
/// As for [`Load`](crate::kind::Load).
pub(crate) unsafe fn load<S: State>(
    cell: *const (),
    _: &Bounds<'_>,
    part: &mut Part,
    item: &mut Item,
) {
    // SAFETY: `Load` is given a cell of this kind.
    unsafe { &*cell.cast::<StateSet<S>>() }.states.load(S::NAMES.len(), part, item);
}

/// # Safety
///
/// As for [`LabelOf`](crate::kind::LabelOf).
pub(crate) unsafe fn label<S: State>(
    _: *const (),
    sample: u32,
    at: u32,
) -> Option<OwnLabel<'static>> {
    state_label(S::NAMES, sample, at)
}

/// A state set of C: a constant that points to the names and to the bits.
#[repr(C)]
pub struct AnyStateSet {
    names: *const StateName,
    bits: *const Bits,
    count: u32,
}

impl AnyStateSet {
    /// Offsets of the fields in their order, for the C ABI.
    pub const OFFSETS: [usize; 3] =
        [offset_of!(Self, names), offset_of!(Self, bits), offset_of!(Self, count)];

    const fn names(&self) -> &'static [StateName] {
        // SAFETY: pointer and length of one table.
        unsafe { slice_at(self.names, self.count as usize) }
    }

    /// The bits, if the set has this state.
    fn bits_of(&self, state: u32) -> Option<&Bits> {
        // SAFETY: null or bits, which all share by atomics.
        unsafe { self.bits.as_ref() }.filter(|_| state < self.count)
    }

    /// As [`StateSet::set`]; `false` where there is no such state.
    pub fn set(&self, state: u32) -> bool {
        self.bits_of(state).map(|bits| bits.set(state)).is_some()
    }

    /// As [`StateSet::turn`]; `false` where there is no such state.
    pub fn turn(&self, state: u32, on: bool) -> bool {
        self.bits_of(state).map(|bits| bits.turn(state, on)).is_some()
    }

    /// As [`StateSet::get`].
    pub fn get(&self, state: u32) -> bool {
        self.bits_of(state).is_some_and(|bits| bits.get(state))
    }

    pub(crate) const fn fault(&self) -> Option<&'static str> {
        if self.bits.is_null() {
            return Some("has no memory for its states");
        }
        names_fault(self.names())
    }
}

/// One state set of C.
pub static STATE_SET: KindCell = {
    static KIND: Kind = Kind::single(
        Type::StateSet,
        Shape::StateSet,
        load_any,
        &const { Special::labelled(&const { OwnLabels::new(label_any) }) },
    );
    KindCell::new(&KIND)
};

/// # Safety
///
/// As for [`Load`](crate::kind::Load).
unsafe fn load_any(cell: *const (), _: &Bounds<'_>, part: &mut Part, item: &mut Item) {
    // SAFETY: `Load` is given a cell of this kind, with its bits.
    unsafe {
        let set = &*cell.cast::<AnyStateSet>();
        (*set.bits).load(set.count as usize, part, item);
    }
}

/// # Safety
///
/// As for [`LabelOf`](crate::kind::LabelOf).
unsafe fn label_any(cell: *const (), sample: u32, at: u32) -> Option<OwnLabel<'static>> {
    // SAFETY: `LabelOf` is given a cell of this kind.
    state_label(unsafe { &*cell.cast::<AnyStateSet>() }.names(), sample, at)
}

/// What is wrong with the names of a set's states.
const fn names_fault(names: &[StateName]) -> Option<&'static str> {
    if names.is_empty() || names.len() > MAX_STATES {
        return Some("has no states, or more than 32");
    }
    let mut at = 0;
    while at < names.len() {
        if str::from_utf8(names[at].bytes()).is_err() {
            return Some("has a state whose name is not UTF-8");
        }
        let mut before = 0;
        while before < at {
            if equal(names[before].bytes(), names[at].bytes()) {
                return Some("has two states of the same name");
            }
            before += 1;
        }
        at += 1;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    crate::states! {
        enum Light { Red = "red", Amber = "amber", Green = "green" }
    }
    use Light::{Amber, Green, Red};

    fn lit(set: &StateSet<Light>) -> [bool; 3] {
        [Red, Amber, Green].map(|light| set.get(light))
    }

    #[test]
    fn a_set_begins_in_its_first_state_and_leaves_it() {
        let set = StateSet::new();
        assert_eq!(lit(&set), [true, false, false]);
        set.set(Green);
        assert_eq!(lit(&set), [false, false, true]);
        set.set(Red);
        assert_eq!(lit(&set), [true, false, false]);
    }

    #[test]
    fn states_are_turned_one_by_one() {
        let set = StateSet::new();
        set.turn(Amber, true);
        assert_eq!(lit(&set), [true, true, false]);
        set.turn(Red, false);
        set.turn(Red, false);
        set.turn(Amber, false);
        assert_eq!(lit(&set), [false; 3]);
    }

    #[test]
    fn the_last_of_32_states_is_like_any_other() {
        let bits = Bits::new();
        bits.set(31);
        assert!(bits.get(31) && !bits.get(0));
        bits.turn(31, false);
        assert_eq!(bits.all(), 0);
    }

    #[test]
    fn names_are_different_and_not_too_many() {
        const NAME: StateName = StateName::new("a");
        assert!(names_fault(&[]).is_some());
        assert!(names_fault(&[NAME, NAME]).is_some());
        assert!(names_fault(&[NAME; 33]).is_some());
        assert_eq!(names_fault(Light::NAMES), None);
    }
}
