"""Metrics as data: what collectors give and registries read."""
from __future__ import annotations

from typing import Any, Dict, Iterable, List, Mapping, Optional, Sequence, Tuple, Union

from .samples import Exemplar, NativeHistogram, Sample, Time
from .validation import _validate_metric_name

METRIC_TYPES = (
    "counter", "gauge", "summary", "histogram",
    "gaugehistogram", "unknown", "info", "stateset",
)


class Metric:
    """A family: a name, a help text, a type, and its samples.

    `unit` is appended to a name that lacks it. Raises `ValueError` for an empty or unusable name and for a type
    that is none of `METRIC_TYPES` (or `untyped`, which means `unknown`).
    """

    def __init__(self, name: str, documentation: str, typ: str, unit: str = "") -> None:
        if unit and not name.endswith("_" + unit):
            name = f"{name}_{unit}"
        _validate_metric_name(name)
        if typ == "untyped":
            typ = "unknown"
        if typ not in METRIC_TYPES:
            raise ValueError("Invalid metric type: " + typ)
        self.name: str = name
        self.documentation: str = documentation
        self.unit: str = unit
        self.type: str = typ
        self.samples: List[Sample] = []

    def add_sample(
        self, name: str, labels: Dict[str, str], value: float, timestamp: Optional[Time] = None,
        exemplar: Optional[Exemplar] = None, native_histogram: Optional[NativeHistogram] = None,
    ) -> None:
        """Adds a sample under its full name. The families below have an `add_metric` that knows the names."""
        self.samples.append(Sample(name, labels, value, timestamp, exemplar, native_histogram))

    def _key(self) -> Tuple[Any, ...]:
        return self.name, self.documentation, self.type, self.unit, self.samples

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Metric) and self._key() == other._key()

    __hash__ = None  # type: ignore[assignment] # samples may still be added

    def __repr__(self) -> str:
        return "Metric({}, {}, {}, {}, {})".format(*self._key())

    def _restricted_metric(self, names: Iterable[str]) -> Optional["Metric"]:
        samples = [sample for sample in self.samples if sample.name in names]
        if not samples:
            return None
        metric = Metric(self.name, self.documentation, self.type, self.unit)
        metric.samples = samples
        return metric


class _Family(Metric):
    """A metric whose samples share label names."""

    def _label_with(self, labels: Optional[Sequence[str]], given: bool, what: str = "value") -> None:
        if labels is not None and given:
            raise ValueError(f"Can only specify at most one of {what} and labels.")
        self._labelnames: Tuple[str, ...] = tuple(labels or ())

    def _add(
        self, suffix: str, labels: Sequence[str], value: float, timestamp: Optional[Time],
        exemplar: Optional[Exemplar] = None, own: Optional[Mapping[str, str]] = None,
    ) -> None:
        pairs = dict(zip(self._labelnames, labels))
        pairs.update(own or {})
        self.samples.append(Sample(self.name + suffix, pairs, value, timestamp, exemplar))


class UnknownMetricFamily(_Family):
    """Numbers of which nobody knows whether they can fall.

    Give `value` for one without labels, or `labels` (names) and then call `add_metric`.
    """

    def __init__(
        self, name: str, documentation: str, value: Optional[float] = None,
        labels: Optional[Sequence[str]] = None, unit: str = "",
    ) -> None:
        super().__init__(name, documentation, "unknown", unit)
        self._label_with(labels, value is not None)
        if value is not None:
            self.add_metric([], value)

    def add_metric(self, labels: Sequence[str], value: float, timestamp: Optional[Time] = None) -> None:
        """Adds the value for these label values."""
        self._add("", labels, value, timestamp)


UntypedMetricFamily = UnknownMetricFamily


class CounterMetricFamily(_Family):
    """Totals that only go up. A `_total` at the end of the name is taken off, and put on each sample.

    Give `value` for one without labels, or `labels` (names) and then call `add_metric`.
    `created` is the time in seconds since 1970 when counting began.
    """

    def __init__(
        self, name: str, documentation: str, value: Optional[float] = None,
        labels: Optional[Sequence[str]] = None, created: Optional[float] = None, unit: str = "",
        exemplar: Optional[Exemplar] = None,
    ) -> None:
        if name.endswith("_total"):
            name = name[: -len("_total")]
        super().__init__(name, documentation, "counter", unit)
        self._label_with(labels, value is not None)
        if value is not None:
            self.add_metric([], value, created, exemplar=exemplar)

    def add_metric(
        self, labels: Sequence[str], value: float, created: Optional[float] = None,
        timestamp: Optional[Time] = None, exemplar: Optional[Exemplar] = None,
    ) -> None:
        """Adds the total for these label values."""
        self._add("_total", labels, value, timestamp, exemplar)
        if created is not None:
            self._add("_created", labels, created, timestamp)


class GaugeMetricFamily(_Family):
    """Numbers that go up and down.

    Give `value` for one without labels, or `labels` (names) and then call `add_metric`.
    """

    def __init__(
        self, name: str, documentation: str, value: Optional[float] = None,
        labels: Optional[Sequence[str]] = None, unit: str = "",
    ) -> None:
        super().__init__(name, documentation, "gauge", unit)
        self._label_with(labels, value is not None)
        if value is not None:
            self.add_metric([], value)

    def add_metric(self, labels: Sequence[str], value: float, timestamp: Optional[Time] = None) -> None:
        """Adds the value for these label values."""
        self._add("", labels, value, timestamp)


class SummaryMetricFamily(_Family):
    """How many events there were, and the sum of them.

    Give `count_value` and `sum_value` for one without labels, or `labels` (names) and then call `add_metric`.
    """

    def __init__(
        self, name: str, documentation: str, count_value: Optional[int] = None, sum_value: Optional[float] = None,
        labels: Optional[Sequence[str]] = None, unit: str = "",
    ) -> None:
        super().__init__(name, documentation, "summary", unit)
        if (sum_value is None) != (count_value is None):
            raise ValueError("count_value and sum_value must be provided together.")
        self._label_with(labels, count_value is not None)
        if count_value is not None and sum_value is not None:
            self.add_metric([], count_value, sum_value)

    def add_metric(
        self, labels: Sequence[str], count_value: int, sum_value: float, timestamp: Optional[Time] = None,
    ) -> None:
        """Adds count and sum for these label values."""
        self._add("_count", labels, count_value, timestamp)
        self._add("_sum", labels, sum_value, timestamp)


Bucket = Union[Tuple[str, float], Tuple[str, float, Optional[Exemplar]]]


class HistogramMetricFamily(_Family):
    """Events counted in buckets.

    Buckets are pairs `(upper bound as text, how many events were at most that)`, or triples with an exemplar, in
    rising order; `+Inf` has to be the last. Give `buckets` and `sum_value` for one without labels, or `labels`
    (names) and then call `add_metric`.
    """

    def __init__(
        self, name: str, documentation: str, buckets: Optional[Sequence[Bucket]] = None,
        sum_value: Optional[float] = None, labels: Optional[Sequence[str]] = None, unit: str = "",
    ) -> None:
        super().__init__(name, documentation, "histogram", unit)
        if sum_value is not None and buckets is None:
            raise ValueError("sum value cannot be provided without buckets.")
        self._label_with(labels, buckets is not None, "buckets")
        if buckets is not None:
            self.add_metric([], buckets, sum_value)

    def add_metric(
        self, labels: Sequence[str], buckets: Sequence[Bucket], sum_value: Optional[float],
        timestamp: Optional[Time] = None,
    ) -> None:
        """Adds a histogram for these label values. Without a sum, or with a bound below zero, only buckets."""
        for bucket in buckets:
            exemplar = bucket[2] if len(bucket) == 3 else None
            self._add("_bucket", labels, bucket[1], timestamp, exemplar, {"le": bucket[0]})
        if float(buckets[0][0]) >= 0 and sum_value is not None:
            self._add("_count", labels, buckets[-1][1], timestamp)
            self._add("_sum", labels, sum_value, timestamp)


class GaugeHistogramMetricFamily(_Family):
    """A distribution as it is now: buckets that can fall.

    Buckets are pairs as for a histogram. Give `buckets` and `gsum_value` for one without labels, or `labels`
    (names) and then call `add_metric`.
    """

    def __init__(
        self, name: str, documentation: str, buckets: Optional[Sequence[Tuple[str, float]]] = None,
        gsum_value: Optional[float] = None, labels: Optional[Sequence[str]] = None, unit: str = "",
    ) -> None:
        super().__init__(name, documentation, "gaugehistogram", unit)
        self._label_with(labels, buckets is not None, "buckets")
        if buckets is not None:
            self.add_metric([], buckets, gsum_value)

    def add_metric(
        self, labels: Sequence[str], buckets: Sequence[Tuple[str, float]], gsum_value: Optional[float],
        timestamp: Optional[Time] = None,
    ) -> None:
        """Adds a distribution for these label values. Without a sum only buckets are shown."""
        for bound, value in buckets:
            self._add("_bucket", labels, value, timestamp, own={"le": bound})
        self._add("_gcount", labels, buckets[-1][1], timestamp)
        # A missing sum stays in the sample, where programs may look for it. Pages leave it out.
        self._add("_gsum", labels, gsum_value, timestamp)  # type: ignore[arg-type]


class InfoMetricFamily(_Family):
    """Texts about the program, as labels of a metric that is always 1.

    Give `value` (label names and values) for one without further labels, or `labels` (names) and then call
    `add_metric`.
    """

    def __init__(
        self, name: str, documentation: str, value: Optional[Mapping[str, str]] = None,
        labels: Optional[Sequence[str]] = None,
    ) -> None:
        super().__init__(name, documentation, "info")
        self._label_with(labels, value is not None)
        if value is not None:
            self.add_metric([], value)

    def add_metric(
        self, labels: Sequence[str], value: Mapping[str, str], timestamp: Optional[Time] = None,
    ) -> None:
        """Adds these texts for these label values."""
        self._add("_info", labels, 1, timestamp, own=dict(**value))


class StateSetMetricFamily(_Family):
    """Which of some states are true.

    Give `value` (state names and whether they are true) for one without labels, or `labels` (names) and then call
    `add_metric`.
    """

    def __init__(
        self, name: str, documentation: str, value: Optional[Mapping[str, bool]] = None,
        labels: Optional[Sequence[str]] = None,
    ) -> None:
        super().__init__(name, documentation, "stateset")
        self._label_with(labels, value is not None)
        if value is not None:
            self.add_metric([], value)

    def add_metric(
        self, labels: Sequence[str], value: Mapping[str, bool], timestamp: Optional[Time] = None,
    ) -> None:
        """Adds the states for these label values, sorted by name."""
        for state, true in sorted(value.items()):
            self._add("", labels, 1 if true else 0, timestamp, own={self.name: state})
