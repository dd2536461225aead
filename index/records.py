"""What the catalogue tells of bulletins and of their units."""

from dataclasses import dataclass

from corpus.bulletin import Kind, Loss


@dataclass(frozen=True, slots=True)
class Entry:
    """A bulletin in the catalogue; `size` in bytes, `mtime_ns` of its file on the shelf, `losses`
    what of the file could not be read.
    """

    id: str
    sha256: str
    size: int
    mtime_ns: int
    origin: str
    title: str
    date: str | None
    places: tuple[str, ...]
    articles: int
    paragraphs: int
    doubtful: int
    losses: tuple[Loss, ...] = ()


@dataclass(frozen=True, slots=True)
class Holdings:
    """How much a library holds."""

    bulletins: int
    paragraphs: int


@dataclass(frozen=True, slots=True)
class Found:
    """A unit found by one index: bulletin id, position in its units, score (higher is better), its
    row in the catalogue, its kind, the code of the division that its article is about, and that
    with those of the divisions its text names.
    """

    bulletin: str
    position: int
    score: float
    row: int = 0
    kind: Kind = Kind.PARAGRAPH
    place: str | None = None
    places: tuple[str, ...] = ()
