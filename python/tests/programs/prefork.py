"""A WSGI application for servers that import it and then fork; whichever worker is asked shows the metrics of all.

`app` is what gunicorn --preload and uwsgi serve. Each answer tells its worker.
"""
import os
import time

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, make_wsgi_app, multiprocess

PAGES = Counter("pages", "Pages given.", ["path"])
TIME = Histogram("page_seconds", "How long a page takes.")
BUSY = Gauge("busy_requests", "Requests at work.", multiprocess_mode="livesum")
LAST = Gauge("last_page_time_seconds", "When a worker gave a page.", multiprocess_mode="liveall")

registry = CollectorRegistry()
multiprocess.MultiProcessCollector(registry)
metrics = make_wsgi_app(registry)


@TIME.time()
@BUSY.track_inprogress()
def page(environ, start_response):
    time.sleep(0.005)
    PAGES.labels(environ["PATH_INFO"]).inc()
    LAST.set_to_current_time()
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [b"A page.\n"]


def app(environ, start_response):
    def start(status, headers):
        return start_response(status, [*headers, ("X-Worker", str(os.getpid()))])

    return (metrics if environ["PATH_INFO"] == "/metrics" else page)(environ, start)
