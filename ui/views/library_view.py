"""The library as HTML: its bulletins in a table, and what came of files that were added."""

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from corpus.bulletin import Bulletin, Loss
from index.records import Entry
from ui.views.escaping import escape
from ui.views.page_words import both, in_both

_HEADS = ("简报", "地区", "日期", "段落", "存疑数字")


@dataclass(frozen=True, slots=True)
class Added:
    """What came of a file: the bulletin that it became and how, or why it became none."""

    name: str
    bulletin: Bulletin | None
    state: str


def entries_html(entries: Sequence[Entry]) -> str:
    """All bulletins; a title opens its bulletin in the source panel."""
    if not entries:
        return f'<p class="jb-empty">{both("资料库是空的，请添加简报。")}</p>'
    head = "".join(f'<th scope="col">{both(name)}</th>' for name in _HEADS)
    rows = "".join(_row(entry) for entry in entries)
    count = both("共{count}份简报", count=len(entries))
    return (
        f'<table class="jb-library"><caption>{count}</caption>'
        f"<thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"
    )


def added_html(added: Sequence[Added]) -> str:
    """A line for each file."""
    return f'<ul class="jb-added" aria-live="polite">{"".join(map(_added, added))}</ul>'


def _row(entry: Entry) -> str:
    address = escape(f"/?{urlencode({'bulletin': entry.id}, errors='replace')}")
    cells = ("、".join(entry.places) or "–", entry.date or "–", str(entry.paragraphs),
             str(entry.doubtful or "–"))  # fmt: skip
    return (
        f'<tr><th scope="row"><a class="jb-cite" href="{address}">{escape(entry.title)}</a>'
        f"{_losses(entry.losses)}</th>"
        + "".join(f"<td>{escape(cell)}</td>" for cell in cells)
        + "</tr>"
    )


def _added(one: Added) -> str:
    if one.bulletin is None:
        return f'<li class="jb-failed">✗ {escape(one.name)}：{escape(one.state)}</li>'
    doubtful = sum(figure.doubt is not None for u in one.bulletin.units for figure in u.figures)
    found = both("{paragraphs}段", paragraphs=len(one.bulletin.paragraphs))
    if doubtful:
        found += f"，{both('{doubtful}处存疑数字', doubtful=doubtful)}"
    found += _losses(one.bulletin.losses)
    return f"<li>✓ 《{escape(one.bulletin.title)}》{both(one.state)}：{found}</li>"


def _losses(losses: Sequence[Loss]) -> str:
    """What of a file could not be read, a line each."""
    return "".join(f'<div class="jb-loss">⚠ {in_both(x.chinese, x.english)}</div>' for x in losses)
