"""A web server that counts, with a second server for the metrics: hits.py APP-PORT METRICS-PORT."""
import http.server
import sys

from prometheus_client import Counter, Gauge, Histogram, Summary, start_http_server

HITS = Counter("hits_total", "Pages served.")
BYTES = Counter("sent_bytes_total", "Bytes served.", unit="bytes")
LAST = Gauge("last_hit_time_seconds", "When the latest page was served.")
BUSY = Gauge("requests_in_progress", "Requests that are being answered.")
SIZE = Summary("answer_size_bytes", "Size of the pages.")
LATENCY = Histogram("answer_latency_seconds", "How long an answer takes.", buckets=(0.001, 0.01, 0.1, 1.0))


class Handler(http.server.BaseHTTPRequestHandler):
    @BUSY.track_inprogress()
    @LATENCY.time()
    def do_GET(self):
        page = b"Hello\n" * 100
        HITS.inc()
        BYTES.inc(len(page))
        SIZE.observe(len(page))
        self.send_response(200)
        self.end_headers()
        self.wfile.write(page)
        LAST.set_to_current_time()

    def log_message(self, format, *args):
        pass


if __name__ == "__main__":
    start_http_server(int(sys.argv[2]), addr="127.0.0.1")
    http.server.HTTPServer(("127.0.0.1", int(sys.argv[1])), Handler).serve_forever()
