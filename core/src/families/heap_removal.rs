//! Taking series of a family that grows off the page, and what somebody left who was killed meanwhile.

use crate::families::any_family::LabelValues;
use crate::families::hash::hash;
use crate::families::heap::{Common, Heap, enter};
use crate::families::index::{self, Found};
use crate::families::record::{HIDDEN, LIVE, REMOVING, RETURNING};
use crate::families::series::Series;

impl Heap {
    /// Puts a series back on the page.
    #[cold]
    pub(crate) fn show(&self, common: &Common<'_>, number: u32) {
        // In shared memory a removal that is not at its end may be that of somebody who was killed.
        if self.is_shared() && matches!(self.state(common, number).get(), REMOVING | RETURNING) {
            drop(self.lock(common));
        }
        self.put_back(common, number);
    }

    pub(crate) fn put_back(&self, common: &Common<'_>, number: u32) {
        self.state(common, number).update(|state| match state {
            HIDDEN => Some(LIVE),
            REMOVING => Some(RETURNING),
            _ => None,
        });
    }

    /// Takes the series with these labels off the page and sets it to zero; `false` where it was not
    /// there.
    pub(crate) fn remove<'v>(&self, common: &Common<'_>, values: impl LabelValues<'v>) -> bool {
        let number = self.find(common, hash(values.clone()), values);
        number.is_some_and(|number| self.hide(common, number))
    }

    /// Takes all series off the page for which `which` holds, and sets them to zero; gives their number.
    pub(crate) fn remove_where(
        &self,
        common: &Common<'_>,
        mut which: impl FnMut(Series) -> bool,
    ) -> u32 {
        let (mut at, mut removed) = (0, 0);
        while self.next_live(common, &mut at) {
            if which(self.series(common, at - 1)) && self.hide(common, at - 1) {
                removed += 1;
            }
        }
        removed
    }

    fn hide(&self, common: &Common<'_>, number: u32) -> bool {
        let _locked = if self.is_shared() { self.lock(common) } else { None };
        if self.state(common, number).replace(LIVE, REMOVING).is_err() {
            return false;
        }
        self.finish_hiding(common, number);
        true
    }

    fn finish_hiding(&self, common: &Common<'_>, number: u32) {
        let state = self.state(common, number);
        // SAFETY: the family's kind goes with its cells.
        unsafe { (common.reset)(self.series(common, number).cell, &common.bounds) };
        // Asked for again meanwhile: back on the page, now that it is at zero.
        if state.replace(REMOVING, HIDDEN).is_err() {
            state.set(LIVE);
        }
    }

    /// Ends what somebody began who was killed; whoever is killed meanwhile leaves the same to the next.
    #[cold]
    pub(crate) fn mend(&self, common: &Common<'_>) {
        let taken = self.taken.get();
        if let Some(last) = taken.checked_sub(1) {
            // SAFETY: a record that was published.
            let hash = unsafe { (*self.record(common, last)).hash };
            // There is room for it: that is made before the record is.
            if let Found::Vacant(_) = index::find(self.slots(), hash, |number| number == last) {
                enter(self.slots(), hash, last);
            }
        }
        for number in 0..taken {
            if matches!(self.state(common, number).get(), REMOVING | RETURNING) {
                self.finish_hiding(common, number);
            }
        }
    }
}

#[cfg(all(test, feature = "share", target_os = "linux"))]
mod tests {
    use super::*;
    use crate::atomic::{LAYOUT, Word};
    use crate::buckets::Bounds;
    use crate::label::LabelName;
    use crate::sharing::arena;
    use core::alloc::Layout;
    use core::ptr;

    static NAMES: [LabelName<'static>; 1] = crate::label_names!["x"];

    fn common() -> Common<'static> {
        Common {
            names: &NAMES,
            bounds: Bounds::new(ptr::null(), 0, 1),
            cell_size: size_of::<u64>(),
            // SAFETY: cells of this heap.
            reset: |cell, _| unsafe { (*cell.cast::<Word>()).set(0) },
            other: false,
        }
    }

    /// None where nothing can be shared.
    fn shared() -> Option<&'static Heap> {
        if LAYOUT != "native64" {
            return None;
        }
        arena::reserve(1 << 24).unwrap();
        let memory = arena::zeros(Layout::new::<Heap>()).unwrap().cast::<Heap>();
        // SAFETY: memory of its own, which never ends.
        unsafe {
            memory.write(Heap::new(1000));
            Some(&*memory)
        }
    }

    fn values(value: &str) -> core::iter::Once<&[u8]> {
        core::iter::once(value.as_bytes())
    }

    fn is_on_page(heap: &Heap, value: &str) -> usize {
        let (common, mut at, mut count) = (common(), 0, 0);
        while heap.next_live(&common, &mut at) {
            let there = heap.series(&common, at - 1).values(common.names).next();
            count += usize::from(there == Some(value.as_bytes()));
        }
        count
    }

    /// A process that has the lock does this, and is killed.
    fn die_after(heap: &Heap, work: impl FnOnce()) {
        // SAFETY: the child allocates nothing, and ends here.
        unsafe {
            let pid = libc::fork();
            if pid == 0 {
                let _locked = heap.lock(&common()).unwrap();
                work();
                libc::raise(libc::SIGKILL);
            }
            let mut status = 0;
            assert_eq!(libc::waitpid(pid, &raw mut status, 0), pid);
            assert_eq!(status, libc::SIGKILL);
        }
    }

    #[test]
    fn a_series_that_was_counted_and_not_entered_is_found() {
        let (Some(heap), common) = (shared(), common()) else { return };
        heap.cell_of(&common, values("a")).unwrap();
        // All but the last step of an addition, by one who went on with an index of his own.
        let cell = heap.cell_of(&common, values("b")).unwrap();
        let slot = heap.slots().iter().find(|slot| slot.get() & 0xF_FFFF == 2).unwrap();
        die_after(heap, || slot.set(0));
        assert_eq!(heap.cell_of(&common, values("b")).unwrap(), cell);
        assert_eq!(is_on_page(heap, "b"), 1);
    }

    #[test]
    fn a_record_that_was_written_and_not_counted_is_used_again() {
        let (Some(heap), common) = (shared(), common()) else { return };
        let cell = heap.cell_of(&common, values("a")).unwrap();
        die_after(heap, || {
            let slot = heap.slots().iter().find(|slot| slot.get() != 0).unwrap();
            slot.set(0);
            heap.taken.set(0);
        });
        assert_eq!(heap.cell_of(&common, values("other")).unwrap(), cell);
        assert_eq!((is_on_page(heap, "a"), is_on_page(heap, "other")), (0, 1));
    }

    #[test]
    fn a_removal_that_was_begun_ends() {
        let (Some(heap), common) = (shared(), common()) else { return };
        for (state, asked_for) in [(REMOVING, "b"), (REMOVING, "a"), (RETURNING, "c")] {
            let cell = heap.cell_of(&common, values("a")).unwrap().cast::<Word>();
            // SAFETY: a cell of this heap.
            unsafe { (*cell).set(5) };
            die_after(heap, || heap.state(&common, 0).set(state));
            heap.cell_of(&common, values(asked_for)).unwrap();
            // SAFETY: as above.
            assert_eq!(unsafe { (*cell).get() }, 0);
            assert_eq!(is_on_page(heap, "a"), usize::from(asked_for == "a" || state == RETURNING));
        }
    }
}
