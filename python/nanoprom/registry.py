"""Registries: what a page consists of."""
from __future__ import annotations

from threading import Lock
from typing import Any, Dict, Iterable, Iterator, List, Optional, Protocol, Set, Tuple

from ._escaping import UNDERSCORES, escaped
from .metrics_core import Metric

# The names that a metric takes beside its own, so that no other may be called so.
_SUFFIXES: Dict[str, Tuple[str, ...]] = {
    "counter": ("_total", "_created"),
    "summary": ("_sum", "_count", "_created"),
    "histogram": ("_bucket", "_sum", "_count", "_created"),
    "gaugehistogram": ("_bucket", "_gsum", "_gcount"),
    "info": ("_info",),
}


class Collector(Protocol):
    """Whatever gives metrics. A method `describe`, giving them without samples, is used where there is one."""

    def collect(self) -> Iterable[Metric]:
        """Gives the metrics as they are now."""


def names_of(metrics: Iterable[Metric]) -> List[str]:
    """All names that these metrics take."""
    names = [metric.name + suffix for metric in metrics for suffix in ("", *_SUFFIXES.get(metric.type, ()))]
    # Pages may show names escaped, and two of them must not become one there.
    return names + [shown for shown in (escaped(name, UNDERSCORES) for name in names) if shown not in names]


class _Reserved:
    """Holds a name in a registry, and gives nothing."""

    def collect(self) -> Iterable[Metric]:
        return []


class DuplicateTimeseries(ValueError):
    """Two collectors of a registry would give series of the same name: `duplicates` are the names."""

    def __init__(self, duplicates: Set[str]) -> None:
        super().__init__(f"Duplicated timeseries in CollectorRegistry: {duplicates}")
        self.duplicates: Set[str] = duplicates


class CollectorRegistry:
    """Metrics and collectors that are shown together. Every method may be called by any thread.

    With `auto_describe` a collector without `describe` is collected once when it is registered, to learn its names.
    `target_info` are labels of the program itself, shown as `target_info`. With `support_collectors_without_names`
    a restricted registry asks collectors of unknown names too.
    """

    def __init__(
        self, auto_describe: bool = False, target_info: Optional[Dict[str, str]] = None,
        support_collectors_without_names: bool = False,
    ) -> None:
        self._collector_to_names: Dict[Any, List[str]] = {}
        self._names_to_collectors: Dict[str, Any] = {}
        self._collectors_without_names: List[Any] = []
        self._auto_describe = auto_describe
        self._support_collectors_without_names = support_collectors_without_names
        self._target_info: Optional[Dict[str, str]] = None
        self._lock = Lock()
        self.set_target_info(target_info)

    def register(self, collector: Collector) -> None:
        """Adds a collector. Raises `DuplicateTimeseries` when one of its names is taken."""
        with self._lock:
            names = self._get_names(collector)
            duplicates = {name for name in names if name in self._names_to_collectors}
            # A name is mentioned once, not also as pages show it.
            duplicates -= {escaped(name, UNDERSCORES) for name in duplicates if escaped(name, UNDERSCORES) != name}
            if duplicates:
                raise DuplicateTimeseries(duplicates)
            self._names_to_collectors.update((name, collector) for name in names)
            self._collector_to_names[collector] = names
            if self._support_collectors_without_names and not names:
                self._collectors_without_names.append(collector)

    def unregister(self, collector: Collector) -> None:
        """Takes a collector out again. Raises `KeyError` when it is not in."""
        with self._lock:
            for name in self._collector_to_names.pop(collector):
                self._names_to_collectors.pop(name, None)
            if collector in self._collectors_without_names:
                self._collectors_without_names.remove(collector)

    def _get_names(self, collector: Any) -> List[str]:
        describe = getattr(collector, "describe", None)
        if not describe and self._auto_describe:
            describe = collector.collect
        if not describe:
            return []
        return names_of(describe())

    def _members(self, names: Optional[Set[str]] = None) -> Tuple[Optional[Metric], List[Any]]:
        """The target info and the collectors, all or those that may give series of these names."""
        with self._lock:
            if names is None:
                members = list(self._collector_to_names)
            else:
                wanted = {id(self._names_to_collectors[name]) for name in names if name in self._names_to_collectors}
                wanted.update(map(id, self._collectors_without_names))
                members = [member for member in self._collector_to_names if id(member) in wanted]
            target = self._target_info if names is None or "target_info" in names else None
            return (self._target_info_metric() if target else None), members

    def collect(self) -> Iterator[Metric]:
        """Gives the metrics of all collectors, in the order in which they were registered."""
        target, collectors = self._members()
        if target:
            yield target
        for collector in collectors:
            yield from collector.collect()

    def restricted_registry(self, names: Iterable[str]) -> "RestrictedRegistry":
        """A view that gives samples of these names only, for `generate_latest` and the servers."""
        return RestrictedRegistry(names, self)

    def set_target_info(self, labels: Optional[Dict[str, str]]) -> None:
        """Sets the labels of `target_info`; none takes it out. Raises `ValueError` when the name is taken."""
        with self._lock:
            if labels and not self._target_info and "target_info" in self._names_to_collectors:
                raise ValueError("CollectorRegistry already contains a target_info metric")
            if labels:
                self._names_to_collectors["target_info"] = _Reserved()
            elif self._target_info:
                self._names_to_collectors.pop("target_info", None)
            self._target_info = labels

    def get_target_info(self) -> Optional[Dict[str, str]]:
        """The labels of `target_info`, or what was set instead of them."""
        with self._lock:
            return self._target_info

    def _target_info_metric(self) -> Metric:
        metric = Metric("target", "Target metadata", "info")
        metric.add_sample("target_info", dict(self._target_info or {}), 1)
        return metric

    def get_sample_value(self, name: str, labels: Optional[Dict[str, str]] = None) -> Optional[float]:
        """The value of one sample, or None where there is none. Collects everything: meant for tests."""
        wanted = labels or {}
        for metric in self.collect():
            for sample in metric.samples:
                if sample.name == name and sample.labels == wanted:
                    return sample.value
        return None


class RestrictedRegistry:
    """The samples of some names out of a registry."""

    def __init__(self, names: Iterable[str], registry: CollectorRegistry) -> None:
        self._name_set = set(names)
        self._registry = registry

    def collect(self) -> Iterator[Metric]:
        """Asks the collectors concerned, and gives what has one of the names."""
        target, collectors = self._registry._members(self._name_set)
        if target:
            yield target
        for collector in collectors:
            for metric in collector.collect():
                restricted = metric._restricted_metric(self._name_set)
                if restricted:
                    yield restricted


REGISTRY = CollectorRegistry(auto_describe=True)
