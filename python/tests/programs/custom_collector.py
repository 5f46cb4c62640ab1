"""Metrics of something else, asked for at each scrape: custom_collector.py - METRICS-PORT."""
import sys
import time

from prometheus_client import REGISTRY, start_http_server
from prometheus_client.core import (
    CounterMetricFamily, GaugeHistogramMetricFamily, GaugeMetricFamily, HistogramMetricFamily, InfoMetricFamily,
    StateSetMetricFamily, SummaryMetricFamily,
)
from prometheus_client.registry import Collector

STARTED = time.time()


class Devices(Collector):
    """Three devices, as some driver would know them."""

    def collect(self):
        age = time.time() - STARTED
        yield GaugeMetricFamily("devices", "Devices found.", value=3)
        blocks = CounterMetricFamily("device_blocks", "Blocks read.", labels=["device"])
        heat = GaugeMetricFamily("device_temperature_celsius", "Temperature.", labels=["device", "place"])
        for number in range(3):
            blocks.add_metric([f"sd{number}"], int(age * 1000) * (number + 1))
            heat.add_metric([f"sd{number}", 'front "left"\\'], 30 + number)
        yield blocks
        yield heat
        latency = HistogramMetricFamily("device_latency_seconds", "Latency.", labels=["device"])
        latency.add_metric(["sd0"], [("0.001", int(age * 900)), ("0.01", int(age * 990)), ("+Inf", int(age * 1000))], age)
        yield latency
        yield SummaryMetricFamily("device_request_bytes", "Sizes.", count_value=int(age * 10), sum_value=age * 5120)
        yield GaugeHistogramMetricFamily("device_queue", "Queues.", buckets=[("1.0", 2), ("+Inf", 3)], gsum_value=4)
        yield InfoMetricFamily("device_driver", "The driver.", value={"name": "nvme", "version": "1.0"})
        yield StateSetMetricFamily("device_raid", "The array.", value={"clean": True, "degraded": False})


if __name__ == "__main__":
    REGISTRY.register(Devices())
    start_http_server(int(sys.argv[2]), addr="127.0.0.1")
    while True:
        time.sleep(1)
