// error: the trait bound `Own: MetricValue` is not satisfied

use nanoprom::Metric;

struct Own;

fn main() {
    let _ = Metric::new("x", "", &Own);
}
