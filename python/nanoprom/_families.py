"""Families that collectors gave, checked and put in order, so that every page of them is valid."""
from __future__ import annotations

import math
from typing import Callable, Dict, Iterable, List, Set, Tuple

from ._escaping import ALLOWUTF8, escaped, quote
from .metrics_core import Metric
from .samples import Sample
from .utils import INF, floatToGoString
from .validation import _validate_labelname

# What may follow the family's name in the names of its samples.
_SAMPLES: Dict[str, Tuple[str, ...]] = {
    "counter": ("_total", "_created"),
    "summary": ("", "_count", "_sum", "_created"),
    "histogram": ("_bucket", "_count", "_sum", "_created"),
    "gaugehistogram": ("_bucket", "_gcount", "_gsum"),
    "info": ("_info",),
}
# The type's suffix, which belongs to the name where a family has only one series of each label set.
_MAIN = {"counter": "_total", "info": "_info"}
_OWN_LABEL = {"histogram": "le", "gaugehistogram": "le", "summary": "quantile"}
_COUNTS = ("_total", "_bucket", "_count", "_gcount")

Labels = Tuple[Tuple[str, str], ...]


class Line:
    """A sample that was checked: suffix, labels sorted by name with their values quoted, a float."""

    __slots__ = ("suffix", "labels", "value", "sample")

    def __init__(self, suffix: str, labels: Labels, value: float, sample: Sample) -> None:
        self.suffix = suffix
        self.labels = labels
        self.value = value
        self.sample = sample


class Family:
    """A family of a page: its names in the page's escaping, and its lines, those of a label set together."""

    def __init__(self, metric: Metric, scheme: str) -> None:
        main = _MAIN.get(metric.type, "")
        self.base = metric.name[: -len(main)] if main and metric.name.endswith(main) else metric.name
        with_suffix = escaped(self.base + main, scheme)
        self.name = with_suffix[: len(with_suffix) - len(main)]
        self.type = metric.type
        self.documentation = metric.documentation
        self.unit = metric.unit
        self.metric = metric
        self.scheme = scheme
        self.suffixes = _SAMPLES.get(metric.type, ("",))
        self.groups: Dict[Labels, List[Line]] = {}
        own = _OWN_LABEL.get(metric.type, "")
        self.own_label = escaped(metric.name, scheme, label=True) if metric.type == "stateset" else own

    def claims(self) -> Iterable[str]:
        """The names that no other family of the page may use."""
        return {self.name, *(self.name + suffix for suffix in self.suffixes)}

    def wrong(self, sample: Sample, what: str) -> ValueError:
        """The error for a sample that would make the page invalid."""
        return ValueError(f"{sample.name}{dict(sample.labels or {})}: {what}")

    def add(self, sample: Sample) -> bool:
        """Takes a sample; False when its name belongs to another family."""
        if not sample.name.startswith(self.base) or sample.name[len(self.base):] not in self.suffixes:
            return False
        if sample.native_histogram is not None and sample.value is None:
            return True  # no format of ours can show it
        suffix = sample.name[len(self.base):]
        if suffix == "_gsum" and sample.value is None:
            return True  # a gauge histogram without a sum
        labels = self._labels(sample)
        line = Line(suffix, labels, float(sample.value), sample)
        self._check_value(line)
        shown_own = self.type == "stateset" or suffix == "_bucket" or (self.type == "summary" and not suffix)
        group = tuple(pair for pair in labels if pair[0] != self.own_label) if shown_own else labels
        if shown_own and len(group) == len(labels):
            raise self.wrong(sample, f"has no label {self.own_label!r}")
        lines = self.groups.setdefault(group, [])
        for other in lines:
            if other.suffix == suffix and other.labels == labels:
                raise self.wrong(sample, "is there twice")
            if (other.sample.timestamp is None) != (sample.timestamp is None):
                raise self.wrong(sample, "has a time where others have none, or none where others have one")
        lines.append(line)
        return True

    def _labels(self, sample: Sample) -> Labels:
        pairs: Dict[str, str] = {}
        for name, value in (sample.labels or {}).items():
            _validate_labelname(name)
            shown = escaped(name, self.scheme, label=True)
            if shown in pairs or (shown.startswith("__") and self.scheme != ALLOWUTF8):
                raise self.wrong(sample, f"label {name!r} is there twice or reserved, as {shown!r}")
            pairs[shown] = quote(value)
        if self.type in ("histogram", "gaugehistogram") and "le" in pairs and float(pairs["le"]) == INF:
            pairs["le"] = "+Inf"
        return tuple(sorted(pairs.items()))

    def _check_value(self, line: Line) -> None:
        value, suffix, sample = line.value, line.suffix, line.sample
        if suffix in _COUNTS and not value >= 0:
            raise self.wrong(sample, f"a count cannot be {floatToGoString(value)}")
        if suffix in _COUNTS[1:] and not value.is_integer():
            raise self.wrong(sample, f"a count of events cannot be {floatToGoString(value)}")
        if self.type == "info" and value != 1:
            raise self.wrong(sample, "an info is always 1")
        if self.type == "stateset" and value not in (0, 1):
            raise self.wrong(sample, "a state is 0 or 1")
        if suffix == "_created" and not math.isfinite(value):
            raise self.wrong(sample, "is not a time")
        if sample.timestamp is not None and not math.isfinite(float(sample.timestamp)):
            raise self.wrong(sample, "has a time that is none")

    def check(self) -> None:
        """Checks what can only be seen when all samples are there."""
        for lines in self.groups.values():
            if self.type in ("histogram", "gaugehistogram"):
                self._check_buckets(lines)
            elif self.type == "summary":
                for line in lines:
                    if not line.suffix and not 0 <= float(dict(line.labels)["quantile"]) <= 1:
                        raise self.wrong(line.sample, "the quantile is not between 0 and 1")

    def _check_buckets(self, lines: List[Line]) -> None:
        buckets = [(float(dict(line.labels)["le"]), line) for line in lines if line.suffix == "_bucket"]
        bound, count = -INF, 0.0
        for number, (upper, line) in enumerate(buckets):
            if not upper > bound and number:
                raise self.wrong(line.sample, "the bound is not above the one before")
            if line.value < count:
                raise self.wrong(line.sample, "is less than the bucket before")
            bound, count = upper, line.value
        if buckets and bound != INF:
            raise self.wrong(lines[0].sample, "has no bucket +Inf")
        for line in lines:
            if buckets and line.suffix in ("_count", "_gcount") and line.value != count:
                raise self.wrong(line.sample, "is not what the bucket +Inf counts")


class Families:
    """The families of a page in order. One that is given several times becomes one.

    `taken` says whether lines of the page that are not made here have a name.
    """

    def __init__(self, scheme: str, taken: Callable[[str], bool]) -> None:
        self.scheme = scheme
        self._taken = taken
        self._by_name: Dict[str, Family] = {}
        self._owned: Set[str] = set()

    def add(self, metric: Metric) -> List[Family]:
        """Adds a metric, and returns the families that are new."""
        new: List[Family] = []
        family = self._family(metric, new)
        for sample in metric.samples:
            if not family.add(sample):
                self._stray(sample, metric.documentation, new)
        return new

    def _family(self, metric: Metric, new: List[Family]) -> Family:
        fresh = Family(metric, self.scheme)
        family = self._by_name.get(fresh.name)
        if family is not None and family.type == fresh.type:
            return family
        for name in fresh.claims():
            if name in self._owned or self._taken(name):
                raise ValueError(f"{name} is there twice, in {fresh.type} {fresh.base} and elsewhere")
        self._owned.update(fresh.claims())
        self._by_name[fresh.name] = fresh
        new.append(fresh)
        return fresh

    def _stray(self, sample: Sample, documentation: str, new: List[Family]) -> None:
        """A sample under a name of its own is a family of its own, of which nobody knows the type."""
        alone = self._family(Metric(sample.name, documentation, "unknown"), new)
        alone.add(sample)
