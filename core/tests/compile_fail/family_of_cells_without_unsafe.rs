// error: Family::<M, L, N, T>::new` is unsafe and requires unsafe

use nanoprom::{Counter, Family, FamilyCells};

static CELLS: FamilyCells<Counter, 1, 1, 8> = FamilyCells::new();
static A: Family<Counter, 1, 1, 8> = Family::new(&CELLS, &nanoprom::label_names!["a"]);

fn main() {}
