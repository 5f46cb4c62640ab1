"""The wheel in another interpreter, without any package beside it: all that calls the interpreter by hand, many times."""
import gc
import sys
import threading

import nanoprom

registry = nanoprom.CollectorRegistry()
counter = nanoprom.Counter("c", "Help.", ["a"], registry=registry)
gauge = nanoprom.Gauge("g", "Help.", registry=registry)
summary = nanoprom.Summary("s", "Help.", registry=registry)
histogram = nanoprom.Histogram("h", "Help.", registry=registry)
state = nanoprom.Enum("e", "Help.", states=["on", "off"], registry=registry)
gauge.set_function(lambda: sys.version_info[1])


def work():
    for number in range(20_000):
        counter.labels(str(number % 50)).inc()
        counter.labels(a="x").inc(2, {"id": str(number)})
        summary.observe(amount=1)
        histogram.observe(number / 20_000)
        if number % 1000 == 0:
            gc.collect()
            nanoprom.generate_latest(registry)
            counter.remove("7")


threads = [threading.Thread(target=work) for _ in range(4)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
for wrong in (lambda: counter.inc(), lambda: summary.observe("x"), lambda: histogram.observe(), lambda: gauge.set(value=1, to=2)):
    try:
        wrong()
    except (TypeError, ValueError):
        continue
    raise SystemExit("a wrong call was accepted")
value = registry.get_sample_value
assert value("c_total", {"a": "x"}) == 160_000 and value("s_count") == value("h_count") == 80_000
assert value("c_total", {"a": "1"}) == 1600 and value("g") == sys.version_info[1] and value("e", {"e": "on"}) == 1
print(f"the wheel works in Python {sys.version.split()[0]}")
