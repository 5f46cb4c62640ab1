"""Families as data: what collectors give."""
from __future__ import annotations

import hypothesis
import pytest
from conftest import OURS, THEIRS, Library, outcome
from hypothesis import strategies as st

FAMILIES = {
    "UnknownMetricFamily": ("value",),
    "UntypedMetricFamily": ("value",),
    "CounterMetricFamily": ("value", "created"),
    "GaugeMetricFamily": ("value",),
    "SummaryMetricFamily": ("count_value", "sum_value"),
    "HistogramMetricFamily": ("buckets", "sum_value"),
    "GaugeHistogramMetricFamily": ("buckets", "gsum_value"),
    "InfoMetricFamily": ("value",),
    "StateSetMetricFamily": ("value",),
}


def test_a_counter_has_total_on_its_samples_only(lib):
    for name in ("x", "x_total"):
        family = lib("metrics_core").CounterMetricFamily(name, "help", value=3, created=7.5)
        assert family.name == "x"
        assert [(sample.name, sample.value) for sample in family.samples] == [("x_total", 3), ("x_created", 7.5)]


def test_a_unit_is_appended_once(lib):
    metric = lib("metrics_core").Metric
    assert metric("a", "", "gauge", "seconds").name == "a_seconds"
    assert metric("a_seconds", "", "gauge", "seconds").name == "a_seconds"


def test_untyped_is_another_word_for_unknown(lib):
    assert lib("metrics_core").Metric("a", "", "untyped").type == "unknown"


def test_metrics_are_compared_by_what_they_hold(lib):
    metric = lib("metrics_core").Metric
    one, other = metric("a", "b", "gauge"), metric("a", "b", "gauge")
    assert one == other and one != "a"
    other.add_sample("a", {}, 1)
    assert one != other
    assert repr(one) == "Metric(a, b, gauge, , [])"


def test_a_histogram_with_bounds_below_zero_has_no_sum(lib):
    family = lib("metrics_core").HistogramMetricFamily("h", "", buckets=[("-1.0", 1), ("+Inf", 2)], sum_value=3)
    assert [sample.name for sample in family.samples] == ["h_bucket", "h_bucket"]


def test_bucket_exemplars_come_as_third_of_a_bucket(lib):
    exemplar = lib("samples").Exemplar({"trace": "1"}, 0.5)
    family = lib("metrics_core").HistogramMetricFamily("h", "", labels=["a"])
    family.add_metric(["x"], [("1.0", 1, exemplar), ("+Inf", 2)], 3.0)
    assert [sample.exemplar for sample in family.samples] == [exemplar, None, None, None]
    assert family.samples[0].labels == {"a": "x", "le": "1.0"}


def test_labels_may_be_called_like_arguments(lib):
    names = ["suffix", "labels", "value", "own", "timestamp", "self"]
    family = lib("metrics_core").InfoMetricFamily("i", "", value={name: "x" for name in names})
    assert sorted(family.samples[0].labels) == sorted(names)


def test_times_have_nanoseconds(lib):
    timestamp = lib("samples").Timestamp
    assert str(timestamp(1, 5)) == "1.000000005"
    assert float(timestamp(1, 500000000)) == 1.5
    assert timestamp(1, 5) == timestamp(1, 5) != timestamp(1, 6)
    assert timestamp(1, 5) < timestamp(1, 6) < timestamp(2, 0) and timestamp(2, 0) > timestamp(1, 6)
    with pytest.raises(ValueError, match="Invalid value for nanoseconds in Timestamp: -1"):
        timestamp(0, -1)


values = st.one_of(st.none(), st.floats(allow_nan=False), st.integers())
texts = st.sampled_from(["", "x", "a b", 'q"\\\n', "ü"])
names = st.sampled_from(["", "a", "a_total", "a_info", "a.b", "9", "ü", "a_seconds", "a_bucket"])
label_names = st.one_of(st.none(), st.lists(st.sampled_from(["l", "m", "le", "a"]), max_size=2))
mappings = st.dictionaries(st.sampled_from(["l", "m", "n"]), texts, max_size=3)
states = st.dictionaries(st.sampled_from(["on", "off"]), st.booleans(), max_size=2)
buckets = st.lists(st.tuples(st.sampled_from(["-1.0", "1.0", "2", "+Inf", "no"]), st.integers(0, 9)), max_size=3)


def _argument(name: str, kind: str) -> st.SearchStrategy:
    if name == "buckets":
        return st.one_of(st.none(), buckets)
    if name == "value" and kind.startswith(("Info", "State")):
        return st.one_of(st.none(), mappings if kind.startswith("Info") else states)
    return values


@st.composite
def constructions(draw):
    kind = draw(st.sampled_from(sorted(FAMILIES)))
    arguments = {name: draw(_argument(name, kind)) for name in FAMILIES[kind] if draw(st.booleans())}
    if draw(st.booleans()):
        arguments["labels"] = draw(label_names)
    if draw(st.booleans()) and not kind.startswith(("Info", "State")):
        arguments["unit"] = draw(st.sampled_from(["", "seconds"]))
    # As many label values as names: with more of them a state set of theirs loses its states.
    count = len(arguments.get("labels") or ())
    added = [
        [draw(st.lists(texts, min_size=count, max_size=count)), *(draw(_argument(name, kind)) for name in FAMILIES[kind])]
        for _ in range(draw(st.integers(0, 2)))
    ]
    return kind, draw(names), draw(texts), arguments, added


@hypothesis.settings(deadline=None, max_examples=400)
@hypothesis.given(constructions())
def test_families_are_made_alike(construction):
    kind, name, documentation, arguments, added = construction

    def made(library):
        def call():
            family = getattr(library("metrics_core"), kind)(name, documentation, **arguments)
            results = [outcome(lambda: family.add_metric(*each)) for each in added]
            return results, repr(family), [tuple(sample) for sample in family.samples]

        return outcome(call)

    assert made(Library(OURS)) == made(Library(THEIRS))
