"""Addresses for whoever runs the server: /health and /metrics."""

import logging
from ipaddress import ip_address
from typing import TYPE_CHECKING

from starlette.types import Scope

from corpus.errors import JianbaoError
from ui.server.program_doors import METRICS
from ui.server.server_metrics import CONTENT_TYPE, Metrics
from ui.server.sights import sight_behind

if TYPE_CHECKING:
    from fastapi import FastAPI

HEALTH = "/health"
PROBE = "简报"  # any word will do: what counts is that both indexes answer
UNREADABLE = (
    "资料库读不出来，原因见服务器日志。The library cannot be read; the server's log says why."
)
# Headers by which a proxy says that it passes a request on, which then comes from its own machine.
_FORWARDED = (b"forwarded", b"x-forwarded-for", b"x-real-ip", b"via")
_NO_STORE = {"Cache-Control": "no-store"}
LOG = logging.getLogger("jianbao.health")


def add_monitor(app: "FastAPI", metrics: Metrics) -> None:
    """Give an application both addresses; who may read the metrics is told in rights.py."""
    from fastapi import Request, Response
    from fastapi.responses import JSONResponse

    @app.api_route(HEALTH, methods=["GET", "HEAD"])
    def health(request: Request) -> Response:
        try:
            held = metrics.library.seen_by(sight_behind(request.scope)).holdings()
            metrics.library.search_meaning(PROBE, 1)
        except JianbaoError as error:
            LOG.error("unhealthy", extra={"why": str(error)})  # noqa: TRY400 # told in one line
            return JSONResponse({"status": "unavailable", "why": UNREADABLE}, 503, _NO_STORE)
        told = {"status": "ok", "bulletins": held.bulletins, "paragraphs": held.paragraphs}
        return JSONResponse(told, headers=_NO_STORE)

    @app.get(METRICS)
    def read() -> Response:
        return Response(metrics.text(), media_type=CONTENT_TYPE, headers=_NO_STORE)


def from_loopback(scope: Scope) -> bool:
    """Whether a request comes from a program of this machine, and is not passed on by a proxy."""
    if not scope.get("client") or any(name in _FORWARDED for name, _ in scope["headers"]):
        return False
    try:
        address = ip_address(scope["client"][0])
    except ValueError:  # a name, as of a test's client
        return False
    return (getattr(address, "ipv4_mapped", None) or address).is_loopback
