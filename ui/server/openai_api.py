"""OpenAI's chat protocol: /v1/models and /v1/chat/completions, as chat programs call them.

https://platform.openai.com/docs/api-reference/chat
"""

import json
import time
from collections.abc import AsyncIterator, Sequence
from typing import TYPE_CHECKING, Any, Literal
from uuid import uuid4

from langchain_core.runnables import Runnable
from pydantic import BaseModel, Field

from corpus.errors import CallError, JianbaoError
from rag.answering.answer import Answer
from rag.chain import Request
from rag.query.question import MAX_QUESTION_CHARS, MAX_TURNS, Turn
from ui.server.answer_deltas import Deltas
from ui.server.program_doors import CHAT, refusal_of
from ui.views.program_text import citation_object, program_text, without_below

if TYPE_CHECKING:
    from anyio import CapacityLimiter
    from fastapi import APIRouter
    from starlette.responses import Response

MODEL = "jianbao"
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
    router: "APIRouter", chain: Runnable[Request, Answer], room: "CapacityLimiter"
) -> None:
    """Give a router the two addresses; questions are worked on in threads of this room."""
    from anyio import CancelScope
    from anyio.to_thread import run_sync
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
    async def complete(sent: ChatRequest) -> "Response":
        """Answer from the bulletins, every sentence cited, or refuse. 回答问题，每句注明出处。

        The text carries markers [n] and ends with the list of its sources; `citations` of the
        object has them with bulletin, paragraph and quote. With `stream` it comes in chunks, the
        citations with the last one.
        """
        path = f"{CHAT}/chat/completions"
        if sent.model != MODEL:
            return _unknown(sent.model)
        try:
            request = request_of(sent.messages)
            if not sent.stream:
                answer = await run_sync(chain.invoke, request, limiter=room)
                return JSONResponse(completion(answer))
            deltas = Deltas(chain.stream(request))
            first = await run_sync(deltas.next, limiter=room)  # an error still has its status
        except JianbaoError as error:
            return refusal_of(path, 400 if isinstance(error, CallError) else 500, str(error))

        async def events() -> AsyncIterator[str]:
            head = _chunk_head()
            yield _event({**head, "choices": [_choice({"role": "assistant", "content": first})]})
            try:
                while (text := await run_sync(deltas.next, limiter=room)) is not None:
                    yield _event({**head, "choices": [_choice({"content": text})]})
            except JianbaoError as error:
                yield _event(_error(error))
                return
            finally:
                with CancelScope(shield=True):  # also where the caller has gone
                    await run_sync(deltas.close, limiter=room)
            told = _told(deltas.last)
            yield _event({**head, "choices": [_choice({}, "stop")], **told})
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


def completion(answer: Answer) -> dict[str, Any]:
    """A whole answer in the protocol's words."""
    message = {"role": "assistant", "content": program_text(answer), "refusal": None}
    return {
        "id": f"chatcmpl-{uuid4().hex}",
        "object": "chat.completion",
        "created": int(time.time()),
        "model": MODEL,
        "choices": [{"index": 0, "message": message, "logprobs": None, "finish_reason": "stop"}],
        **_told(answer),
    }


def _told(answer: Answer | None) -> dict[str, Any]:
    """What the protocol has no field for, beside those that it has."""
    if answer is None:
        return {}
    return {
        "citations": [citation_object(one) for one in answer.citations],
        "refused": answer.refused,
        "reason": answer.reason.value if answer.reason else None,
        "warnings": [warning.as_dict() for warning in answer.warnings],
        "understood": answer.understood,
    }


def _model() -> dict[str, Any]:
    return {"id": MODEL, "object": "model", "created": MADE, "owned_by": MODEL}


def _unknown(name: str) -> "Response":
    told = f"there is no model {name!r}; the one here is {MODEL!r} (没有这个模型)"
    return refusal_of(f"{CHAT}/", 404, told)


def _chunk_head() -> dict[str, Any]:
    return {
        "id": f"chatcmpl-{uuid4().hex}",
        "object": "chat.completion.chunk",
        "created": int(time.time()),
        "model": MODEL,
    }


def _choice(delta: dict[str, Any], finish: str | None = None) -> dict[str, Any]:
    return {"index": 0, "delta": delta, "logprobs": None, "finish_reason": finish}


def _error(error: JianbaoError) -> dict[str, Any]:
    return {"error": {"message": str(error), "type": "server_error", "param": None, "code": None}}


def _event(value: dict[str, Any]) -> str:
    return f"data: {json.dumps(value, ensure_ascii=False)}\n\n"
