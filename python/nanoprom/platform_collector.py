"""Which Python this is."""
from __future__ import annotations

import platform as _platform
from typing import Any, Dict, Iterable, Optional

from .metrics_core import GaugeMetricFamily, Metric
from .registry import REGISTRY, Collector, CollectorRegistry


class PlatformCollector(Collector):
    """Gives `python_info`. `platform` may stand in for the standard library's module."""

    def __init__(self, registry: Optional[CollectorRegistry] = REGISTRY, platform: Optional[Any] = None) -> None:
        labels = self._labels(platform or _platform)
        info = GaugeMetricFamily("python_info", "Python platform information", labels=list(labels))
        info.add_metric(list(labels.values()), 1)
        self._metrics = [info]
        if registry:
            registry.register(self)

    def collect(self) -> Iterable[Metric]:
        """What was found when the collector was made; it cannot change."""
        return self._metrics

    @staticmethod
    def _labels(platform: Any) -> Dict[str, str]:
        major, minor, patchlevel = platform.python_version_tuple()
        labels = {
            "version": platform.python_version(),
            "implementation": platform.python_implementation(),
            "major": major,
            "minor": minor,
            "patchlevel": patchlevel,
        }
        if platform.system() == "Java":
            version, _, (name, release, vendor), _ = platform.java_ver()
            labels.update(jvm_version=version, jvm_release=release, jvm_vendor=vendor, jvm_name=name)
        return labels


PLATFORM_COLLECTOR = PlatformCollector()
"""In the default registry."""
