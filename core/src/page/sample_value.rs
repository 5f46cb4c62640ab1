//! One value by its name and labels, for tests.

use crate::numbers::number::Value;
use crate::page::sample::for_each_sample;
use crate::page::walk::Source;

/// The value of the sample with this name and exactly these labels, in any order.
///
/// Name and labels are those of the page, with prefixes, suffix and constant labels; the label `le` of a
/// bucket is the text of the page, too. All samples are looked at: this is for tests, which read what
/// a scrape would show.
///
/// ```
/// nanoprom::metrics! {
///     pub static METRICS, labels = [site = "north"];
///     /// Responses by status code.
///     pub static RESPONSES: Family<IntCounter, 1, 4> = "responses_total", labels = ["code"];
///     /// Time to answer, in seconds.
///     pub static LATENCY: Histogram<2> = "latency_seconds", buckets = [0.5, 1.0];
/// }
/// use nanoprom::{Family, Histogram, IntCounter, Value, sample_value};
///
/// RESPONSES.labels(["200"])?.inc_by(3);
/// LATENCY.observe(0.7);
/// let value = sample_value(&METRICS, "responses_total", &[("code", "200"), ("site", "north")]);
/// assert_eq!(value, Some(Value::Unsigned(3)));
/// let bucket = sample_value(&METRICS, "latency_seconds_bucket", &[("site", "north"), ("le", "1.0")]);
/// assert_eq!(bucket, Some(Value::Unsigned(1)));
/// assert_eq!(sample_value(&METRICS, "responses_total", &[("code", "200")]), None);
/// # Ok::<(), nanoprom::Refused>(())
/// ```
pub fn sample_value<'a>(
    source: impl Into<Source<'a>>,
    name: &str,
    labels: &[(&str, &str)],
) -> Option<Value> {
    let labels = labels.iter().map(|(name, value)| (name.as_bytes(), value.as_bytes()));
    find_value(source.into(), name.as_bytes(), labels)
}

/// The same, with strings that need not be UTF-8.
pub fn find_value<'l>(
    source: Source<'_>,
    name: &[u8],
    labels: impl ExactSizeIterator<Item = (&'l [u8], &'l [u8])> + Clone,
) -> Option<Value> {
    let mut found = None;
    for_each_sample(source, |sample| {
        let mut wanted = labels.clone();
        if sample.name().as_bytes() == name
            && sample.labels().count() == wanted.len()
            && wanted.all(|(name, value)| {
                sample.labels().any(|(n, v)| n.as_bytes() == name && v.as_bytes() == value)
            })
        {
            found = Some(sample.value());
        }
    });
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::metrics::gauge::Gauge;
    use crate::tables::group::Group;
    use crate::tables::metric::Metric;

    #[test]
    fn names_and_label_sets_match_as_a_whole() {
        static GAUGE: Gauge = Gauge::new();
        GAUGE.set(2.5);
        let rows = [Metric::new("temperature_celsius", "", &GAUGE)];
        let group = Group::new(&rows);
        assert_eq!(sample_value(&group, "temperature_celsius", &[]), Some(Value::Float(2.5)));
        assert_eq!(sample_value(&group, "temperature", &[]), None);
        assert_eq!(sample_value(&group, "temperature_celsius", &[("a", "b")]), None);
    }
}
