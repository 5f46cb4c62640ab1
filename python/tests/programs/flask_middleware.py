"""A Flask application that measures every request: flask_middleware.py APP-PORT METRICS-PORT."""
import sys
import time

from flask import Flask, abort, g, request
from prometheus_client import Counter, Enum, Histogram, Info, start_http_server

LATENCY = Histogram(
    "http_request_duration_seconds", "How long requests take.", ["method", "endpoint"],
    buckets=(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, float("inf")))
REQUESTS = Counter("http_requests_total", "Requests by outcome.", ["method", "endpoint", "status"])
STATE = Enum("app_state", "What the application does.", states=["starting", "serving", "ending"])
Info("app_build", "Which build this is.").info({"version": "1.2.3", "revision": 'a"b\\c\nd'})

app = Flask(__name__)


@app.before_request
def start():
    g.started = time.perf_counter()


@app.after_request
def measure(response):
    endpoint = request.endpoint or "none"
    LATENCY.labels(request.method, endpoint).observe(time.perf_counter() - g.started)
    REQUESTS.labels(method=request.method, endpoint=endpoint, status=response.status_code).inc()
    return response


@app.route("/")
def index():
    return "Hello"


@app.route("/orders", methods=["POST"])
def orders():
    return {"order": 1}, 201


@app.route("/secret")
def secret():
    abort(403)


if __name__ == "__main__":
    start_http_server(int(sys.argv[2]), addr="127.0.0.1")
    STATE.state("serving")
    app.run("127.0.0.1", int(sys.argv[1]), threaded=True)
