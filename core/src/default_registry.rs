//! The default registry: all groups that joined it by being declared, found through a section of the image.

// The fault holds its sentence, because there is no heap; it is made once, at start-up or in a test.
#![allow(clippy::result_large_err)]

use crate::atomic::{COMPACT, Link, Word};
use crate::tables::group::{Group, MAX_DEPTH};
use crate::tables::list::{Head, List, ListCell, Position};
use crate::tables::metric::Target;
use core::ptr::{self, NonNull};

/// All groups between two places of memory.
#[repr(C)]
struct Joined {
    head: Head,
    begin: *const &'static Group<'static>,
    end: *const &'static Group<'static>,
}

/// The groups of the default registry.
pub static JOINED: ListCell = {
    static LIST: List = List {
        start: |head| {
            // SAFETY: the head is that of a `Joined`.
            let joined = unsafe { head.cast::<Joined>().as_ref() };
            Position { at: joined.begin.cast(), since: 0 }
        },
        next: |head, position| {
            // SAFETY: as above.
            let joined = unsafe { head.cast::<Joined>().as_ref() };
            loop {
                let at = position.at.cast::<&Group<'_>>();
                let group = joined.get(at)?;
                position.at = at.wrapping_add(1).cast();
                let elsewhere = ELSEWHERE.says(joined, at);
                if !elsewhere.unwrap_or_else(|| joined.has_elsewhere(at, group)) {
                    return Some(NonNull::from(group).cast());
                }
            }
        },
        holding: None,
        empty: "no group has joined the default registry; lld keeps them only with -z nostart-stop-gc",
    };
    ListCell::new(&LIST)
};

impl Joined {
    fn get(&self, at: *const &'static Group<'static>) -> Option<&'static Group<'static>> {
        // SAFETY: between begin and end lies one group behind the other.
        (at < self.end).then(|| unsafe { *at })
    }

    /// Whether the group at this place is shown elsewhere: it came before, or another includes it.
    fn has_elsewhere(&self, place: *const &'static Group<'static>, group: &Group<'_>) -> bool {
        let mut at = self.begin;
        while let Some(other) = self.get(at) {
            let same = ptr::eq(other, group);
            if (same && at < place) || (!same && includes(other, group, 1)) {
                return true;
            }
            at = at.wrapping_add(1);
        }
        group.list().is_some()
    }
}

/// Which groups of one image are shown elsewhere. It is found out once: otherwise each step of each page
/// would look at the rows of all groups.
struct Elsewhere {
    /// The begin of the image's groups; null before anybody asked.
    image: Link<()>,
    /// Whether the bits are right.
    known: Word,
    /// One bit for each group; those behind are looked for each time.
    bits: [Word; WORDS],
}

const WORDS: usize = if COMPACT { 8 } else { 128 };

static ELSEWHERE: Elsewhere = Elsewhere::new();

impl Elsewhere {
    const fn new() -> Self {
        Self { image: Link::new(), known: Word::new(0), bits: [const { Word::new(0) }; WORDS] }
    }

    /// Whether the group at this place is shown elsewhere; `None` where that must be looked for: in a second
    /// image, behind the last bit, or while another thread, or what this interrupt stopped, is finding it out.
    fn says(&self, joined: &Joined, place: *const &'static Group<'static>) -> Option<bool> {
        let image = joined.begin.cast_mut().cast();
        if !ptr::eq(self.image.get(), image) {
            self.image.push(ptr::null_mut(), image).ok()?;
            self.find_out(joined);
        } else if self.known.get() == 0 {
            return None;
        }
        let number = (place.addr() - joined.begin.addr()) / size_of_val(&joined.begin);
        let word = self.bits.get(number / 32)?;
        Some(word.get() >> (number % 32) & 1 != 0)
    }

    fn find_out(&self, joined: &Joined) {
        let mut place = joined.begin;
        for word in &self.bits {
            let mut bits = 0;
            for bit in 0..32 {
                let Some(group) = joined.get(place) else { break };
                bits |= u32::from(joined.has_elsewhere(place, group)) << bit;
                place = place.wrapping_add(1);
            }
            word.set(bits);
        }
        self.known.set(1);
    }
}

/// Whether `outer`, which is at `level`, includes the group directly or not.
fn includes(outer: &Group<'_>, group: &Group<'_>, level: usize) -> bool {
    #[cfg(test)]
    tests::LOOKS.set(tests::LOOKS.get() + 1);
    outer.rows().iter().any(|row| match row {
        row if row.is_blank() => false,
        row => match row.value() {
            Target::Group(inner) => {
                ptr::eq(inner, group) || (level < MAX_DEPTH && includes(inner, group, level + 1))
            }
            _ => false,
        },
    })
}

/// Puts a group into the default registry, where images have sections for that.
#[cfg(all(feature = "default-registry", not(any(windows, target_family = "wasm"))))]
#[doc(hidden)]
#[macro_export]
macro_rules! __join {
    ($group:ident) => {
        const _: () = {
            #[used]
            #[cfg_attr(not(target_vendor = "apple"), unsafe(link_section = "nanoprom_groups"))]
            #[cfg_attr(target_vendor = "apple", unsafe(link_section = "__DATA,nanoprom_groups"))]
            static JOINED: &$crate::Group<'static> = &$group;
        };
    };
    ($group:ident false) => {};
}

#[cfg(not(all(feature = "default-registry", not(any(windows, target_family = "wasm")))))]
#[doc(hidden)]
#[macro_export]
macro_rules! __join {
    ($group:ident $(false)?) => {};
}

#[cfg(all(feature = "default-registry", not(any(windows, target_family = "wasm"))))]
mod section {
    use super::*;
    use crate::fault::Fault;
    use crate::page::walk::Source;
    use crate::tables::check::check_groups;
    use crate::tables::list::Groups;

    unsafe extern "C" {
        #[cfg_attr(not(target_vendor = "apple"), link_name = "__start_nanoprom_groups")]
        #[cfg_attr(
            target_vendor = "apple",
            link_name = "\u{1}section$start$__DATA$nanoprom_groups"
        )]
        static BEGIN: [usize; 0];
        #[cfg_attr(not(target_vendor = "apple"), link_name = "__stop_nanoprom_groups")]
        #[cfg_attr(target_vendor = "apple", link_name = "\u{1}section$end$__DATA$nanoprom_groups")]
        static END: [usize; 0];
    }

    /// So that there is such a section, whoever joins.
    #[cfg_attr(not(target_vendor = "apple"), unsafe(link_section = "nanoprom_groups"))]
    #[cfg_attr(target_vendor = "apple", unsafe(link_section = "__DATA,nanoprom_groups"))]
    static FIRST: &Group<'static> = &EMPTY;
    static EMPTY: Group<'static> = Group::new(&[]);

    #[repr(C)]
    struct All {
        joined: Joined,
        first: &'static &'static Group<'static>,
    }
    // SAFETY: pointers to constants.
    unsafe impl Sync for All {}

    static ALL: All = All {
        joined: Joined {
            head: Head::new(&JOINED),
            begin: (&raw const BEGIN).cast(),
            end: (&raw const END).cast(),
        },
        first: &FIRST,
    };

    fn groups() -> Groups<'static> {
        // SAFETY: `All` is repr(C) and begins with its head, which belongs to `JOINED`.
        unsafe { Groups::new(NonNull::from(&ALL).cast()) }
    }

    /// All groups of [`metrics!`](crate::metrics) in the program, in the order in which the linker placed them:
    /// for applications whose parts declare metrics that nobody wants to list.
    ///
    /// A group that another one includes is shown only there (the first page looks which ones these are, in groups
    /// times rows steps); `default = false` behind a group's name keeps it out. Groups of a library are there if the program uses anything of the crate. Not on Windows and
    /// WebAssembly.
    ///
    /// It is the application that switches the feature `default-registry` on, for all crates that declare
    /// metrics. Each group then costs a pointer, and is linked whether anybody else uses it or not.
    ///
    /// ```
    /// mod database {
    ///     nanoprom::metrics! {
    ///         static METRICS;
    ///         /// Queries made.
    ///         pub static QUERIES: IntCounter = "queries_total";
    ///     }
    ///     use nanoprom::IntCounter;
    /// }
    /// use nanoprom::{FmtWriter, Format, default_registry, encode};
    ///
    /// database::QUERIES.inc();
    /// let mut page = String::new();
    /// encode(default_registry(), Format::Text, &mut FmtWriter(&mut page))?;
    /// assert!(page.contains("\nqueries_total 1\n"));
    /// # Ok::<(), core::fmt::Error>(())
    /// ```
    pub fn default_registry() -> Source<'static> {
        groups().into()
    }

    /// Checks the [default registry](default_registry): its groups, and that no name is in two of them, which
    /// the compiler cannot see. [`default_registry_test!`](crate::default_registry_test) makes a test of it.
    ///
    /// # Errors
    ///
    /// The first [`Fault`] found.
    pub fn check_default_registry() -> Result<(), Fault> {
        check_groups(groups())
    }

    /// A test of this name: whether the names of all groups in the test program go together.
    #[macro_export]
    macro_rules! default_registry_test {
        ($name:ident) => {
            #[test]
            fn $name() {
                if let Err(fault) = $crate::check_default_registry() {
                    panic!("{}", fault.as_str());
                }
            }
        };
    }
}
#[cfg(all(feature = "default-registry", not(any(windows, target_family = "wasm"))))]
pub use section::{check_default_registry, default_registry};

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tables::metric::Metric;
    extern crate std;
    use core::cell::Cell;
    use std::boxed::Box;
    use std::vec::Vec;

    std::thread_local! {
        /// How often rows were looked at for a group that they might include.
        pub(super) static LOOKS: Cell<usize> = const { Cell::new(0) };
    }

    fn joined(groups: &[&'static Group<'static>]) -> Joined {
        let groups = Box::leak(Box::<[_]>::from(groups)).as_ptr_range();
        Joined { head: Head::new(&JOINED), begin: groups.start, end: groups.end }
    }

    #[test]
    fn what_is_shown_elsewhere_is_looked_for_once() {
        const GROUPS: usize = 200;
        let all: &'static [Group<'static>] =
            Box::leak((0..GROUPS).map(|_| Group::new(&[])).collect());
        let rows = Box::leak(Box::new([Metric::group(&all[7]), Metric::group(&all[190])]));
        let outer: &'static Group<'static> = Box::leak(Box::new(Group::new(rows)));
        let mut groups: Vec<_> = all.iter().collect();
        groups[3] = outer;
        groups[5] = &all[6];
        let (joined, elsewhere) = (joined(&groups), Elsewhere::new());
        let places: Vec<_> = (0..GROUPS).map(|at| joined.begin.wrapping_add(at)).collect();
        let answers = || -> Vec<bool> {
            places.iter().map(|place| elsewhere.says(&joined, *place).unwrap()).collect()
        };
        let hidden =
            |answers: Vec<bool>| -> Vec<usize> { (0..GROUPS).filter(|at| answers[*at]).collect() };
        assert_eq!(hidden(answers()), [6, 7, 190]);
        assert!(LOOKS.replace(0) > GROUPS * GROUPS / 10);
        assert_eq!(hidden(answers()), [6, 7, 190]);
        assert_eq!(LOOKS.get(), 0);
    }

    #[test]
    fn a_second_image_is_looked_through_each_time() {
        static ONE: Group<'static> = Group::new(&[]);
        let (first, second, elsewhere) = (joined(&[&ONE]), joined(&[&ONE]), Elsewhere::new());
        assert_eq!(elsewhere.says(&second, second.begin), Some(false));
        assert_eq!(elsewhere.says(&first, first.begin), None);
        // While it is being found out, too.
        elsewhere.known.set(0);
        assert_eq!(elsewhere.says(&second, second.begin), None);
    }
}
