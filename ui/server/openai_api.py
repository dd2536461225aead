"""OpenAI's chat protocol: /v1/models and /v1/chat/completions, as chat programs call them.

https://platform.openai.com/docs/api-reference/chat
"""

from collections.abc import AsyncIterator, Sequence
from contextlib import aclosing
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Literal

from langchain_core.runnables import Runnable
from pydantic import BaseModel, Field

from corpus.errors import CallError, JianbaoError
from rag.answering.answer import Answer
from rag.chain import Request
from rag.query.question import MAX_QUESTION_CHARS, MAX_TURNS, Turn
from ui.server.completions import MODEL, chunks, completion, event, failure
from ui.server.growth import growing
from ui.server.program_doors import CHAT, refusal_of
from ui.server.sights import sight_behind
from ui.views.program_text import without_below

if TYPE_CHECKING:
    from anyio import CapacityLimiter
    from fastapi import APIRouter
    from starlette.responses import Response

MAX_ANSWER_CHARS = 2000  # of an answer that comes back: what a question leans on stands early
MADE = 1767225600  # 2026-01-01 in seconds, where the protocol wants a model's age


class TextPart(BaseModel):
    """A part of a message's content; of those that are no text nothing is read."""

    type: str = "text"
    text: str = ""


class ChatMessage(BaseModel):
    """A message of the conversation. Of system, developer and tool messages nothing is read."""

    role: Literal["system", "developer", "user", "assistant", "tool", "function"]
    content: str | list[TextPart] | None = None

    @property
    def text(self) -> str:
        """The words of the content."""
        if isinstance(self.content, list):
            return "\n".join(part.text for part in self.content if part.text)
        return self.content or ""


class ChatRequest(BaseModel):
    """The last user message is the question, those before it the conversation. Fields that are not
    here, such as temperature or tools, are taken and not read.
    """

    model: str = Field(examples=[MODEL])
    messages: list[ChatMessage] = Field(
        min_length=1,
        examples=[[{"role": "user", "content": "三门峡建成了多少个老年助餐场所"}]],
    )
    stream: bool | None = False


def add_chat(
    router: "APIRouter",
    chain: Runnable[Request, Answer],
    room: "CapacityLimiter",
    *,
    stages: bool = False,
) -> None:
    """Give a router the two addresses; questions are worked on in threads of this room, and with
    `stages` a stream begins with them.
    """
    from anyio.to_thread import run_sync
    from fastapi import Request as HttpRequest
    from fastapi.responses import JSONResponse, StreamingResponse

    @router.get(f"{CHAT}/models", tags=["OpenAI"])
    def models() -> dict[str, Any]:
        """The models there are: one, which answers from the bulletins. 模型列表。"""
        return {"object": "list", "data": [_model()]}

    @router.get(f"{CHAT}/models/{{name}}", tags=["OpenAI"], response_model=None)
    def model(name: str) -> "Response | dict[str, Any]":
        """One model. 一个模型。"""
        return _model() if name == MODEL else _unknown(name)

    @router.post(f"{CHAT}/chat/completions", tags=["OpenAI"], response_model=None)
    async def complete(http: HttpRequest, sent: ChatRequest) -> "Response":
        """Answer from the bulletins, every sentence cited, or refuse. 回答问题，每句注明出处。

        The text carries markers [n] and ends with the list of its sources; `citations` of the
        object has them with bulletin, paragraph and quote. With `stream` it comes in chunks, each
        sentence as it is checked, the citations with the last one; where a chat model writes,
        `stage` of the chunks before the first sentence says how far it is: search, read, answer.
        """
        path = f"{CHAT}/chat/completions"
        if sent.model != MODEL:
            return _unknown(sent.model)
        try:
            request = replace(request_of(sent.messages), sight=sight_behind(http.scope))
            if not sent.stream:
                answer = await run_sync(chain.invoke, request, limiter=room)
                return JSONResponse(completion(answer))
            told = chunks(growing(chain, request, room), stages=stages)
            first = await anext(told)  # an error still has its status
        except JianbaoError as error:
            return refusal_of(path, 400 if isinstance(error, CallError) else 500, str(error))

        async def events() -> AsyncIterator[str]:
            async with aclosing(told):  # also where the caller has gone
                yield event(first)
                try:
                    async for chunk in told:
                        yield event(chunk)
                except JianbaoError as error:
                    yield event(failure(error))
                    return
                yield "data: [DONE]\n\n"

        return StreamingResponse(events(), media_type="text/event-stream")


def request_of(messages: Sequence[ChatMessage]) -> Request:
    """The question that a conversation ends with.

    :raises CallError: no user has said anything.
    """
    said = [m for m in messages if m.role in ("user", "assistant") and m.text.strip()]
    while said and said[-1].role != "user":
        said.pop()
    if not said:
        raise CallError("messages: no message of role user has text; ask something (没有问题)")
    *before, question = said
    turns = [
        Turn(role="user", content=one.text[:MAX_QUESTION_CHARS]) if one.role == "user"
        else Turn(role="assistant", content=without_below(one.text)[:MAX_ANSWER_CHARS])
        for one in before[-MAX_TURNS:]  # programs send all that was ever said
    ]  # fmt: skip
    return Request(question.text, tuple(turns))


def _model() -> dict[str, Any]:
    return {"id": MODEL, "object": "model", "created": MADE, "owned_by": MODEL}


def _unknown(name: str) -> "Response":
    told = f"there is no model {name!r}; the one here is {MODEL!r} (没有这个模型)"
    return refusal_of(f"{CHAT}/", 404, told)
