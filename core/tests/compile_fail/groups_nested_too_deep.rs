// error: groups are nested more than

use nanoprom::{Gauge, Group, Metric, check};

static X: Gauge = Gauge::new();
static G0: Group<'static> = Group::new(const { &[Metric::new("x", "", &X)] });
static G1: Group<'static> = Group::new(const { &[Metric::group(&G0)] });
static G2: Group<'static> = Group::new(const { &[Metric::group(&G1)] });
static G3: Group<'static> = Group::new(const { &[Metric::group(&G2)] });
static G4: Group<'static> = Group::new(const { &[Metric::group(&G3)] });
static G5: Group<'static> = Group::new(const { &[Metric::group(&G4)] });
static G6: Group<'static> = Group::new(const { &[Metric::group(&G5)] });
static G7: Group<'static> = Group::new(const { &[Metric::group(&G6)] });
static G8: Group<'static> = Group::new(const { &[Metric::group(&G7)] });
static G9: Group<'static> = Group::new(const { &[Metric::group(&G8)] });
static G10: Group<'static> = Group::new(const { &[Metric::group(&G9)] });
static G11: Group<'static> = Group::new(const { &[Metric::group(&G10)] });
static G12: Group<'static> = Group::new(const { &[Metric::group(&G11)] });
static G13: Group<'static> = Group::new(const { &[Metric::group(&G12)] });
static G14: Group<'static> = Group::new(const { &[Metric::group(&G13)] });
static G15: Group<'static> = Group::new(const { &[Metric::group(&G14)] });
static G16: Group<'static> = Group::new(const { &[Metric::group(&G15)] });
const _: () = assert!(check(&G2).is_ok());
const _: () = match check(&G16) {
    Ok(()) => (),
    Err(fault) => panic!("{}", fault.as_str()),
};

fn main() {}
