"""What a type checker knows of the package."""
from __future__ import annotations

import os
import re
import subprocess
import sys

import pytest

pytest.importorskip("mypy")

GOOD = '''
from typing import Iterable, List

import nanoprom
from nanoprom import REGISTRY, CollectorRegistry, Counter, Enum, Gauge, Histogram, Info, Summary
from nanoprom.core import GaugeMetricFamily, Metric
from nanoprom.registry import Collector

registry = CollectorRegistry(auto_describe=True, target_info={"env": "test"})
counter: Counter = Counter("c", "Help.", ["a", "b"], namespace="n", registry=registry).labels("x", b=1)
counter.inc(2.5, exemplar={"trace": "1"})
counter.inc(True)

@counter.count_exceptions((ValueError, KeyError))
@Gauge("g", "Help.").track_inprogress()
@Summary("s", "Help.").time()
def measured(number: int) -> List[str]:
    return ["x"] * number

lengths: List[str] = measured(3)

class Own(Collector):
    def collect(self) -> Iterable[Metric]:
        yield GaugeMetricFamily("own", "Help.", value=1)

REGISTRY.register(Own())
Histogram("h", "Help.", buckets=[1, 2.5, "10"]).observe(3)
Info("i", "Help.").info({"a": "b"})
Enum("e", "Help.", states=["on", "off"]).state("on")
page: bytes = nanoprom.generate_latest(counter) + nanoprom.generate_latest(escaping="dots")
server, thread = nanoprom.start_http_server(0, addr="127.0.0.1")
server.shutdown()
'''

BAD = '''
from nanoprom import Counter, Enum, Gauge, generate_latest
Counter("c")  # error
Counter("d", "Help.").inc("1")  # error
Counter("e", "Help.").dec()  # error
Gauge("g", "Help.", multiprocess_mode="none")  # error
Enum("f", "Help.", states=["a"]).state(1)  # error
generate_latest(3)  # error
text: str = generate_latest()  # error
'''


def checked(tmp_path, source):
    """The lines that mypy complains about."""
    file = tmp_path / "program.py"
    file.write_text(source)
    ran = subprocess.run(
        [sys.executable, "-m", "mypy", "--strict", "--no-incremental", f"--cache-dir={os.devnull}", str(file)],
        capture_output=True, text=True, cwd=tmp_path)
    assert not ran.stderr, ran.stderr
    return sorted({int(line) for line in re.findall(r"program\.py:(\d+): error", ran.stdout)}), ran.stdout


def test_programs_pass_strict_checks(tmp_path):
    lines, said = checked(tmp_path, GOOD)
    assert not lines, said


def test_wrong_calls_are_found(tmp_path):
    lines, said = checked(tmp_path, BAD)
    assert lines == [number for number, line in enumerate(BAD.splitlines(), 1) if "# error" in line], said


def test_stubs_say_what_the_code_does():
    ran = subprocess.run(
        [sys.executable, "-m", "mypy.stubtest", "--ignore-missing-stub", "nanoprom.metrics", "nanoprom.context_managers"],
        capture_output=True, text=True)
    assert ran.returncode == 0, ran.stdout + ran.stderr
