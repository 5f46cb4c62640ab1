"""Metrics for Graphite, in its plain-text protocol."""
from __future__ import annotations

import logging
import re
import socket
import threading
import time
from typing import Any, Callable, Tuple

from ..registry import REGISTRY, Collector

# A file's name for Graphite. A dot is left out too: it would look like one between labels.
_UNUSABLE = re.compile(r"[^a-zA-Z0-9_-]")


def _sanitize(text: str) -> str:
    return _UNUSABLE.sub("_", text)


class GraphiteBridge:
    """Sends the metrics of a registry to `address`, a host and a port.

    `timeout_seconds` limits connecting and sending. With `tags` labels are sent as Graphite 1.1's tags, otherwise
    as parts of the name.
    """

    def __init__(
        self, address: Tuple[str, int], registry: Collector = REGISTRY, timeout_seconds: float = 30,
        _timer: Callable[[], float] = time.time, tags: bool = False,
    ) -> None:
        self._address = address
        self._registry = registry
        self._timeout = timeout_seconds
        self._timer = _timer
        self._separators = (";", "=") if tags else (".", ".")

    def push(self, prefix: str = "") -> None:
        """Sends all metrics once. Raises `OSError` when that fails."""
        now = int(self._timer())
        start = f"{prefix}." if prefix else ""
        lines = [
            f"{start}{self._path(sample)} {float(sample.value)} {now}\n"
            for metric in self._registry.collect()
            for sample in metric.samples
        ]
        with socket.create_connection(self._address, self._timeout) as connection:
            connection.sendall("".join(lines).encode("ascii"))

    def _path(self, sample: Any) -> str:
        between, within = self._separators
        labels = (f"{between}{_sanitize(name)}{within}{_sanitize(value)}"
                  for name, value in sorted(sample.labels.items()))
        return _sanitize(sample.name) + "".join(labels)

    def start(self, interval: float = 60.0, prefix: str = "") -> None:
        """Sends all metrics every `interval` seconds from a daemon thread; failures are logged."""
        threading.Thread(target=self._run, args=(interval, prefix), name="graphite", daemon=True).start()

    def _run(self, interval: float, prefix: str) -> None:
        due = time.monotonic()
        while True:
            try:
                self.push(prefix)
            except OSError:
                logging.getLogger(__name__).exception("Push failed")
            # Times that passed meanwhile are skipped.
            due = max(due + interval, time.monotonic())
            time.sleep(max(0.0, due - time.monotonic()))
