"""The same random calls on both libraries: results, exceptions and pages are the same.

What differs on purpose (docs/python.md, "Differences") is not called here: info metrics named `_info`, names that
are the same in underscores or have a colon, histograms with bounds below zero, exemplars that are refused (before
anything is counted), and numbers that are infinite or none.
"""
from __future__ import annotations

import re

import hypothesis
from conftest import OURS, THEIRS, Library, outcome
from hypothesis import strategies as st
from prometheus_client.openmetrics.parser import text_string_to_metric_families as openmetrics_families
from prometheus_client.parser import text_string_to_metric_families as text_families

amounts = st.one_of(
    st.integers(-5, 10**6), st.floats(allow_nan=False, allow_infinity=False, min_value=-1e15, max_value=1e15),
    st.sampled_from([True, "1", None, b"x", [], 0, -0.0, 1e-300]))
label_values = st.one_of(
    st.sampled_from(["a", "b", "", 'q"\\\n', "ü€😀"]), st.integers(-2, 2), st.booleans(), st.none(), st.floats(0, 1))
label_names = st.sampled_from(
    ["a", "b", "le", "quantile", "__a", "A_1", "a.b", "ä", "m", "self", "1a", "labelvalues"])
names = st.sampled_from(
    ["m", "m_total", "m_created", "m_bucket", "m_seconds", "m_count", "a.b", "9m", "ü", ""])
exemplars = st.one_of(
    st.none(), st.dictionaries(st.sampled_from(["trace", "span"]), st.sampled_from(["x", "y" * 50, ""]), max_size=2))
states = st.one_of(st.none(), st.lists(st.sampled_from(["on", "off", "none", ""]), max_size=3, unique=True))
infos = st.dictionaries(st.sampled_from(["a", "b", "version", "a.b"]), st.sampled_from(["x", "", 'q"\n', None]), max_size=3)
bounds = st.one_of(
    st.lists(st.floats(0, 10), max_size=4, unique=True).map(sorted),
    st.sampled_from([[], [2, 1], [float("inf")], ["1", "2.5"], ["x"], [1, float("inf")], (0.1, 0.2)]))


@st.composite
def constructions(draw):
    kind = draw(st.sampled_from(["Counter", "Gauge", "Summary", "Histogram", "Info", "Enum"]))
    options = {}
    for name, strategy in {
        "labelnames": st.lists(label_names, max_size=3, unique=True),
        "namespace": st.sampled_from(["", "ns"]),
        "subsystem": st.sampled_from(["", "sub"]),
        "unit": st.sampled_from(["", "seconds"]),
    }.items():
        if draw(st.integers(0, 2)) == 0:
            options[name] = draw(strategy)
    if kind == "Histogram" and draw(st.booleans()):
        options["buckets"] = draw(bounds)
    if kind == "Enum":
        options["states"] = draw(states)
    if kind == "Gauge" and draw(st.integers(0, 5)) == 0:
        options["multiprocess_mode"] = draw(st.sampled_from(["sum", "wrong"]))
    return kind, draw(names), draw(st.sampled_from(["help", "", 'h "q" \\ \n'])), options


@st.composite
def calls(draw):
    """A method, its arguments, and the labels to choose before it (None: none)."""
    method = draw(st.sampled_from(
        ["inc", "dec", "set", "observe", "info", "state", "reset", "labels", "remove", "remove_by_labels", "clear"]))
    positional = st.lists(label_values, max_size=3)
    named = st.dictionaries(st.sampled_from(["a", "b", "m", "x"]), label_values, max_size=2)
    # What one series makes of being told to remove series is an accident there, and an error here.
    labels = None if method.startswith(("remove", "clear")) else draw(st.one_of(st.none(), positional, named))
    arguments: list = []
    if method in ("inc", "dec") and draw(st.booleans()) or method in ("set", "observe"):
        arguments = [draw(amounts)]
        if method in ("inc", "observe") and draw(st.integers(0, 3)) == 0:
            arguments.append(draw(exemplars))
    elif method == "info":
        arguments = [draw(infos)]
    elif method == "state":
        arguments = [draw(st.sampled_from(["on", "off", "no such", 0]))]
    elif method in ("labels", "remove"):
        arguments = draw(positional)
    elif method == "remove_by_labels":
        arguments = [draw(st.one_of(named, st.none()))]
    return labels, method, arguments


class Metrics:
    """The metrics of one library in a registry of their own."""

    def __init__(self, library: Library) -> None:
        self.library = library
        self.registry = library("registry").CollectorRegistry()
        self.metrics: list = []

    def construct(self, kind, name, documentation, options):
        def call():
            self.metrics.append(getattr(self.library, kind)(name, documentation, registry=self.registry, **options))
            return str(self.metrics[-1]), repr(self.metrics[-1]).replace(self.library.name, "LIB")

        return outcome(call)

    def call(self, at, labels, method, arguments):
        def call():
            metric = self.metrics[at % len(self.metrics)]
            if isinstance(labels, dict):
                metric = metric.labels(**labels)
            elif labels is not None:
                metric = metric.labels(*labels)
            result = getattr(metric, method)(*arguments)
            return type(result).__name__

        result = outcome(call)
        # A metric without its label values, or with them where there may be none: said here, stumbled over there, and of
        # two mistakes in one call either may be named.
        parent = labels is None and self.metrics and self.metrics[at % len(self.metrics)]._labelnames
        if isinstance(result, tuple) and parent and not method.startswith(("labels", "remove", "clear")):
            return "ValueError", "label values"
        if result[:1] == ("AttributeError",) and re.search(r"no attribute '_(value|lock|metrics|labelname_set)'", result[1]):
            return "ValueError", "label values"
        if result[:1] == ("ValueError",) and re.search("(missing|has) label values$", result[1]):
            return "ValueError", "label values"
        # The interpreter's words for a wrong type depend on who asks for the right one.
        return result[:1] if result[:1] == ("TypeError",) else result

    def samples(self):
        """All samples but start times, as the registry gives them."""
        return sorted(
            (sample.name, sorted(sample.labels.items()), float(sample.value))
            for metric in self.registry.collect()
            for sample in metric.samples
            if not sample.name.endswith("_created")
        )

    def page(self, openmetrics):
        module = self.library("openmetrics.exposition" if openmetrics else "exposition")
        page = module.generate_latest(self.registry).decode()
        # Two clocks.
        return re.sub(r"(?m)^(\S*_created(?:\{.*\})?) \S+$", r"\1 0", page)


def understood(read, page):
    """What a parser makes of a page: series, whatever their order, and exemplars without their times."""
    found = set()
    for family in read(page):
        for sample in family.samples:
            exemplar = sample.exemplar and (tuple(sorted(sample.exemplar.labels.items())), sample.exemplar.value)
            found.add((family.name, family.type, family.documentation, family.unit, sample.name,
                       tuple(sorted(sample.labels.items())), sample.value, exemplar))
        if not family.samples:
            found.add((family.name, family.type, family.documentation, family.unit))
    return found


@hypothesis.settings(deadline=None, max_examples=300, suppress_health_check=list(hypothesis.HealthCheck))
@hypothesis.given(
    st.lists(constructions(), min_size=1, max_size=3), st.lists(st.tuples(st.integers(0, 2), calls()), max_size=12))
def test_the_same_calls_do_the_same(constructed, called):
    theirs, ours = Metrics(Library(THEIRS)), Metrics(Library(OURS))
    for construction in constructed:
        assert ours.construct(*construction) == theirs.construct(*construction), construction
    for at, (labels, method, arguments) in called:
        result = theirs.call(at, labels, method, arguments)
        assert ours.call(at, labels, method, arguments) == result, (labels, method, arguments)
        assert ours.samples() == theirs.samples(), (labels, method, arguments)
    assert understood(text_families, ours.page(False)) == understood(text_families, theirs.page(False))
    if all(value >= 0 for name, _, value in theirs.samples() if name.endswith("_sum")):  # theirs would be invalid
        assert understood(openmetrics_families, ours.page(True)) == understood(openmetrics_families, theirs.page(True))
