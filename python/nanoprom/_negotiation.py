"""Which format a scraper gets."""
from __future__ import annotations

from functools import partial
from typing import Any, Callable, Dict, List, Optional, Tuple

from ._escaping import SCHEMES, UNDERSCORES
from ._page import render
from .openmetrics import exposition as openmetrics
from .registry import REGISTRY, Collector

OPENMETRICS = "application/openmetrics-text"
PLAIN = "text/plain"
CONTENT_TYPE_PLAIN_0_0_4 = "text/plain; version=0.0.4; charset=utf-8"
"""The text format as every scraper reads it."""
CONTENT_TYPE_PLAIN_1_0_0 = "text/plain; version=1.0.0; charset=utf-8"
"""The text format that may have quoted names, for scrapers that ask for it."""

Encoder = Callable[[Any], bytes]


def generate_latest(registry: Collector = REGISTRY, escaping: str = UNDERSCORES) -> bytes:
    """The page of a registry, or of a single metric, in the text format.

    `escaping` is how names look that old scrapers cannot read: `underscores`, `dots`, `values` or `allow-utf-8`
    (quoted). Raises `ValueError` rather than write an invalid page.
    """
    return render(registry, False, escaping)


def _quality(text: str) -> float:
    try:
        quality = float(text)
    except ValueError:
        return 0.0
    return quality if 0.0 <= quality <= 1.0 else 0.0


def _accepted(header: str) -> List[Tuple[str, Dict[str, str]]]:
    """The media types of an `Accept` header with their parameters, best first."""
    found = []
    for entry in header.split(","):
        kind, *rest = (part.strip() for part in entry.split(";"))
        pairs = (part.partition("=") for part in rest)
        parameters = {key.strip().lower(): value.strip().strip('"') for key, _, value in pairs}
        quality = _quality(parameters.pop("q", "1"))
        if quality > 0:
            found.append((-quality, kind.lower(), parameters))
    found.sort(key=lambda entry: entry[0])
    return [(kind, parameters) for _, kind, parameters in found]


def choose_encoder(accept_header: Optional[str]) -> Tuple[Encoder, str]:
    """What writes the page, and its `Content-Type`, for the value of an `Accept` header.

    The best entry that can be met wins, and text 0.0.4 where none can: the header is never an error, and no version
    is promised that was only asked for.
    """
    for kind, parameters in _accepted(accept_header or ""):
        version = parameters.get("version", "")
        asked = parameters.get("escaping", UNDERSCORES)
        scheme = asked if asked in SCHEMES else UNDERSCORES
        if kind == OPENMETRICS and version in ("", "1.0.0"):
            return (
                partial(openmetrics.generate_latest, escaping=scheme),
                f"{OPENMETRICS}; version=1.0.0; charset=utf-8; escaping={scheme}",
            )
        if kind == PLAIN and version == "1.0.0":
            return partial(generate_latest, escaping=scheme), f"{CONTENT_TYPE_PLAIN_1_0_0}; escaping={scheme}"
        if kind == PLAIN and version in ("", "0.0.4"):
            break
    return generate_latest, CONTENT_TYPE_PLAIN_0_0_4


def gzip_accepted(accept_encoding_header: Optional[str]) -> bool:
    """Whether an `Accept-Encoding` header allows gzip; `gzip;q=0` does not."""
    for entry in (accept_encoding_header or "").split(","):
        coding, *rest = (part.strip().lower() for part in entry.split(";"))
        if coding == "gzip":
            qualities = [part[2:] for part in rest if part.startswith("q=")]
            return _quality(qualities[0]) > 0 if qualities else True
    return False
