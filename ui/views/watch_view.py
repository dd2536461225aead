"""The served folder as HTML: whether it is followed, what came last, what was not taken."""

from collections.abc import Iterator, Mapping
from datetime import datetime

from index.folder_watch import WatchState, WatchStatus
from index.reconcile import Changes
from ui.views.escaping import escape
from ui.views.page_words import both
from ui.views.reason_told import without_place

NAMED = 5  # files that are waited for; of more the number is enough
_COUNTS = (
    ("added", "新增{n}"),
    ("updated", "更新{n}"),
    ("removed", "移除{n}"),
    ("moved", "移动{n}"),
)


def watch_html(status: WatchStatus, synced: Changes | None) -> str:
    """A line that says how it stands; behind a click what the last sync left out, and why."""
    calm = "" if status.state is not WatchState.FAILED else " jb-wrong"
    line = both("：").join([both("文件夹"), _state(status)]) + _last(status)
    return f'<p class="jb-follow{calm}" role="status">{line}</p>{_left_out(synced)}'


def _state(status: WatchStatus) -> str:
    match status.state:
        case WatchState.OFF:
            return both("未跟随，服务启动时同步")
        case WatchState.SETTLING:
            names = "、".join(status.waiting[:NAMED])
            more = both("等{count}个", count=len(status.waiting))
            told = both("等待文件写完：{names}", names=names)
            return told + (more if len(status.waiting) > NAMED else "")
        case WatchState.SYNCING:
            return both("正在同步")
        case WatchState.FAILED:
            return both("无法跟随：{why}", why=status.why)
        case _:
            return both("正在跟随，有变化一分钟内入库")


def _last(status: WatchStatus) -> str:
    """When the folder was last taken in, and what that changed."""
    if status.at is None or status.changes is None:
        return ""
    when = datetime.fromtimestamp(status.at).astimezone().strftime("%Y-%m-%d %H:%M")
    counts = [
        both(words, n=len(getattr(status.changes, name)))
        for name, words in _COUNTS
        if getattr(status.changes, name)
    ]
    what = both("，").join(counts) if counts else both("没有变化")
    return f" · {both('上次同步{when}', when=when)}{both('：')}{what}"


def _left_out(synced: Changes | None) -> str:
    reasons = dict(_reasons(synced)) if synced else {}
    if not reasons:
        return ""
    items = "".join(
        f"<li><b>{escape(name)}</b>{both('：')}{escape(why)}</li>" for name, why in reasons.items()
    )
    told = both("上次同步有{count}个文件未取", count=len(reasons))
    return f'<details class="jb-left"><summary>{told}</summary><ul>{items}</ul></details>'


def _reasons(synced: Changes) -> Iterator[tuple[str, str]]:
    """By place in the tree, why a file was not taken: what could have been one first."""
    some: tuple[Mapping[str, str], ...] = (synced.failed, synced.damaged, synced.skipped)
    for reasons in some:
        for name, why in reasons.items():
            yield name, without_place(why)
