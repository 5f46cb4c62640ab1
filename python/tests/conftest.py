"""What the tests share: the two libraries under one name."""
from __future__ import annotations

import importlib
import re
from types import ModuleType
from typing import Any, Callable

import hypothesis
import pytest

# The same examples each time, so that a failure is always of what was changed. `--hypothesis-profile=default` looks
# for new ones.
hypothesis.settings.register_profile("repeatable", derandomize=True)
hypothesis.settings.load_profile("repeatable")

THEIRS, OURS = "prometheus_client", "nanoprom"


class Library:
    """One of the two: attributes of the package, modules by call."""

    def __init__(self, name: str) -> None:
        self.name = name

    def __call__(self, module: str) -> ModuleType:
        return importlib.import_module(f"{self.name}.{module}")

    def __getattr__(self, name: str) -> Any:
        return getattr(importlib.import_module(self.name), name)

    def __repr__(self) -> str:
        return self.name


@pytest.fixture(params=[THEIRS, OURS])
def lib(request: pytest.FixtureRequest) -> Library:
    """Each library in turn: what a test with it says holds for both."""
    return Library(request.param)


@pytest.fixture
def ours() -> Library:
    """This package, for what only it does."""
    return Library(OURS)


def outcome(call: Callable[[], Any]) -> Any:
    """What a call gives or raises, so that two libraries can be compared."""
    try:
        return call()
    except Exception as error:
        # Names of packages and addresses of objects differ.
        text = re.sub(r"\b(prometheus_client|nanoprom)\b", "LIB", str(error))
        text = re.sub(r"0x[0-9a-f]+", "0x", text)
        # Sets have no order.
        return type(error).__name__, re.sub(r"{'.*'}", lambda found: ",".join(sorted(found[0][1:-1].split(", "))), text)
