"""Pages: as bytes, over HTTP, in files, and pushed."""
from __future__ import annotations

import os
import threading
from typing import Optional

from ._escaping import ALLOWUTF8
from ._negotiation import (
    CONTENT_TYPE_PLAIN_0_0_4, CONTENT_TYPE_PLAIN_1_0_0, choose_encoder, generate_latest, gzip_accepted,
)
from ._push import (
    _escape_grouping_key, _PrometheusRedirectHandler, basic_auth_handler, default_handler, delete_from_gateway,
    instance_ip_grouping_key, passthrough_redirect_handler, push_to_gateway, pushadd_to_gateway, tls_auth_handler,
)
from ._server import (
    MetricsHandler, ThreadingWSGIServer, _bake_output, _get_best_family, _get_ssl_ctx, _SilentHandler,
    make_wsgi_app, start_http_server, start_wsgi_server,
)
from .asgi import make_asgi_app
from .registry import REGISTRY, Collector

__all__ = (
    "CONTENT_TYPE_LATEST",
    "CONTENT_TYPE_PLAIN_0_0_4",
    "CONTENT_TYPE_PLAIN_1_0_0",
    "MetricsHandler",
    "REGISTRY",
    "ThreadingWSGIServer",
    "basic_auth_handler",
    "choose_encoder",
    "default_handler",
    "delete_from_gateway",
    "generate_latest",
    "gzip_accepted",
    "instance_ip_grouping_key",
    "make_asgi_app",
    "make_wsgi_app",
    "passthrough_redirect_handler",
    "push_to_gateway",
    "pushadd_to_gateway",
    "start_http_server",
    "start_wsgi_server",
    "tls_auth_handler",
    "write_to_textfile",
)

CONTENT_TYPE_LATEST = CONTENT_TYPE_PLAIN_1_0_0
"""What `generate_latest` writes. With legacy names it is text 0.0.4 as well."""


def write_to_textfile(
    path: str, registry: Collector, escaping: str = ALLOWUTF8, tmpdir: Optional[str] = None,
) -> None:
    """Writes the page to a file, for node_exporter's textfile collector, which reads names that end in `.prom`.

    Readers see the old page or the new one, nothing between. `tmpdir`, where the page is written first, has to lie
    in the same file system; it is the file's own directory otherwise. Raises `OSError`, and leaves the old file.
    """
    base = path if tmpdir is None else os.path.join(tmpdir, os.path.basename(path))
    temporary = f"{base}.{os.getpid()}.{threading.get_ident()}"
    try:
        with open(temporary, "wb") as file:
            file.write(generate_latest(registry, escaping))
        os.replace(temporary, path)
    except BaseException:
        if os.path.exists(temporary):
            os.remove(temporary)
        raise
