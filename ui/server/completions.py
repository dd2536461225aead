"""Answers in the words of OpenAI's chat protocol: whole, and in chunks as they grow."""

import json
import time
from collections.abc import AsyncGenerator
from contextlib import aclosing
from typing import Any
from uuid import uuid4

from corpus.errors import JianbaoError
from rag.answering.answer import Answer
from rag.trace import Step
from ui.server.answer_deltas import Deltas
from ui.views.program_text import citation_object, program_text
from ui.views.waiting import Progress

MODEL = "jianbao"


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


async def chunks(
    news: AsyncGenerator[Step | Answer], *, stages: bool
) -> AsyncGenerator[dict[str, Any]]:
    """What is told of a growing answer, in the protocol's words."""
    head, deltas = _chunk_head(), Deltas()
    role, at = {"role": "assistant"}, None
    progress = Progress()
    async with aclosing(news):
        async for one in news:
            if isinstance(one, Step):
                if not stages or progress.take(one) is at:
                    continue
                at, piece = progress.stage, ""
                told = {"stage": at.value}
            else:
                piece, told = deltas.added(one), {}
                if not piece:
                    continue
            yield {**head, "choices": [_choice({**role, "content": piece})], **told}
            role = {}
    yield {**head, "choices": [_choice({**role, "content": deltas.rest()})]}
    yield {**head, "choices": [_choice({}, "stop")], **_told(deltas.last)}


def _chunk_head() -> dict[str, Any]:
    return {
        "id": f"chatcmpl-{uuid4().hex}",
        "object": "chat.completion.chunk",
        "created": int(time.time()),
        "model": MODEL,
    }


def _choice(delta: dict[str, Any], finish: str | None = None) -> dict[str, Any]:
    return {"index": 0, "delta": delta, "logprobs": None, "finish_reason": finish}


def failure(error: JianbaoError) -> dict[str, Any]:
    """What went wrong once the stream had begun."""
    return {"error": {"message": str(error), "type": "server_error", "param": None, "code": None}}


def event(value: dict[str, Any]) -> str:
    """An object as a server-sent event."""
    return f"data: {json.dumps(value, ensure_ascii=False)}\n\n"
