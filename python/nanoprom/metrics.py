"""Counters, gauges, summaries, histograms, infos and enums."""

import time
from threading import Lock

from . import _core
from ._base import MetricWrapperBase, _OfTheMetric, disable_created_metrics, enable_created_metrics
from .context_managers import ExceptionCounter, InprogressTracker, Timer
from .registry import REGISTRY
from .utils import INF
from .values import BucketValue, CountValue, SingleValue, SumValue

__all__ = (
    "Counter",
    "Enum",
    "Gauge",
    "Histogram",
    "Info",
    "MetricWrapperBase",
    "Summary",
    "disable_created_metrics",
    "enable_created_metrics",
)


@_core.native
class Counter(MetricWrapperBase):
    """A total that only goes up: requests, bytes, errors. For a number that can go down, use Gauge.

    ::

        failures = Counter("my_failures", "Failures of mine.")
        failures.inc()
        failures.inc(1.6)
    """

    _type = "counter"

    @property
    def _value(self):
        return SingleValue(self)

    def reset(self):
        """Back to 0, as if the program had started again."""
        self._raise_if_not_observable()
        self._reset()

    def count_exceptions(self, exception=Exception):
        """Count exceptions of a block or a function: a context manager and a decorator."""
        self._raise_if_not_observable()
        return ExceptionCounter(self, exception)


# What gauges of several processes become, by mode.
_MERGED = {"sum": sum, "min": min, "max": max}


@_core.native
class Gauge(MetricWrapperBase):
    """A value that goes up and down: a queue's length, a temperature. For a total, use Counter."""

    _type = "gauge"
    _multiprocess_mode = _OfTheMetric()
    _MULTIPROC_MODES = frozenset(
        (
            "all",
            "liveall",
            "min",
            "livemin",
            "max",
            "livemax",
            "sum",
            "livesum",
            "mostrecent",
            "livemostrecent",
        )
    )

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
        multiprocess_mode="all",
    ):
        self._multiprocess_mode = multiprocess_mode
        if multiprocess_mode not in self._MULTIPROC_MODES:
            raise ValueError("Invalid multiprocess mode: " + multiprocess_mode)
        super().__init__(name, documentation, labelnames, namespace, subsystem, unit, registry, _labelvalues)

    @property
    def _mode(self):
        return self._multiprocess_mode

    @property
    def _merged(self):
        """What becomes of the values of several processes; None where each is shown, or where there is one for all."""
        return _MERGED.get(self._multiprocess_mode.removeprefix("live")) if _core.shared() else None

    def _is_written(self, escaping):
        return super()._is_written(escaping) and not self._merged

    def _read(self):
        merged = self._merged
        if merged:
            return self._merged_samples(merged)
        if _core.shared() and self._multiprocess_mode in ("all", "liveall"):
            return self._samples((*self._labelnames, "pid"), False)
        return super()._read()

    def _merged_samples(self, merged):
        values = {}
        for _, labels, _, value in self._samples(self._labelnames, False):
            values.setdefault(tuple(labels.items()), []).append(value)
        if not self._labelnames:
            # Nobody has updated it yet.
            values = values or {(): [0.0]}
        return [("", dict(labels), None, merged(found)) for labels, found in values.items()]

    @property
    def _value(self):
        return SingleValue(self)

    def set_to_current_time(self):
        """Set the gauge to the time in seconds since 1970."""
        self.set(time.time())

    def track_inprogress(self):
        """Count what is at work in a block or a function: a context manager and a decorator."""
        self._raise_if_not_observable()
        return InprogressTracker(self)

    def time(self):
        """Set the gauge to the duration of a block or a function: a context manager and a decorator."""
        return Timer(self, "set")

    def set_function(self, f):
        """Ask a function for the value whenever a page is made; all updates do nothing from then on."""
        self._raise_if_not_observable()
        self._set_function(f)


@_core.native
class Summary(MetricWrapperBase):
    """How many observations there were, and their sum."""

    _type = "summary"
    _reserved_labelnames = ("quantile",)

    @property
    def _sum(self):
        return SumValue(self)

    @property
    def _count(self):
        return CountValue(self)

    def time(self):
        """Observe the duration of a block or a function: a context manager and a decorator."""
        return Timer(self, "observe")


@_core.native
class Histogram(MetricWrapperBase):
    """Observations counted in buckets, for quantiles over many processes."""

    _type = "histogram"
    _reserved_labelnames = ("le",)
    _upper_bounds = _OfTheMetric()
    DEFAULT_BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1.0, 2.5, 5.0, 7.5, 10.0, INF)

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
        buckets=DEFAULT_BUCKETS,
    ):
        self._upper_bounds = _upper_bounds(buckets)
        self._kwargs = {"buckets": buckets}
        super().__init__(name, documentation, labelnames, namespace, subsystem, unit, registry, _labelvalues)

    def _bounds(self):
        return self._upper_bounds[:-1]

    @property
    def _sum(self):
        return SumValue(self)

    @property
    def _buckets(self):
        return [BucketValue(self, at) for at in range(len(self._upper_bounds))]

    def time(self):
        """Observe the duration of a block or a function: a context manager and a decorator."""
        return Timer(self, "observe")


def _upper_bounds(buckets):
    bounds = [float(bound) for bound in buckets]
    if bounds != sorted(bounds):
        raise ValueError("Buckets not in sorted order")
    if bounds and bounds[-1] != INF:
        bounds.append(INF)
    if len(bounds) < 2:
        raise ValueError("Must have at least two buckets")
    return bounds


class _Gathered(MetricWrapperBase):
    """A metric whose samples are put together when a page is made. Its cells are gauges, for what they are worth."""

    def _cell_samples(self):
        """Labels and value of each cell."""
        return [(labels, value) for _, labels, _, value in self._samples(self._labelnames, False)]

    def collect(self):
        metric = self._get_metric()
        for labels, value in self._cell_samples():
            for suffix, more, shown in self._lines(labels, value):
                metric.add_sample(self._name + suffix, {**labels, **more}, shown)
        return [metric]


@_core.native
class Info(_Gathered):
    """Facts as labels: a version, an address.

    ::

        build = Info("my_build", "What is running.")
        build.info({"version": "1.2.3", "host": "here"})
    """

    _type = "info"
    _facts = _OfTheMetric()
    _lock = _OfTheMetric()

    def _metric_init(self):
        self._lock = Lock()
        self._facts = {}
        super()._metric_init()

    def info(self, val):
        """Replace all facts."""
        self._raise_if_not_observable()
        if set(self._labelnames).intersection(val):
            raise ValueError(
                "Overlapping labels for Info metric, metric: {} child: {}".format(self._labelnames, val)
            )
        if any(value is None for value in val.values()):
            raise ValueError("Label value cannot be None")
        with self._lock:
            self._facts[self._labelvalues] = dict(val)

    @property
    def _value(self):
        with self._lock:
            return dict(self._facts.get(self._labelvalues, {}))

    def _lines(self, labels, value):
        key = tuple(labels[name] for name in self._labelnames)
        with self._lock:
            return [("_info", self._facts.get(key, {}), 1.0)]

    def _forget(self):
        shown = {tuple(labels.values()) for labels, _ in self._cell_samples()}
        with self._lock:
            self._facts = {key: facts for key, facts in self._facts.items() if key in shown}

    def remove(self, *labelvalues):
        super().remove(*labelvalues)
        self._forget()

    def remove_by_labels(self, labels):
        super().remove_by_labels(labels)
        self._forget()

    def clear(self):
        super().clear()
        self._forget()


@_core.native
class Enum(_Gathered):
    """Which of several states there is; the first to begin with.

    ::

        state = Enum("task_state", "State of the task.", states=["starting", "running", "stopped"])
        state.state("running")
    """

    _type = "stateset"
    _states = _OfTheMetric()

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
        states=None,
    ):
        if name in labelnames:
            raise ValueError(f"Overlapping labels for Enum metric: {name}")
        if not states:
            raise ValueError(f"No states provided for Enum metric: {name}")
        if len(set(states)) != len(states):
            raise ValueError(f"A state is there twice in Enum metric: {name}")
        self._states = states
        self._kwargs = {"states": states}
        super().__init__(name, documentation, labelnames, namespace, subsystem, unit, registry, _labelvalues)

    def state(self, state):
        """Choose the state there is."""
        self._raise_if_not_observable()
        self._put(self._states.index(state))

    @property
    def _value(self):
        return int(self._get())

    def _lines(self, labels, value):
        return [("", {self._name: state}, 1.0 if at == value else 0.0) for at, state in enumerate(self._states)]
