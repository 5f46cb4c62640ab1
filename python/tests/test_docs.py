"""Everything public says what it is."""
from __future__ import annotations

import importlib
import inspect
import pkgutil
import subprocess
import sys
from pathlib import Path

import nanoprom
import prometheus_client
import pytest
from prometheus_client.parser import text_string_to_metric_families


ROOT = Path(__file__).resolve().parents[2]


def modules():
    for found in pkgutil.walk_packages(nanoprom.__path__, "nanoprom."):
        if not any(part.startswith("_") for part in found.name.split(".")[1:]):
            yield importlib.import_module(found.name)


def undocumented(owner, name, thing):
    """What of `thing` and its methods has no sentence."""
    if inspect.isclass(thing):
        if not inspect.getdoc(thing):
            yield f"{owner}.{name}"
        for member, method in vars(thing).items():
            called = inspect.isroutine(method) or isinstance(method, (classmethod, staticmethod, property))
            if called and not member.startswith("_") and not inspect.getdoc(getattr(thing, member)):
                yield f"{owner}.{name}.{member}"
    elif inspect.isroutine(thing) and not inspect.getdoc(thing):
        yield f"{owner}.{name}"


def test_everything_public_has_a_docstring():
    missing = set()
    found = 0
    for module in [nanoprom, *modules()]:
        if not module.__doc__:
            missing.add(module.__name__)
        for name in getattr(module, "__all__", [name for name in vars(module) if not name.startswith("_")]):
            thing = getattr(module, name)
            if getattr(thing, "__module__", "").startswith("nanoprom"):
                found += 1
                missing.update(undocumented(module.__name__, name, thing))
    assert found > 60
    assert not missing


def parameters(method):
    return [(of.name, of.kind, of.default) for of in [*inspect.signature(method).parameters.values()][1:]]


@pytest.mark.parametrize("name", ["Counter", "Gauge", "Summary", "Histogram", "Info", "Enum", "MetricWrapperBase"])
def test_methods_have_the_arguments_of_the_official_client(name):
    theirs, ours = getattr(prometheus_client.metrics, name), getattr(nanoprom.metrics, name)
    methods = [method for method, of in vars(theirs).items() if inspect.isfunction(of) and not method.startswith("_")]
    for method in {*methods, "labels", "remove", "remove_by_labels", "clear", "__init__"}:
        expected = parameters(getattr(theirs, method))
        # Each default registry is its library's own.
        found = [(of, kind, prometheus_client.REGISTRY if default is nanoprom.REGISTRY else default)
                 for of, kind, default in parameters(getattr(ours, method))]
        assert found == expected, method


def samples(page):
    families = text_string_to_metric_families(page)
    return [(sample.name, sorted(sample.labels.items()), sample.value) for family in families for sample in family.samples]


def test_the_first_example_counts_what_its_twins_in_rust_and_c_count():
    ran = subprocess.run([sys.executable, ROOT / "examples/python/hello.py"], capture_output=True, text=True, timeout=60)
    # The interpreter's and the process's metrics, and creation times, are Python's; of refused series there are none.
    found = [sample for sample in samples(ran.stdout) if sample[0].startswith("http_") and not sample[0].endswith("_created")]
    golden = samples((ROOT / "testdata/pages/hello.txt").read_text())
    assert sorted(found) == sorted(sample for sample in golden if sample[0].startswith("http_"))
    assert len(found) == 9, ran.stderr
