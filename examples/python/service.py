"""A service that counts its requests, with its page at a port of its own: service.py [PORT METRICS-PORT].

Written for prometheus_client: only the name in the import is another.
"""
import http.server
import sys
import time

from nanoprom import Counter, Gauge, Histogram, start_http_server

REQUESTS = Counter("http_requests_total", "Requests answered.", ["endpoint", "status"])
LATENCY = Histogram("http_request_duration_seconds", "Time to answer.", ["endpoint"])
BUSY = Gauge("http_requests_in_progress", "Requests that are being answered.")
FAULTS = Counter("service_faults_total", "Requests that ended in an exception.")


@FAULTS.count_exceptions()
def answer(path):
    """The text of a page."""
    if path == "/slow":
        time.sleep(0.05)
    elif path == "/fault":
        raise RuntimeError("this page does not work")
    return b"Hello\n"


class Handler(http.server.BaseHTTPRequestHandler):
    @BUSY.track_inprogress()
    def do_GET(self):
        # Anybody can ask for anything: what is not known is one endpoint.
        endpoint = self.path if self.path in ("/", "/slow", "/fault") else "other"
        with LATENCY.labels(endpoint).time():
            try:
                status, page = 200, answer(self.path)
            except RuntimeError as error:
                status, page = 500, f"{error}\n".encode()
        # Before the answer, so that whoever has it finds it counted.
        REQUESTS.labels(endpoint, status).inc()
        self.send_response(status)
        self.send_header("Content-Length", str(len(page)))
        self.end_headers()
        self.wfile.write(page)

    def log_message(self, format, *args):
        pass


if __name__ == "__main__":
    port, metrics_port = map(int, sys.argv[1:3] or (8000, 9100))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", port), Handler)
    start_http_server(metrics_port, addr="127.0.0.1")
    print(f"http://127.0.0.1:{port}/, /slow, /fault; metrics at http://127.0.0.1:{metrics_port}/metrics", flush=True)
    try:
        server.serve_forever()
    except KeyboardInterrupt:
        pass
