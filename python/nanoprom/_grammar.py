"""The parts of a line that both formats have: names, labels and numbers."""
from __future__ import annotations

import re
from typing import Dict, Match, Optional, Tuple, Union

from .validation import _validate_labelname, _validate_metric_name

_NAME = re.compile(r"[a-zA-Z_:][a-zA-Z0-9_:]*")
_QUOTED = re.compile(r'"((?:[^"\\]|\\.)*)"', re.DOTALL)
_LABEL_NAME = re.compile(r"[a-zA-Z_][a-zA-Z0-9_]*")
_ESCAPE = re.compile(r'\\([\\n"])')
_HELP_ESCAPE = re.compile(r"\\([\\n])")
_NUMBER = re.compile(r"[+-]?(?:\d+\.?\d*(?:e[+-]?\d+)?|\.\d+(?:e[+-]?\d+)?|inf(?:inity)?|nan)", re.IGNORECASE)
_INTEGER = re.compile(r"[+-]?\d+")


def _plain(match: Match[str]) -> str:
    return "\n" if match[1] == "n" else match[1]


def unquoted(text: str) -> str:
    r"""Undoes `\\`, `\n` and `\"`; other backslashes stay."""
    return _ESCAPE.sub(_plain, text)


def unescaped_help(text: str) -> str:
    r"""Undoes `\\` and `\n`; other backslashes stay."""
    return _HELP_ESCAPE.sub(_plain, text)


def number(text: str) -> Union[int, float]:
    """A value as pages write it: an int where it is one, a float otherwise."""
    if _INTEGER.fullmatch(text):
        return int(text)
    if not _NUMBER.fullmatch(text):
        raise ValueError(f"Invalid value: {text!r}")
    return float(text)


def name_at(text: str, at: int) -> Tuple[str, int]:
    """The metric name that starts at `at`, quoted or not, and where it ends."""
    quoted = _QUOTED.match(text, at)
    if quoted:
        name = unquoted(quoted[1])
        _validate_metric_name(name)
        return name, quoted.end()
    plain = _NAME.match(text, at)
    if not plain:
        raise ValueError("invalid metric name:" + text)
    return plain[0], plain.end()


class Labels:
    """Reads `{name="value",...}`. With `strict` as OpenMetrics has it, without blanks and needless commas."""

    def __init__(self, text: str, at: int, strict: bool) -> None:
        self.text = text
        self.at = at + 1
        self.strict = strict
        self.name: Optional[str] = None
        self.labels: Dict[str, str] = {}
        self._blanks()
        while not self._take("}"):
            self._term()
            self._blanks()
            if self._take(","):
                self._blanks()
                if strict and self.text.startswith("}", self.at):
                    raise self._wrong()
            elif not self.text.startswith("}", self.at):
                raise self._wrong()

    def _wrong(self) -> ValueError:
        return ValueError("Invalid labels: " + self.text)

    def _blanks(self) -> None:
        while not self.strict and self.text[self.at: self.at + 1] in (" ", "\t"):
            self.at += 1

    def _take(self, char: str) -> bool:
        if not self.text.startswith(char, self.at):
            return False
        self.at += 1
        return True

    def _string(self) -> str:
        quoted = _QUOTED.match(self.text, self.at)
        if not quoted:
            raise self._wrong()
        self.at = quoted.end()
        return unquoted(quoted[1])

    def _term(self) -> None:
        plain = _LABEL_NAME.match(self.text, self.at)
        if plain:
            name, self.at = plain[0], plain.end()
        else:
            name = self._string()
        self._blanks()
        if not self._take("="):
            if plain or self.name is not None:
                raise self._wrong()
            _validate_metric_name(name)
            self.name = name
            return
        self._blanks()
        value = self._string()
        if name in self.labels:
            raise ValueError("invalid line, duplicate label name: " + self.text)
        _validate_labelname(name)
        self.labels[name] = value


def series_at(text: str, strict: bool) -> Tuple[str, Dict[str, str], int]:
    """The name and the labels that a line starts with, and where they end."""
    name: Optional[str] = None
    at = 0
    if not text.startswith("{"):
        if text.startswith('"'):
            raise ValueError("invalid metric name:" + text)
        name, at = name_at(text, 0)
        while not strict and text[at: at + 1] in (" ", "\t") and text[at:].lstrip().startswith("{"):
            at += 1
    if not text.startswith("{", at):
        return str(name), {}, at
    labels = Labels(text, at, strict)
    if (name is None) == (labels.name is None):
        raise ValueError("a line has one metric name: " + text)
    return name or str(labels.name), labels.labels, labels.at
