"""A script of ours is the first thing in the page, and in nothing else."""

import asyncio

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse
from starlette.routing import Route
from starlette.testclient import TestClient

from ui.server.page_head import PageHead

PAGE = "<!doctype html><html><head><title>页</title></head><body>简报</body></html>"


async def _page(request: Request) -> HTMLResponse:
    await asyncio.sleep(0)
    return HTMLResponse(PAGE)


async def _other(request: Request) -> JSONResponse:
    await asyncio.sleep(0)
    return JSONResponse({"text": "<head>"})


def client() -> TestClient:
    """Two addresses behind the middleware."""
    app = Starlette(routes=[Route("/", _page, methods=["GET", "POST"]), Route("/other", _other)])
    app.add_middleware(PageHead, script="let first = 1;")
    return TestClient(app)


def test_the_script_comes_before_all_else() -> None:
    """The page is as long as it says."""
    answer = client().get("/")
    assert "<head><script>let first = 1;</script><title>页" in answer.text
    assert int(answer.headers["content-length"]) == len(answer.content)


def test_nothing_else_is_touched() -> None:
    """Neither another address nor what is sent to the page."""
    assert client().get("/other").json() == {"text": "<head>"}
    assert client().post("/").text == PAGE
