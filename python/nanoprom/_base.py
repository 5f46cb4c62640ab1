"""What all metrics have in common: names, labels, series."""

import os
import weakref
from types import MappingProxyType

from . import _core
from ._escaping import DOTS, UNDERSCORES
from .metrics_core import Metric
from .registry import REGISTRY
from .utils import floatToGoString
from .validation import (
    _is_valid_legacy_labelname, _is_valid_legacy_metric_name, _validate_labelnames, _validate_metric_name,
)

_use_created = True


def _show_created(show):
    global _use_created
    _use_created = show
    _core.show_creation_times(show)


def disable_created_metrics():
    """Leave the _created samples of counters, histograms and summaries out of all pages."""
    _show_created(False)


def enable_created_metrics():
    """Put the _created samples of counters, histograms and summaries onto all pages."""
    _show_created(True)


_show_created(os.environ.get("PROMETHEUS_DISABLE_CREATED_SERIES", "False").lower() not in ("true", "1", "t"))


def _build_full_name(metric_type, name, namespace, subsystem, unit):
    if not name:
        raise ValueError("Metric name should not be empty")
    full_name = "_".join(part for part in (namespace, subsystem, name) if part)
    if metric_type == "counter" and full_name.endswith("_total"):
        full_name = full_name[: -len("_total")]
    if metric_type == "info" and full_name.endswith("_info"):
        # The page shows x_info, whichever way it was named.
        full_name = full_name[: -len("_info")]
    if unit and not full_name.endswith("_" + unit):
        full_name += "_" + unit
    if unit and metric_type in ("info", "stateset"):
        raise ValueError("Metric name is of a type that cannot have a unit: " + full_name)
    return full_name


# Types whose samples are the core's.
_CELLS = frozenset(("counter", "gauge", "summary", "histogram"))


# All metrics that processes share, as they were made.
_shared = []


def shared_metrics():
    """All metrics that processes share, in the order in which they were made."""
    _shared[:] = [metric for metric in _shared if metric() is not None]
    return [metric for metric in (metric() for metric in _shared) if metric is not None]


class _OfTheMetric:
    """What all series of a metric share: kept by the metric, seen from each."""

    def __set_name__(self, owner, name):
        self._name = name

    def __get__(self, metric, owner=None):
        if metric is None:
            return self
        try:
            return metric._about[self._name]
        except KeyError:
            raise AttributeError(f"{type(metric).__name__!r} object has no attribute {self._name!r}") from None

    def __set__(self, metric, value):
        metric._about[self._name] = value


@_core.native
class MetricWrapperBase(_core.Base):
    """What all metrics have in common."""

    _type = None
    _mode = None
    _reserved_labelnames = ()

    _documentation = _OfTheMetric()
    _is_legacy = _OfTheMetric()
    _kwargs = _OfTheMetric()
    _labelnames = _OfTheMetric()
    _name = _OfTheMetric()
    _namespace = _OfTheMetric()
    _original_name = _OfTheMetric()
    _subsystem = _OfTheMetric()
    _unit = _OfTheMetric()

    def __init__(
        self,
        name,
        documentation,
        labelnames=(),
        namespace="",
        subsystem="",
        unit="",
        registry=REGISTRY,
        _labelvalues=None,
    ):
        self._original_name = name
        self._namespace = namespace
        self._subsystem = subsystem
        self._name = _build_full_name(self._type, name, namespace, subsystem, unit)
        self._labelnames = _validate_labelnames(self, labelnames)
        self._kwargs = getattr(self, "_kwargs", {})
        self._documentation = documentation
        self._unit = unit
        _validate_metric_name(self._name)
        self._is_legacy = _is_valid_legacy_metric_name(self._name) and all(
            map(_is_valid_legacy_labelname, self._labelnames)
        )
        self._metric_init()
        if _labelvalues:
            raise TypeError("series are made by labels()")
        if registry:
            registry.register(self)

    def _metric_init(self):
        """Makes the cells of the metric."""
        self._open(
            self._type if self._type in _CELLS else "gauge",
            _core.with_underscores(self._name),
            self._documentation,
            self._unit,
            list(self._labelnames),
            self._bounds(),
            self._mode,
        )
        if _core.shared():
            _shared.append(weakref.ref(self))

    def _bounds(self):
        return []

    def _is_written(self, escaping):
        """Whether the core writes the metric itself, in this escaping of names."""
        if type(self).collect is not MetricWrapperBase.collect:
            return False
        return escaping == UNDERSCORES or escaping != DOTS and self._is_legacy

    @property
    def _labelvalues(self):
        labels = self._labels()
        return tuple(labels[_core.with_underscores(name, True)] for name in self._labelnames) if labels else ()

    @property
    def _metrics(self):
        """The series by their label values, for programs that look for them here; they cannot be changed here."""
        if not self._labelnames or self._parent is not None:
            raise AttributeError(f"{type(self).__name__!r} object has no attribute '_metrics'")
        found = dict.fromkeys(tuple(labels.values()) for _, labels, _, _ in self._samples(self._labelnames, False))
        return MappingProxyType({values: self.labels(*values) for values in found})

    def _is_observable(self):
        return self._observable

    def _is_parent(self):
        return not self._observable

    def _raise_if_not_observable(self):
        if not self._is_observable():
            raise ValueError("%s metric is missing label values" % str(self._type))

    def __str__(self):
        return f"{self._type}:{self._name}"

    def __repr__(self):
        metric_type = type(self)
        return f"{metric_type.__module__}.{metric_type.__name__}({self._name})"

    def _get_metric(self):
        return Metric(self._name, self._documentation, self._type, self._unit)

    def describe(self):
        """The metric without its samples."""
        return [self._get_metric()]

    def collect(self):
        """The metric with all its samples."""
        metric = self._get_metric()
        for suffix, labels, bound, value in self._read():
            if bound is not None:
                labels["le"] = floatToGoString(bound)
            metric.add_sample(self._name + suffix, labels, value)
        return [metric]

    def _read(self):
        """Suffix, labels, bound and value of each sample."""
        return self._samples(self._labelnames, _use_created)

    def _label_values(self, values, named):
        """The label values of a call of labels(), in the order of the names."""
        if not self._labelnames:
            raise ValueError("No label names were set when constructing %s" % self)
        if self._parent is not None:
            raise ValueError(
                "{} already has labels set ({}); can not chain calls to .labels()".format(
                    self, dict(zip(self._labelnames, self._labelvalues))
                )
            )
        if values and named:
            raise ValueError("Can't pass both *args and **kwargs")
        if named:
            if sorted(named) != sorted(self._labelnames):
                raise ValueError("Incorrect label names")
            return [str(named[name]) for name in self._labelnames]
        if len(values) != len(self._labelnames):
            raise ValueError("Incorrect label count")
        return [str(value) for value in values]

    def _raise_if_series(self):
        if self._parent is not None:
            raise ValueError("%s metric already has label values" % str(self._type))

    def remove(self, *labelvalues):
        """Take the series with these label values off the page."""
        if not self._labelnames:
            raise ValueError("No label names were set when constructing %s" % self)
        if len(labelvalues) != len(self._labelnames):
            raise ValueError(
                "Incorrect label count (expected %d, got %s)" % (len(self._labelnames), labelvalues)
            )
        self._raise_if_series()
        self._remove([str(value) for value in labelvalues])

    def remove_by_labels(self, labels):
        """Take all series off the page whose labels match these, a part of all."""
        if not self._labelnames:
            raise ValueError("No label names were set when constructing %s" % self)
        if not isinstance(labels, dict):
            raise TypeError("labels must be a dict of {label_name: label_value}")
        if not labels:
            return
        invalid = [name for name in labels if name not in self._labelnames]
        if invalid:
            raise ValueError("Unknown label names: %s; expected %s" % (invalid, self._labelnames))
        self._raise_if_series()
        self._remove_matching([str(labels[name]) if name in labels else None for name in self._labelnames])

    def clear(self):
        """Take all series off the page."""
        if self._labelnames:
            self._raise_if_series()
            self._clear()
