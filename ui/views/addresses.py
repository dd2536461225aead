"""Addresses that the page's server gives: answers as files, and a bulletin's own file."""

from typing import Literal
from urllib.parse import quote, urlencode

ExportKind = Literal["txt", "md", "docx"]


def export_address(conversation: str, kind: ExportKind, number: int | None = None) -> str:
    """Where a conversation, or its answer of this number, is had as a file."""
    return f"/export/{quote(conversation, safe='')}.{kind}" + (
        f"?number={number}" if number else ""
    )


def original_address(bulletin: str, *, download: bool = False) -> str:
    """Where the file of a bulletin is had as it came in."""
    query: dict[str, str | int] = {"bulletin": bulletin}
    query |= {"download": 1} if download else {}
    return f"/original?{urlencode(query, errors='replace')}"


def picture_address(bulletin: str, position: int, page: int, start: int, end: int) -> str:
    """Where a page of a bulletin's PDF is had as a picture, a range of a unit's text boxed."""
    query = {"bulletin": bulletin, "unit": position, "page": page, "start": start, "end": end}
    return f"/original/page.png?{urlencode(query, errors='replace')}"
