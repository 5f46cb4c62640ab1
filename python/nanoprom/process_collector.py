"""The standard metrics of a process: processor time, memory and files, from Linux's `/proc`."""
from __future__ import annotations

import os
from typing import Callable, Iterable, Iterator, List, Optional, Union

from .metrics_core import CounterMetricFamily, GaugeMetricFamily, Metric
from .registry import REGISTRY, Collector, CollectorRegistry


def _sysconf(name: str, otherwise: int) -> int:
    try:
        return os.sysconf(name)
    except (AttributeError, OSError, ValueError):
        return otherwise


class ProcessCollector(Collector):
    """Gives `process_*` for one process: this one, or that whose number `pid` returns.

    Where the system has no `/proc`, or it does not show the process, there are no such metrics.
    """

    def __init__(
        self, namespace: str = "", pid: Callable[[], Union[int, str]] = lambda: "self", proc: str = "/proc",
        registry: Optional[CollectorRegistry] = REGISTRY,
    ) -> None:
        self._prefix = f"{namespace}_process_" if namespace else "process_"
        self._pid = pid
        self._proc = proc
        self._ticks = float(_sysconf("SC_CLK_TCK", 100))
        self._pagesize = _sysconf("SC_PAGE_SIZE", 4096)
        self._booted = self._boot_time()
        if registry:
            registry.register(self)

    def _boot_time(self) -> Optional[float]:
        for line in self._lines("stat"):
            if line.startswith(b"btime "):
                return float(line.split()[1])
        return None

    def _lines(self, *path: str) -> List[bytes]:
        try:
            with open(os.path.join(self._proc, *path), "rb") as file:
                return file.readlines()
        except OSError:
            return []

    def _gauge(self, name: str, documentation: str, value: float) -> GaugeMetricFamily:
        return GaugeMetricFamily(self._prefix + name, documentation, value=value)

    def collect(self) -> Iterable[Metric]:
        """Reads the files."""
        if self._booted is None:
            return []
        pid = str(self._pid()).strip()
        return [*self._times(pid, self._booted), *self._files(pid)]

    def _times(self, pid: str, booted: float) -> Iterator[Metric]:
        stat = b"".join(self._lines(pid, "stat"))
        # The program's name, in parentheses, may hold anything. Fields are counted from after it.
        fields = stat[stat.rfind(b")") + 1:].split()
        if len(fields) < 22:
            return
        yield self._gauge("virtual_memory_bytes", "Virtual memory size in bytes.", float(fields[20]))
        yield self._gauge(
            "resident_memory_bytes", "Resident memory size in bytes.", float(fields[21]) * self._pagesize)
        yield self._gauge(
            "start_time_seconds", "Start time of the process since unix epoch in seconds.",
            booted + float(fields[19]) / self._ticks)
        yield CounterMetricFamily(
            self._prefix + "cpu_seconds_total", "Total user and system CPU time spent in seconds.",
            value=(float(fields[11]) + float(fields[12])) / self._ticks)

    def _files(self, pid: str) -> Iterator[Metric]:
        try:
            open_files = len(os.listdir(os.path.join(self._proc, pid, "fd")))
        except OSError:
            pass  # only the owner may look
        else:
            yield self._gauge("open_fds", "Number of open file descriptors.", open_files)
        for line in self._lines(pid, "limits"):
            if line.startswith(b"Max open files"):
                soft = line.split()[3]
                most = float("inf") if soft == b"unlimited" else float(soft)
                yield self._gauge("max_fds", "Maximum number of open file descriptors.", most)


PROCESS_COLLECTOR = ProcessCollector()
"""This process, in the default registry."""
