"""The list of conversations as HTML: by day, the open one marked, each with what can be done."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from urllib.parse import urlencode

from ui.store.conversations import Summary
from ui.views.escaping import escape
from ui.views.page_words import both


def chats_html(chats: Sequence[Summary], current: str | None, *, searched: bool = False) -> str:
    """A link for each conversation, under the day of its last question; `searched` where these are
    what a search found.
    """
    if not chats:
        words = "没有找到" if searched else "还没有对话"
        return f'<p class="jb-none">{both(words)}</p>'
    parts: list[str] = []
    day = ""
    for one in chats:
        when = datetime.fromisoformat(one.updated).astimezone()
        if (heading := _day(when.date())) != day:
            parts.append(f'<li class="jb-day">{heading}</li>')
            day = heading
        parts.append(_chat(one, when, current=one.id == current))
    return f'<ul class="jb-chats">{"".join(parts)}</ul>'


def _chat(one: Summary, when: datetime, *, current: bool) -> str:
    address = escape(f"/?{urlencode({'conversation': one.id})}")
    state = ' aria-current="page"' if current else ""
    today = when.date() == datetime.now().astimezone().date()
    told = when.strftime("%H:%M" if today else "%Y-%m-%d")
    buttons = "".join(
        f'<button type="button" class="jb-{act}"><span aria-hidden="true">{sign}</span>'
        f'<span class="jb-hidden">{both(words)}</span></button>'
        for act, sign, words in (("rename", "✎", "改名"), ("delete", "✕", "删除这个对话"))
    )
    return (
        f'<li class="jb-chat" data-id="{escape(one.id)}"><a href="{address}"{state}>'
        f'<span class="jb-title">{escape(one.title)}</span>'
        f'<time datetime="{escape(one.updated)}">{told}</time></a>{buttons}</li>'
    )


def _day(day: date) -> str:
    today = datetime.now().astimezone().date()
    if day == today:
        return both("今天")
    return both("昨天") if day == today - timedelta(days=1) else both("更早")
