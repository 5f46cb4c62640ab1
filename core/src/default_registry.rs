//! The default registry: all groups that joined it by being declared, found through a section of the image.

// The fault holds its sentence, because there is no heap; it is made once, at start-up or in a test.
#![allow(clippy::result_large_err)]

use crate::group::{Group, MAX_DEPTH};
use crate::list::{Head, List, ListCell, Position};
use crate::metric::Target;
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
                if !joined.has_elsewhere(at, group) {
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

/// Whether `outer`, which is at `level`, includes the group directly or not.
fn includes(outer: &Group<'_>, group: &Group<'_>, level: usize) -> bool {
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
    use crate::check::check_groups;
    use crate::fault::Fault;
    use crate::list::Groups;
    use crate::walk::Source;

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
    /// A group that another one includes is shown only there; `default = false` behind a group's name keeps
    /// it out. Groups of a library are there if the program uses anything of the crate. Not on Windows and
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
