"""What the garbage collector did."""
from __future__ import annotations

import gc
import platform
from typing import Iterable

from .metrics_core import CounterMetricFamily, Metric
from .registry import REGISTRY, Collector, CollectorRegistry

_COUNTERS = (
    ("collected", "python_gc_objects_collected", "Objects collected during gc"),
    ("uncollectable", "python_gc_objects_uncollectable", "Uncollectable objects found during GC"),
    ("collections", "python_gc_collections", "Number of times this generation was collected"),
)


class GCCollector(Collector):
    """Gives `python_gc_*` for each generation, on CPython."""

    def __init__(self, registry: CollectorRegistry = REGISTRY) -> None:
        if platform.python_implementation() == "CPython":
            registry.register(self)

    def collect(self) -> Iterable[Metric]:
        """Asks the garbage collector."""
        generations = gc.get_stats()
        for key, name, documentation in _COUNTERS:
            counter = CounterMetricFamily(name, documentation, labels=["generation"])
            for number, generation in enumerate(generations):
                counter.add_metric([str(number)], generation[key])
            yield counter


GC_COLLECTOR = GCCollector()
"""In the default registry."""
