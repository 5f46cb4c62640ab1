"""Names of any UTF-8 text as names that every scraper can read: the escaping schemes of Prometheus 3."""
from __future__ import annotations

from typing import Callable

from . import _core
from .validation import _is_valid_legacy_labelname, _is_valid_legacy_metric_name

ALLOWUTF8 = "allow-utf-8"
UNDERSCORES = "underscores"
DOTS = "dots"
VALUES = "values"
SCHEMES = (ALLOWUTF8, UNDERSCORES, DOTS, VALUES)


def quote(text: str) -> str:
    """Escapes a backslash, a newline and a quote, as within the quotes of a label value."""
    return text.replace("\\", r"\\").replace("\n", r"\n").replace('"', r"\"")


def _stays(char: str, at: int, colon: bool) -> bool:
    if char.isascii() and (char.isalpha() or char == "_" or (char == ":" and colon)):
        return True
    return char.isascii() and char.isdigit() and at > 0


def _values(char: str, stays: bool) -> str:
    if char == "_":
        return "__"
    if stays:
        return char
    surrogate = 0xD800 <= ord(char) <= 0xDFFF
    return "_FFFD_" if surrogate else f"_{ord(char):x}_"


def _dots(char: str, stays: bool) -> str:
    return {"_": "__", ".": "_dot_"}.get(char, char if stays else "__")


def _each(name: str, colon: bool, written: Callable[[str, bool], str]) -> str:
    return "".join(written(char, _stays(char, at, colon)) for at, char in enumerate(name))


def escaped(name: str, scheme: str, label: bool = False) -> str:
    """`name` in a scheme; unchanged for `allow-utf-8`, where pages quote it."""
    legacy = _is_valid_legacy_labelname(name) if label else _is_valid_legacy_metric_name(name)
    if scheme == DOTS:
        return _each(name, not label, _dots)
    if legacy or not name:
        return name
    if scheme == UNDERSCORES:
        return _core.with_underscores(name, label)
    if scheme == VALUES:
        return "U__" + _each(name, not label, _values)
    return name


def printed(name: str, scheme: str, label: bool = False) -> str:
    """`name` as it stands in a page, in quotes if it has to."""
    name = escaped(name, scheme, label)
    legacy = _is_valid_legacy_labelname(name) if label else _is_valid_legacy_metric_name(name)
    return f'"{quote(name)}"' if scheme == ALLOWUTF8 and name and not legacy else name
