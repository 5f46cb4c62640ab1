// error: has bucket bounds that do not ascend

use nanoprom::{Histogram32, Histogram32Cells};

static CELLS: Histogram32Cells<2> = Histogram32Cells::new();
static X: Histogram32<2> = Histogram32::new(&CELLS, &[2, 1]);

fn main() {
    X.observe(1);
}
