"""What a real Pushgateway has after a push."""
from __future__ import annotations

import shutil
import sys
import urllib.error
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "tests" / "push"))
from gateway import Gateway  # noqa: E402

pytestmark = pytest.mark.skipif(
    not shutil.which("prometheus-pushgateway"), reason="there is no Pushgateway: scripts/setup push")

AWKWARD = ("a/b", "/", "", " ", "Käse & Öl", "日本/語", "%2F", "a+b", "?x=1#y", ".", "..", "=", "@base64", "'\"\\", "a\tb\nc")


@pytest.fixture(scope="module")
def running():
    with Gateway() as gateway:
        yield gateway


@pytest.fixture
def gateway(running):
    for group in running.groups():
        path = "".join(f"/{name}/{value}" for name, value in sorted(group, key=lambda pair: pair[0] != "job"))
        running.send("DELETE", "/metrics" + path, "")
    return running


@pytest.fixture
def registry(lib):
    registry = lib.CollectorRegistry()
    lib.Counter("records", "Help.", ["kind"], registry=registry).labels('a"\\\n').inc(3)
    lib.Histogram("took_seconds", "Help.", registry=registry, buckets=[1, 2]).observe(1.5)
    lib.Info("build", "Help.", registry=registry).info({"version": "1"})
    return registry


def test_put_replaces_and_post_adds(lib, gateway, registry):
    lib.push_to_gateway(gateway.address, "first", registry, grouping_key={"instance": "a"})
    group = gateway.group(job="first", instance="a")
    assert group["records_total"] == [3] and group["build_info"] == [1] and "took_seconds" in group
    other = lib.CollectorRegistry()
    lib.Gauge("other", "Help.", registry=other).set(7)
    lib.pushadd_to_gateway(gateway.address, "first", other, grouping_key={"instance": "a"})
    assert set(gateway.group(job="first", instance="a")) == {*group, "other"}
    lib.push_to_gateway(gateway.address, "first", other, grouping_key={"instance": "a"}, compression="gzip")
    assert gateway.group(job="first", instance="a") == {"other": [7]}
    lib.delete_from_gateway(gateway.address, "first", grouping_key={"instance": "a"})
    assert gateway.group(job="first", instance="a") is None


def test_all_values_can_be_in_a_grouping_key(ours, gateway):
    registry = ours.CollectorRegistry()
    ours.Gauge("g", "Help.", registry=registry).set(2)
    for value in AWKWARD:
        ours.push_to_gateway(gateway.address, "awkward", registry, grouping_key={"a": value, "b": "end"})
        assert gateway.group(job="awkward", a=value, b="end") == {"g": [2]}, value
        ours.delete_from_gateway(gateway.address, "awkward", grouping_key={"a": value, "b": "end"})
        assert gateway.group(job="awkward", a=value, b="end") is None, value


def test_what_the_gateway_refuses_is_an_error(lib, gateway, registry):
    gateway.send("PUT", "/metrics/job/clash", "# TYPE records_total gauge\nrecords_total 1\n")
    with pytest.raises(urllib.error.HTTPError, match="400"):
        lib.push_to_gateway(gateway.address, "mine", registry)
    assert gateway.group(job="mine") is None or "records_total" not in gateway.group(job="mine")
