"""When a series began: `_created`, and how to do without."""
from __future__ import annotations

import os
import subprocess
import sys
import time

import pytest

PROGRAM = """
import {lib}
registry = {lib}.CollectorRegistry()
{lib}.Counter("c", "Help.", registry=registry)
{lib}.Summary("s", "Help.", registry=registry)
{lib}.Histogram("h", "Help.", registry=registry)
print({lib}.generate_latest(registry).decode().count("_created "))
"""


@pytest.fixture
def registry(lib):
    return lib.CollectorRegistry()


# Three types, each with two lines of metadata and a sample.
@pytest.mark.parametrize("setting, lines", [(None, 9), ("", 9), ("0", 9), ("False", 9), ("true", 0), ("True", 0), ("1", 0), ("T", 0)])
def test_a_variable_takes_creation_times_off_the_pages(lib, setting, lines):
    environment = {**os.environ, "PROMETHEUS_DISABLE_CREATED_SERIES": setting or ""}
    if setting is None:
        del environment["PROMETHEUS_DISABLE_CREATED_SERIES"]
    ran = subprocess.run(
        [sys.executable, "-c", PROGRAM.format(lib=lib)], capture_output=True, text=True, timeout=60, env=environment)
    assert ran.stdout.strip() == str(lines), ran.stderr


def test_a_call_takes_creation_times_off_the_pages_and_back(lib, registry):
    lib.disable_created_metrics()
    try:
        counter = lib.Counter("c", "Help.", ["a"], registry=registry)
        counter.labels("x")
        assert b"_created" not in lib.generate_latest(registry)
        assert b"_created" not in lib("openmetrics.exposition").generate_latest(registry)
        assert registry.get_sample_value("c_created", {"a": "x"}) is None
    finally:
        lib.enable_created_metrics()
    counter.labels("y")
    assert b'c_created{a="y"}' in lib.generate_latest(registry)


@pytest.mark.parametrize("labels", [(), ("x",)])
def test_a_series_tells_when_it_began(lib, registry, labels):
    before = time.time()
    counter = lib.Counter("c", "Help.", ["a"][:len(labels)], registry=registry)
    series = counter.labels(*labels) if labels else counter
    began = registry.get_sample_value("c_created", dict(zip("a", labels)))
    assert before - 0.01 <= began <= time.time() + 0.01
    time.sleep(0.02)
    series.inc()
    assert registry.get_sample_value("c_created", dict(zip("a", labels))) == began
    series.reset()
    assert registry.get_sample_value("c_created", dict(zip("a", labels))) > began
