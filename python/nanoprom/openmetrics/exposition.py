"""The OpenMetrics 1.0 format."""
from __future__ import annotations

from typing import Any

from .._escaping import ALLOWUTF8, DOTS, UNDERSCORES, VALUES, printed
from .._page import render

__all__ = (
    "ALLOWUTF8",
    "CONTENT_TYPE_LATEST",
    "CONTENT_TYPE_LATEST_2_0",
    "DOTS",
    "ESCAPING_HEADER_TAG",
    "UNDERSCORES",
    "VALUES",
    "escape_label_name",
    "escape_metric_name",
    "generate_latest",
)

CONTENT_TYPE_LATEST = "application/openmetrics-text; version=1.0.0; charset=utf-8"
"""What `generate_latest` here writes."""
CONTENT_TYPE_LATEST_2_0 = "application/openmetrics-text; version=2.0.0; charset=utf-8"
"""For programs that compare with it. No page of ours is of this version."""
ESCAPING_HEADER_TAG = "escaping"


def generate_latest(registry: Any, escaping: str = UNDERSCORES, version: str = "1.0.0") -> bytes:
    """The page of a registry in OpenMetrics 1.0.

    `version` is there for programs that give it; the page is the same. Raises `ValueError` rather than write an
    invalid page.
    """
    return render(registry, True, escaping)


def escape_metric_name(s: str, escaping: str = UNDERSCORES) -> str:
    """A metric's name as pages in this escaping show it."""
    return printed(s, escaping)


def escape_label_name(s: str, escaping: str = UNDERSCORES) -> str:
    """A label's name as pages in this escaping show it."""
    return printed(s, escaping, label=True)
