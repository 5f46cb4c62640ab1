"""What a Pushgateway, and Graphite, are sent."""
from __future__ import annotations

import gzip
import http.server
import socket
import threading
import urllib.error

import pytest


class Gateway(http.server.HTTPServer):
    """Keeps what it was sent: method, path, headers, body."""

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Handler)
        self.seen: list = []
        self.redirect_to = ""
        self.status = 202


class Handler(http.server.BaseHTTPRequestHandler):
    server: Gateway

    def answer(self):
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        self.server.seen.append((self.command, self.path, dict(self.headers), body))
        if self.server.redirect_to and self.path.startswith("/old"):
            self.send_response(301)
            self.send_header("Location", self.server.redirect_to + self.path[len("/old"):])
        else:
            self.send_response(self.server.status)
        self.send_header("Content-Length", "0")
        self.end_headers()

    do_PUT = do_POST = do_DELETE = answer

    def log_message(self, format, *args):
        pass


@pytest.fixture
def gateway():
    with Gateway() as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield server
        server.shutdown()
        thread.join()


@pytest.fixture
def address(gateway):
    return f"127.0.0.1:{gateway.server_port}"


@pytest.fixture
def registry(lib):
    registry = lib.CollectorRegistry()
    lib.Gauge("g", "Help.", registry=registry).set(2)
    return registry


PAGE = b"# HELP g Help.\n# TYPE g gauge\ng 2.0\n"


@pytest.mark.parametrize(("function", "method"), [("push_to_gateway", "PUT"), ("pushadd_to_gateway", "POST")])
def test_pushing(lib, registry, gateway, address, function, method):
    getattr(lib, function)(address, "my_job", registry)
    command, path, headers, body = gateway.seen[0]
    assert (command, path, body) == (method, "/metrics/job/my_job", PAGE)
    assert headers["Content-Type"] == "text/plain; version=0.0.4; charset=utf-8"


@pytest.mark.parametrize(("job", "key", "path"), [
    ("j", {"b": 9, "a": "x y"}, "/metrics/job/j/a@base64/eCB5/b/9"),
    ("a/b", {}, "/metrics/job@base64/YS9i"),
    ("j", {"empty": ""}, "/metrics/job/j/empty@base64/="),
    ("jö&", {"b": "a+b"}, "/metrics/job/j%C3%B6%26/b/a%2Bb"),
])
def test_grouping_keys_are_paths(lib, registry, gateway, address, job, key, path):
    lib.push_to_gateway(f"http://{address}/", job, registry, grouping_key=key)
    lib.delete_from_gateway(address, job, grouping_key=key)
    assert [(command, seen) for command, seen, _, _ in gateway.seen] == [("PUT", path), ("DELETE", path)]
    assert gateway.seen[1][3] == b""


def test_pages_can_be_compressed(lib, registry, gateway, address):
    lib.push_to_gateway(address, "j", registry, compression="gzip")
    _, _, headers, body = gateway.seen[0]
    assert headers["Content-Encoding"] == "gzip" and gzip.decompress(body) == PAGE
    with pytest.raises(ValueError, match="Unsupported compression type: zip"):
        lib.push_to_gateway(address, "j", registry, compression="zip")


def test_a_user_and_a_password_are_sent(lib, registry, gateway, address):
    def handler(url, method, timeout, headers, data):
        basic = lib("exposition").basic_auth_handler
        return basic(url, method, timeout, headers, data, "Aladdin", "open sesame")

    lib.push_to_gateway(address, "j", registry, handler=handler)
    assert gateway.seen[0][2]["Authorization"] == "Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ=="


def test_own_handlers_are_given_everything(lib, registry):
    calls = []

    def handler(url, method, timeout, headers, data):
        calls.append((url, method, timeout, headers, data))
        return lambda: calls.append("sent")

    lib.push_to_gateway("https://gateway:1/prefix/", "j", registry, timeout=7, handler=handler)
    headers = [("Content-Type", "text/plain; version=0.0.4; charset=utf-8")]
    assert calls == [("https://gateway:1/prefix/metrics/job/j", "PUT", 7, headers, PAGE), "sent"]


def test_redirects_are_followed_only_on_request(lib, registry, gateway, address):
    gateway.redirect_to = f"http://{address}/new"
    with pytest.raises(urllib.error.HTTPError):
        lib.push_to_gateway(f"{address}/old", "j", registry)
    handler = lib("exposition").passthrough_redirect_handler
    lib.push_to_gateway(f"{address}/old", "j", registry, handler=handler)
    command, path, _, body = gateway.seen[-1]
    assert (command, path, body) == ("PUT", "/new/metrics/job/j", PAGE)


def test_a_gateway_that_refuses_is_an_error(lib, registry, gateway, address):
    gateway.status = 400
    with pytest.raises(OSError):
        lib.push_to_gateway(address, "j", registry)
    gateway.server_close()


def test_this_host_has_an_address(lib):
    assert socket.inet_aton(lib.instance_ip_grouping_key()["instance"])


@pytest.mark.parametrize(("tags", "line"), [(False, "p.c_total.a_b.x_y"), (True, "p.c_total;a_b=x_y")])
def test_graphite_is_sent_lines(lib, tags, line):
    registry = lib.CollectorRegistry()
    family = lib("metrics_core").CounterMetricFamily("c", "Help.", labels=["a.b"])
    family.add_metric(["x y"], 2)

    class Collector:
        def collect(self):
            return [family]

    registry.register(Collector())
    with socket.create_server(("127.0.0.1", 0)) as server:
        bridge = lib("bridge.graphite").GraphiteBridge(server.getsockname(), registry, _timer=lambda: 1700000000.7, tags=tags)
        bridge.push(prefix="p")
        connection, _ = server.accept()
        with connection:
            assert connection.makefile().read() == f"{line} 2.0 1700000000\n"
