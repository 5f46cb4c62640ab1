// error: `rows` does not live long enough

use nanoprom::{FmtWriter, Format, Gauge, Group, Metric, encode};

static VALUE: Gauge = Gauge::new();

fn main() {
    let group;
    {
        let rows = [Metric::new("x", "", &VALUE)];
        group = Group::new(&rows);
    }
    let _ = encode(&group, Format::Text, &mut FmtWriter(String::new()));
}
