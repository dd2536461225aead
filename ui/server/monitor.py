"""Addresses for whoever runs the server: /health and /metrics."""

import logging
from ipaddress import ip_address
from typing import TYPE_CHECKING

from corpus.errors import JianbaoError
from ui.server.server_metrics import CONTENT_TYPE, Metrics

if TYPE_CHECKING:
    from fastapi import FastAPI, Request

HEALTH, METRICS = "/health", "/metrics"
PROBE = "简报"  # any word will do: what counts is that both indexes answer
UNREADABLE = (
    "资料库读不出来，原因见服务器日志。The library cannot be read; the server's log says why."
)
# Headers by which a proxy says that it passes a request on, which then comes from its own machine.
_FORWARDED = ("forwarded", "x-forwarded-for", "x-real-ip", "via")
_NO_STORE = {"Cache-Control": "no-store"}
LOG = logging.getLogger("jianbao.health")


def add_monitor(app: "FastAPI", metrics: Metrics, *, loopback_only: bool) -> None:
    """Give an application both addresses; with `loopback_only` the metrics are for programs of the
    same machine alone.
    """
    from fastapi import Request, Response
    from fastapi.responses import JSONResponse, PlainTextResponse

    @app.api_route(HEALTH, methods=["GET", "HEAD"])
    def health() -> Response:
        try:
            held = metrics.library.holdings()
            metrics.library.search_meaning(PROBE, 1)
        except JianbaoError as error:
            LOG.error("unhealthy", extra={"why": str(error)})  # noqa: TRY400 # told in one line
            return JSONResponse({"status": "unavailable", "why": UNREADABLE}, 503, _NO_STORE)
        told = {"status": "ok", "bulletins": held.bulletins, "paragraphs": held.paragraphs}
        return JSONResponse(told, headers=_NO_STORE)

    @app.get(METRICS)
    def read(request: Request) -> Response:
        if loopback_only and not from_loopback(request):
            return PlainTextResponse("metrics are read on the server's own machine", 403)
        return Response(metrics.text(), media_type=CONTENT_TYPE, headers=_NO_STORE)


def from_loopback(request: "Request") -> bool:
    """Whether a request comes from a program of this machine, and is not passed on by a proxy."""
    if request.client is None or any(name in request.headers for name in _FORWARDED):
        return False
    try:
        address = ip_address(request.client.host)
    except ValueError:  # a name, as of a test's client
        return False
    return (getattr(address, "ipv4_mapped", None) or address).is_loopback
