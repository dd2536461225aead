"""The folders of a library's tree as HTML: each shows what lies in it and below."""

from collections import Counter
from collections.abc import Iterable, Sequence

from corpus.bulletin_id import folders_of
from ui.views.escaping import escape
from ui.views.page_words import both

BETWEEN = "//"  # no folder's path holds it: what several paths in one attribute are told apart by


def folder_paths(ids: Iterable[str]) -> list[str]:
    """The folders that bulletins of these ids lie in, each once."""
    return list(dict.fromkeys("/".join(folders_of(one)) for one in ids if folders_of(one)))


def folders_html(lying: Sequence[Sequence[str]]) -> str:
    """A button for each folder, with the number of bulletins in it and below; `lying` are the
    folders that each bulletin lies in. Nothing where there are none.
    """
    counts = Counter(
        one for paths in lying for one in {up for path in paths for up in _above(path)}
    )
    if not counts:
        return ""
    whole = _item("", 0, both("全部文件夹"), len(lying))
    items = "".join(
        _item(path, path.count("/") + 1, escape(path.rpartition("/")[2]), counts[path])
        for path in sorted(counts, key=lambda path: path.split("/"))
    )
    return (
        f'<div class="jb-folders" role="group"><p class="jb-hidden">{both("文件夹")}</p>'
        f"<ul>{whole}{items}</ul></div>"
    )


def _above(path: str) -> list[str]:
    """A folder and those around it."""
    parts = path.split("/")
    return ["/".join(parts[:n]) for n in range(1, len(parts) + 1)]


def _item(path: str, depth: int, name: str, count: int) -> str:
    state = "false" if path else "true"
    return (
        f'<li style="--jb-depth:{depth}"><button type="button" data-folder="{escape(path)}" '
        f'aria-pressed="{state}"><span>{name}</span> <span class="jb-count">{count}</span>'
        "</button></li>"
    )
