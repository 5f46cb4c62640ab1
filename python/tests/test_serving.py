"""Pages over HTTP and in files: negotiation, WSGI, ASGI, the servers, the handler class."""
from __future__ import annotations

import asyncio
import contextlib
import gzip
import http.server
import os
import socket
import ssl
import subprocess
import threading
import urllib.error
import urllib.request
from wsgiref.util import setup_testing_defaults
from wsgiref.validate import validator

import pytest

PROMETHEUS_2 = ("application/openmetrics-text;version=1.0.0,application/openmetrics-text;version=0.0.1;q=0.75,"
                "text/plain;version=0.0.4;q=0.5,*/*;q=0.1")
PROMETHEUS_3 = ("application/openmetrics-text;version=1.0.0;escaping=allow-utf-8;q=0.6,"
                "application/openmetrics-text;version=0.0.1;q=0.5,text/plain;version=1.0.0;escaping=allow-utf-8;q=0.4,"
                "text/plain;version=0.0.4;q=0.3,*/*;q=0.2")
PLAIN = "text/plain; version=0.0.4; charset=utf-8"
OPENMETRICS = "application/openmetrics-text; version=1.0.0; charset=utf-8; escaping="


@pytest.fixture
def registry(lib):
    registry = lib.CollectorRegistry()
    lib.Counter("hits", "Hits.", registry=registry).inc(2)
    lib.Gauge("other.gauge", "Other.", registry=registry).set(3)
    return registry


def serve(app, environ):
    """What a WSGI application answers."""
    setup_testing_defaults(environ)
    answer = []
    body = b"".join(app(environ, lambda status, headers: answer.extend((status, dict(headers)))))
    return *answer, body


@pytest.mark.parametrize(("accept", "content_type"), [
    (None, PLAIN), ("", PLAIN), ("*/*", PLAIN), ("text/html", PLAIN), ("nonsense;;=,;", PLAIN),
    (PROMETHEUS_2, OPENMETRICS + "underscores"), (PROMETHEUS_3, OPENMETRICS + "allow-utf-8"),
    ("application/openmetrics-text; version=0.0.1", PLAIN), ("text/plain; version=0.0.4", PLAIN),
    ("application/openmetrics-text; version=1.0.0; escaping=dots", OPENMETRICS + "dots"),
    ("text/plain; version=1.0.0; escaping=values", "text/plain; version=1.0.0; charset=utf-8; escaping=values"),
])
def test_the_header_chooses_the_format(lib, registry, accept, content_type):
    encoder, chosen = lib("exposition").choose_encoder(accept)
    assert chosen == content_type
    assert encoder(registry).endswith(b"# EOF\n") == chosen.startswith("application/openmetrics-text")
    quoted = b'"other.gauge"' in encoder(registry)
    assert quoted == ("allow-utf-8" in chosen)


@pytest.mark.parametrize(("accept", "openmetrics"), [
    ("application/openmetrics-text; version=1.0.x", False), ("application/openmetrics-text; version=2.0.0", False),
    ("application/openmetrics-text;q=0, text/plain", False), ("APPLICATION/OpenMetrics-Text; Version=1.0.0", True),
    ("text/plain;version=0.0.4;q=0.2, application/openmetrics-text;q=0.9", True),
    ("text/plain, application/openmetrics-text;q=0.5", False),
])
def test_nothing_is_promised_that_is_not_kept(ours, accept, openmetrics):
    assert ours("exposition").choose_encoder(accept)[1] == (OPENMETRICS + "underscores" if openmetrics else PLAIN)


@pytest.mark.parametrize(("header", "accepted"), [
    (None, False), ("", False), ("gzip", True), ("deflate, GZIP;q=0.5", True), ("br", False)])
def test_pages_are_compressed_where_that_is_asked_for(lib, registry, header, accepted):
    environ = {"HTTP_ACCEPT_ENCODING": header} if header else {}
    status, headers, body = serve(lib.make_wsgi_app(registry), dict(environ))
    assert status == "200 OK" and (headers.get("Content-Encoding") == "gzip") == accepted
    assert b"hits_total 2.0\n" in (gzip.decompress(body) if accepted else body)
    _, headers, body = serve(lib.make_wsgi_app(registry, disable_compression=True), dict(environ))
    assert "Content-Encoding" not in headers and b"hits_total 2.0\n" in body


def test_gzip_can_be_refused(ours):
    assert not ours("exposition").gzip_accepted("gzip;q=0")


def test_wsgi_answers_by_the_rules(lib, registry):
    app = validator(lib.make_wsgi_app(registry, disable_compression=True))
    body = app({**_environ(), "HTTP_ACCEPT": PROMETHEUS_2}, lambda *_: lambda _: None)
    assert b"".join(body).endswith(b"# EOF\n")
    body.close()


def _environ():
    environ: dict = {"QUERY_STRING": ""}
    setup_testing_defaults(environ)
    return environ


@pytest.mark.parametrize(("method", "path", "query", "status", "has", "hasnt"), [
    ("GET", "/any/path", "", "200 OK", b"hits_total", b"xx"),
    ("GET", "/", "name[]=hits_total", "200 OK", b"hits_total", b"other"),
    ("GET", "/", "name[]=hits_total&name[]=other.gauge", "200 OK", b"other", b"created"),
    ("GET", "/favicon.ico", "", "200 OK", b"", b"hits"),
    ("OPTIONS", "/", "", "200 OK", b"", b"hits"),
    ("HEAD", "/", "", "405 Method Not Allowed", b"# HTTP 405 Method Not Allowed: HEAD; use OPTIONS or GET\n", b"hits"),
    ("POST", "/", "", "405 Method Not Allowed", b"# HTTP 405 Method Not Allowed: POST; use OPTIONS or GET\n", b"hits"),
])
def test_methods_and_queries(lib, registry, method, path, query, status, has, hasnt):
    answered, headers, body = serve(
        lib.make_wsgi_app(registry), {"REQUEST_METHOD": method, "PATH_INFO": path, "QUERY_STRING": query})
    assert answered == status and has in body and hasnt not in body
    assert (headers.get("Allow") == "OPTIONS,GET") == (method != "GET")


def test_asgi(lib, registry):
    sent: list = []

    async def run():
        async def receive():
            return {"type": "http.request"}

        async def send(message):
            sent.append(message)

        scope = {"type": "http", "query_string": b"name[]=hits_total",
                 "headers": [(b"Accept", PROMETHEUS_2.encode()), (b"accept-encoding", b"gzip")]}
        await lib.make_asgi_app(registry)(scope, receive, send)

    asyncio.run(run())
    start, body = sent
    assert start["status"] == 200 and dict(start["headers"])[b"Content-Encoding"] == b"gzip"
    assert gzip.decompress(body["body"]).splitlines()[2:] == [b"hits_total 2.0", b"# EOF"]


def test_a_server_answers_and_ends(lib, registry):
    server, thread = lib.start_http_server(0, addr="127.0.0.1", registry=registry)
    url = f"http://127.0.0.1:{server.server_port}/metrics"
    with urllib.request.urlopen(url, timeout=10) as answer:
        assert b"hits_total 2.0\n" in answer.read() and answer.headers["Content-Type"] == PLAIN
    server.shutdown()
    server.server_close()
    thread.join(10)
    assert not thread.is_alive()
    with pytest.raises(OSError):
        urllib.request.urlopen(url, timeout=10)


def test_two_registries_have_a_server_each_and_stalled_clients_hold_up_nobody(lib, registry):
    other = lib.CollectorRegistry()
    lib.Gauge("alone", "Help.", registry=other)
    servers = [lib.start_http_server(0, addr="127.0.0.1", registry=of)[0] for of in (registry, other)]
    with contextlib.ExitStack() as stalled:
        for server in servers * 5:
            client = stalled.enter_context(socket.create_connection(("127.0.0.1", server.server_port), timeout=10))
            client.sendall(b"GET /metrics HTTP/1.1\r\nHost:")
        found = []
        for server in servers:
            with urllib.request.urlopen(f"http://127.0.0.1:{server.server_port}/", timeout=10) as answer:
                found.append(answer.read())
    for server in servers:
        server.shutdown()
        server.server_close()
    assert [b"hits_total 2.0\n" in page for page in found] == [True, False]
    assert found[1] == b"# HELP alone Help.\n# TYPE alone gauge\nalone 0.0\n"


def test_servers_take_ipv6(lib, registry):
    try:
        server, _ = lib.start_http_server(0, addr="::1", registry=registry)
    except OSError:
        pytest.skip("no IPv6 here")
    with urllib.request.urlopen(f"http://[::1]:{server.server_port}/", timeout=10) as answer:
        assert answer.status == 200
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="module")
def certificate(tmp_path_factory):
    directory = tmp_path_factory.mktemp("tls")
    key, certificate = directory / "key.pem", directory / "certificate.pem"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2",
         "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1", "-keyout", key, "-out", certificate],
        check=True, capture_output=True)
    return str(certificate), str(key)


def test_a_server_speaks_tls_and_asks_for_certificates(lib, registry, certificate):
    file, key = certificate
    server, _ = lib.start_http_server(
        0, addr="127.0.0.1", registry=registry, certfile=file, keyfile=key, client_cafile=file,
        client_auth_required=True, tls_min_version=ssl.TLSVersion.TLSv1_2)
    url = f"https://127.0.0.1:{server.server_port}/metrics"
    stranger = ssl.create_default_context(cafile=file)
    with pytest.raises(OSError):
        urllib.request.urlopen(url, timeout=10, context=stranger).read()
    known = ssl.create_default_context(cafile=file)
    known.load_cert_chain(file, key)
    with urllib.request.urlopen(url, timeout=10, context=known) as answer:
        assert b"hits_total 2.0" in answer.read()
    server.shutdown()
    server.server_close()


def test_a_missing_certificate_is_named(lib, registry):
    with pytest.raises(OSError, match="Cannot load server certificate file 'no.pem' or its private key file 'no.key'"):
        lib.start_http_server(0, addr="127.0.0.1", registry=registry, certfile="no.pem", keyfile="no.key")


def test_the_handler_class_serves_a_registry(lib, registry):
    handler = lib.MetricsHandler.factory(registry)
    assert issubclass(handler, lib.MetricsHandler) and handler.registry is registry
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        url = f"http://127.0.0.1:{server.server_port}/?name[]=hits_total"
        with urllib.request.urlopen(url, timeout=10) as answer:
            assert answer.read().endswith(b"hits_total 2.0\n")
        server.shutdown()


def test_a_file_is_replaced_as_a_whole(lib, registry, tmp_path):
    path = tmp_path / "metrics.prom"
    lib.write_to_textfile(str(path), registry)
    assert path.read_bytes() == lib("exposition").generate_latest(registry, "allow-utf-8")
    other = tmp_path / "other"
    other.mkdir()
    lib.write_to_textfile(str(path), registry, "underscores", tmpdir=str(other))
    assert b"other_gauge 3.0\n" in path.read_bytes()
    assert sorted(os.listdir(tmp_path)) == ["metrics.prom", "other"] and os.listdir(other) == []


def test_a_file_stays_when_a_collector_fails(lib, tmp_path):
    path = tmp_path / "metrics.prom"
    path.write_text("old\n")

    class Broken:
        def collect(self):
            raise RuntimeError("no")

    registry = lib.CollectorRegistry()
    registry.register(Broken())
    with pytest.raises(RuntimeError):
        lib.write_to_textfile(str(path), registry)
    assert path.read_text() == "old\n" and os.listdir(tmp_path) == ["metrics.prom"]
