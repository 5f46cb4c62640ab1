"""What is meant to be another than in `prometheus_client`: the list of docs/python.md, as far as no other file has it."""
from __future__ import annotations

import math

import pytest


@pytest.fixture
def registry(ours):
    return ours.CollectorRegistry()


@pytest.fixture
def text(ours, registry):
    return lambda: ours.generate_latest(registry).decode()


@pytest.fixture
def openmetrics(ours, registry):
    return lambda: ours("openmetrics.exposition").generate_latest(registry).decode()


@pytest.mark.parametrize("amount", [math.nan, math.inf, -math.inf, 1.7e308])
def test_a_counter_stays_a_number(ours, registry, amount):
    counter = ours.Counter("c", "Help.", registry=registry)
    counter.inc(1.7e308)
    with pytest.raises(ValueError):
        counter.inc(amount)
    with pytest.raises(ValueError):
        counter.inc(amount, {"id": "1"})
    assert registry.get_sample_value("c_total") == 1.7e308


@pytest.mark.parametrize("name", ["Summary", "Histogram"])
def test_a_sum_stays_a_number(ours, registry, name):
    metric = getattr(ours, name)("m", "Help.", registry=registry)
    metric.observe(math.nan)
    assert registry.get_sample_value("m_count") == 0
    metric.observe(math.inf)
    metric.observe(-math.inf)
    assert registry.get_sample_value("m_count") == 2 and registry.get_sample_value("m_sum") == math.inf


def test_an_empty_help_has_no_line(ours, registry, text, openmetrics):
    ours.Gauge("g", "", registry=registry)
    assert text() == "# TYPE g gauge\ng 0.0\n" and openmetrics() == "# TYPE g gauge\ng 0.0\n# EOF\n"


@pytest.mark.parametrize("twice", [
    lambda lib: lib.Histogram("h", "Help.", buckets=[1, 1, 2]),
    lambda lib: lib.Counter("c", "Help.", ["a", "a"]),
    lambda lib: lib.Counter("c", "Help.", ["a.b", "a_b"]),
    lambda lib: lib.Enum("e", "Help.", states=["on", "on"]),
])
def test_nothing_is_declared_twice(ours, twice):
    with pytest.raises(ValueError):
        twice(ours)
    assert not any(metric.name in "che" for metric in ours.REGISTRY.collect()), "what was refused is not registered"


def test_openmetrics_has_no_negative_sum(ours, registry, text, openmetrics):
    ours.disable_created_metrics()
    try:
        ours.Histogram("h", "Help.", buckets=[-1, 1], registry=registry).observe(-5)
        ours.Summary("s", "Help.", registry=registry).observe(-5)
        assert all(line in text() for line in ("h_count 1.0\n", "h_sum -5.0\n", "s_count 1.0\n", "s_sum -5.0\n"))
        assert "_count" not in openmetrics() and "_sum" not in openmetrics() and 'h_bucket{le="-1.0"} 1.0' in openmetrics()
    finally:
        ours.enable_created_metrics()


def test_an_info_has_its_suffix_once(ours, registry, text):
    ours.Info("build_info", "Help.", registry=registry).info({"version": "1"})
    assert text() == '# HELP build_info Help.\n# TYPE build_info gauge\nbuild_info{version="1"} 1.0\n'


def test_labels_that_no_page_can_show_are_refused_at_once(ours, registry, text):
    counter = ours.Counter("c", "Help.", ["a"], registry=registry)
    with pytest.raises(UnicodeEncodeError):
        counter.labels("\ud800")
    assert "\nc_total" not in text()


def test_what_a_held_series_counts_while_it_is_removed_shows_when_it_comes_back(ours, registry):
    counter = ours.Counter("c", "Help.", ["a"], registry=registry)
    held = counter.labels("x")
    counter.remove("x")
    held.inc(2)
    assert registry.get_sample_value("c_total", {"a": "x"}) is None
    assert counter.labels("x") is held
    assert registry.get_sample_value("c_total", {"a": "x"}) == 2


def test_exemplars_are_on_pages_only(ours, registry, openmetrics):
    counter = ours.Counter("c", "Help.", registry=registry)
    counter.inc(2, {"id": "1"})
    assert [sample.exemplar for sample in counter.collect()[0].samples] == [None, None]
    assert 'c_total 2.0 # {id="1"} 2.0 ' in openmetrics()


def test_the_openmetrics_parser_reads_quotes_in_exemplars(ours):
    page = '# TYPE c counter\nc_total 1 # {id="a\\"b"} 1\n# EOF\n'
    family, = ours("openmetrics.parser").text_string_to_metric_families(page)
    assert family.samples[0].exemplar.labels == {"id": 'a"b'}


@pytest.mark.parametrize("call", [
    lambda series, metric: series.remove("x"),
    lambda series, metric: series.remove_by_labels({"a": "x"}),
    lambda series, metric: series.clear(),
    lambda series, metric: metric.reset(),
])
def test_calls_of_the_wrong_half_of_a_metric_are_a_value_error(ours, registry, call):
    metric = ours.Counter("c", "Help.", ["a"], registry=registry)
    series = metric.labels("x")
    with pytest.raises(ValueError):
        call(series, metric)
    assert registry.get_sample_value("c_total", {"a": "x"}) == 0
