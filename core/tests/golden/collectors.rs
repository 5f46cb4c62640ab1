//! collectors.txt: every type that collectors give, with labels, units and timestamps.

use nanoprom::{
    Collected, CollectedFamily, CollectedSeries, Collector, CollectorErrors, Failed, Group, Label,
    Metric, Type,
};

struct Sensors;

impl Collector for Sensors {
    fn family(&self, number: u32, out: &mut CollectedFamily<'_>) -> Result<bool, Failed> {
        let families = [
            (Type::Counter, "read_bytes_total", "Bytes read, by disk."),
            (Type::Gauge, "temperature_celsius", "Help with \\ and\nnew line and \"quotes\"."),
            (Type::Histogram, "wait_seconds", "Cumulated from single buckets."),
            (Type::Histogram, "below_zero", "Bounds below zero."),
            (Type::GaugeHistogram, "queue_age_seconds", "What waits now, by its age."),
            (Type::Summary, "answer_seconds", "With quantiles."),
            (Type::Info, "board", "Facts."),
            (Type::StateSet, "mode", "Exclusive here."),
            (Type::Unknown, "register", ""),
            (Type::Gauge, "old_hours", "With a unit of its own, and timestamps."),
            (Type::Gauge, "nothing", "No series."),
        ];
        let Some(&(of, name, help)) = families.get(number as usize) else { return Ok(false) };
        out.describe(of, name, help);
        if name == "old_hours" {
            out.unit("hours");
        }
        Ok(true)
    }

    fn series(
        &self,
        family: u32,
        number: u32,
        out: &mut CollectedSeries<'_>,
    ) -> Result<bool, Failed> {
        if number >= [2, 3, 2, 1, 2, 3, 1, 2, 1, 3, 0][family as usize] {
            return Ok(false);
        }
        match family {
            0 => {
                out.label("disk", ["sda", "a \"b\"\\c\nd"][number as usize]);
                out.value([u64::MAX, 7][number as usize]);
            }
            1 => {
                out.label("at", ["top", "", "outside"][number as usize]);
                out.label("unit", "1");
                out.value([21.5, f64::NAN, -3.0][number as usize]);
            }
            2 if number == 0 => out.histogram(&[(0.005, 1), (0.5, 2), (1.0, 0)], 1.25),
            2 => {
                out.label("path", "/");
                out.histogram(&[(2.0, 3), (f64::INFINITY, 4)], 1e6);
            }
            3 => out.histogram(&[(-5.0, 2), (0.0, 1)], -16.0),
            4 => {
                out.label("queue", ["in", "out"][number as usize]);
                let buckets = [(1.0, 5), (60.0, 2 + u64::from(number))];
                out.histogram(&buckets, 90.5 + f64::from(number));
            }
            5 => {
                out.label("method", ["GET", "PUT", "POST"][number as usize]);
                match number {
                    0 => out.summary(3, 0.75, &[(0.0, 0.125), (0.5, 0.25), (1.0, 0.5)]),
                    1 => out.summary(0, 0.0, &[(0.99, f64::NAN)]),
                    _ => out.summary(2, 4.0, &[]),
                }
            }
            6 => {
                out.label("revision", "b");
                out.label("motto", "a \"b\"\\c\nd");
            }
            7 => {
                out.label("pump", ["1", "2"][number as usize]);
                out.state("off", number == 0);
                out.state("a \"stuck\" valve", number == 1);
            }
            8 => out.value(-7_i64),
            _ => {
                out.label("disk", ["a", "b", "c"][number as usize]);
                out.value(1.5);
                out.timestamp_ms([1_700_000_000_123, 0, -1500][number as usize]);
            }
        }
        Ok(true)
    }
}

static SENSORS: Collected<Sensors> = Collected::new(Sensors);
static ERRORS: CollectorErrors = CollectorErrors::new(&[("sensors", &SENSORS)]);

static INNER: Group = {
    const ROWS: &[Metric] = &[Metric::new("sensors", "", &SENSORS)];
    Group::new(ROWS).with_prefix("app_").with_labels(const { &[Label::new("site", "north")] })
};

pub(crate) static METRICS: Group = {
    const ROWS: &[Metric] = &[
        Metric::group(&INNER),
        Metric::new(CollectorErrors::NAME, CollectorErrors::HELP, &ERRORS),
    ];
    Group::new(ROWS)
};

pub(crate) fn fill() {}
