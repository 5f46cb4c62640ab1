// error: `value` does not live long enough

use nanoprom::{FmtWriter, Format, Gauge, Group, Metric, encode};

fn main() {
    let rows;
    {
        let value = Gauge::new();
        rows = [Metric::new("x", "", &value)];
    }
    let _ = encode(
        &Group::new(&rows),
        Format::Text,
        &mut FmtWriter(String::new()),
    );
}
