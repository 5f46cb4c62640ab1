"""A web server whose failures are counted: exceptions.py APP-PORT METRICS-PORT."""
import http.server
import sys

from prometheus_client import Counter, start_http_server

REQUESTS = Counter("requests_total", "Requests seen.")
ANY = Counter("faults_total", "Requests that failed in any way.")
WRONG = Counter("wrong_numbers_total", "Requests that gave no number.")
ZERO = Counter("divisions_by_zero_total", "Requests that gave a zero.")


@ANY.count_exceptions()
def answer(path):
    """What is 1000 divided by the path?"""
    with WRONG.count_exceptions(ValueError):
        number = int(path.strip("/"))
    with ZERO.count_exceptions((ZeroDivisionError, OverflowError)):
        return 1000 // number


class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        REQUESTS.inc()
        try:
            status, page = 200, str(answer(self.path))
        except ArithmeticError:
            status, page = 422, "There is no answer."
        except ValueError:
            status, page = 400, "That is no number."
        self.send_response(status)
        self.end_headers()
        self.wfile.write(page.encode())

    def log_message(self, format, *args):
        pass


if __name__ == "__main__":
    assert answer.__name__ == "answer" and answer.__doc__.startswith("What is")
    start_http_server(int(sys.argv[2]), addr="127.0.0.1")
    http.server.HTTPServer(("127.0.0.1", int(sys.argv[1])), Handler).serve_forever()
