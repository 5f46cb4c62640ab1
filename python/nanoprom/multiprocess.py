"""Metrics that forked processes share: for servers that import the application and then fork.

Set `NANOPROM_MULTIPROCESS=1` (or `PROMETHEUS_MULTIPROC_DIR`, to any directory: no files are written), or call `share()`
before the first metric is made. Metrics that are made from then on, before the fork, are the same in all processes, so
that the page of any of them has the totals of all. A process that is killed loses nothing that was counted.
"""
from __future__ import annotations

import os
from typing import Any, Iterable, List, Optional, Union

from . import _core
from ._base import shared_metrics
from .metrics_core import Metric
from .registry import Collector, CollectorRegistry

__all__ = ("MultiProcessCollector", "mark_process_dead", "share")

_SIZE = 256 << 20


def share(size: int = _SIZE) -> None:
    """Puts all metrics that are made from now on into memory that forked processes share.

    `size` is the most that they may need, in bytes: it is reserved, and taken from the system as it is used. Memory of
    removed series is not used for others. Raises `RuntimeError` when there is a metric already, `MemoryError` when the
    system has no such memory; where metrics are shared already it does nothing.
    """
    _core.share(size)


class MultiProcessCollector(Collector):
    """Gives all metrics of this program that processes share, whichever registry they are in.

    `path` is there for programs that give it. Raises `ValueError` where nothing is shared.
    """

    def __init__(self, registry: Optional[CollectorRegistry], path: Optional[str] = None) -> None:
        if not _core.shared():
            raise ValueError(
                "no metrics are shared: set NANOPROM_MULTIPROCESS=1, or call nanoprom.multiprocess.share() before the "
                "first metric is made"
            )
        if registry:
            registry.register(self)

    def _members(self) -> List[Any]:
        return shared_metrics()

    def collect(self) -> Iterable[Metric]:
        """Gives the metrics as they are now, for all processes together."""
        for metric in self._members():
            yield from metric.collect()


def mark_process_dead(pid: Union[int, str], path: Optional[str] = None) -> None:
    """Takes a process that ended out of the gauges whose mode begins with `live`.

    These leave out processes that do not exist any more by themselves; this is for those that wait for their parent.
    """
    for metric in shared_metrics():
        if getattr(metric, "_multiprocess_mode", "").startswith("live"):
            metric._forget_process(str(pid))


def _is_wanted() -> bool:
    asked = os.environ.get("NANOPROM_MULTIPROCESS")
    if asked:
        return asked.lower() in ("1", "true", "t", "yes")
    return bool(os.environ.get("PROMETHEUS_MULTIPROC_DIR") or os.environ.get("prometheus_multiproc_dir"))


if _is_wanted():
    share()
