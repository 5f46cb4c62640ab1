// error: cannot borrow `*cells` as mutable more than once at a time

use nanoprom::{Counter, Family, FamilyCells};

fn main() {
    let cells = Box::leak(Box::new(FamilyCells::<Counter, 1, 1, 8>::new()));
    let a = Family::from_mut(cells, const { &nanoprom::label_names!["a"] }, &[]);
    let b = Family::from_mut(cells, const { &nanoprom::label_names!["longer"] }, &[]);
    let _ = (a.labels(["x"]), b.labels(["x"]));
}
