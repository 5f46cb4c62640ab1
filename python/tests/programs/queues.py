"""Workers that take work from queues: queues.py - METRICS-PORT."""
import queue
import sys
import threading
import time

from prometheus_client import Counter, Gauge, start_http_server

WAITING = Gauge("queue_items", "Items that wait.", ["queue", "priority"])
WORKERS = Gauge("queue_workers", "Workers by what they do.", ["state"])
THREADS = Gauge("threads", "Threads of this program.")
DONE = Counter("items_done_total", "Items that are done.", ["queue"])

THREADS.set_function(threading.active_count)
QUEUES = {name: queue.Queue() for name in ("mail", "print")}


def feed():
    while True:
        for name, waiting in QUEUES.items():
            waiting.put(time.time())
            WAITING.labels(queue=name, priority="high").inc()
            WAITING.labels(name, "low").set(waiting.qsize() / 2)
        time.sleep(0.02)


def work(name):
    busy, idle, done = WORKERS.labels("busy"), WORKERS.labels("idle"), DONE.labels(queue=name)
    while True:
        with idle.track_inprogress():
            QUEUES[name].get()
        with busy.track_inprogress():
            WAITING.labels(name, "high").dec()
            done.inc()


if __name__ == "__main__":
    start_http_server(int(sys.argv[2]), "127.0.0.1")
    WAITING.labels("gone", "low").set(7)
    WAITING.remove("gone", "low")
    for name in QUEUES:
        threading.Thread(target=work, args=(name,), daemon=True).start()
    feed()
