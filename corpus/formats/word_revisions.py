"""A Word file's tracked changes taken in, and what stands twice taken once: the tree as the final
text is printed.
"""

from typing import Any

from corpus.formats.word_text import W

_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_STRUCK = frozenset({f"{W}del", f"{W}moveFrom"})
_BOOKMARKS = frozenset(
    f"{W}{name}"
    for name in ("bookmarkStart", "bookmarkEnd", "moveFromRangeStart", "moveFromRangeEnd")
)
# What Word writes in two forms, the second for old programs, such as text boxes.
_GONE = frozenset({_FALLBACK}) | _STRUCK


def take_changes(root: Any) -> None:
    """Remove what was struck or moved away, its paragraph marks, rows and cells, and what stands
    there for old programs.
    """
    for tag, mark in ((f"{W}tr", f"{W}trPr/{W}del"), (f"{W}tc", f"{W}tcPr/{W}cellDel")):
        for one in [one for one in root.iter(tag) if one.find(mark) is not None]:
            _remove(one)
    joined = [one for one in root.iter(f"{W}p") if _is_mark_struck(one)]
    for one in [one for one in root.iter() if one.tag in _GONE]:
        if one.getparent().tag != f"{W}rPr":  # there it is the mark of a paragraph
            _remove(one)
    for paragraph in joined:
        _run_on(paragraph)


def _is_mark_struck(paragraph: Any) -> bool:
    mark = paragraph.find(f"{W}pPr/{W}rPr")
    return mark is not None and any(one.tag in _STRUCK for one in mark)


def _run_on(paragraph: Any) -> None:
    """Put what is left of a paragraph whose end was struck before the next one, whose properties
    hold of both; one that ends a section, a cell or the text stays, unless nothing is left of it.
    """
    if paragraph.find(f"{W}pPr/{W}sectPr") is not None:
        return
    own = [one for one in paragraph if one.tag != f"{W}pPr"]
    following = paragraph.getnext()
    while following is not None and following.tag in _BOOKMARKS:
        following = following.getnext()
    if following is not None and following.tag == f"{W}p":
        properties = following.find(f"{W}pPr")
        at = 0 if properties is None else following.index(properties) + 1
        following[at:at] = own
        _remove(paragraph)
    elif not "".join(paragraph.itertext()).strip() and paragraph.getparent().tag != f"{W}tc":
        _remove(paragraph)


def _remove(element: Any) -> None:
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)
