// error: borrowed value does not live long enough

use nanoprom::{Counter, Family, FamilyCells};

fn main() {
    let cells = FamilyCells::<Counter, 1, 1, 8>::new();
    // SAFETY: the only family of these cells.
    let family = unsafe { Family::new(&cells, const { &nanoprom::label_names!["a"] }) };
    let _ = family.labels(["x"]);
}
