"""Registries: who is in, under which names, and what they give."""
from __future__ import annotations

import threading

import pytest


class Collector:
    """Gives what it is told."""

    def __init__(self, *metrics):
        self.metrics = metrics
        self.collected = 0

    def collect(self):
        self.collected += 1
        return self.metrics


class Described(Collector):
    def __init__(self, names, *metrics):
        super().__init__(*metrics)
        self.names = names

    def describe(self):
        return self.names


@pytest.fixture
def registry(lib):
    return lib("registry").CollectorRegistry(auto_describe=True)


@pytest.fixture
def core(lib):
    return lib("metrics_core")


def test_a_name_is_there_once(lib, core, registry):
    registry.register(Collector(core.CounterMetricFamily("x", "", value=1)))
    for name in ("x", "x_total", "x_created"):
        with pytest.raises(lib("registry").DuplicateTimeseries) as error:
            registry.register(Collector(core.GaugeMetricFamily(name, "", value=1)))
        assert str(error.value) == f"Duplicated timeseries in CollectorRegistry: {{'{name}'}}"
        assert error.value.duplicates == {name}
        assert isinstance(error.value, ValueError)


def test_a_refused_collector_leaves_nothing_behind(core, registry):
    registry.register(Collector(core.GaugeMetricFamily("x", "", value=1)))
    both = Collector(core.GaugeMetricFamily("y", "", value=1), core.GaugeMetricFamily("x", "", value=1))
    with pytest.raises(ValueError):
        registry.register(both)
    registry.register(Collector(core.GaugeMetricFamily("y", "", value=2)))
    assert registry.get_sample_value("y") == 2


def test_what_left_may_come_again(core, registry):
    collector = Collector(core.GaugeMetricFamily("x", "", value=1))
    registry.register(collector)
    registry.unregister(collector)
    assert list(registry.collect()) == []
    registry.register(collector)
    assert registry.get_sample_value("x") == 1
    with pytest.raises(KeyError):
        registry.unregister(Collector())


def test_describe_is_asked_instead_of_collect(core, registry):
    collector = Described([core.GaugeMetricFamily("x", "")], core.GaugeMetricFamily("x", "", value=1))
    registry.register(collector)
    assert collector.collected == 0


def test_collectors_are_asked_once_for_a_page(lib, core, registry):
    collector = Described([core.GaugeMetricFamily("x", "")], core.GaugeMetricFamily("x", "", value=1))
    registry.register(collector)
    for number, encode in enumerate((lib.generate_latest, lib("openmetrics.exposition").generate_latest), start=1):
        assert b"\nx 1.0\n" in encode(registry) and collector.collected == number


def test_without_auto_describe_names_stay_unknown(lib, core):
    registry = lib("registry").CollectorRegistry()
    collector = Collector(core.GaugeMetricFamily("x", "", value=1))
    registry.register(collector)
    assert collector.collected == 0
    assert list(registry.restricted_registry(["x"]).collect()) == []


def test_collectors_of_unknown_names_can_be_asked_for_names(lib, core):
    registry = lib("registry").CollectorRegistry(support_collectors_without_names=True)
    registry.register(Collector(core.GaugeMetricFamily("x", "", value=1), core.GaugeMetricFamily("y", "", value=1)))
    assert [metric.name for metric in registry.restricted_registry(["x"]).collect()] == ["x"]


def test_a_restricted_registry_gives_samples_of_these_names(core, registry):
    summary = core.SummaryMetricFamily("s", "help", count_value=3, sum_value=4)
    other = Collector(core.GaugeMetricFamily("g", "", value=1))
    registry.register(Collector(summary))
    registry.register(other)
    collected = other.collected
    metrics = list(registry.restricted_registry(["s_sum"]).collect())
    assert [(metric.name, [tuple(s[:3]) for s in metric.samples]) for metric in metrics] == [("s", [("s_sum", {}, 4)])]
    assert other.collected == collected, "a collector without such names is not asked"


def test_target_info_comes_first(lib, core):
    registry = lib("registry").CollectorRegistry(target_info={"env": "test"})
    registry.register(Collector(core.GaugeMetricFamily("x", "", value=1)))
    assert [metric.name for metric in registry.collect()] == ["target", "x"]
    assert registry.get_target_info() == {"env": "test"}
    assert registry.get_sample_value("target_info", {"env": "test"}) == 1
    restricted = registry.restricted_registry(["target_info"])
    assert [metric.name for metric in restricted.collect()] == ["target"]
    registry.set_target_info(None)
    assert registry.get_sample_value("target_info", {"env": "test"}) is None


def test_target_info_takes_its_name(lib, core, registry):
    taken = Collector(core.GaugeMetricFamily("target_info", "", value=1))
    registry.register(taken)
    with pytest.raises(ValueError, match="CollectorRegistry already contains a target_info metric"):
        registry.set_target_info({"a": "b"})
    registry.unregister(taken)
    registry.set_target_info({"a": "b"})
    registry.set_target_info({"a": "c"})
    with pytest.raises(ValueError, match="target_info"):
        registry.register(taken)


def test_a_sample_that_is_not_there_has_no_value(core, registry):
    gauge = core.GaugeMetricFamily("x", "", labels=["a"])
    gauge.add_metric(["1"], 5)
    registry.register(Collector(gauge))
    assert registry.get_sample_value("x", {"a": "1"}) == 5
    assert registry.get_sample_value("x") is None
    assert registry.get_sample_value("y") is None


def test_names_that_pages_show_alike_do_not_meet(ours):
    core = ours("metrics_core")
    registry = ours("registry").CollectorRegistry(auto_describe=True)
    registry.register(Collector(core.GaugeMetricFamily("a.b", "", value=1)))
    with pytest.raises(ValueError, match="a_b"):
        registry.register(Collector(core.GaugeMetricFamily("a_b", "", value=1)))


def test_metrics_come_and_go_while_others_scrape(lib):
    registry = lib.CollectorRegistry()
    stays = lib.Counter("stays", "Help.", registry=registry)
    done = threading.Event()

    def change(number):
        while not done.is_set():
            gauge = lib.Gauge(f"g{number}", "Help.", registry=registry)
            registry.unregister(gauge)

    threads = [threading.Thread(target=change, args=(number,)) for number in range(3)]
    for thread in threads:
        thread.start()
    try:
        for number in range(200):
            stays.inc()
            assert f"stays_total {number + 1}.0\n".encode() in lib.generate_latest(registry)
    finally:
        done.set()
        for thread in threads:
            thread.join()
    assert [metric.name for metric in registry.collect()] == ["stays"]
