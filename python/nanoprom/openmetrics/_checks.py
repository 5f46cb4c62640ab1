"""What OpenMetrics 1.0 asks of the samples of a family."""
from __future__ import annotations

import math
from typing import Any, Dict, List, Optional, Set, Tuple

from ..samples import Sample
from ..utils import INF

_COUNTS = ("_total", "_count", "_bucket", "_gcount")
_SUMS = ("_sum", "_gsum")

Group = Tuple[Tuple[str, str], ...]


def check_family(name: str, kind: str, samples: List[Sample]) -> List[Sample]:
    """The samples, without those that only differ in a time that was cut off. Raises `ValueError`."""
    groups: Dict[Group, List[Sample]] = {}
    last: Optional[Group] = None
    kept: List[Sample] = []
    for sample in samples:
        suffix = sample.name[len(name):]
        _check_value(name, kind, suffix, sample)
        group = _group(name, kind, suffix, sample)
        if group != last and group in groups:
            raise ValueError(f"Invalid metric grouping: {sample}")
        last = group
        if _follows(kind, groups.setdefault(group, []), sample):
            groups[group].append(sample)
            kept.append(sample)
    if kind in ("histogram", "gaugehistogram"):
        for of_group in groups.values():
            _check_histogram(name, of_group)
    return kept


def _group(name: str, kind: str, suffix: str, sample: Sample) -> Group:
    """The labels that samples of one metric share."""
    if kind == "info":
        return ()
    own = ""
    if kind == "stateset":
        own = name
    elif kind == "summary" and not suffix:
        own = "quantile"
    elif suffix == "_bucket":
        own = "le"
    if own and own not in sample.labels:
        raise ValueError(f"Missing label {own}: {sample}")
    return tuple(sorted(pair for pair in sample.labels.items() if pair[0] != own))


def _follows(kind: str, before: List[Sample], sample: Sample) -> bool:
    """Whether the sample is new in its group; its time has to fit to the one before."""
    if before:
        time = before[-1].timestamp
        if (time is None) != (sample.timestamp is None):
            raise ValueError(f"Mix of timestamp presence within a group: {sample}")
        if time is not None and _seconds(time) > _seconds(sample.timestamp) and kind != "info":
            raise ValueError(f"Timestamps went backwards within a group: {sample}")
    for other in reversed(before):
        if other.timestamp != sample.timestamp:
            break
        if other.name == sample.name and other.labels == sample.labels:
            if sample.timestamp is None:
                raise ValueError(f"Duplicate sample: {sample}")
            return False
    return True


def _seconds(time: Any) -> float:
    return float(time)


def _check_value(name: str, kind: str, suffix: str, sample: Sample) -> None:
    value = sample.value
    if suffix in _COUNTS + _SUMS and math.isnan(value) and kind != "gauge":
        raise ValueError(f"Counter-like samples cannot be NaN: {sample}")
    if suffix in (*_COUNTS, "_sum") and value < 0:
        raise ValueError(f"Counter-like samples cannot be negative: {sample}")
    if suffix in _COUNTS[1:] and not float(value).is_integer():
        raise ValueError(f"Count value must be an integer: {sample}")
    if kind == "stateset" and value not in (0, 1):
        raise ValueError(f"Stateset samples can only have values zero and one: {sample}")
    if kind == "info" and value != 1:
        raise ValueError(f"Info samples can only have value one: {sample}")
    if suffix == "_bucket" and kind in ("histogram", "gaugehistogram"):
        _check_bound(sample, "le")
    if kind == "summary" and not suffix:
        if not 0 <= _check_bound(sample, "quantile") <= 1:
            raise ValueError(f"Invalid quantile label: {sample}")
        if value < 0:
            raise ValueError(f"Quantile values cannot be negative: {sample}")
    marked = (kind == "counter" and suffix == "_total") or suffix == "_bucket"
    if sample.exemplar and not marked:
        raise ValueError(f"Only counters and buckets have exemplars: {sample}")


def _check_bound(sample: Sample, label: str) -> float:
    text = sample.labels.get(label, "NaN")
    bound = float(text)
    if math.isnan(bound) or (bound == INF and text != "+Inf"):
        raise ValueError(f"Invalid {label} label: {sample}")
    return bound


def _check_histogram(name: str, samples: List[Sample]) -> None:
    times: Dict[Any, List[Sample]] = {}
    for sample in samples:
        times.setdefault(sample.timestamp, []).append(sample)
    for point in times.values():
        _check_point(name, point)


def _check_point(name: str, samples: List[Sample]) -> None:
    bounds = [(float(sample.labels["le"]), sample.value) for sample in samples if sample.name == name + "_bucket"]
    values = {sample.name[len(name):]: sample.value for sample in samples}
    has: Set[str] = set(values)
    if any(above <= below for (below, _), (above, _) in zip(bounds, bounds[1:])):
        raise ValueError("Buckets out of order: " + name)
    if any(more < less for (_, less), (_, more) in zip(bounds, bounds[1:])):
        raise ValueError("Bucket values out of order: " + name)
    if not bounds or bounds[-1][0] != INF:
        raise ValueError("+Inf bucket missing: " + name)
    for count, total in (("_count", "_sum"), ("_gcount", "_gsum")):
        if (count in has) != (total in has):
            raise ValueError(f"{count} and {total} must be present together: {name}")
        if count in has and values[count] != bounds[-1][1]:
            raise ValueError("Count does not match +Inf value: " + name)
    below_zero = bounds[0][0] < 0
    if below_zero and "_sum" in has:
        raise ValueError("Cannot have _sum with negative buckets: " + name)
    if not below_zero and values.get("_gsum", 0) < 0:
        raise ValueError("Cannot have negative _gsum with non-negative buckets: " + name)
