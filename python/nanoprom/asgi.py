"""Pages over HTTP: as an ASGI application."""
from __future__ import annotations

from typing import Any, Awaitable, Callable, Dict
from urllib.parse import parse_qs

from ._server import _bake_output
from .registry import REGISTRY, Collector


def make_asgi_app(registry: Collector = REGISTRY, disable_compression: bool = False) -> Callable[..., Awaitable[None]]:
    """An ASGI application that answers requests of any path with the page."""

    async def prometheus_app(
        scope: Dict[str, Any], receive: Callable[[], Awaitable[Dict[str, Any]]],
        send: Callable[[Dict[str, Any]], Awaitable[None]],
    ) -> None:
        assert scope.get("type") == "http"

        def header(wanted: bytes) -> str:
            return ",".join(value.decode("latin-1") for name, value in scope["headers"] if name.lower() == wanted)

        status, headers, output = _bake_output(
            registry, header(b"accept"), header(b"accept-encoding"),
            parse_qs(scope.get("query_string", b"").decode("latin-1")), disable_compression,
        )
        request = await receive()
        if request.get("type") != "http.request":
            return
        await send({
            "type": "http.response.start",
            "status": int(status.split()[0]),
            "headers": [(name.encode("latin-1"), value.encode("latin-1")) for name, value in headers],
        })
        await send({"type": "http.response.body", "body": output})

    return prometheus_app
