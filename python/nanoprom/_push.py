"""Pages pushed to a Pushgateway, for jobs that end before anybody scrapes them."""
from __future__ import annotations

import base64
import gzip
import ssl
import sys
from contextlib import closing
from socket import AF_INET, SOCK_DGRAM, socket
from typing import Any, Callable, Dict, List, Optional, Sequence, Tuple, Union
from urllib.error import HTTPError
from urllib.parse import quote_plus, urlparse
from urllib.request import (
    BaseHandler, HTTPHandler, HTTPRedirectHandler, HTTPSHandler, Request, build_opener,
)

from ._negotiation import CONTENT_TYPE_PLAIN_0_0_4, generate_latest
from .registry import REGISTRY, Collector

try:
    import snappy  # type: ignore[import-not-found, import-untyped, unused-ignore]
except ImportError:
    snappy = None

Headers = List[Tuple[str, Any]]
Handler = Callable[..., Callable[[], None]]


class _PrometheusRedirectHandler(HTTPRedirectHandler):
    """Follows redirects with the method and the body of the request, which the standard library does not."""

    def redirect_request(
        self, req: Request, fp: Any, code: int, msg: str, headers: Any, newurl: str,
    ) -> Optional[Request]:
        method = req.get_method()
        kept = code in (301, 302, 303) and method in ("POST", "PUT")
        if not (kept or (code in (301, 302, 303, 307) and method in ("GET", "HEAD"))):
            raise HTTPError(req.full_url, code, msg, headers, fp)
        return Request(
            newurl.replace(" ", "%20"), data=req.data, headers=req.headers,
            origin_req_host=req.origin_req_host, unverifiable=True, method=method,
        )


def _make_handler(
    url: str, method: str, timeout: Optional[float], headers: Sequence[Tuple[str, Any]], data: bytes,
    base_handler: Union[BaseHandler, type],
) -> Callable[[], None]:
    def handle() -> None:
        request = Request(url, data=data, method=method)
        for name, value in headers:
            request.add_header(name, value)
        with build_opener(base_handler).open(request, timeout=timeout) as answer:
            if answer.code >= 400:
                raise OSError(f"error talking to pushgateway: {answer.code} {answer.msg}")

    return handle


def default_handler(
    url: str, method: str, timeout: Optional[float], headers: Headers, data: bytes,
) -> Callable[[], None]:
    """Sends by HTTP or HTTPS. What it returns sends; own handlers may do the same."""
    return _make_handler(url, method, timeout, headers, data, HTTPHandler)


def passthrough_redirect_handler(
    url: str, method: str, timeout: Optional[float], headers: Headers, data: bytes,
) -> Callable[[], None]:
    """Sends, and sends again to where a redirect points. Only for gateways whose redirects can be trusted."""
    return _make_handler(url, method, timeout, headers, data, _PrometheusRedirectHandler)


def basic_auth_handler(
    url: str, method: str, timeout: Optional[float], headers: Headers, data: bytes,
    username: Optional[str] = None, password: Optional[str] = None,
) -> Callable[[], None]:
    """Sends with a user and a password, if both are given."""

    def handle() -> None:
        sent = list(headers)
        if username is not None and password is not None:
            token = base64.b64encode(f"{username}:{password}".encode()).decode("ascii")
            sent.append(("Authorization", f"Basic {token}"))
        default_handler(url, method, timeout, sent, data)()

    return handle


def tls_auth_handler(
    url: str, method: str, timeout: Optional[float], headers: Headers, data: bytes, certfile: str, keyfile: str,
    cafile: Optional[str] = None, protocol: int = ssl.PROTOCOL_TLS_CLIENT, insecure_skip_verify: bool = False,
) -> Callable[[], None]:
    """Sends with a client certificate, and checks the gateway's by `cafile` or the system's authorities.

    `insecure_skip_verify` checks nothing: anybody between the two can read and change what is sent.
    """
    context = ssl.SSLContext(protocol)
    if cafile is not None:
        context.load_verify_locations(cafile)
    else:
        context.load_default_certs()
    if insecure_skip_verify:
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
    context.load_cert_chain(certfile=certfile, keyfile=keyfile)
    return _make_handler(url, method, timeout, headers, data, HTTPSHandler(context=context))


def push_to_gateway(
    gateway: str, job: str, registry: Collector, grouping_key: Optional[Dict[str, Any]] = None,
    timeout: Optional[float] = 30, handler: Handler = default_handler, compression: Optional[str] = None,
) -> None:
    """Replaces everything that the gateway has of this job and grouping key (HTTP `PUT`).

    `gateway` is `host:port` or a URL, `timeout` in seconds, `handler` sends (arguments as `default_handler`), and
    `compression` is `gzip`, `snappy` or nothing. Raises `OSError` (`HTTPError`, `URLError`) when the gateway is
    not there or refuses.
    """
    _use_gateway("PUT", gateway, job, registry, grouping_key, timeout, handler, compression)


def pushadd_to_gateway(
    gateway: str, job: str, registry: Optional[Collector], grouping_key: Optional[Dict[str, Any]] = None,
    timeout: Optional[float] = 30, handler: Handler = default_handler, compression: Optional[str] = None,
) -> None:
    """Replaces metrics of the same names only (HTTP `POST`). Arguments as for `push_to_gateway`."""
    _use_gateway("POST", gateway, job, registry, grouping_key, timeout, handler, compression)


def delete_from_gateway(
    gateway: str, job: str, grouping_key: Optional[Dict[str, Any]] = None, timeout: Optional[float] = 30,
    handler: Handler = default_handler,
) -> None:
    """Deletes what the gateway has of this job and grouping key. Arguments as for `push_to_gateway`."""
    _use_gateway("DELETE", gateway, job, None, grouping_key, timeout, handler, None)


def _use_gateway(
    method: str, gateway: str, job: str, registry: Optional[Collector], grouping_key: Optional[Dict[str, Any]],
    timeout: Optional[float], handler: Handler, compression: Optional[str],
) -> None:
    if urlparse(gateway).scheme not in ("http", "https"):
        gateway = f"http://{gateway}"
    key = [("job", job), *sorted((str(name), str(value)) for name, value in (grouping_key or {}).items())]
    path = "".join("/{}/{}".format(*_escape_grouping_key(name, value)) for name, value in key)
    headers: Headers = [("Content-Type", CONTENT_TYPE_PLAIN_0_0_4)]
    data = b""
    if method != "DELETE":
        data, coding = _compress(generate_latest(REGISTRY if registry is None else registry), compression)
        headers += coding
    handler(url=f"{gateway.rstrip('/')}/metrics{path}", method=method, timeout=timeout, headers=headers, data=data)()


def _compress(data: bytes, compression: Optional[str]) -> Tuple[bytes, Headers]:
    if compression is None:
        return data, []
    coding = compression.lower()
    if coding == "gzip":
        return gzip.compress(data), [("Content-Encoding", coding)]
    if coding != "snappy":
        raise ValueError(f"Unsupported compression type: {compression}")
    if snappy is None:
        raise RuntimeError("Snappy compression requires the python-snappy package to be installed.")
    stream = snappy.StreamCompressor()
    packed = stream.compress(data)
    flush = getattr(stream, "flush", None)
    return packed + (flush() if callable(flush) else b""), [("Content-Encoding", coding)]


def _escape_grouping_key(name: str, value: str) -> Tuple[str, str]:
    """A label of the grouping key as two segments of the path; base64 for what a path cannot hold."""
    if not value:
        return f"{name}@base64", "="
    # "." and ".." are steps of a path.
    if "/" in value or " " in value or value in (".", ".."):
        return f"{name}@base64", base64.urlsafe_b64encode(value.encode("utf-8")).decode("ascii")
    return name, quote_plus(value)


def instance_ip_grouping_key() -> Dict[str, Any]:
    """A grouping key with this host's address as `instance`."""
    # Connecting a datagram socket sends nothing: it only chooses the local address.
    with closing(socket(AF_INET, SOCK_DGRAM)) as probe:
        probe.connect(("10.255.255.255", 1) if sys.platform == "darwin" else ("localhost", 0))
        return {"instance": probe.getsockname()[0]}
