"""Pages over HTTP: as a WSGI application, as a handler class, and with a server of their own."""
from __future__ import annotations

import gzip
import socket
import ssl
import threading
from http.server import BaseHTTPRequestHandler
from socketserver import ThreadingMixIn
from typing import Any, Callable, Dict, List, Optional, Tuple
from urllib.parse import parse_qs, urlparse
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

from ._negotiation import choose_encoder, gzip_accepted
from .registry import REGISTRY, Collector

Headers = List[Tuple[str, str]]
_METHODS = "OPTIONS,GET"


def _bake_output(
    registry: Any, accept_header: Optional[str], accept_encoding_header: Optional[str],
    params: Dict[str, List[str]], disable_compression: bool,
) -> Tuple[str, Headers, bytes]:
    """Status, headers and body for a scrape."""
    encoder, content_type = choose_encoder(accept_header)
    if "name[]" in params:
        registry = registry.restricted_registry(params["name[]"])
    output = encoder(registry)
    headers = [("Content-Type", content_type)]
    if not disable_compression and gzip_accepted(accept_encoding_header):
        output = gzip.compress(output, compresslevel=6)
        headers.append(("Content-Encoding", "gzip"))
    return "200 OK", headers, output


def make_wsgi_app(registry: Collector = REGISTRY, disable_compression: bool = False) -> Callable[..., List[bytes]]:
    """A WSGI application that answers `GET` of any path with the page; `/favicon.ico` is empty."""

    def prometheus_app(environ: Dict[str, Any], start_response: Callable[..., Any]) -> List[bytes]:
        method = environ["REQUEST_METHOD"]
        status, headers, output = "200 OK", [], b""
        if method == "OPTIONS":
            headers = [("Allow", _METHODS)]
        elif method != "GET":
            status, headers = "405 Method Not Allowed", [("Allow", _METHODS)]
            output = f"# HTTP {status}: {method}; use OPTIONS or GET\n".encode()
        elif environ["PATH_INFO"] != "/favicon.ico":
            status, headers, output = _bake_output(
                registry, environ.get("HTTP_ACCEPT"), environ.get("HTTP_ACCEPT_ENCODING"),
                parse_qs(environ.get("QUERY_STRING", "")), disable_compression,
            )
        start_response(status, headers)
        return [output]

    return prometheus_app


class MetricsHandler(BaseHTTPRequestHandler):
    """Answers `GET` with the page of `registry`, for servers of the standard library."""

    registry: Collector = REGISTRY

    def do_GET(self) -> None:  # noqa: N802 (the standard library's name)
        """Answers a scrape."""
        status, headers, output = _bake_output(
            self.registry, self.headers.get("Accept"), self.headers.get("Accept-Encoding"),
            parse_qs(urlparse(self.path).query), False,
        )
        self.send_response(int(status.split()[0]))
        for header in headers:
            self.send_header(*header)
        self.send_header("Content-Length", str(len(output)))
        self.end_headers()
        self.wfile.write(output)

    def log_message(self, format: str, *args: Any) -> None:
        """Scrapes are not logged."""

    @classmethod
    def factory(cls, registry: Collector) -> type:
        """A handler class for another registry."""
        return type(cls.__name__, (cls,), {"registry": registry})


class _SilentHandler(WSGIRequestHandler):
    def log_message(self, format: str, *args: Any) -> None:
        """Scrapes are not logged."""


class ThreadingWSGIServer(ThreadingMixIn, WSGIServer):
    """A server with a thread for each request, so that a slow scraper holds up nobody."""

    daemon_threads = True


def _get_best_family(address: str, port: int) -> Tuple[int, str]:
    """The address family that `address` needs, and the address in numbers."""
    found = socket.getaddrinfo(address, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
    family, _, _, _, where = found[0]
    return family, str(where[0])


def _named(error: OSError, message: str) -> OSError:
    return type(error)(f"{message}: {error}")


def _get_ssl_ctx(
    certfile: str, keyfile: str, protocol: int, cafile: Optional[str] = None, capath: Optional[str] = None,
    client_auth_required: bool = False, tls_min_version: Optional[ssl.TLSVersion] = None,
    tls_max_version: Optional[ssl.TLSVersion] = None,
) -> ssl.SSLContext:
    context = ssl.SSLContext(protocol)
    try:
        if cafile is None and capath is None:
            context.load_default_certs(purpose=ssl.Purpose.CLIENT_AUTH)
        else:
            context.load_verify_locations(cafile, capath)
    except OSError as error:
        if cafile is None and capath is None:
            raise _named(error, "Cannot load default CA certificate chain") from error
        raise _named(error, f"Cannot load CA certificate chain from file {cafile!r} or directory {capath!r}") from error
    if client_auth_required:
        context.verify_mode = ssl.CERT_REQUIRED
    try:
        context.load_cert_chain(certfile=certfile, keyfile=keyfile)
    except OSError as error:
        message = f"Cannot load server certificate file {certfile!r} or its private key file {keyfile!r}"
        raise _named(error, message) from error
    if tls_min_version is not None:
        context.minimum_version = tls_min_version
    if tls_max_version is not None:
        context.maximum_version = tls_max_version
    return context


def start_wsgi_server(
    port: int, addr: str = "0.0.0.0", registry: Collector = REGISTRY, certfile: Optional[str] = None,
    keyfile: Optional[str] = None, client_cafile: Optional[str] = None, client_capath: Optional[str] = None,
    protocol: int = ssl.PROTOCOL_TLS_SERVER, client_auth_required: bool = False,
    tls_min_version: Optional[ssl.TLSVersion] = None, tls_max_version: Optional[ssl.TLSVersion] = None,
) -> Tuple[WSGIServer, threading.Thread]:
    """Serves pages from a daemon thread, with TLS if both certificate and key are given.

    Returns the server, whose `shutdown()` ends it and whose `server_port` is the port (0 asks for a free one), and
    the thread. Raises `OSError` when the port is taken or a file cannot be read.
    """
    family, addr = _get_best_family(addr, port)
    server_class = type("MetricsServer", (ThreadingWSGIServer,), {"address_family": family})
    server: WSGIServer = make_server(
        addr, port, make_wsgi_app(registry), server_class=server_class, handler_class=_SilentHandler)
    if certfile and keyfile:
        context = _get_ssl_ctx(
            certfile, keyfile, protocol, client_cafile, client_capath, client_auth_required,
            tls_min_version, tls_max_version)
        server.socket = context.wrap_socket(server.socket, server_side=True)
    thread = threading.Thread(target=server.serve_forever, name="metrics", daemon=True)
    thread.start()
    return server, thread


start_http_server = start_wsgi_server
