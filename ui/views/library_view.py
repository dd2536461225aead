"""The library as HTML: its bulletins in a table, and what came of files that were added."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from corpus.bulletin import Bulletin, Loss
from index.records import Entry
from ui.views.escaping import escape
from ui.views.page_words import both, in_both

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
class Added:
    """What came of a file: the bulletin that it became and how, or why it became none; the title
    of the bulletin that it has `replaced`, or of its `twin`, another one of the same bytes.
    """

    name: str
    bulletin: Bulletin | None
    state: str
    replaced: str = ""
    twin: str = ""


def entries_html(entries: Sequence[Entry], *, picked: bool = True) -> str:
    """All bulletins; a title opens its bulletin in the source panel. `picked` are they by those who
    may remove them.
    """
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
    rows = "".join(_row(number, entry, picked) for number, entry in enumerate(entries))
    count = both("共{count}份简报", count=len(entries))
    return (
        f'<table class="jb-library"><caption>{count}</caption>'
        f"<thead><tr>{every}{head}</tr></thead><tbody>{rows}</tbody></table>"
    )


def added_html(added: Sequence[Added], waiting: Sequence[str] = ()) -> str:
    """A line for each file, those that wait too; of several that are done, the sum."""
    items = "".join(map(_added, added)) + "".join(
        f'<li class="jb-waiting">{both("正在读取") if n == 0 else both("等待")} {escape(name)}</li>'
        for n, name in enumerate(waiting)
    )
    return f'{_sum(added, waiting)}<ul class="jb-added" aria-live="polite">{items}</ul>'


def _sum(added: Sequence[Added], waiting: Sequence[str]) -> str:
    every = len(added) + len(waiting)
    if every < 2:
        return ""
    if waiting:
        share = f'<progress max="{every}" value="{len(added)}"></progress>'
        return f'<p class="jb-sum">{share} {len(added)} / {every}</p>'
    failed = sum(one.bulletin is None for one in added)
    paragraphs = sum(len(one.bulletin.paragraphs) for one in added if one.bulletin)
    told = both("收下{count}份，共{paragraphs}段", count=every - failed, paragraphs=paragraphs)
    refused = both("；{failed}份未收", failed=failed) if failed else ""
    return f'<p class="jb-sum">{told}{refused}</p>'


def _pick(picked: bool) -> str:
    return 'class="jb-pick"' if picked else 'class="jb-pick" hidden'


def _row(number: int, entry: Entry, picked: bool) -> str:
    address = escape(f"/?{urlencode({'bulletin': entry.id}, errors='replace')}")
    name = f"jb-name-{number}"
    pick = (
        f'<td {_pick(picked)}><input type="checkbox" value="{escape(entry.id)}" '
        f'aria-labelledby="{name}"></td>'
    )
    kept = datetime.fromtimestamp(entry.mtime_ns / 1e9).astimezone().strftime("%Y-%m-%d")
    cells = ("、".join(entry.places) or "–", entry.date or "–", str(entry.paragraphs),
             str(entry.doubtful or "–"), kept)  # fmt: skip
    return (
        f'<tr>{pick}<th scope="row"><a class="jb-cite" id="{name}" href="{address}">'
        f"{escape(entry.title)}</a>{_losses(entry.losses)}</th>"
        + "".join(f"<td>{escape(cell)}</td>" for cell in cells)
        + "</tr>"
    )


def _added(one: Added) -> str:
    if one.bulletin is None:
        return f'<li class="jb-failed">✗ {escape(one.name)}{both("：")}{escape(one.state)}</li>'
    doubtful = sum(figure.doubt is not None for u in one.bulletin.units for figure in u.figures)
    found = both("{paragraphs}段", paragraphs=len(one.bulletin.paragraphs))
    if doubtful:
        found += both("，") + both("{doubtful}处存疑数字", doubtful=doubtful)
    if one.replaced:
        found += both("，") + both("替换了同名文件《{title}》", title=one.replaced)
    if one.twin:
        found += both("，") + both("与库中《{title}》内容完全相同", title=one.twin)
    found += _losses(one.bulletin.losses)
    name = f"《{escape(one.bulletin.title)}》"
    return f"<li>✓ {name}{both(one.state)}{both('：')}{found}</li>"


def _losses(losses: Sequence[Loss]) -> str:
    """What of a file could not be read, a line each."""
    return "".join(f'<div class="jb-loss">⚠ {in_both(x.chinese, x.english)}</div>' for x in losses)
