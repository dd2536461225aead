"""An article in the sections and points that it has itself, in its order."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from corpus.bulletin import Bulletin, Kind, Span, Unit
from corpus.text.list_marks import TEN, TOLD_POINT
from corpus.text.sentences import split_sentences
from index.passages import RUN_IN_CHARS

MANY = 0.6  # of a section's paragraphs that open with a short sentence where that heads them
_DIGIT = re.compile(r"\d")
_TOP = re.compile(rf"^[{TEN}]{{1,3}}\s*、")  # the first level of headings, where they run in


@dataclass(frozen=True, slots=True)
class Stretch:
    """A section or a point: what heads it ("" for nothing), the section above it, the positions of
    its paragraphs, and of each the run-in heading.
    """

    heading: str
    section: str
    positions: tuple[int, ...]
    skip: tuple[Span | None, ...]


def stretches(bulletin: Bulletin, article: int | None) -> list[Stretch]:
    """What an article consists of, or a text without a title (None); without its opening where it
    has sections.
    """
    own = [
        (n, unit)
        for n, unit in enumerate(bulletin.units)
        if unit.article == article and unit.kind is Kind.PARAGRAPH
    ]
    found: list[Stretch] = []
    for section, paragraphs in _by_section(own):
        if not section and any(unit.section for _, unit in own):
            continue
        found += _points(section, paragraphs)
    return _under_tops(bulletin, found)


def _by_section(own: Sequence[tuple[int, Unit]]) -> Iterator[tuple[str, list[tuple[int, Unit]]]]:
    sections: dict[tuple[str, ...], list[tuple[int, Unit]]] = {}
    for n, unit in own:
        sections.setdefault(unit.section[-1:], []).append((n, unit))
    for name, paragraphs in sections.items():
        yield "".join(name), paragraphs


def _points(section: str, paragraphs: Sequence[tuple[int, Unit]]) -> Iterator[Stretch]:
    """The points of a section, or the section itself where it has none; of a text without sections
    its paragraphs.
    """
    heads = [run_in(unit.text) for _, unit in paragraphs]
    marked = [bool(TOLD_POINT.match(unit.text)) for _, unit in paragraphs]
    headed = sum(head is not None for head in heads)
    pointed = any(marked) or (len(heads) > 2 and headed >= MANY * len(heads))
    name = TOLD_POINT.sub("", section).strip()
    if section and not pointed:
        yield Stretch(name, section, tuple(n for n, _ in paragraphs), ())
        return
    gathered: list[tuple[list[int], list[Span | None], str]] = []
    for (n, unit), head, mark in zip(paragraphs, heads, marked, strict=True):
        opens = mark or (head is not None and not any(marked))
        if not opens and gathered and any(marked):  # it goes on with the point above it
            gathered[-1][0].append(n)
            gathered[-1][1].append(None)
        elif opens or not section:
            told = unit.text[: head.end].rstrip("。；：") if head and opens else ""
            gathered.append(([n], [head if opens else None], told))
    for positions, skip, told in gathered:
        yield Stretch(told, section, tuple(positions), tuple(skip))


def _under_tops(bulletin: Bulletin, found: Sequence[Stretch]) -> list[Stretch]:
    """Stretches of a text whose sections run in (二、重点任务（一）…), each under its section."""
    if any(one.section for one in found):
        return list(found)
    section, under = "", []
    for one in found:
        text = bulletin.units[one.positions[0]].text
        if _TOP.match(text):
            section = re.split(r"[（(。，：]", text, maxsplit=1)[0][:RUN_IN_CHARS]
        under.append(Stretch(one.heading, section, one.positions, one.skip))
    return under


def run_in(text: str) -> Span | None:
    """The short first sentence that heads a paragraph: without figures, with more behind it."""
    first = split_sentences(text)[0]
    heading = text[first.start : first.end]
    marked = bool(TOLD_POINT.match(text))
    if len(heading) > RUN_IN_CHARS or first.end >= len(text) or heading.startswith(("“", "‘")):
        return None
    return first if marked or not _DIGIT.search(heading) else None
