"""read_bulletin(path) -> Bulletin: bytes, text, lines, blocks, units."""

import hashlib
import re
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import date
from pathlib import Path

from corpus import damage
from corpus.blocks import DASHES, Block, blocks_of
from corpus.bulletin import Article, Bulletin, Kind, Span, Unit
from corpus.errors import BulletinError
from corpus.extract import extract, read_bytes
from corpus.figures import find_figures
from corpus.lines import split_lines
from corpus.places import Place, ancestors, find_places
from corpus.reading import narrow, read

PARSER_VERSION = 1  # part of the index's manifest: other units need another index
ISSUE_KINDS = frozenset({Kind.MASTHEAD, Kind.DISTRIBUTION, Kind.PAGE_CREDIT, Kind.PAGE_NUMBER})
FIGURE_KINDS = frozenset({Kind.PARAGRAPH, Kind.EDITOR_NOTE, Kind.CAPTION})
MAX_LEVELS = 4  # depth of headings that a section path keeps
_LEVELS = (r"第.{1,4}[编部分]+", r"第.{1,4}章", r"[一二三四五六七八九十]+\s*[、.．]", r"[（(]")
_YEAR_DATE = re.compile(r"(\d{4})\s*年\s*(\d{1,2})\s*月\s*(\d{1,2})\s*日")
_CONTRIBUTOR = re.compile(r"[（(]?\s*(?:供稿(?:单位|人)?\s*[：:])?\s*(.+?)\s*(?:供稿)?\s*[）)]?$")


def read_bulletin(path: Path) -> Bulletin:
    """The bulletin in a file; its id is the file's stem.

    :raises CallError: no such file, or not a kind of file that is read.
    :raises BulletinError: empty, binary, too large, or without a single paragraph.
    """
    return parse(read_bytes(path), path.name, str(path))


def parse(data: bytes, file_name: str, called: str | None = None) -> Bulletin:
    """The bulletin in a file's bytes; its id is the file name's stem, its format the suffix (none
    is text). `called` is how errors call it.

    :raises BulletinError: the bytes are not what the suffix says, or hold no paragraph.
    """
    name = called or file_name
    extracted = extract(data, Path(file_name).suffix.lower() or ".txt", name)
    text = extracted.text
    units = _with_articles(list(_units(text, blocks_of(split_lines(text), extracted))))
    if not any(unit.number for unit in units):
        raise BulletinError(f"{name}: no paragraph found; it seems to hold no running text")
    units = _with_doubts(text, units)
    articles = _articles(units)
    return Bulletin(
        id=Path(file_name).stem,
        sha256=hashlib.sha256(data).hexdigest(),
        series=_joined(units, Kind.MASTHEAD),
        date=_date(units),
        articles=articles,
        units=tuple(_with_place(unit, articles) for unit in units),
    )


def _units(text: str, blocks: list[Block]) -> Iterator[Unit]:
    paragraphs = 0
    section: tuple[str, ...] = ()
    for block in blocks:
        if block.kind is Kind.HEADING:
            section = _enter(section, read(block.text).text)
        elif block.kind is Kind.TITLE:
            section = ()
        paragraphs += block.kind is Kind.PARAGRAPH
        source = _source(text, block)
        reading = read(source).text
        yield Unit(
            kind=block.kind,
            number=paragraphs if block.kind is Kind.PARAGRAPH else None,
            text=reading,
            source=source,
            pieces=tuple(Span(line.span.start, line.span.end) for line in block.lines),
            page=None,
            article=None,
            place=None,
            section=_section(block.kind, section),
            figures=find_figures(reading) if block.kind in FIGURE_KINDS else (),
        )


def _source(text: str, block: Block) -> str:
    """The block's characters: wrapped lines are joined; the lines of a title, a note or a list
    stay apart, but for a subtitle, which its dashes set off.
    """
    parts = ["".join(text[x.span.start : x.span.end] for x in part) for part in block.parts]
    if block.kind is Kind.TITLE:
        return "".join(
            part if n == 0 or part.startswith(DASHES) else f"　{part}"
            for n, part in enumerate(parts)
        )
    return "\n".join(parts)


def _section(kind: Kind, section: tuple[str, ...]) -> tuple[str, ...]:
    """Headings above a unit; what belongs to the issue or closes an article stands under none."""
    if kind in ISSUE_KINDS or kind is Kind.CREDIT:
        return ()
    return section[:-1] if kind is Kind.HEADING else section


def _enter(section: tuple[str, ...], heading: str) -> tuple[str, ...]:
    """Section path after a heading: it replaces the last one of its level and what is under it."""
    level = _level(heading)
    kept = tuple(title for title in section if _level(title) < level)
    return (*kept, heading)[-MAX_LEVELS:]


def _level(heading: str) -> int:
    for level, pattern in enumerate(_LEVELS):
        if re.match(pattern, heading):
            return level
    return len(_LEVELS)


def _with_articles(units: list[Unit]) -> list[Unit]:
    """Units with the index of their article: a title opens one, the issue's own units have none."""
    article = -1
    result = []
    for unit in units:
        if unit.kind is Kind.TITLE:
            article += 1
        inside = article >= 0 and unit.kind not in ISSUE_KINDS
        result.append(replace(unit, article=article if inside else None))
    return result


def _articles(units: list[Unit]) -> tuple[Article, ...]:
    articles = []
    for index, title in enumerate(unit for unit in units if unit.kind is Kind.TITLE):
        credit = next((u for u in units if u.kind is Kind.CREDIT and u.article == index), None)
        contributor = None
        if credit is not None and (match := _CONTRIBUTOR.match(credit.text)):
            contributor = match[1]
        place = _place(title.text, contributor or "", units, index)
        articles.append(Article(title.text, place, contributor))
    return tuple(articles)


def _place(title: str, contributor: str, units: list[Unit], article: int) -> str | None:
    """City of an article, else its county or province: named in title or credit, else most often
    in its paragraphs where that is the majority of all places named.
    """
    named = find_places(title) + find_places(contributor)
    if not named:
        body = "".join(u.text for u in units if u.article == article and u.number)
        counts = Counter(_city(mention.place) for mention in find_places(body))
        top = counts.most_common(1)
        return top[0][0] if top and top[0][1] * 2 > counts.total() else None
    return _city(named[0].place)


def _city(place: Place) -> str:
    return next((p.name for p in ancestors(place) if len(p.code) == 4), place.name)


def _with_place(unit: Unit, articles: tuple[Article, ...]) -> Unit:
    return unit if unit.article is None else replace(unit, place=articles[unit.article].place)


def _with_doubts(text: str, units: list[Unit]) -> list[Unit]:
    figures = [figure for unit in units for figure in unit.figures]
    if not damage.lost_points(text, figures):
        return units
    return [replace(unit, figures=damage.mark(unit.text, unit.figures)) for unit in units]


def _joined(units: list[Unit], kind: Kind) -> str | None:
    return " ".join(unit.text for unit in units if unit.kind is kind) or None


def _date(units: list[Unit]) -> str | None:
    """Date of the issue, ISO 8601, where a line of masthead or imprint states it."""
    for unit in units:
        if unit.kind in ISSUE_KINDS:
            for match in _YEAR_DATE.finditer(narrow(unit.text)):
                with suppress(ValueError):  # there is no 31 June
                    return date(*map(int, match.groups())).isoformat()
    return None
