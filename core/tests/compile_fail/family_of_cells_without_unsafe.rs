// error: call to unsafe function `nanoprom::Family::<M, L, N, T>::new`

use nanoprom::{Counter, Family, FamilyCells};

static CELLS: FamilyCells<Counter, 1, 1, 8> = FamilyCells::new();
static A: Family<Counter, 1, 1, 8> = Family::new(&CELLS, &nanoprom::label_names!["a"]);

fn main() {}
