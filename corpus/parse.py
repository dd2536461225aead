"""read_bulletin(path) -> Bulletin: bytes, text, lines, blocks, units."""

import hashlib
from bisect import bisect_right
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path, PurePosixPath

from corpus import metadata
from corpus.bulletin import NUMBERED, Bulletin, DateWhere, Kind, Span, Unit
from corpus.bulletin_id import id_of
from corpus.dating import believed, found_dates
from corpus.errors import BulletinError
from corpus.extract import extract, read_bytes
from corpus.extracted import Extracted
from corpus.figures import damage
from corpus.figures.misread import mark_recognised
from corpus.figures.quantities import find_figures
from corpus.formats.text_tables import with_listed
from corpus.layout.blocks import DASHES, Block, blocks_of
from corpus.layout.line_kinds import is_table_unit
from corpus.layout.lines import split_lines
from corpus.metadata import ISSUE_KINDS
from corpus.text.list_marks import LEVELS
from corpus.text.reading_text import read as read_text
from corpus.text.torn_figures import sets_digits_apart

PARSER_VERSION = 7  # part of the index's manifest: other units need another index
FIGURE_KINDS = frozenset({*NUMBERED, Kind.EDITOR_NOTE, Kind.CAPTION})
MAX_CHARS = 5_000_000  # two thousand pages; at the worst 40 seconds and 2 GB of memory
MAX_LEVELS = 4  # depth of headings that a section path keeps

Extract = Callable[[bytes, str, str], Extracted]


def read_bulletin(path: Path, name: str | None = None) -> Bulletin:
    """The bulletin in a file; its id is the file's stem, or that of `name`, its place in a tree.

    :raises CallError: no such file, or not a kind of file that is read.
    :raises BulletinError: empty, binary, too large, or without a single paragraph.
    """
    return parse(read_bytes(path), name or path.name, str(path))


def parse(
    data: bytes, file_name: str, called: str | None = None, read: Extract = extract
) -> Bulletin:
    """The bulletin in a file's bytes. `file_name` is the file's name, or its place in a tree of
    folders (2024/第1期.pdf): it gives the id, and by its suffix the format (none is text). `called`
    is how errors call it; `read` takes the text out of the file, from its bytes, suffix and name.

    :raises BulletinError: the bytes are not what the suffix says, or hold no paragraph.
    """
    name, bulletin_id = called or file_name, id_of(file_name)
    extracted = read(data, PurePosixPath(file_name).suffix.lower(), name)
    if len(extracted.text) > MAX_CHARS:
        raise BulletinError(
            f"{name}: {len(extracted.text):,} characters, more than {MAX_CHARS:,}; split the file "
            "(文字过多，请拆分)"
        )
    units = _with_articles(list(_units(extracted)))
    if not any(unit.number for unit in units):
        extracted = with_listed(extracted)
        units = _with_articles(list(_units(extracted)))
    if not any(unit.number for unit in units):
        raise BulletinError(
            f"{name}: no paragraph found; it seems to hold no running text (没有找到正文段落)"
        )
    articles = metadata.articles_of(units)
    untitled = None if articles else metadata.untitled_place(units)
    units = [replace(unit, place=metadata.place_of(unit, articles, untitled)) for unit in units]
    series = metadata.series_of(units)
    dates = found_dates(bulletin_id, units, data)
    date = believed(dates)
    return Bulletin(
        id=bulletin_id,
        sha256=hashlib.sha256(data).hexdigest(),
        series=series,
        issue=metadata.issue_of(series),
        date=date.date if date else None,
        date_source=date.words if date and date.where is DateWhere.TEXT else None,
        publisher=metadata.publisher_of(units),
        recipients=metadata.recipients_of(units),
        articles=articles,
        units=tuple(mark_recognised(extracted, damage.with_doubts(extracted.text, units))),
        losses=extracted.losses,
        dates=dates,
    )


def _units(extracted: Extracted) -> Iterator[Unit]:
    text = extracted.text
    paragraphs = 0
    section: tuple[str, ...] = ()
    table = ""  # what the table is called that the next rows are of
    apart = sets_digits_apart(text)
    for block in blocks_of(split_lines(text), extracted):
        if block.kind is Kind.HEADING:
            section = _enter(section, read_text(block.text, digits_apart=apart).text)
        elif block.kind is Kind.TITLE:
            section = ()
        paragraphs += block.kind in NUMBERED
        source = _source(text, block)
        row = extracted.readings.get(block.lines[0].span.start)
        reading = read_text(source, digits_apart=apart).text if row is None else row
        if block.kind is Kind.CAPTION:
            names = row is None and not is_table_unit(reading)
            table = reading if names else table
        elif block.kind is not Kind.TABLE and block.kind not in ISSUE_KINDS:
            table = ""
        yield Unit(
            kind=block.kind,
            number=paragraphs if block.kind in NUMBERED else None,
            text=reading,
            source=source,
            pieces=tuple(Span(line.span.start, line.span.end) for line in block.lines),
            page=_page(extracted.pages, block),
            article=None,
            place=None,
            section=_section(block.kind, section, table),
            figures=find_figures(reading) if block.kind in FIGURE_KINDS else (),
            values=extracted.values.get(block.lines[0].span.start, ()),
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


def _page(pages: tuple[int, ...], block: Block) -> int | None:
    """Number of the page, from 1, that a block begins on; None where the format has no pages."""
    return bisect_right(pages, block.lines[0].span.start) or None


def _section(kind: Kind, section: tuple[str, ...], table: str) -> tuple[str, ...]:
    """Headings above a unit, above a row the name of its table too; what belongs to the issue or
    closes an article stands under none.
    """
    if kind is Kind.TABLE and table:
        return (*section, table)[-MAX_LEVELS:]
    if kind in ISSUE_KINDS or kind is Kind.CREDIT:
        return ()
    return section[:-1] if kind is Kind.HEADING else section


def _enter(section: tuple[str, ...], heading: str) -> tuple[str, ...]:
    """Section path after a heading: it replaces the last one of its level and what is under it."""
    level = _level(heading)
    kept = tuple(title for title in section if _level(title) < level)
    return (*kept, heading)[-MAX_LEVELS:]


def _level(heading: str) -> int:
    for level, mark in enumerate(LEVELS):
        if mark.match(heading):
            return level
    return len(LEVELS)


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
