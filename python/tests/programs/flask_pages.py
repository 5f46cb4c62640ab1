"""A Flask application that returns pages itself, of one metric and of all: flask_pages.py APP-PORT."""
import sys

from flask import Flask, Response
from prometheus_client import CONTENT_TYPE_LATEST, REGISTRY, Counter, Histogram, generate_latest

app = Flask(__name__)
VIEWS = Counter("views", "Views of pages.", ["page"])
ORDERS = Histogram("order_value_euros", "What orders are worth.", buckets=[1, 10, 100, 1000])


@app.route("/shop/<page>")
def shop(page):
    VIEWS.labels(page).inc()
    ORDERS.observe(len(page) * 10)
    return f"This is {page}."


@app.route("/metrics/views")
def views():
    return Response(generate_latest(VIEWS), mimetype="text/plain")


@app.route("/metrics")
def metrics():
    return generate_latest(REGISTRY), 200, {"Content-Type": CONTENT_TYPE_LATEST}


if __name__ == "__main__":
    app.run("127.0.0.1", int(sys.argv[1]))
