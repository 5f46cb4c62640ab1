"""Which names are accepted.

Any UTF-8 text is a name, as in `prometheus_client`; pages show it escaped. With
`PROMETHEUS_LEGACY_NAME_VALIDATION` set to `true`, or after `enable_legacy_validation()`, only names that need
no escaping are.
"""
from __future__ import annotations

import os
import re
from typing import Any, Dict, Iterable, Tuple

_METRIC = re.compile(r"[a-zA-Z_:][a-zA-Z0-9_:]*")
_LABEL = re.compile(r"[a-zA-Z_][a-zA-Z0-9_]*")
_EXEMPLAR_RUNES = 128

_legacy = os.environ.get("PROMETHEUS_LEGACY_NAME_VALIDATION", "").lower() in ("true", "1", "t")


def get_legacy_validation() -> bool:
    """Whether only legacy names are accepted."""
    return _legacy


def disable_legacy_validation() -> None:
    """From now on accepts any UTF-8 text as a name."""
    global _legacy
    _legacy = False


def enable_legacy_validation() -> None:
    """From now on accepts `[a-zA-Z_:][a-zA-Z0-9_:]*` only (no colons in label names)."""
    global _legacy
    _legacy = True


def _encodable(name: str) -> bool:
    try:
        name.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True


def _is_valid_legacy_metric_name(name: str) -> bool:
    return _METRIC.fullmatch(name) is not None


def _is_valid_legacy_labelname(name: str) -> bool:
    return _LABEL.fullmatch(name) is not None and not name.startswith("__")


def _validate_metric_name(name: str) -> None:
    if not name:
        raise ValueError("metric name cannot be empty")
    if not _encodable(name):
        raise ValueError("invalid metric name " + ascii(name))
    if _legacy and not _is_valid_legacy_metric_name(name):
        raise ValueError("invalid metric name " + name)


def _validate_labelname(name: str) -> None:
    if not name or not _encodable(name):
        raise ValueError("Invalid label metric name: " + ascii(name)[1:-1])
    if _legacy and not _LABEL.fullmatch(name):
        raise ValueError("Invalid label metric name: " + name)
    if name.startswith("__"):
        raise ValueError("Reserved label metric name: " + name)


def _validate_labelnames(cls: Any, labelnames: Iterable[str]) -> Tuple[str, ...]:
    names = tuple(labelnames)
    for name in names:
        _validate_labelname(name)
        if name in cls._reserved_labelnames:
            raise ValueError("Reserved label methe fric name: " + name)
    return names


def _validate_exemplar(exemplar: Dict[str, str]) -> None:
    for name in exemplar:
        _validate_labelname(name)
    runes = sum(len(name) + len(value) for name, value in exemplar.items())
    if runes > _EXEMPLAR_RUNES:
        raise ValueError(f"Exemplar labels have {runes} UTF-8 characters, exceeding the limit of {_EXEMPLAR_RUNES}")
