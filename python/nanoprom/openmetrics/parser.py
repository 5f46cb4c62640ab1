"""Reads OpenMetrics 1.0, strictly: a page that is not valid raises `ValueError`."""
from __future__ import annotations

import re
from io import StringIO
from typing import Dict, Iterable, Iterator, List, Optional, Set, TextIO, Tuple, Union

from .._grammar import name_at, number, series_at, unquoted
from ..metrics_core import METRIC_TYPES, Metric
from ..samples import Exemplar, Sample, Timestamp
from ._checks import check_family

__all__ = ("text_fd_to_metric_families", "text_string_to_metric_families")

SUFFIXES = {
    "counter": ("_total", "_created"),
    "summary": ("", "_count", "_sum", "_created"),
    "histogram": ("_bucket", "_count", "_sum", "_created"),
    "gaugehistogram": ("_bucket", "_gcount", "_gsum"),
    "info": ("_info",),
}
_DECIMAL_TIME = re.compile(r"(-?\d+)(?:\.(\d+))?")
_VALUES = re.compile(r" ([^ ]+)(?: ([^ #{]+))?")


def text_string_to_metric_families(text: str) -> Iterable[Metric]:
    """The metrics of a page."""
    yield from text_fd_to_metric_families(StringIO(text))


def text_fd_to_metric_families(fd: TextIO) -> Iterator[Metric]:
    """The metrics of a page in a file, in its order."""
    family: Optional[_Family] = None
    names: Set[str] = set()
    ended = False
    for line in fd:
        line = line[:-1] if line.endswith("\n") else line
        if ended:
            raise ValueError("Received line after # EOF: " + line)
        if not line:
            raise ValueError("Received blank line")
        if line == "# EOF":
            ended = True
        elif line.startswith("#"):
            what, name, text = _metadata(line)
            if family is None or family.name != name:
                if family:
                    yield family.metric(names)
                family = _Family(name)
            family.describe(what, text, line)
        else:
            sample = _sample(line)
            if family is None or sample.name not in family.names():
                if family:
                    yield family.metric(names)
                family = _Family(sample.name)
            family.samples.append(sample)
    if family:
        yield family.metric(names)
    if not ended:
        raise ValueError("Missing # EOF at end")


def _metadata(line: str) -> Tuple[str, str, str]:
    for what in ("HELP", "TYPE", "UNIT"):
        start = f"# {what} "
        if line.startswith(start):
            name, end = name_at(line, len(start))
            if line[end: end + 1] != " ":
                raise ValueError("Invalid line: " + line)
            return what, name, line[end + 1:]
    raise ValueError("Invalid line: " + line)


class _Family:
    def __init__(self, name: str) -> None:
        self.name = name
        self.about: Dict[str, str] = {}
        self.samples: List[Sample] = []

    def describe(self, what: str, text: str, line: str) -> None:
        if self.samples:
            raise ValueError("Received metadata after samples: " + line)
        if what in self.about:
            raise ValueError(f"More than one {what} for metric: " + line)
        if what == "TYPE" and text not in METRIC_TYPES:
            raise ValueError("Invalid TYPE for metric: " + line)
        self.about[what] = unquoted(text) if what == "HELP" else text

    @property
    def type(self) -> str:
        return self.about.get("TYPE", "unknown")

    def names(self) -> List[str]:
        return [self.name + suffix for suffix in SUFFIXES.get(self.type, ("",))]

    def metric(self, taken: Set[str]) -> Metric:
        mine = {self.name, *self.names()}
        if mine & taken:
            raise ValueError("Clashing name: " + min(mine & taken))
        taken |= mine
        unit = self.about.get("UNIT", "")
        if unit and not self.name.endswith("_" + unit):
            raise ValueError("Unit does not match metric name: " + self.name)
        if unit and self.type in ("info", "stateset"):
            raise ValueError("Units not allowed for this metric type: " + self.name)
        metric = Metric(self.name, self.about.get("HELP", ""), self.type, unit)
        metric.samples = check_family(self.name, self.type, self.samples)
        return metric


def _timestamp(text: str) -> Union[Timestamp, float]:
    decimal = _DECIMAL_TIME.fullmatch(text)
    if decimal:
        return Timestamp(int(decimal[1]), int((decimal[2] or "")[:9].ljust(9, "0")))
    time = float(number(text))
    if time - time != 0:
        raise ValueError(f"Invalid timestamp: {text!r}")
    return time


def _values(line: str, at: int) -> Tuple[float, Optional[Union[Timestamp, float]], int]:
    """A value with or without a time, each after one blank, and where they end."""
    found = _VALUES.match(line, at)
    if not found:
        raise ValueError("Invalid line: " + line)
    return number(found[1]), _timestamp(found[2]) if found[2] else None, found.end()


def _sample(line: str) -> Sample:
    name, labels, at = series_at(line, strict=True)
    value, timestamp, at = _values(line, at)
    if at == len(line):
        return Sample(name, labels, value, timestamp)
    if not line.startswith(" # {", at):
        raise ValueError("Invalid line: " + line)
    # The exemplar's labels are read as if they stood on a line after a name.
    rest = "e" + line[at + 3:]
    _, marks, end = series_at(rest, strict=True)
    marked, time, end = _values(rest, end)
    if end != len(rest):
        raise ValueError("Invalid line: " + line)
    if sum(len(key) + len(text) for key, text in marks.items()) > 128:
        raise ValueError("Exemplar labels are too long: " + line)
    return Sample(name, labels, value, timestamp, Exemplar(marks, marked, time))
