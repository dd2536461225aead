"""What other programs are given: OpenAI's chat, Dify's retrieval, a page that describes both."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from langchain_core.runnables import Runnable

from index.library import Library
from rag.answering.answer import Answer
from rag.chain import Request
from rag.reading.reader import Reader
from ui.server.api_page import add_api_page
from ui.server.dify_api import add_retrieval
from ui.server.openai_api import add_chat

if TYPE_CHECKING:
    from fastapi import FastAPI

AT_ONCE = 8  # answers to programs at the same time, as on the page


@dataclass(frozen=True, slots=True)
class Programs:
    """What they are answered from; `at_once` questions are worked on at a time. Where a chat model
    writes, which takes its time, a stream tells of the `stages` before it.
    """

    library: Library
    chain: Runnable[Request, Answer]
    reader: Reader | None = None
    at_once: int = field(default=AT_ONCE)
    stages: bool = False


def add_programs(app: "FastAPI", programs: Programs) -> None:
    """Give an application /v1, /retrieval, /openapi.json and /docs."""
    from anyio import CapacityLimiter
    from fastapi import APIRouter
    from fastapi import Request as HttpRequest
    from fastapi.exceptions import RequestValidationError
    from fastapi.responses import JSONResponse

    from ui.server.program_doors import refusal_of

    router, room = APIRouter(), CapacityLimiter(programs.at_once)
    add_chat(router, programs.chain, room, stages=programs.stages)
    add_retrieval(router, programs.library, programs.reader, room)
    app.include_router(router)
    add_api_page(app, router.routes)

    @app.exception_handler(RequestValidationError)
    def told(request: HttpRequest, error: RequestValidationError) -> JSONResponse:
        wrong = error.errors()[0]
        where = ".".join(str(part) for part in wrong["loc"][1:]) or "body"
        return refusal_of(request.url.path, 400, f"{where}: {wrong['msg']}; see /docs")
