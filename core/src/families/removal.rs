//! Taking series of a family off the page.

use crate::families::any_family::{AnyFamily, LabelValues};
use crate::families::hash::{equal, hash};
use crate::families::index::{self, Found};
use crate::families::record::{HIDDEN, LIVE, REMOVING};

impl AnyFamily {
    /// Takes the series with these labels off the page and sets it to zero; `false` where it was not
    /// there.
    pub fn remove<'v>(&self, values: impl LabelValues<'v>) -> bool {
        match index::find(self.slots(), hash(values.clone()), |n| self.same(n, values.clone())) {
            Found::Record(number) => self.hide(number),
            Found::Vacant(_) => false,
        }
    }

    /// As [`remove`](Self::remove), for all series with the values that the pattern gives; where it
    /// gives `None`, any value will do. Returns how many there were.
    pub fn remove_matching<'v>(
        &self,
        pattern: impl Iterator<Item = Option<&'v [u8]>> + Clone,
    ) -> u32 {
        let mut removed = 0;
        let mut behind = 0;
        while self.next_live(&mut behind) {
            let number = behind - 1;
            let mut pairs = self.series(number).values(self.names()).zip(pattern.clone());
            if pairs.all(|(value, wanted)| wanted.is_none_or(|wanted| equal(value, wanted)))
                && self.hide(number)
            {
                removed += 1;
            }
        }
        removed
    }

    /// Takes all series off the page and sets them to zero.
    pub fn clear(&self) {
        let mut behind = 0;
        while self.next_live(&mut behind) {
            self.hide(behind - 1);
        }
    }

    fn hide(&self, number: u32) -> bool {
        let state = self.state(number);
        if state.replace(LIVE, REMOVING).is_err() {
            return false;
        }
        // SAFETY: the family's kind goes with its cells.
        unsafe { (self.kind().reset)(self.cell(number), &self.bounds()) };
        self.finish_hiding(number);
        true
    }

    /// What was `REMOVING` is hidden. Asked for again meanwhile, it is back on the page, at zero.
    pub(crate) fn finish_hiding(&self, number: u32) {
        let state = self.state(number);
        if state.replace(REMOVING, HIDDEN).is_err() {
            self.born(number);
            state.set(LIVE);
        }
    }
}
