"""The start of the page as HTML."""

from collections.abc import Sequence
from dataclasses import dataclass

from index.records import Entry
from ui.views.answer_view import asking
from ui.views.escaping import escape
from ui.views.page_words import both

PLACES_NAMED = 8  # as many fit in two lines of a phone


@dataclass(frozen=True, slots=True)
class Beginnings:
    """Questions to begin with for readers of either language, each with its kind in Chinese."""

    chinese: Sequence[tuple[str, str]]
    english: Sequence[tuple[str, str]]


def greeting_html() -> str:
    """What this is: what a page shows before its server has said more."""
    return f'<section class="jb-welcome jb-coming">{_greeting()}</section>'


def welcome_html(entries: Sequence[Entry], questions: Beginnings) -> str:
    """What this is, what the library holds, and questions to begin with."""
    begin = "".join(
        f'<div class="jb-{language}"><p class="jb-begin">{both("可以这样问")}</p>'
        f'<div class="jb-starts">{"".join(_card(*one) for one in some)}</div></div>'
        for language, some in (("zh", questions.chinese), ("en", questions.english))
        if some
    )
    return (
        f'<section class="jb-welcome">{_greeting()}'
        f'<p class="jb-held">{_held(entries)}</p>{begin}</section>'
    )


def _greeting() -> str:
    about = both("依据简报原文回答，每句注明出处；资料中没有的，直说没有。")
    return f"<h2>{both('请就简报内容提问')}</h2><p>{about}</p>"


def _card(kind: str, question: str) -> str:
    return (
        f'<a class="jb-next jb-start" href="{asking(question)}">'
        f'<span class="jb-kind">{both(kind)}</span><span>{escape(question)}</span></a>'
    )


def _held(entries: Sequence[Entry]) -> str:
    if not entries:
        return both("资料库是空的，请添加简报。")
    told = both("资料库有{count}份简报", count=len(entries))
    dates = sorted(entry.date for entry in entries if entry.date)
    if dates:
        first, last = dates[0][:7], dates[-1][:7]
        told += both("，{period}", period=first if first == last else f"{first} – {last}")
    places = list(dict.fromkeys(place for entry in entries for place in entry.places))
    if places:
        named = "、".join(places[:PLACES_NAMED])
        more = both("等{count}地", count=len(places)) if len(places) > PLACES_NAMED else ""
        told += both("，涉及{places}", places=named) + more
    return told
