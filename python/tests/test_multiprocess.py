"""Processes that share their metrics: each program runs in an interpreter of its own, which forks."""
from __future__ import annotations

import os
import subprocess
import sys
import textwrap

import pytest

BEFORE = """
import os, signal, sys, time
import nanoprom
from nanoprom import *
from nanoprom import multiprocess

value = REGISTRY.get_sample_value

def fork(work):
    child = os.fork()
    if child == 0:
        try:
            work()
            os._exit(0)
        except BaseException:
            import traceback
            traceback.print_exc()
            os._exit(1)
    return child

def wait(*children):
    for child in children:
        assert os.waitpid(child, 0)[1] == 0, child

def told(work):
    '''What a forked process says.'''
    reading, writing = os.pipe()
    def tell():
        with os.fdopen(writing, "w") as pipe:
            pipe.write(repr(work()))
    child = fork(tell)
    os.close(writing)
    with os.fdopen(reading) as pipe:
        said = pipe.read()
    wait(child)
    return eval(said)
"""


def run(program: str, **environment: str) -> str:
    ran = subprocess.run(
        [sys.executable, "-c", BEFORE + textwrap.dedent(program)], capture_output=True, text=True, timeout=60,
        env={**os.environ, "NANOPROM_MULTIPROCESS": "1", **environment})
    assert ran.returncode == 0, ran.stderr
    return ran.stdout


def test_four_processes_count_exactly():
    run("""
        c = Counter("c", "Help.")
        f = Counter("f", "Help.", ["a"])
        h = Histogram("h", "Help.", ["a"], buckets=[1, 2])
        s = Summary("s", "Help.")
        held = f.labels("held")
        def work():
            for number in range(100_000):
                c.inc()
                held.inc(0.5)
                f.labels(str(number % 10)).inc()
                h.labels("x").observe(number % 3)
                s.observe(2)
        wait(*[fork(work) for _ in range(4)])
        def totals():
            return (
                [value("c_total"), value("f_total", {"a": "held"}), value("s_sum"), value("s_count")]
                + [value("f_total", {"a": str(number)}) for number in range(10)]
                + [value("h_bucket", {"a": "x", "le": le}) for le in ("1.0", "2.0", "+Inf")] + [value("h_sum", {"a": "x"})]
            )
        expected = (
            [400_000, 200_000, 800_000, 400_000] + [40_000] * 10 + [4 * 66_667, 400_000, 400_000, 4 * 99_999])
        assert totals() == expected, totals()
        # As any other process sees it, and on the page.
        assert told(totals) == expected
        assert b"c_total 400000.0\\n" in told(generate_latest)
        assert b'f_total{a="held"} 200000.0\\n' in generate_latest()
        """)


def test_series_made_in_one_process_are_seen_in_all():
    run("""
        c = Counter("c", "Help.", ["a"])
        e = Enum("e", "Help.", states=["on", "off"])
        told(lambda: (c.labels("from a worker").inc(3), e.state("off")))
        assert value("c_total", {"a": "from a worker"}) == 3
        assert value("e", {"e": "off"}) == 1
        c.remove("from a worker")
        assert told(lambda: value("c_total", {"a": "from a worker"})) is None
        told(lambda: [c.labels(str(number)).inc() for number in range(1000)] and None)
        assert len(list(REGISTRY.collect())) and sum(s.value for m in c.collect() for s in m.samples if s.name == "c_total") == 1000
        told(c.clear)
        assert [s for m in c.collect() for s in m.samples] == []
        c.labels("7").inc()
        assert told(lambda: value("c_total", {"a": "7"})) == 1
        """)


def test_exemplars_and_creation_times_are_shared():
    run("""
        from nanoprom.openmetrics import exposition
        c = Counter("c", "Help.")
        told(lambda: c.inc(2, {"trace": "abc"}))
        page = exposition.generate_latest(REGISTRY)
        assert b'c_total 2.0 # {trace="abc"} 2.0 ' in page, page
        assert told(lambda: exposition.generate_latest(REGISTRY)).split(b"python_")[0] == page.split(b"python_")[0]
        assert told(lambda: value("c_created")) == value("c_created") > 1.6e9
        """)


def test_gauges_follow_their_mode():
    run("""
        modes = ("sum", "min", "max", "all", "mostrecent", "livesum", "livemin", "livemax", "liveall", "livemostrecent")
        gauges = {mode: Gauge("g_" + mode, "Help.", ["a"], multiprocess_mode=mode) for mode in modes}
        plain = {mode: Gauge("p_" + mode, "Help.", multiprocess_mode=mode) for mode in modes}
        live = [mode for mode in modes if mode.startswith("live")]
        for gauge in (*gauges.values(), *plain.values()):
            assert all(s.value == 0 and not s.labels for m in gauge.collect() for s in m.samples)
        def update(number):
            for mode in modes:
                gauges[mode].labels("x").set(number)
                plain[mode].set(number)
        held = gauges["sum"].labels("x")
        held.set(1)
        ready, go = os.pipe(), os.pipe()
        def work(number):
            update(number)
            held.inc()
            held.dec()
            assert gauges["sum"].labels("x")._value.get() == number
            os.write(ready[1], b"x")
            os.read(go[0], 1)
        children = []
        for number in (5, 3):
            children.append(fork(lambda: work(number)))
            os.read(ready[0], 1)
        first, last = map(str, children)
        a = {"a": "x"}
        assert value("g_sum", a) == 9 and value("p_sum") == 8
        assert value("g_min", a) == value("p_min") == value("g_livemin", a) == 3
        assert value("g_max", a) == value("p_max") == value("g_livemax", a) == 5
        assert value("g_mostrecent", a) == value("p_mostrecent") == 3
        for mode in ("all", "liveall"):
            assert value("g_" + mode, {**a, "pid": first}) == value("p_" + mode, {"pid": first}) == 5
            assert value("g_" + mode, {**a, "pid": last}) == value("p_" + mode, {"pid": last}) == 3
        page = generate_latest().decode()
        assert f'g_all{{a="x",pid="{last}"}} 3.0\\n' in page and 'g_sum{a="x"} 9.0\\n' in page and "p_max 5.0\\n" in page
        assert "nanoprom_pid" not in page
        # Processes that end are left out of what lives.
        os.write(go[1], b"x")
        dead = os.waitpid(-1, 0)[0]
        left = 3 if dead == children[0] else 5
        assert value("p_livesum") == value("p_livemin") == value("g_livemax", a) == left and value("p_sum") == 8
        assert value("p_liveall", {"pid": str(dead)}) is None is not value("p_all", {"pid": str(dead)})
        assert f'p_liveall{{pid="{dead}"}}' not in generate_latest().decode()
        other = children[1] if dead == children[0] else children[0]
        multiprocess.mark_process_dead(other)
        assert value("p_livesum") == 0 and value("g_livesum", a) is None
        os.write(go[1], b"x")
        wait(other)
        """)


def test_each_process_asks_its_own_function():
    run("""
        number = 1
        total = Gauge("total", "Help.", multiprocess_mode="sum")
        one = Gauge("one", "Help.", ["a"])
        total.set_function(lambda: number)
        one.labels("x").set_function(lambda: number)
        assert value("total") == 1
        def work():
            global number
            number = 10
            one.labels("x").set(99)
            return value("total"), value("one", {"a": "x", "pid": str(os.getpid())})
        assert told(work) == (11, 10)
        assert value("total") == 11
        """)


def test_a_killed_process_loses_nothing_and_blocks_nobody():
    run("""
        import random
        random.seed(1)
        steps, done = Counter("steps", "Help."), Counter("done", "Help.", ["a"])
        h = Histogram("h", "Help.", ["a"], buckets=[1, 2])
        def work(worker):
            for number in range(10_000_000):
                name = f"{worker}-{number % 200}"
                done.labels(name).inc()
                h.labels(name).observe(1)
                steps.inc()
        counted = 0
        for round in range(25):
            children = [fork(lambda: work(f"{round}-{number}")) for number in range(2)]
            time.sleep(random.random() * 0.05)
            for child in children:
                os.kill(child, signal.SIGKILL)
                assert os.waitpid(child, 0)[1] == signal.SIGKILL
            # Neither a look-up nor an addition waits for the dead, whose every update is there.
            done.labels(f"after {round}").inc()
            samples = [s for m in done.collect() for s in m.samples if s.name == "done_total"]
            assert len({s.labels["a"] for s in samples}) == len(samples)
            total, confirmed = sum(s.value for s in samples) - round - 1, value("steps_total")
            assert confirmed <= total <= confirmed + 2 * (round + 1), (round, total, confirmed)
            assert confirmed > counted
            counted = confirmed
            observed = {}
            for s in h.collect()[0].samples:
                observed.setdefault(s.name, []).append(s.value)
            assert sum(observed["h_count"]) <= total
        page = generate_latest()
        assert told(generate_latest).split(b"# HELP python_")[0] == page.split(b"# HELP python_")[0]
        """)


def test_the_collector_gives_what_is_shared_in_any_registry():
    run("""
        a = Counter("a", "Help.")
        b = Gauge("b", "Help.", multiprocess_mode="livesum", registry=None)
        told(lambda: (a.inc(2), b.inc(3)))
        registry = CollectorRegistry()
        multiprocess.MultiProcessCollector(registry, path="/nowhere")
        page = generate_latest(registry)
        assert b"a_total 2.0\\n" in page and b"# TYPE b gauge\\nb 0.0\\n" in page and b"python_info" not in page
        assert registry.get_sample_value("a_total") == 2
        again = Counter("a", "Help.", registry=None)
        try:
            generate_latest(registry)
        except ValueError as error:
            assert "two metrics of this name" in str(error)
        else:
            raise AssertionError("the page has a series twice")
        del again
        assert generate_latest(registry) == page
        """)


def test_sharing_is_asked_for_before_the_first_metric():
    run("""
        try:
            multiprocess.MultiProcessCollector(CollectorRegistry())
        except ValueError as error:
            assert "share()" in str(error)
        else:
            raise AssertionError("nothing is shared")
        Counter("c", "Help.")
        try:
            multiprocess.share()
        except RuntimeError as error:
            assert "before the first" in str(error)
        else:
            raise AssertionError("it is too late")
        """, NANOPROM_MULTIPROCESS="0")
    run("""
        multiprocess.share(1 << 20)
        c = Counter("c", "Help.", ["a"])
        multiprocess.share()
        told(lambda: c.labels("x").inc())
        assert value("c_total", {"a": "x"}) == 1
        """, NANOPROM_MULTIPROCESS="0")


def test_the_variable_of_the_official_client_shares_too(tmp_path):
    run("""
        c = Counter("c", "Help.")
        told(c.inc)
        assert value("c_total") == 1
        """, NANOPROM_MULTIPROCESS="", PROMETHEUS_MULTIPROC_DIR=str(tmp_path))
    assert not os.listdir(tmp_path)


def test_memory_that_is_full_is_an_error_that_says_so():
    run("""
        multiprocess.share(1 << 20)
        c = Counter("c", "Help.", ["a"])
        try:
            for number in range(1_000_000):
                c.labels("x" * 100 + str(number)).inc()
        except MemoryError as error:
            assert "memory" in str(error)
        else:
            raise AssertionError("a megabyte holds a million series")
        assert 1000 < number < 10_000
        c.labels("x" * 100 + "1").inc()
        assert told(lambda: value("c_total", {"a": "x" * 100 + "1"})) == 2
        generate_latest()
        """, NANOPROM_MULTIPROCESS="0")


@pytest.mark.parametrize("mode", ["mostrecent", "livemostrecent"])
@pytest.mark.parametrize("labels", [(), ("a",)])
def test_what_is_set_last_cannot_be_added_to(lib, mode, labels):
    gauge = lib.Gauge("g", "Help.", labels, registry=None, multiprocess_mode=mode)
    series = gauge.labels("x") if labels else gauge
    for method in ("inc", "dec"):
        for target in (gauge, series):
            with pytest.raises(RuntimeError, match=f"^{method} must not be used with the mostrecent mode$"):
                getattr(target, method)()
            with pytest.raises(RuntimeError):
                getattr(target, method)(2)
    series.set(4)
    assert series._value.get() == 4
