"""Counters, gauges, summaries, histograms, infos, enums: each test says what holds for both libraries."""
from __future__ import annotations

import asyncio
import gc
import inspect
import threading
import time
import types
import weakref

import pytest

from conftest import outcome


@pytest.fixture
def registry(lib):
    return lib.CollectorRegistry()


@pytest.fixture
def value(registry):
    return registry.get_sample_value


def test_a_counter_goes_up_and_back_to_zero(lib, registry, value):
    counter = lib.Counter("c_total", "Help.", registry=registry)
    assert value("c_total") == 0
    counter.inc()
    counter.inc(2.5)
    counter.inc(amount=1)
    assert value("c_total") == counter._value.get() == 4.5
    with pytest.raises(ValueError, match="Counters can only be incremented by non-negative amounts."):
        counter.inc(-1)
    for wrong in ("1", None, object()):
        with pytest.raises(TypeError):
            counter.inc(wrong)
    assert value("c_total") == 4.5
    counter.reset()
    assert value("c_total") == 0


def test_a_gauge_takes_any_number(lib, registry, value):
    gauge = lib.Gauge("g", "Help.", registry=registry)
    gauge.inc()
    gauge.dec(3)
    assert value("g") == -2
    gauge.set("4.5")
    assert value("g") == 4.5
    gauge.set(float("inf"))
    assert value("g") == float("inf")
    gauge.set_to_current_time()
    assert value("g") > 1.6e9


def test_a_gauge_with_a_function_takes_no_updates(lib, registry, value):
    gauge = lib.Gauge("g", "Help.", ["a"], registry=registry)
    items = [1, 2]
    gauge.labels("x").set_function(lambda: len(items))
    gauge.labels("x").inc(10)
    assert value("g", {"a": "x"}) == 2
    assert b'g{a="x"} 2.0\n' in lib.generate_latest(registry)
    items.clear()
    assert value("g", {"a": "x"}) == 0
    gauge.labels("y").set_function(lambda: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        lib.generate_latest(registry)


def test_summaries_and_histograms_count_observations(lib, registry, value):
    summary = lib.Summary("s", "Help.", registry=registry)
    histogram = lib.Histogram("h", "Help.", buckets=[1, 2.5], registry=registry)
    for amount in (0.5, 1, 2, 10):
        summary.observe(amount)
        histogram.observe(amount=amount)
    assert (value("s_count"), value("s_sum")) == (value("h_count"), value("h_sum")) == (4, 13.5)
    assert [value("h_bucket", {"le": le}) for le in ("1.0", "2.5", "+Inf")] == [2, 3, 4]
    assert (histogram._sum.get(), [bucket.get() for bucket in histogram._buckets]) == (13.5, [2, 1, 1])


@pytest.mark.parametrize("buckets", [[], [float("inf")], [2, 1], ["x"]])
def test_buckets_are_checked(lib, buckets):
    with pytest.raises(ValueError):
        lib.Histogram("h", "Help.", buckets=buckets, registry=None)


def test_infos_and_enums(lib, registry, value):
    info = lib.Info("i", "Help.", ["a"], registry=registry)
    info.labels("x").info({"version": "1"})
    info.labels("x").info({"version": "2"})
    assert value("i_info", {"a": "x", "version": "2"}) == 1
    assert value("i_info", {"a": "x", "version": "1"}) is None
    with pytest.raises(ValueError, match="Overlapping labels for Info metric"):
        info.labels("x").info({"a": "1"})
    enum = lib.Enum("e", "Help.", states=["on", "off"], registry=registry)
    assert value("e", {"e": "on"}) == 1
    enum.state("off")
    assert [value("e", {"e": state}) for state in ("on", "off")] == [0, 1]
    with pytest.raises(ValueError):
        enum.state("away")
    enums = lib.Enum("es", "Help.", ["a"], states=["on", "off"], registry=registry)
    enums.labels("x").state("off")
    enums.labels("y")
    assert [value("es", {"a": a, "es": "off"}) for a in "xyz"] == [1, 0, None]


def test_series_are_found_by_position_and_by_name(lib, registry, value):
    counter = lib.Counter("c", "Help.", ["b", "a"], registry=registry)
    counter.labels("x", "y").inc()
    counter.labels(a="y", b="x").inc()
    counter.labels(1, None).inc()
    assert value("c_total", {"b": "x", "a": "y"}) == 2
    assert value("c_total", {"b": "1", "a": "None"}) == 1
    held = counter.labels("x", "y")
    assert held is counter.labels("x", "y")
    assert held._labelvalues == ("x", "y") and held._labelnames == ("b", "a")


@pytest.mark.parametrize("name", ["Counter", "Histogram", "Info"])
def test_programs_find_the_series_where_they_look_for_them(lib, name):
    metric = getattr(lib, name)("m", "Help.", ["b", "a"], registry=None)
    held = [metric.labels("x", "y"), metric.labels(a="z", b="x")]
    assert list(metric._metrics) == [("x", "y"), ("x", "z")] and list(metric._metrics.values()) == held
    assert not hasattr(held[0], "_metrics") and not hasattr(getattr(lib, name)("n", "Help.", registry=None), "_metrics")


def test_removed_series_are_off_the_page_and_return_from_zero(lib, registry, value):
    counter = lib.Counter("c", "Help.", ["a", "b"], registry=registry)
    for a in "xy":
        for b in "12":
            counter.labels(a, b).inc()
    counter.remove("x", 1)
    counter.remove("never", "there")
    assert [value("c_total", {"a": "x", "b": b}) for b in "12"] == [None, 1]
    counter.remove_by_labels({"b": "2"})
    assert [value("c_total", {"a": a, "b": "2"}) for a in "xy"] == [None, None]
    counter.labels("x", "1").inc()
    assert value("c_total", {"a": "x", "b": "1"}) == 1
    held = counter.labels("x", "1")
    counter.clear()
    held.inc()
    assert value("c_total", {"a": "x", "b": "1"}) is None
    counter.labels("x", "1")
    assert value("c_total", {"a": "x", "b": "1"}) == 0


MISUSE = {
    "no name": lambda lib: lib.Counter("", "Help."),
    "twice": lambda lib: [lib.Counter("c", "Help.", registry=r) for r in [lib.CollectorRegistry()] * 2][0],
    "a unit": lambda lib: lib.Info("i", "Help.", unit="seconds"),
    "le": lambda lib: lib.Histogram("h", "Help.", ["le"]),
    "quantile": lambda lib: lib.Summary("s", "Help.", ["quantile"]),
    "reserved": lambda lib: lib.Counter("c", "Help.", ["__a"]),
    "no states": lambda lib: lib.Enum("e", "Help."),
    "its own label": lambda lib: lib.Enum("e", "Help.", ["e"], states=["a"]),
    "a mode": lambda lib: lib.Gauge("g", "Help.", multiprocess_mode="x"),
    "inc without labels": lambda lib: made(lib).inc(),
    "labels of none": lambda lib: lib.Counter("c", "Help.", registry=None).labels("x"),
    "too few labels": lambda lib: made(lib).labels("x"),
    "other names": lambda lib: made(lib).labels(a="x", c="y"),
    "both": lambda lib: made(lib).labels("x", b="y"),
    "chained": lambda lib: made(lib).labels("x", "y").labels("x", "y"),
    "remove": lambda lib: made(lib).remove("x"),
    "remove of none": lambda lib: lib.Counter("c", "Help.", registry=None).remove("x"),
    "remove by names": lambda lib: made(lib).remove_by_labels({"c": "x"}),
    "remove by a list": lambda lib: made(lib).remove_by_labels(["a"]),
    "count_exceptions": lambda lib: made(lib).count_exceptions(),
    "text": lambda lib: str(made(lib)),
}


def made(lib):
    return lib.Counter("c", "Help.", ["a", "b"], registry=None)


@pytest.mark.parametrize("name", MISUSE)
def test_mistakes_are_told_in_the_same_words(name, ours):
    from conftest import THEIRS, Library

    assert outcome(lambda: MISUSE[name](ours)) == outcome(lambda: MISUSE[name](Library(THEIRS)))


def test_an_exemplar_is_any_mapping(lib, registry):
    metric = lib.Counter("c", "Help.", registry=registry)
    metric.inc(2, types.MappingProxyType({"id": "1"}))
    with pytest.raises(AttributeError):
        lib.Counter("d", "Help.", registry=registry).inc(1, [("id", "1")])
    assert b'c_total 2.0 # {id="1"} 2.0' in lib("openmetrics.exposition").generate_latest(registry)


def test_an_exemplar_is_checked_before_the_update(ours):
    counter = ours.Counter("c", "Help.", registry=None)
    with pytest.raises(ValueError, match="Exemplar labels have 129 UTF-8 characters, exceeding the limit of 128"):
        counter.inc(1, {"a": "x" * 128})
    assert counter._value.get() == 0


def test_decorators_keep_the_function_and_do_their_work(lib, registry, value):
    errors = lib.Counter("errors", "Help.", registry=registry)
    busy = lib.Gauge("busy", "Help.", registry=registry)
    duration = lib.Histogram("duration", "Help.", registry=registry)

    @errors.count_exceptions(ValueError)
    @busy.track_inprogress()
    @duration.time()
    def function(number, *, other=0):
        """A sentence."""
        assert value("busy") == 1
        if number:
            raise number

    assert (function.__name__, function.__doc__) == ("function", "A sentence.")
    assert list(inspect.signature(function).parameters) == ["number", "other"]
    function(None, other=1)
    for error in (ValueError(), KeyError()):
        with pytest.raises(type(error)):
            function(error)
    assert (value("errors_total"), value("busy"), value("duration_count")) == (1, 0, 3)
    with errors.count_exceptions(), duration.time() as timer:
        pass
    assert timer.duration >= 0
    with busy.time():
        time.sleep(0.01)
    assert 0.01 <= value("busy") < 10


def test_coroutines_are_timed_to_their_end(ours):
    registry = ours.CollectorRegistry()
    duration = ours.Summary("duration", "Help.", registry=registry)

    @duration.time()
    async def function():
        await asyncio.sleep(0.02)

    assert inspect.iscoroutinefunction(function)
    asyncio.run(function())
    assert registry.get_sample_value("duration_sum") >= 0.02


def test_coroutines_stay_what_they_are_below_every_decorator(ours):
    registry = ours.CollectorRegistry()
    errors = ours.Counter("errors", "Help.", registry=registry)
    busy = ours.Gauge("busy", "Help.", registry=registry)

    @errors.count_exceptions()
    @busy.track_inprogress()
    async def function(number: int) -> int:
        """A sentence."""
        await asyncio.sleep(0)
        assert registry.get_sample_value("busy") == 1
        return 1 // number

    @busy.track_inprogress()
    async def numbers():
        """Another one."""
        yield registry.get_sample_value("busy")

    async def main():
        assert await function(1) == 1
        with pytest.raises(ZeroDivisionError):
            await function(0)
        assert [number async for number in numbers()] == [1]

    assert inspect.iscoroutinefunction(function) and inspect.isasyncgenfunction(numbers)
    assert (function.__name__, function.__doc__, numbers.__doc__) == ("function", "A sentence.", "Another one.")
    assert function.__annotations__ == {"number": "int", "return": "int"}
    asyncio.run(main())
    assert (registry.get_sample_value("errors_total"), registry.get_sample_value("busy")) == (1, 0)


def test_a_timer_may_learn_its_labels_late(lib, registry, value):
    histogram = lib.Histogram("h", "Help.", ["code"], registry=registry)
    with histogram.time() as timer:
        timer.labels("200")
    assert value("h_count", {"code": "200"}) == 1


def test_eight_threads_lose_nothing(ours):
    counter = ours.Counter("c", "Help.", ["a"], registry=None)

    def work():
        for number in range(5000):
            counter.labels(str(number % 7)).inc()

    threads = [threading.Thread(target=work) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(counter.labels(str(number))._value.get() for number in range(7)) == 40_000


def test_series_that_come_and_go_cost_no_memory(ours):
    gauge = ours.Gauge("g", "Help.", ["a"], registry=None)

    def resident():
        with open("/proc/self/statm") as file:
            return int(file.read().split()[1]) * 4096

    def round_of(start):
        for number in range(start, start + 2000):
            gauge.labels(str(number)).set(number)
        for number in range(start, start + 2000):
            gauge.remove(str(number))

    for number in range(5):
        round_of(number * 2000)
    gc.collect()
    before = resident()
    for number in range(5, 50):
        round_of(number * 2000)
    assert resident() - before < 4_000_000, "90 000 series would take ten"


@pytest.mark.parametrize("tie", [
    lambda lib, thing: lib.Gauge("g", "Help.", registry=None).set_function(lambda: len(vars(thing))),
    lambda lib, thing: lib.Gauge("g", "Help.", ["a"], registry=None).labels("x").set_function(lambda: len(vars(thing))),
    lambda lib, thing: setattr(thing.metric, "keeps", thing),
    lambda lib, thing: setattr(thing.metric.labels("x"), "keeps", [thing, thing.metric.labels("x")]),
    lambda lib, thing: thing.metric._kwargs.update(thing=thing),
])
def test_metrics_that_hold_what_holds_them_are_garbage(lib, tie):
    class Thing:
        pass

    thing = Thing()
    thing.metric = lib.Counter("c", "Help.", ["a"], registry=None)
    thing.tied = tie(lib, thing)
    gone = weakref.ref(thing)
    del thing
    gc.collect()
    assert gone() is None


def test_classes_of_ones_own_have_series_of_their_class(lib):
    class Mine(lib.Counter):
        def double(self):
            self.inc(2)

    series = Mine("c", "Help.", ["a"], registry=None).labels("x")
    series.double()
    assert type(series) is Mine and series._value.get() == 2
