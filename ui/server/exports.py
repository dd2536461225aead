"""Answers to take along: addresses that give a conversation, or one answer, as a file."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import TYPE_CHECKING, Literal
from urllib.parse import quote

from corpus.errors import CallError
from ui.server.owner import owner_behind
from ui.store.conversations import Conversations, Exchange
from ui.views.docx_report import as_docx
from ui.views.escaping import escape
from ui.views.page_words import both
from ui.views.report import Report, as_markdown, as_text, report_of

if TYPE_CHECKING:
    from fastapi import FastAPI

Kind = Literal["txt", "md", "docx"]
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_MEDIA: dict[Kind, str] = {
    "txt": "text/plain; charset=utf-8",
    "md": "text/markdown; charset=utf-8",
    "docx": WORD,
}


def export_address(conversation: str, kind: Kind, number: int | None = None) -> str:
    """Where a conversation, or its answer of this number, is had as a file."""
    return f"/export/{quote(conversation, safe='')}.{kind}" + (
        f"?number={number}" if number else ""
    )


def add_exports(app: "FastAPI", conversations: Conversations) -> None:
    """Give an application the address /export/ID.KIND. Each browser gets its own conversations;
    another's are not found.
    """
    from fastapi import HTTPException, Request, Response

    @app.get("/export/{conversation}.{kind}")
    def export(
        request: Request, conversation: str, kind: Kind, number: int | None = None
    ) -> Response:
        owner = owner_behind(request.scope)
        try:
            exchanges = conversations.exchanges(owner, conversation)
        except CallError as error:
            raise HTTPException(404, str(error)) from error
        chosen = [one for one in exchanges if number in (None, one.number)]
        if not chosen:
            raise HTTPException(404, f"answer {number} is not among 1 to {len(exchanges)}")
        name = quote(f"简报问答-{date.today().isoformat()}.{kind}")
        headers = {
            "Content-Disposition": f"attachment; filename*=UTF-8''{name}",
            "Cache-Control": "no-store",
            "X-Content-Type-Options": "nosniff",
        }
        return Response(_content(chosen, kind), media_type=_MEDIA[kind], headers=headers)


def _content(exchanges: Sequence[Exchange], kind: Kind) -> str | bytes:
    report = report_of([(one.question, one.answer) for one in exchanges])
    made = date.today()
    write: dict[Kind, Callable[[Report], str | bytes]] = {
        "txt": as_text,
        "md": as_markdown,
        "docx": lambda r: as_docx(r, "简报问答摘录", f"{made.year}年{made.month}月{made.day}日"),
    }
    return write[kind](report)


def whole_html(conversation: str | None) -> str:
    """Links to the whole conversation as a file; nothing before there is one."""
    if not conversation:
        return ""
    kinds: tuple[tuple[str, Kind], ...] = (
        ("Word", "docx"), ("Markdown", "md"), (both("文本"), "txt"),
    )  # fmt: skip
    links = " · ".join(
        f'<a href="{escape(export_address(conversation, kind))}" download>{name}</a>'
        for name, kind in kinds
    )
    return f'<p class="jb-tools">{both("导出整个对话：")}{links}</p>'
