"""Whatever a program does, the interpreter lives."""
from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import nanoprom
import pytest

PROGRAM = Path(__file__).resolve().parent / "misuse.py"


@pytest.mark.parametrize("shared", ["0", "1"])
@pytest.mark.parametrize("seed", range(4))
def test_random_calls_crash_nothing(seed, shared, tmp_path):
    ran = subprocess.run(
        [sys.executable, "-W", "ignore", str(PROGRAM), str(seed), "20000"], capture_output=True, text=True, timeout=120,
        cwd=tmp_path, env={**os.environ, "NANOPROM_MULTIPROCESS": shared})
    assert ran.returncode == 0 and "no crash" in ran.stdout, ran.stderr[-5000:]


@pytest.mark.parametrize("method, extra", [("inc", ()), ("inc", ({"id": "1"},)), ("observe", ()), ("observe", ({"id": "1"},))])
def test_an_amount_may_do_anything_to_its_metric(method, extra):
    registry = nanoprom.CollectorRegistry()
    cls = nanoprom.Counter if method == "inc" else nanoprom.Histogram
    metric = cls("met", "Help.", ["l"], registry=registry)
    child = metric.labels("x")

    class Amount:
        def __float__(self):
            metric.clear()
            registry.unregister(metric)
            metric.__dict__.clear()
            return 2.0

    getattr(child, method)(Amount(), *extra)
    assert registry.get_sample_value("met_total", {"l": "x"}) is None


def test_a_series_that_is_made_may_do_anything_to_its_metric():
    class Mine(nanoprom.Counter):
        acts = False

        def __new__(cls, *args, **kwargs):
            if cls.acts:
                # Enough for the memory of removed series to be used again.
                for number in range(200):
                    metric.remove(str(number))
            return super().__new__(cls)

    metric = Mine("met", "Help.", ["l"], registry=None)
    for number in range(200):
        metric.labels(str(number))
    Mine.acts = True
    metric.labels("x").inc()
    assert [sample.value for sample in metric.collect()[0].samples if sample.name == "met_total"] == [1]


def test_a_series_that_is_made_may_ask_for_itself():
    class Mine(nanoprom.Gauge):
        nested = None

        def __new__(cls, *args, **kwargs):
            if not args and not kwargs and cls.nested is None:
                cls.nested = True
                cls.nested = metric.labels("x")
            return super().__new__(cls)

    metric = Mine("met", "Help.", ["l"], registry=None)
    assert metric.labels("x") is Mine.nested is metric.labels("x")


def test_a_class_that_gives_the_same_object_again_is_refused():
    class Mine(nanoprom.Counter):
        only = None

        def __new__(cls, *args, **kwargs):
            cls.only = cls.only or super().__new__(cls)
            return cls.only

    metric = Mine("met", "Help.", ["l"], registry=None)
    with pytest.raises(TypeError, match="in use"):
        metric.labels("x")


def run(program):
    return subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=60)


def test_sub_interpreters_are_refused_and_the_main_one_goes_on():
    ran = run(r"""
try:
    import _interpreters as interpreters
except ImportError:
    import _xxsubinterpreters as interpreters
SUB = '''
try:
    import nanoprom
except ImportError as error:
    assert "sub" in str(error), error
else:
    raise SystemExit("was imported")
'''
def refused():
    sub = interpreters.create()
    assert not interpreters.run_string(sub, SUB)
    interpreters.destroy(sub)
refused()
import nanoprom
counter = nanoprom.Counter("c", "Help.")
counter.inc()
refused()
counter.inc()
assert b"c_total 2.0" in nanoprom.generate_latest()
""")
    assert ran.returncode == 0, ran.stderr


def test_an_interpreter_without_its_lock_is_refused():
    ran = run("import sys; sys._is_gil_enabled = lambda: False; import nanoprom")
    assert "ImportError" in ran.stderr and "lock" in ran.stderr
