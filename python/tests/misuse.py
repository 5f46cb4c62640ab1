"""Calls everything of the package with anything, by chance: exceptions are welcome, a crash is not.

    python misuse.py SEED CALLS
"""
from __future__ import annotations

import copy
import faulthandler
import gc
import inspect
import math
import pickle
import random
import sys
import threading

import nanoprom
from nanoprom import _core, multiprocess, parser
from nanoprom.openmetrics import exposition
from nanoprom.openmetrics import parser as openmetrics_parser

faulthandler.enable()
chance = random.Random(int(sys.argv[1]))
CALLS = int(sys.argv[2])

CLASSES = [
    nanoprom.Counter, nanoprom.Gauge, nanoprom.Summary, nanoprom.Histogram, nanoprom.Info, nanoprom.Enum, _core.Base,
    nanoprom.CollectorRegistry, nanoprom.Metric,
]
FUNCTIONS = [
    nanoprom.generate_latest, exposition.generate_latest, _core.lines, _core.native, _core.with_underscores,
    multiprocess.mark_process_dead, copy.copy, copy.deepcopy, pickle.dumps, gc.collect, repr, str, hash, list, vars,
    lambda text: list(parser.text_string_to_metric_families(text)),
    lambda text: list(openmetrics_parser.text_string_to_metric_families(text)),
    setattr, delattr, getattr,
]
objects: list[object] = []


class Evil:
    """Does things where others expect a number or a text."""

    def _act(self):
        if chance.random() < 0.5 and objects:
            attempt()

    def __float__(self):
        self._act()
        return chance.choice([1.0, -1.0, math.nan])

    def __str__(self):
        self._act()
        return chance.choice(["x", "\ud800", "\0", "y" * 100])

    def __hash__(self):
        self._act()
        return 1

    def __eq__(self, other):
        self._act()
        return chance.random() < 0.5

    def __call__(self, *args):
        self._act()
        return chance.choice([1, self, None])

    def __iter__(self):
        self._act()
        return iter([1, "a"])

    def __len__(self):
        return chance.choice([0, 1, -1])

    def __del__(self):
        self._act()


class Own(nanoprom.Counter):
    def __new__(cls, *args, **kwargs):
        if chance.random() < 0.3:
            return object.__new__(cls) if chance.random() < 0.5 else super().__new__(nanoprom.Gauge)
        return super().__new__(cls)


CLASSES.append(Own)
depth = 0


def value():
    return chance.choice([
        lambda: 1, lambda: -1, lambda: 0.5, lambda: math.inf, lambda: math.nan, lambda: 10**400, lambda: True,
        lambda: None, lambda: "", lambda: "a", lambda: "b_total", lambda: "\ud800", lambda: "le", lambda: "x" * 70_000,
        lambda: b"a", lambda: (), lambda: ["a", "b"], lambda: ["a", "a"], lambda: [1, 2, 3], lambda: [3, math.nan],
        lambda: {"a": "1"}, lambda: {"x" * 129: "1"}, lambda: {1: 2}, lambda: {"a": "\ud800"}, Evil, lambda: [Evil()], object,
        lambda: chance.choice(objects) if objects else None, lambda: [chance.choice(objects)] if objects else [],
        lambda: chance.choice(CLASSES), lambda: nanoprom.REGISTRY, lambda: "# TYPE a counter\na_total 1\n# EOF\n",
    ])()


def arguments():
    args = [value() for _ in range(chance.choice([0, 0, 1, 1, 1, 2, 2, 3, 5, 12]))]
    names = ["amount", "exemplar", "a", "b", "name", "registry", "labelnames", "buckets", "states", "value", "documentation"]
    return args, {chance.choice(names): value() for _ in range(chance.choice([0, 0, 0, 1, 2]))}


def make():
    cls = chance.choice(CLASSES[:6] + [Own])
    more = {nanoprom.Enum: {"states": ["a", "b"]}, nanoprom.Histogram: {"buckets": [1, 2]}}.get(cls, {})
    if cls is nanoprom.Gauge and chance.random() < 0.5:
        more = {"multiprocess_mode": chance.choice(sorted(nanoprom.Gauge._MULTIPROC_MODES))}
    labels = chance.choice([(), ("a",), ("a", "b"), tuple("abcdefghij")])
    return cls(f"m{chance.randrange(50)}", "Help.", labels, registry=chance.choice([None, nanoprom.REGISTRY]), **more)


def keep(result):
    if result is None or isinstance(result, (str, bytes, int, float)):
        return
    objects.append(result)
    if len(objects) > 200:
        objects.pop(chance.randrange(len(objects)))


def attempt():
    """One call; whatever it raises is fine."""
    global depth
    if depth > 4:
        return
    depth += 1
    try:
        choice = chance.random()
        if choice < 0.1:
            keep(make())
        elif choice < 0.2:
            args, named = arguments()
            keep(chance.choice(FUNCTIONS)(*args, **named))
        elif choice < 0.25:
            args, named = arguments()
            keep(chance.choice(CLASSES)(*args, **named))
        elif choice < 0.3:
            # Methods of one class with objects of another, and of none.
            cls = chance.choice(CLASSES)
            name = chance.choice(dir(cls))
            args, named = arguments()
            keep(getattr(cls, name)(chance.choice(objects), *args, **named))
        elif choice < 0.32:
            chance.choice(objects).__class__ = chance.choice(CLASSES)
        elif choice < 0.34:
            cls = chance.choice(CLASSES)
            keep(cls.__new__(cls))
        else:
            target = chance.choice(objects)
            names = [name for name in dir(target) if name not in ("__class__", "__reduce__")]
            member = getattr(target, chance.choice(names))
            if callable(member) and not inspect.isbuiltin(member) or chance.random() < 0.5:
                args, named = arguments()
                keep(member(*args, **named))
    except Exception:
        pass
    finally:
        depth -= 1


def work(calls):
    for _ in range(calls):
        attempt()


# Some that work, so that what follows has something to break.
for _ in range(20):
    attempt()
    try:
        keep(make())
    except Exception:
        pass
threads = [threading.Thread(target=work, args=(CALLS // 8,)) for _ in range(2)]
for thread in threads:
    thread.start()
work(CALLS - CALLS // 4)
for thread in threads:
    thread.join()
objects.clear()
gc.collect()
print("no crash")
