"""Numbers as pages write them, and versions as headers do."""
from __future__ import annotations

from typing import Any, Tuple, Union

from . import _core

INF = float("inf")
MINUS_INF = float("-inf")
NaN = float("nan")


def floatToGoString(d: Any) -> str:  # noqa: N802 (a public name elsewhere)
    """`d` as pages write numbers here: `1.0`, `0.25`, `1e+06`, `+Inf`, `NaN`.

    The shortest decimal that reads back as the same bits. From a million on it is written with an
    exponent, as Go does it: this is what `le` looks like in every other exporter.
    """
    return _core.float_text(float(d))


def parse_version(version_str: str) -> Tuple[Union[int, str], ...]:
    """`1.2.x` as `(1, 2, "x")`."""
    return tuple(int(part) if part.isdecimal() else part for part in version_str.split("."))
