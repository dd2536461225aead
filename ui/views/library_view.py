"""The library as HTML: its folders, and its bulletins in a table."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from urllib.parse import urlencode

from corpus.hand_facts import NO_FACTS, HandFacts
from index.records import Entry
from ui.views.escaping import escape
from ui.views.facts_view import by_hand
from ui.views.folders_view import BETWEEN, folder_paths, folders_html
from ui.views.losses_view import losses_html
from ui.views.page_words import both

# The columns that can be sorted by: words, and the kind of what stands in them.
_HEADS = (("简报", "text"), ("地区", "text"), ("日期", "text"), ("段落", "number"),
          ("存疑数字", "number"), ("入库", "text"))  # fmt: skip


def _toolbar() -> str:
    find = f'<label for="jb-find">{both("查找简报")}</label>'
    remove = (
        f'<button type="button" id="jb-remove" hidden>{both("移除所选")} '
        f'<span class="jb-count"></span></button>'
        f'<span id="jb-sure" hidden>{both("移除后不再用来回答，确定吗？")} '
        f'<button type="button" id="jb-remove-yes">{both("确认移除")}</button> '
        f'<button type="button" id="jb-remove-no">{both("取消")}</button></span>'
    )
    return (
        f'<div class="jb-bench">{find}<input id="jb-find" type="search">{remove}'
        f'<span id="jb-found" role="status"></span></div>'
    )


TOOLBAR = _toolbar()


@dataclass(frozen=True, slots=True)
class Shelved:
    """The bulletins of a library; by id the other places of a content, and what was set by hand."""

    entries: Sequence[Entry]
    also: Mapping[str, Sequence[str]] = field(default_factory=dict)
    facts: Mapping[str, HandFacts] = field(default_factory=dict)

    def folders(self, entry: Entry) -> list[str]:
        """The folders that a bulletin lies in."""
        return folder_paths((entry.id, *self.also.get(entry.id, ())))


def entries_html(shelved: Shelved, *, picked: bool = True) -> str:
    """All bulletins, and the folders that they lie in; a title opens its bulletin in the source
    panel. `picked` are they by those who may change them.
    """
    entries = shelved.entries
    if not entries:
        return f'<p class="jb-empty">{both("资料库是空的，请添加简报。")}</p>'
    head = "".join(
        f'<th scope="col" data-kind="{kind}"><button type="button">{both(name)}</button></th>'
        for name, kind in _HEADS
    )
    every = (
        f'<th {_pick(picked)}><input type="checkbox" id="jb-every" aria-labelledby="jb-every-name">'
        f'<span class="jb-hidden" id="jb-every-name">{both("全选")}</span></th>'
    )
    settable = both("设定日期、地区、刊名")
    head += f'<th{_hidden(picked)}><span class="jb-hidden">{settable}</span></th>'
    rows = "".join(_row(number, entry, shelved, picked) for number, entry in enumerate(entries))
    count = both("共{count}份简报", count=len(entries))
    return (
        f'<div class="jb-holdings">{folders_html([shelved.folders(one) for one in entries])}'
        f'<table class="jb-library"><caption>{count}</caption>'
        f"<thead><tr>{every}{head}</tr></thead><tbody>{rows}</tbody></table></div>"
    )


def _pick(picked: bool) -> str:
    return f'class="jb-pick"{_hidden(picked)}'


def _hidden(picked: bool) -> str:
    return "" if picked else " hidden"


def _row(number: int, entry: Entry, shelved: Shelved, picked: bool) -> str:
    said = shelved.facts.get(entry.id, NO_FACTS)
    address = escape(f"/?{urlencode({'bulletin': entry.id}, errors='replace')}")
    name = f"jb-name-{number}"
    pick = (
        f'<td {_pick(picked)}><input type="checkbox" value="{escape(entry.id)}" '
        f'aria-labelledby="{name}"></td>'
    )
    kept = datetime.fromtimestamp(entry.mtime_ns / 1e9).astimezone().strftime("%Y-%m-%d")
    cells = (
        escape("、".join(entry.places) or "–") + _badge(said.place),
        escape(entry.date or "–") + _badge(said.date),
        str(entry.paragraphs), str(entry.doubtful or "–"), kept,
    )  # fmt: skip
    change = (
        f'<td{_hidden(picked)}><button type="button" class="jb-change" '
        f'data-id="{escape(entry.id)}" aria-describedby="{name}"><span aria-hidden="true">✎</span>'
        f'<span class="jb-hidden">{both("设定日期、地区、刊名")}</span></button></td>'
    )
    return (
        f'<tr data-folders="{escape(BETWEEN.join(shelved.folders(entry)))}">{pick}'
        f'<th scope="row"><a class="jb-cite" id="{name}" href="{address}">{escape(entry.title)}</a>'
        f"{_whereabouts(entry, shelved, said)}{losses_html(entry.losses)}</th>"
        + "".join(f"<td>{cell}</td>" for cell in cells)
        + f"{change}</tr>"
    )


def _whereabouts(entry: Entry, shelved: Shelved, said: HandFacts) -> str:
    """Under a title: the place in the tree, other places of the same content, a series set."""
    lines = [escape(entry.id)] if folder_paths((entry.id,)) else []
    also = "、".join(shelved.also.get(entry.id, ()))
    lines += [both("内容相同：{places}", places=also)] if also else []
    lines += [f"{both('刊名')}{both('：')}{escape(said.series)}{by_hand()}"] if said.series else []
    return "".join(f'<div class="jb-where">{line}</div>' for line in lines)


def _badge(said: str | None) -> str:
    return by_hand() if said is not None else ""
