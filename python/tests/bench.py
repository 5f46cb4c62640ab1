"""Ratios to `prometheus_client`, measured in turns in one process: `bench.py [RESULT.json]`."""
from __future__ import annotations

import gc
import json
import sys
import threading
import time
import timeit
from typing import Any, Callable, Dict

import nanoprom
import prometheus_client

ROUNDS = 15
# What is measured, and how many times faster it has to be.
GOALS = {
    "c.inc()": 8.0,
    "c.inc(2)": 0.0,
    "g.set(3)": 0.0,
    "s.observe(0.3)": 0.0,
    "h.observe(0.3)": 12.0,
    'l.labels("a", "b").inc()': 5.0,
    'l.labels(a="a", b="b").inc()': 0.0,
}
SERIES = 1000


def metrics(library: Any) -> Dict[str, Any]:
    registry = library.CollectorRegistry()
    made = {
        "c": library.Counter("c", "Help.", registry=registry),
        "g": library.Gauge("g", "Help.", registry=registry),
        "s": library.Summary("s", "Help.", registry=registry),
        "h": library.Histogram("h", "Help.", registry=registry),
        "l": library.Counter("l", "Help.", ["a", "b"], registry=registry),
    }
    page = library.CollectorRegistry()
    many = library.Counter("many", "Help.", ["a", "b"], registry=page)
    for number in range(SERIES):
        many.labels(str(number % 40), str(number // 40)).inc(number)
    return {**made, "page": lambda: library.generate_latest(page)}


def seconds(statement: str, names: Dict[str, Any], number: int) -> float:
    return timeit.timeit(statement, globals=names, number=number) / number


def compare(statement: str, ours: Dict[str, Any], theirs: Dict[str, Any], counts: tuple[int, int]) -> tuple[float, float]:
    """The least time of each, in turns, so that what else the machine does meets both."""
    best = [float("inf")] * 2
    for _ in range(ROUNDS):
        for at, names in enumerate((ours, theirs)):
            best[at] = min(best[at], seconds(statement, names, counts[at]))
    return best[0], best[1]


def resident() -> int:
    with open("/proc/self/statm") as file:
        return int(file.read().split()[1]) * 4096


def bytes_per_series(library: Any, kept: list[Any]) -> float:
    gc.collect()
    before = resident()
    counter = library.Counter("kept", "Help.", ["method", "path"], registry=None)
    for number in range(50_000):
        counter.labels("GET", str(number)).inc()
    gc.collect()
    kept.append(counter)
    return (resident() - before) / 50_000


def in_threads(update: Callable[[], None], threads: int) -> float:
    """Updates a second of all threads together."""
    count = 200_000

    def work() -> None:
        for _ in range(count):
            update()

    workers = [threading.Thread(target=work) for _ in range(threads)]
    began = time.perf_counter()
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    return threads * count / (time.perf_counter() - began)


def main() -> None:
    ours, theirs = metrics(nanoprom), metrics(prometheus_client)
    result: Dict[str, Any] = {"python": sys.version.split()[0], "times": {}}
    missed = []
    print(f"{'':32}{'nanoprom':>12}{'prometheus_client':>20}{'ratio':>8}{'goal':>8}")

    def show(name: str, mine: float, other: float, unit: str, goal: float) -> None:
        ratio = other / mine
        result["times"][name] = {"nanoprom": mine, "prometheus_client": other, "unit": unit, "ratio": round(ratio, 1), "goal": goal}
        print(f"{name:32}{mine:9.4g} {unit}{other:17.4g} {unit}{ratio:8.1f}{goal or '':>8}")
        if ratio < goal:
            missed.append(name)

    for statement, goal in GOALS.items():
        mine, other = compare(statement, ours, theirs, (20_000, 5_000))
        show(statement, mine * 1e9, other * 1e9, "ns", goal)
    mine, other = compare("page()", ours, theirs, (20, 2))
    show(f"generate_latest, {SERIES} series", mine * 1e6, other * 1e6, "us", 100.0)
    kept: list[Any] = []
    show("memory of a series", bytes_per_series(nanoprom, kept), bytes_per_series(prometheus_client, kept), "B ", 5.0)

    one, four = (in_threads(ours["c"].inc, threads) for threads in (1, 4))
    result["threads"] = {"1": one, "4": four}
    print(f"c.inc() a second: {one / 1e6:.1f} million in one thread, {four / 1e6:.1f} million in four")
    if len(sys.argv) > 1:
        with open(sys.argv[1], "w") as file:
            json.dump(result, file, indent=2)
        print(f"written to {sys.argv[1]}")
    if missed:
        sys.exit(f"below the goal: {', '.join(missed)}")


if __name__ == "__main__":
    main()
