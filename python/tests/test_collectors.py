"""The three collectors that are there from the start."""
from __future__ import annotations

import gc
import os
import platform
import sys
import time

import pytest

linux = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="there is no /proc")


@linux
def test_this_process_is_described(lib):
    registry = lib.CollectorRegistry()
    lib.ProcessCollector(registry=registry)
    value = registry.get_sample_value
    assert value("process_resident_memory_bytes") > 1e6
    assert value("process_virtual_memory_bytes") > value("process_resident_memory_bytes")
    assert abs(value("process_cpu_seconds_total") - time.process_time()) < 5
    assert time.time() - 36000 < value("process_start_time_seconds") < time.time() + 60
    assert 0 < value("process_open_fds") <= value("process_max_fds")


@linux
def test_another_process_under_a_name(lib):
    registry = lib.CollectorRegistry()
    lib.ProcessCollector(namespace="parent", pid=lambda: f"{os.getppid()}\n", registry=registry)
    assert registry.get_sample_value("parent_process_resident_memory_bytes") > 0


def test_numbers_are_read_from_the_files(lib, tmp_path):
    process = tmp_path / "26231"
    (process / "fd").mkdir(parents=True)
    for number in range(5):
        (process / "fd" / str(number)).touch()
    (tmp_path / "stat").write_text("cpu 1 2\nbtime 1418183276\n")
    fields = ["0"] * 50
    fields[11], fields[12], fields[19], fields[20], fields[21] = "1677", "44", "82375", "56274944", "1981"
    (process / "stat").write_text(f"26231 (v) im (x) {' '.join(fields)}\n")
    (process / "limits").write_text("Limit  Soft  Hard  Units\nMax open files            2048   4096   files\n")
    registry = lib.CollectorRegistry()
    lib.ProcessCollector(proc=str(tmp_path), pid=lambda: 26231, registry=registry)
    ticks, page = os.sysconf("SC_CLK_TCK"), os.sysconf("SC_PAGE_SIZE")
    for name, expected in {
        "cpu_seconds_total": 17.21 * 100 / ticks,
        "virtual_memory_bytes": 56274944.0,
        "resident_memory_bytes": 1981 * page,
        "start_time_seconds": 1418184099.75 if ticks == 100 else 1418183276 + 82375 / ticks,
        "open_fds": 5.0,
        "max_fds": 2048.0,
    }.items():
        assert registry.get_sample_value(f"process_{name}") == expected, name


def test_without_proc_there_is_nothing(lib, tmp_path):
    registry = lib.CollectorRegistry()
    lib.ProcessCollector(proc=str(tmp_path), registry=registry)
    assert list(registry.collect()) == []


def test_a_process_that_is_gone_has_no_metrics(lib):
    registry = lib.CollectorRegistry()
    lib.ProcessCollector(pid=lambda: 2**31 - 1, registry=registry)
    assert list(registry.collect()) == []


def test_python_is_named(lib):
    registry = lib.CollectorRegistry()
    lib.PlatformCollector(registry=registry)
    major, minor, patchlevel = platform.python_version_tuple()
    assert registry.get_sample_value("python_info", {
        "version": platform.python_version(), "implementation": platform.python_implementation(),
        "major": major, "minor": minor, "patchlevel": patchlevel}) == 1


def test_java_is_named_too(lib):
    class Jython:
        system = staticmethod(lambda: "Java")
        python_version = staticmethod(lambda: "3.0.0")
        python_version_tuple = staticmethod(lambda: ("3", "0", "0"))
        python_implementation = staticmethod(lambda: "Jython")
        java_ver = staticmethod(lambda: ("jv", "jr", ("name", "release", "vendor"), ("os", "v", "arch")))

    registry = lib.CollectorRegistry()
    lib.PlatformCollector(registry=registry, platform=Jython)
    labels = next(iter(registry.collect())).samples[0].labels
    assert {key: value for key, value in labels.items() if key.startswith("jvm")} == {
        "jvm_version": "jv", "jvm_name": "name", "jvm_release": "release", "jvm_vendor": "vendor"}


def test_garbage_collection_is_counted(lib):
    registry = lib.CollectorRegistry(auto_describe=True)
    lib.GCCollector(registry=registry)
    before = registry.get_sample_value("python_gc_collections_total", {"generation": "2"})
    gc.collect()
    assert registry.get_sample_value("python_gc_collections_total", {"generation": "2"}) == before + 1
    assert registry.get_sample_value("python_gc_objects_uncollectable_total", {"generation": "0"}) is not None


def test_the_default_registry_has_all_three(lib):
    names = {metric.name for metric in lib.REGISTRY.collect()}
    assert {"python_info", "python_gc_collections", "process_cpu_seconds"} <= names
