"""Reads the text format."""
from __future__ import annotations

from io import StringIO
from typing import Iterable, Iterator, List, Optional, TextIO

from ._grammar import name_at, number, series_at, unescaped_help
from .metrics_core import Metric
from .samples import Sample

__all__ = ("text_fd_to_metric_families", "text_string_to_metric_families")

_SUFFIXES = {
    "summary": ("", "_count", "_sum"),
    "histogram": ("_bucket", "_count", "_sum"),
}


def text_string_to_metric_families(text: str) -> Iterable[Metric]:
    """The metrics of a page. Raises `ValueError` at the first line that is none."""
    yield from text_fd_to_metric_families(StringIO(text))


def text_fd_to_metric_families(fd: TextIO) -> Iterator[Metric]:
    """The metrics of a page in a file, in its order. Counters lose `_total` and their samples have it.

    A sample outside of a family is a metric of type `unknown`. Times become seconds.
    """
    family: Optional[_Family] = None
    for line in fd:
        line = line.strip()
        if line.startswith("#"):
            words = line[1:].split(None, 1)
            if len(words) < 2 or words[0] not in ("HELP", "TYPE"):
                continue
            name, end = name_at(words[1], 0)
            rest = words[1][end:]
            if rest and rest[0] not in " \t":
                raise ValueError("invalid metric name:" + line)
            if family is None or family.name != name:
                if family:
                    yield family.metric()
                family = _Family(name)
            family.describe(words[0], rest.lstrip(" \t") if words[0] == "HELP" else rest.strip())
        elif line:
            sample = _sample(line)
            if family is None or sample.name not in family.names():
                if family:
                    yield family.metric()
                family = None
                yield _Family(sample.name, sample).metric()
            else:
                family.samples.append(sample)
    if family:
        yield family.metric()


class _Family:
    def __init__(self, name: str, *samples: Sample) -> None:
        self.name = name
        self.documentation = ""
        self.type = "untyped"
        self.samples: List[Sample] = list(samples)

    def describe(self, what: str, text: str) -> None:
        if what == "HELP":
            self.documentation = unescaped_help(text)
        elif not text:
            raise ValueError(f"{self.name} has an empty type")
        else:
            self.type = text

    def names(self) -> List[str]:
        return [self.name + suffix for suffix in _SUFFIXES.get(self.type, ("",))]

    def metric(self) -> Metric:
        name, samples = self.name, self.samples
        if self.type == "counter" and name.endswith("_total"):
            name = name[: -len("_total")]
        elif self.type == "counter":
            samples = [sample._replace(name=sample.name + "_total") for sample in samples]
        metric = Metric(name, self.documentation, self.type)
        metric.samples = samples
        return metric


def _sample(line: str) -> Sample:
    name, labels, end = series_at(line, strict=False)
    if end < len(line) and line[end] not in " \t" and line[end - 1] != "}":
        raise ValueError("invalid metric name:" + line)
    words = line[end:].split()
    if not 1 <= len(words) <= 2:
        raise ValueError("Invalid line: " + line)
    timestamp = number(words[1]) / 1000 if len(words) == 2 else None
    return Sample(name, labels, number(words[0]), timestamp)
