"""An exporter that looks at something again and again: exporter_loop.py - METRICS-PORT."""
import asyncio
import sys

from prometheus_client import Counter, Gauge, Histogram, start_http_server

RUNNING = Gauge("probe_in_progress", "Whether a probe runs.")
LAST = Gauge("probe_last_run_time_seconds", "When a probe last ended well.")
TOOK = Gauge("probe_last_duration_seconds", "How long the latest probe took.")
DURATION = Histogram("probe_duration_seconds", "How long probes take.", buckets=[0.01, 0.02, 0.05, 0.1, 0.5])
FAILED = Counter("probe_failures_total", "Probes that failed.", ["reason"])
FAILED.labels("timeout"), FAILED.labels("refused")


async def probe(number):
    with RUNNING.track_inprogress(), DURATION.time() as timer:
        await asyncio.sleep(0.02)
        if number % 5 == 4:
            raise ConnectionRefusedError
    TOOK.set(timer.duration)
    LAST.set_to_current_time()


async def main():
    number = 0
    while True:
        try:
            with FAILED.labels(reason="refused").count_exceptions(ConnectionRefusedError):
                await probe(number)
        except ConnectionRefusedError:
            pass
        number += 1


if __name__ == "__main__":
    start_http_server(port=int(sys.argv[2]), addr="127.0.0.1")
    asyncio.run(main())
