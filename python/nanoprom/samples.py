"""What a metric consists of when it is read: samples, exemplars and times."""
from __future__ import annotations

from functools import total_ordering
from typing import Dict, NamedTuple, Optional, Sequence, Union


@total_ordering
class Timestamp:
    """Seconds since 1970 with nine decimals, which a float cannot hold.

    `nsec` is the part below a second, 0 to 999 999 999, away from zero like `sec`.
    """

    __slots__ = ("sec", "nsec")

    def __init__(self, sec: float, nsec: float) -> None:
        if not 0 <= nsec < 1e9:
            raise ValueError(f"Invalid value for nanoseconds in Timestamp: {nsec}")
        self.sec = int(sec)
        self.nsec = int(-nsec if sec < 0 else nsec)

    def __str__(self) -> str:
        if self.sec < 0 or self.nsec < 0:
            return f"-{abs(self.sec)}.{abs(self.nsec):09d}"
        return f"{self.sec}.{self.nsec:09d}"

    def __repr__(self) -> str:
        return f"Timestamp({self.sec}, {self.nsec})"

    def __float__(self) -> float:
        return self.sec + self.nsec / 1e9

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Timestamp):
            return False
        return (self.sec, self.nsec) == (other.sec, other.nsec)

    def __lt__(self, other: "Timestamp") -> bool:
        return (self.sec, self.nsec) < (other.sec, other.nsec)

    def __hash__(self) -> int:
        return hash((self.sec, self.nsec))


Time = Union[float, Timestamp]


class BucketSpan(NamedTuple):
    """A run of buckets of a native histogram."""

    offset: int
    length: int


class Exemplar(NamedTuple):
    """One event that a counter or a bucket counted: where to look further."""

    labels: Dict[str, str]
    value: float
    timestamp: Optional[Time] = None


class NativeHistogram(NamedTuple):
    """A native histogram's state, as parsers give it. No page of ours shows one."""

    count_value: float
    sum_value: float
    schema: int
    zero_threshold: float
    zero_count: float
    pos_spans: Optional[Sequence[BucketSpan]] = None
    neg_spans: Optional[Sequence[BucketSpan]] = None
    pos_deltas: Optional[Sequence[int]] = None
    neg_deltas: Optional[Sequence[int]] = None
    nh_exemplars: Optional[Sequence[Exemplar]] = None


class Sample(NamedTuple):
    """One line of a page: a name, labels and a value, seldom a time (in seconds) and an exemplar."""

    name: str
    labels: Dict[str, str]
    value: float
    timestamp: Optional[Time] = None
    exemplar: Optional[Exemplar] = None
    native_histogram: Optional[NativeHistogram] = None
