//! Tables of constant series that are large, and that are no statics.

use nanoprom::{Gauge, Group, Metric, Series, SeriesRow, check, label_names};

static CELL: Gauge = Gauge::new();
static DIGITS: [&str; 10] = ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"];

/// A row for each number of three digits, the last one with the labels of row `last`.
const fn rows(last: usize) -> [SeriesRow<'static, Gauge, 3>; 1000] {
    let mut rows = [const { SeriesRow::new(["", "", ""], &CELL) }; 1000];
    let mut at = 0;
    while at < 1000 {
        let n = if at == 999 { last } else { at };
        rows[at] = SeriesRow::new([DIGITS[n / 100], DIGITS[n / 10 % 10], DIGITS[n % 10]], &CELL);
        at += 1;
    }
    rows
}

static ROWS: [SeriesRow<'static, Gauge, 3>; 1000] = rows(999);
static TWICE: [SeriesRow<'static, Gauge, 3>; 1000] = rows(123);
static SERIES: Series<'static, Gauge, 3> = Series::new(&label_names!["a", "b", "c"], &ROWS);
static WITH_ONE_TWICE: Series<'static, Gauge, 3> =
    Series::new(&label_names!["a", "b", "c"], &TWICE);

#[test]
fn one_that_is_there_twice_is_found_among_many() {
    let rows = [Metric::new("x", "", &SERIES)];
    assert!(check(&Group::new(&rows)).is_ok());
    let rows = [Metric::new("x", "", &WITH_ONE_TWICE)];
    let fault = check(&Group::new(&rows)).unwrap_err();
    assert_eq!(fault.as_str(), "metric 'x' has two series with the same labels");
}

#[test]
fn cells_may_live_as_long_as_their_group_only() {
    let cells = [Gauge::new(), Gauge::new()];
    let names = ["left", "right"].map(String::from);
    let rows = [SeriesRow::new([&*names[0]], &cells[0]), SeriesRow::new([&*names[1]], &cells[1])];
    let label = label_names!["side"];
    let series = Series::new(&label, &rows);
    let rows = [Metric::new("x", "", &series)];
    let group = Group::new(&rows);
    cells[1].set(2.0);
    let mut page = String::new();
    nanoprom::encode(&group, nanoprom::Format::Text, &mut nanoprom::FmtWriter(&mut page)).unwrap();
    assert_eq!(page, "# TYPE x gauge\nx{side=\"left\"} 0\nx{side=\"right\"} 2\n");
}
