"""One metric of each type in a registry of its own: four_types.py - METRICS-PORT."""
import random
import sys
import time

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, Summary, start_http_server

REGISTRY = CollectorRegistry()
COUNTER = Counter("demo_events", "Events so far.", registry=REGISTRY, namespace="app")
GAUGE = Gauge("temperature", "The temperature now.", registry=REGISTRY, namespace="app", unit="celsius")
SUMMARY = Summary("request_seconds", "Time of requests.", registry=REGISTRY, namespace="app", subsystem="web")
HISTOGRAM = Histogram("response_seconds", "Time of responses.", ["code"], registry=REGISTRY, namespace="app")

if __name__ == "__main__":
    chance = random.Random(1)
    server, thread = start_http_server(int(sys.argv[2]), addr="127.0.0.1", registry=REGISTRY)
    assert thread.is_alive()
    while True:
        COUNTER.inc(chance.random())
        GAUGE.set(20 + chance.gauss(0, 1))
        SUMMARY.observe(chance.random())
        HISTOGRAM.labels(chance.choice(["200", "404"])).observe(chance.expovariate(10))
        assert REGISTRY.get_sample_value("app_demo_events_total") > 0
        time.sleep(0.01)
