"""A unit that was found for a question."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import zip_longest

from corpus.bulletin import Bulletin, Kind, Unit
from index.shelf.versions import short_sum
from rag.query.question import Query
from rag.reading.unit_passages import passage_of
from rag.retrieval.fusion import Candidate
from rag.retrieval.reasons_found import why_found


@dataclass(frozen=True, slots=True)
class Hit:
    """A unit that was found. `score` in [0, 1] is relative to this query; `why` says in words what
    brought it here; `words` and `meaning` are its BM25 and its closeness in meaning as shares of
    the best one's. `context` names the subject: the title of its article, or how that opens. `read`
    says that the reader has read it: the others stand behind, in the order of the search. `version`
    tells which bytes of the bulletin it was found in, as index.shelf.versions.short_sum.
    """

    bulletin: str
    title: str
    position: int
    unit: Unit
    score: float
    why: str
    words: float
    meaning: float
    context: str = ""
    read: bool = False
    version: str = ""

    @property
    def paragraph(self) -> int | None:
        """Number of the paragraph, None for other kinds of unit."""
        return self.unit.number

    @property
    def kind(self) -> Kind:
        """Kind of the unit."""
        return self.unit.kind

    @property
    def text(self) -> str:
        """Reading text of the whole unit."""
        return self.unit.text

    def as_dict(self) -> dict[str, object]:
        """The hit as `jianbao retrieve --json` prints it."""
        return {
            "bulletin": self.bulletin,
            "title": self.title,
            "paragraph": self.paragraph,
            "kind": self.kind.value,
            "text": self.text,
            "score": round(self.score, 4),
        }


def hit_of(
    query: Query,
    candidate: Candidate,
    bulletin: Bulletin,
    unit: Unit,
    score: float,
    *,
    read: bool = False,
) -> Hit:
    """The hit of a unit that was found for a query, with why it is there."""
    return Hit(
        bulletin=bulletin.id,
        title=bulletin.title_of(unit),
        position=candidate.found.position,
        unit=unit,
        score=score,
        why=why_found(query, candidate, bulletin, unit),
        words=candidate.words,
        meaning=candidate.meaning,
        context=passage_of(bulletin, unit).context,
        read=read,
        version=short_sum(bulletin.sha256),
    )


def in_turn(lists: Iterable[Sequence[Hit]]) -> list[Hit]:
    """The first of each list, then the second of each, a unit once: every place gets its share."""
    merged: dict[tuple[str, int], Hit] = {}
    for row in zip_longest(*lists):
        for hit in row:
            if hit is not None:
                merged.setdefault((hit.bulletin, hit.position), hit)
    return list(merged.values())
