"""Answers to take along: addresses that give a conversation, or one answer, as a file."""

import re
from collections.abc import Callable, Sequence
from datetime import date
from typing import TYPE_CHECKING
from urllib.parse import quote

from corpus.errors import CallError
from ui.server.owner import actor_behind, owner_behind
from ui.store.audit import Deed, Recording
from ui.store.conversations import Conversations, Exchange
from ui.views.addresses import ExportKind
from ui.views.docx_report import as_docx
from ui.views.report import Report, as_markdown, as_text, report_of

if TYPE_CHECKING:
    from fastapi import FastAPI

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
NAMED_CHARS = 16  # of the question in the name of a file
_NO_NAME = re.compile(r"[^\w\u4e00-\u9fff]+")  # what some file system refuses in a name
_MEDIA: dict[ExportKind, str] = {
    "txt": "text/plain; charset=utf-8",
    "md": "text/markdown; charset=utf-8",
    "docx": WORD,
}


def add_exports(app: "FastAPI", conversations: Conversations, audit: Recording) -> None:
    """Give an application the address /export/ID.KIND. Each browser gets its own conversations;
    another's are not found. `audit` records what is taken.
    """
    from fastapi import HTTPException, Request, Response

    @app.get("/export/{conversation}.{kind}")
    def export(
        request: Request, conversation: str, kind: ExportKind, number: int | None = None
    ) -> Response:
        owner = owner_behind(request.scope)
        try:
            exchanges = conversations.exchanges(owner, conversation)
        except CallError as error:
            raise HTTPException(404, str(error)) from error
        chosen = [one for one in exchanges if number in (None, one.number)]
        if not chosen:
            raise HTTPException(404, f"answer {number} is not among 1 to {len(exchanges)}")
        taken = f"{kind}, {len(chosen)} of {len(exchanges)} answers"
        audit.record(actor_behind(request.scope), Deed.EXPORTED, conversation, taken)
        name = quote(f"{_name(chosen)}.{kind}")
        headers = {
            "Content-Disposition": f"attachment; filename*=UTF-8''{name}",
            "Cache-Control": "no-store",
            "X-Content-Type-Options": "nosniff",
        }
        return Response(_content(chosen, kind), media_type=_MEDIA[kind], headers=headers)


def _name(exchanges: Sequence[Exchange]) -> str:
    """What a file is called: by what was asked first, so that one does not replace another."""
    asked = _NO_NAME.sub("", exchanges[0].question)[:NAMED_CHARS]
    more = "等" if len(exchanges) > 1 else ""
    return "-".join(filter(None, ("简报问答", asked + more, date.today().isoformat())))


def _content(exchanges: Sequence[Exchange], kind: ExportKind) -> str | bytes:
    report = report_of([(one.question, one.answer) for one in exchanges])
    made = date.today()
    write: dict[ExportKind, Callable[[Report], str | bytes]] = {
        "txt": as_text,
        "md": as_markdown,
        "docx": lambda r: as_docx(r, "简报问答摘录", f"{made.year}年{made.month}月{made.day}日"),
    }
    return write[kind](report)
