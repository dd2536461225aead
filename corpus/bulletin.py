"""The types that all layers share: Bulletin, Article, Unit, Span, Figure."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol


class Kind(StrEnum):
    """What a unit of a bulletin is. Only those in NUMBERED have a number."""

    MASTHEAD = "masthead"
    TITLE = "title"
    HEADING = "heading"
    BYLINE = "byline"
    PARAGRAPH = "paragraph"
    TABLE = "table"
    CAPTION = "caption"
    EDITOR_NOTE = "editor_note"
    CREDIT = "credit"
    PAGE_NUMBER = "page_number"
    DISTRIBUTION = "distribution"
    PAGE_CREDIT = "page_credit"


# The body of a bulletin: its paragraphs, and the rows of its tables, which are cited like them.
NUMBERED = frozenset({Kind.PARAGRAPH, Kind.TABLE})


class Doubt(StrEnum):
    """How sure it is that the extraction damaged a figure."""

    CERTAIN = "certain"
    POSSIBLE = "possible"


class DateWhere(StrEnum):
    """Where a bulletin's date was read, the one that is believed first."""

    HAND = "hand"
    TEXT = "text"
    NAME = "name"
    FOLDER = "folder"
    PROPERTIES = "properties"


@dataclass(frozen=True, slots=True)
class FoundDate:
    """A date of a bulletin, ISO 8601 as far as it is told (2024-03-12, 2024-03, 2024), where it was
    read and the words that tell it.
    """

    date: str
    where: DateWhere
    words: str


class Ranged(Protocol):
    """What stands somewhere in a text: a span, a figure, a cell, a citation."""

    @property
    def start(self) -> int:
        """Offset of its first character."""
        ...

    @property
    def end(self) -> int:
        """Offset behind its last character."""
        ...


@dataclass(frozen=True, slots=True)
class Span:
    """Half-open range of characters [start, end)."""

    start: int
    end: int

    def overlaps(self, other: Ranged) -> bool:
        """Whether the two share a character.

        >>> Span(2, 5).overlaps(Span(4, 9)), Span(2, 5).overlaps(Span(5, 9))
        (True, False)
        """
        return self.start < other.end and other.start < self.end

    def begins(self, other: Ranged) -> bool:
        """Whether the other begins inside this one.

        >>> Span(2, 5).begins(Span(4, 9)), Span(2, 5).begins(Span(5, 9))
        (True, False)
        """
        return self.start <= other.start < self.end

    def moved(self, by: int) -> "Span":
        """The same in a text that stands so many characters further on."""
        return Span(self.start + by, self.end + by)


@dataclass(frozen=True, slots=True)
class Loss:
    """What a file shows and its text does not hold, or holds otherwise: a page that is a picture,
    a character without a name. Told in both languages, the place in the file first.
    """

    chinese: str
    english: str


@dataclass(frozen=True, slots=True)
class Figure:
    """A quantity in the reading text of a unit: text == unit.text[start:end].

    `value` is the number as printed (万 and 亿 stay in `unit`); of a range it is the lower end and
    `high` the upper. `approximate` says that 余, 多, 近 or the like stands with it.
    `suggestion` is the repaired figure and `why` the proof, where `doubt` says that it is damaged.
    """

    text: str
    start: int
    end: int
    value: float
    unit: str
    doubt: Doubt | None = None
    suggestion: str | None = None
    why: str | None = None
    high: float | None = None
    approximate: bool = False


@dataclass(frozen=True, slots=True)
class TableValue:
    """A cell in the reading text of a table's row, text[start:end], the name of its column with it.
    `row` and `column` are the names that it stands under, "" where the table has none.
    """

    start: int
    end: int
    row: str
    column: str


@dataclass(frozen=True, slots=True)
class Unit:
    """A piece of a bulletin with a kind of its own; a paragraph when `kind` is PARAGRAPH, a row of
    a table with the names of its columns when it is TABLE.

    `text` is the reading text, `source` the verbatim characters of the file with the line breaks
    inside a paragraph removed. `pieces` are the unit's ranges in the decoded file, in order: one,
    unless lines of another unit interrupt it. `number` counts the units of NUMBERED through the
    whole bulletin from 1; `article` indexes Bulletin.articles and is None for what belongs to the
    issue. `values` are the cells of a table's row. A `recognised` unit was read from a picture, at
    least in part.
    """

    kind: Kind
    number: int | None
    text: str
    source: str
    pieces: tuple[Span, ...]
    page: int | None
    article: int | None
    place: str | None
    section: tuple[str, ...]
    figures: tuple[Figure, ...] = ()
    values: tuple[TableValue, ...] = ()
    recognised: bool = False

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the row and the columns of a table's row, each once."""
        names = (name for one in self.values for name in (one.row.rpartition("·")[2], one.column))
        return tuple(dict.fromkeys(filter(None, names)))

    @property
    def span(self) -> Span:
        """From the unit's first character in the file to behind its last."""
        return Span(self.pieces[0].start, self.pieces[-1].end)


@dataclass(frozen=True, slots=True)
class Article:
    """One contribution of an issue; what the file does not state is None.

    `place` is the city (or county, or province) that it is about, `district` the part of that city
    if it is about one.
    """

    title: str
    place: str | None
    contributor: str | None
    district: str | None = None


@dataclass(frozen=True, slots=True)
class Bulletin:
    """A bulletin file, read. `id` is the file's place in its folder's tree without the suffix (see
    corpus.bulletin_id), `sha256` the hex digest of its bytes.

    What the file does not state is None or empty. `series` is the masthead's name with the issue in
    it, `issue` the number alone; `date` is ISO 8601, of a day, or a month or year where no more is
    known, and `date_source` the words of its text that it was read from, None where it was read
    elsewhere. `dates` are all that were found, the one believed first; that of a file's properties
    is told and not believed. `losses` tells what of the file could not be read.
    """

    id: str
    sha256: str
    series: str | None
    issue: int | None
    date: str | None
    date_source: str | None
    publisher: str | None
    recipients: tuple[str, ...]
    articles: tuple[Article, ...]
    units: tuple[Unit, ...]
    losses: tuple[Loss, ...] = ()
    dates: tuple[FoundDate, ...] = ()

    @property
    def title(self) -> str:
        """The series and issue where printed, else the first article's title, else the id."""
        if self.series:
            return self.series
        return self.articles[0].title if self.articles else self.id

    def title_of(self, unit: Unit) -> str:
        """Title to cite a unit under: its article's, or the issue's for what all articles share."""
        return self.title if unit.article is None else self.articles[unit.article].title

    @property
    def places(self) -> tuple[str, ...]:
        """Names of the places that its articles are about, each once; of a text without title
        those of its paragraphs.
        """
        about = [article.place for article in self.articles] or [u.place for u in self.paragraphs]
        return tuple(dict.fromkeys(place for place in about if place))

    @property
    def paragraphs(self) -> tuple[Unit, ...]:
        """The numbered units, number i at index i - 1."""
        return tuple(unit for unit in self.units if unit.number is not None)
