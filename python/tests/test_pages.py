"""Pages of collectors' metrics: valid, or an exception."""
from __future__ import annotations

import math
import re
import shutil
import subprocess

import hypothesis
import pytest
from conftest import OURS, THEIRS, Library
from hypothesis import strategies as st
from prometheus_client.openmetrics.parser import text_string_to_metric_families as openmetrics_families
from prometheus_client.parser import text_string_to_metric_families as text_families


class Fixed:
    """A registry that gives these metrics."""

    def __init__(self, *metrics):
        self.metrics = metrics

    def collect(self):
        return self.metrics


def pages(library, *metrics, escaping="underscores"):
    registry = Fixed(*metrics)
    text = library("exposition").generate_latest(registry, escaping)
    openmetrics = library("openmetrics.exposition").generate_latest(registry, escaping)
    return text.decode(), openmetrics.decode()


def metric(library, name, kind, *samples, documentation="Help.", unit=""):
    made = library("metrics_core").Metric(name, documentation, kind, unit)
    for sample in samples:
        made.add_sample(*sample)
    return made


def test_help_and_labels_are_escaped(lib):
    gauge = lib("metrics_core").GaugeMetricFamily("g", 'a "b" \\ \n', labels=["b", "a"])
    gauge.add_metric(['q"\\\n', "ü"], 1)
    text, openmetrics = pages(lib, gauge)
    line = 'g{a="ü",b="q\\"\\\\\\n"} 1.0\n'
    assert text == '# HELP g a "b" \\\\ \\n\n# TYPE g gauge\n' + line
    assert openmetrics == '# HELP g a \\"b\\" \\\\ \\n\n# TYPE g gauge\n' + line + "# EOF\n"


@pytest.mark.parametrize(("value", "shown"), [
    (0, "0.0"), (-0.0, "-0.0"), (1, "1.0"), (0.1, "0.1"), (1e-5, "1e-05"), (999999, "999999.0"), (1e6, "1e+06"),
    (1234567.5, "1.2345675e+06"), (-1e6, "-1000000.0"), (1e16, "1e+16"), (1.5e300, "1.5e+300"), (5e-324, "5e-324"),
    (math.inf, "+Inf"), (-math.inf, "-Inf"), (math.nan, "NaN"), (2**53, "9.007199254740992e+15"), (True, "1.0"),
])
def test_numbers_are_shown_as_the_client_shows_them(lib, value, shown):
    assert pages(lib, lib("metrics_core").GaugeMetricFamily("g", "x", value=value))[0].splitlines()[2] == f"g {shown}"
    assert lib("utils").floatToGoString(value) == shown


def test_start_times_are_families_of_their_own_in_text(ours):
    counter = ours("metrics_core").CounterMetricFamily("c", "Help.", value=1, created=1700000000.25)
    text, openmetrics = pages(ours, counter)
    assert text.splitlines() == [
        "# HELP c_total Help.", "# TYPE c_total counter", "c_total 1.0",
        "# HELP c_created Help.", "# TYPE c_created gauge", "c_created 1700000000.25",
    ]
    assert openmetrics.splitlines()[2:] == ["c_total 1.0", "c_created 1700000000.25", "# EOF"]


def test_text_has_types_of_its_own(ours):
    core = ours("metrics_core")
    text, _ = pages(
        ours, core.InfoMetricFamily("i", "", {"a": "b"}), core.StateSetMetricFamily("s", "", {"on": True}),
        core.UnknownMetricFamily("u", "", 1),
        core.GaugeHistogramMetricFamily("h", "", [("1.0", 1), ("+Inf", 2)], -3))
    assert text.splitlines() == [
        "# TYPE i_info gauge", 'i_info{a="b"} 1.0', "# TYPE s gauge", 's{s="on"} 1.0', "# TYPE u untyped", "u 1.0",
        "# TYPE h_bucket gauge", 'h_bucket{le="1.0"} 1.0', 'h_bucket{le="+Inf"} 2.0',
        "# TYPE h_gcount gauge", "h_gcount 2.0", "# TYPE h_gsum gauge", "h_gsum -3.0",
    ]


def test_times_are_milliseconds_in_text_and_seconds_in_openmetrics(lib):
    timestamp = lib("samples").Timestamp(1, 500000000)
    gauge = lib("metrics_core").GaugeMetricFamily("g", "x", labels=["a"])
    gauge.add_metric(["x"], 1, timestamp=timestamp)
    gauge.add_metric(["y"], 1, timestamp=2.5)
    text, openmetrics = pages(lib, gauge)
    assert text.splitlines()[2:] == ['g{a="x"} 1.0 1500', 'g{a="y"} 1.0 2500']
    assert openmetrics.splitlines()[2:4] == ['g{a="x"} 1.0 1.500000000', 'g{a="y"} 1.0 2.5']


def test_exemplars_are_in_openmetrics_only(lib):
    exemplar = lib("samples").Exemplar({"trace": 'a"b', "b": "c"}, 0.5, 1700000000.5)
    counter = lib("metrics_core").CounterMetricFamily("c", "x", value=1, exemplar=exemplar)
    text, openmetrics = pages(lib, counter)
    assert "trace" not in text
    assert openmetrics.splitlines()[2] == 'c_total 1.0 # {b="c",trace="a\\"b"} 0.5 1700000000.5'


def test_an_exemplar_where_none_may_be_is_an_error(lib):
    exemplar = lib("samples").Exemplar({"trace": "a"}, 0.5)
    gauge = metric(lib, "g", "gauge", ("g", {}, 1, None, exemplar))
    with pytest.raises(ValueError, match="Metric g has exemplars, but is not a histogram bucket or counter"):
        lib("openmetrics.exposition").generate_latest(Fixed(gauge))


def test_units_are_shown_in_openmetrics(lib):
    gauge = lib("metrics_core").GaugeMetricFamily("g", "x", value=1, unit="seconds")
    assert pages(lib, gauge)[1].splitlines()[2] == "# UNIT g_seconds seconds"


@pytest.mark.parametrize(("escaping", "shown"), [
    ("underscores", 'a_b__seconds_total{l_m="v.w",ok="1"} 1.0'),
    ("allow-utf-8", '{"a.bü_seconds_total","l.m"="v.w",ok="1"} 1.0'),
    ("dots", 'a_dot_b____seconds__total{l_dot_m="v.w",ok="1"} 1.0'),
    ("values", 'U__a_2e_b_fc___seconds__total{U__l_2e_m="v.w",ok="1"} 1.0'),
])
def test_names_are_escaped(lib, escaping, shown):
    counter = lib("metrics_core").CounterMetricFamily("a.bü_seconds", "Help.", labels=["l.m", "ok"])
    counter.add_metric(["v.w", "1"], 1)
    assert lib("exposition").generate_latest(Fixed(counter), escaping).decode().splitlines()[2] == shown


@pytest.mark.parametrize(("wrong", "error"), [
    (("g", {"a": 1}, 1), AttributeError),
    (("g", {"a": None}, 1), AttributeError),
    (("g", {}, None), TypeError),
    (("g", {}, "no"), ValueError),
    (("g", {"a": "\ud800"}, 1), ValueError),
])
def test_what_cannot_be_written_is_an_exception_with_the_metric(lib, wrong, error):
    gauge = metric(lib, "g", "gauge", wrong)
    with pytest.raises(error) as raised:
        lib("exposition").generate_latest(Fixed(gauge))
    assert isinstance(raised.value, UnicodeError) or raised.value.args[-1] is gauge


BUCKETS = [("h_bucket", {"le": "1.0"}, 2), ("h_bucket", {"le": "+Inf"}, 3)]

INVALID = {
    "a series twice": ("g", "gauge", ("g", {"a": "x"}, 1), ("g", {"a": "x"}, 1)),
    "labels that become one": ("g", "gauge", ("g", {"a.b": "x", "a_b": "y"}, 1)),
    "series that become one": ("g", "gauge", ("g", {"a.b": "x"}, 1), ("g", {"a_b": "x"}, 1)),
    "a reserved label": ("g", "gauge", ("g", {"__a": "x"}, 1)),
    "a label without a name": ("g", "gauge", ("g", {"": "x"}, 1)),
    "a falling counter": ("c", "counter", ("c_total", {}, -1)),
    "a counter that is no number": ("c", "counter", ("c_total", {}, math.nan)),
    "falling buckets": ("h", "histogram", ("h_bucket", {"le": "1.0"}, 4), BUCKETS[1]),
    "no bucket +Inf": ("h", "histogram", BUCKETS[0]),
    "+Inf not at the end": ("h", "histogram", *reversed(BUCKETS)),
    "a bound twice": ("h", "histogram", BUCKETS[0], ("h_bucket", {"le": "1"}, 2), BUCKETS[1]),
    "half an event": ("h", "histogram", ("h_bucket", {"le": "+Inf"}, 2.5)),
    "a bound that is no number": ("h", "histogram", ("h_bucket", {"le": "x"}, 2), BUCKETS[1]),
    "a bucket without bound": ("h", "histogram", ("h_bucket", {}, 2), BUCKETS[1]),
    "another count": ("h", "histogram", *BUCKETS, ("h_count", {}, 4), ("h_sum", {}, 4)),
    "a quantile above 1": ("s", "summary", ("s", {"quantile": "1.5"}, 4)),
    "no quantile": ("s", "summary", ("s", {}, 4)),
    "an info of 2": ("i", "info", ("i_info", {"a": "b"}, 2)),
    "a state of 2": ("s", "stateset", ("s", {"s": "b"}, 2)),
    "a state without name": ("s", "stateset", ("s", {}, 1)),
    "a time for some only": ("s", "summary", ("s_count", {}, 1, 5), ("s_sum", {}, 2)),
    "an endless time": ("g", "gauge", ("g", {}, 1, math.inf)),
}


@pytest.mark.parametrize("case", INVALID)
def test_nothing_invalid_is_written(ours, case):
    name, kind, *samples = INVALID[case]
    wrong = metric(ours, name, kind, *samples)
    for encode in (ours("exposition").generate_latest, ours("openmetrics.exposition").generate_latest):
        with pytest.raises(ValueError) as raised:
            encode(Fixed(wrong))
        assert raised.value.args[-1] is wrong


def test_families_that_clash_are_an_error(ours):
    for one, other in (
        (metric(ours, "x", "gauge", ("x", {}, 1)), metric(ours, "x", "counter", ("x_total", {}, 1))),
        (metric(ours, "x", "summary", ("x_count", {}, 1)), metric(ours, "x_count", "gauge", ("x_count", {}, 1))),
        (metric(ours, "a.b", "gauge", ("a.b", {}, 1)), metric(ours, "a_b", "counter", ("a_b_total", {}, 1))),
    ):
        with pytest.raises(ValueError, match="is there twice"):
            pages(ours, one, other)


def test_a_family_in_pieces_is_one_family(ours):
    parts = [metric(ours, "g", "gauge", ("g", {"a": str(number)}, number)) for number in range(2)]
    between = metric(ours, "h", "gauge", ("h", {}, 1))
    assert pages(ours, parts[0], between, parts[1])[0].splitlines() == [
        "# HELP g Help.", "# TYPE g gauge", 'g{a="0"} 0.0', 'g{a="1"} 1.0', "# HELP h Help.", "# TYPE h gauge", "h 1.0"]


def test_samples_of_a_series_stand_together(ours):
    counter = metric(
        ours, "c", "counter", ("c_total", {"a": "x"}, 1), ("c_total", {"a": "y"}, 2), ("c_created", {"a": "x"}, 3),
        ("c_created", {"a": "y"}, 4))
    lines = pages(ours, counter)[1].splitlines()[2:-1]
    assert [line.split()[0] for line in lines] == [
        'c_total{a="x"}', 'c_created{a="x"}', 'c_total{a="y"}', 'c_created{a="y"}']


def test_a_sample_under_another_name_is_of_unknown_type(ours):
    text, openmetrics = pages(ours, metric(ours, "g", "gauge", ("g", {}, 1), ("g_of_old", {}, 2)))
    assert text.splitlines()[2:] == ["g 1.0", "# HELP g_of_old Help.", "# TYPE g_of_old untyped", "g_of_old 2.0"]
    assert [family.type for family in openmetrics_families(openmetrics)] == ["gauge", "unknown"]


def test_openmetrics_leaves_out_what_it_forbids(ours):
    negative = metric(ours, "s", "summary", ("s_count", {}, 1), ("s_sum", {}, -1), ("s", {"quantile": "0.5"}, -1))
    below = metric(
        ours, "h", "histogram", ("h_bucket", {"le": "-1.0"}, 1), ("h_bucket", {"le": "+Inf"}, 1), ("h_count", {}, 1),
        ("h_sum", {}, -5))
    text, openmetrics = pages(ours, negative, below)
    assert "s_sum -1.0" in text and "h_sum -5.0" in text and "h_count 1.0" in text
    assert "_sum" not in openmetrics and "_count" not in openmetrics and "quantile" not in openmetrics
    assert [family.name for family in openmetrics_families(openmetrics)] == ["s", "h"]


label_texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=6)
numbers = st.floats()
counts = st.integers(0, 2**53).map(float)


@st.composite
def series_of(draw, kind, name, labels):
    """The samples of one metric that is valid in both formats."""
    created = [(f"{name}_created", labels, draw(st.floats(0, 2e9)))] if draw(st.booleans()) else []
    if kind == "counter":
        return [(f"{name}_total", labels, draw(st.floats(0, 1e300))), *created]
    if kind in ("gauge", "unknown"):
        return [(name, labels, draw(numbers))]
    if kind == "info":
        return [(f"{name}_info", labels, 1.0)]
    if kind == "stateset":
        return [(name, {**labels, name: state}, float(draw(st.booleans()))) for state in ("on", "off")]
    if kind == "summary":
        return [(f"{name}_count", labels, draw(counts)), (f"{name}_sum", labels, draw(st.floats(0, 1e300))), *created]
    rising = sorted(draw(st.lists(counts, min_size=3, max_size=3)))
    lines = [(f"{name}_bucket", {**labels, "le": le}, count) for le, count in zip(("0.5", "1e+06", "+Inf"), rising)]
    g = "g" if kind == "gaugehistogram" else ""
    total = [(f"{name}_{g}count", labels, rising[-1]), (f"{name}_{g}sum", labels, draw(st.floats(0, 1e300)))]
    return lines + total + (created if not g else [])


@st.composite
def metrics(draw):
    found = []
    kinds = ["counter", "gauge", "unknown", "info", "stateset", "summary", "histogram", "gaugehistogram"]
    for number in range(draw(st.integers(0, 4))):
        kind, name = draw(st.sampled_from(kinds)), f"m{number}"
        sets = draw(st.lists(st.dictionaries(st.sampled_from(["a", "b", "x.Ü"]), label_texts, max_size=2), unique_by=repr, max_size=3))
        # An empty text and a label that is not there are the same for a scraper.
        samples = [sample for labels in sets for sample in draw(series_of(kind, name, labels))]
        # Their parser loses blanks of all sorts around a help text.
        found.append((name, kind, samples, draw(label_texts).strip()))
    return found


def _known(families):
    """Families without what the formats show differently."""
    return [(f.name, f.type, f.documentation, [repr(tuple(s)) for s in f.samples]) for f in families]


@hypothesis.settings(deadline=None, max_examples=150)
@hypothesis.given(metrics(), st.sampled_from(["underscores", "allow-utf-8"]))
def test_pages_mean_the_same_as_the_client_s(described, escaping):
    shown = []
    for library in (Library(THEIRS), Library(OURS)):
        made = [metric(library, name, kind, *samples, documentation=text) for name, kind, samples, text in described]
        shown.append(pages(library, *made, escaping=escaping))
    (their_text, theirs), (our_text, ours) = shown
    assert _known(openmetrics_families(ours)) == _known(openmetrics_families(theirs))
    if all(kind != "gaugehistogram" for _, kind, _, _ in described):  # of which text has a different idea
        assert _known(text_families(our_text)) == _known(text_families(their_text))
    # What we read is what they read.
    assert _known(Library(OURS)("parser").text_string_to_metric_families(our_text)) == _known(text_families(our_text))
    read = Library(OURS)("openmetrics.parser").text_string_to_metric_families(ours)
    assert _known(read) == _known(openmetrics_families(ours))


@pytest.mark.skipif(not shutil.which("promtool"), reason="there is no promtool: scripts/setup prometheus")
@hypothesis.settings(deadline=None, max_examples=25)
@hypothesis.given(metrics())
def test_promtool_finds_nothing_to_refuse(described):
    library = Library(OURS)
    made = [metric(library, name, kind, *samples, documentation=text) for name, kind, samples, text in described]
    text, _ = pages(library, *made)
    # 3 is lint: names are short here.
    ran = subprocess.run(["promtool", "check", "metrics"], input=text.encode(), capture_output=True)
    assert ran.returncode in (0, 3), ran.stderr.decode() + text


def test_pages_are_those_of_the_client_byte_by_byte():
    def of(library):
        registry = library.CollectorRegistry()
        counter = library.Counter("c", 'Help \\ \n "q".', ["z", "a"], registry=registry)
        counter.labels("1", 'x\n"\\').inc(2.5)
        counter.labels("2", "").inc(2, {"z": "1", "a": "2"})
        library.Gauge("g_bytes", "Help.", unit="bytes", registry=registry).set(1e20)
        histogram = library.Histogram("h_seconds", "Help.", ["m"], unit="seconds", registry=registry, buckets=[0.1, 1, 1e7])
        histogram.labels("get").observe(0.5)
        histogram.labels("put").observe(3, {"t": 'a"b'})
        library.Summary("s", "Help.", registry=registry).observe(3)
        library.Summary("n", "Help.", ["l"], registry=registry)
        library.Info("i", "Help.", ["l"], registry=registry).labels("v").info({"b": "1", "a": "2"})
        library.Enum("e", "Help.", ["l"], states=["on", "off"], registry=registry).labels("v").state("off")
        library.Gauge("set", "Help.", multiprocess_mode="mostrecent", registry=registry).set(-1)
        for page in library.generate_latest(registry), library("openmetrics.exposition").generate_latest(registry):
            # Times differ.
            text = re.sub(r"(_created\S* )\S+", r"\1T", page.decode())
            yield re.sub(r"(# {.*} \S+) \S+\n", r"\1 T\n", text)

    for theirs, mine in zip(of(Library(THEIRS)), of(Library(OURS))):
        assert mine == theirs
