"""Hybrid search: a query to the units that may answer it, from both indexes, fused."""

from dataclasses import dataclass

from corpus.bulletin import Kind, Unit
from corpus.errors import CallError
from corpus.places import Place, ancestors, place_named
from index.catalogue import Found
from index.library import Library
from rag.question import Query

MAX_K = 1000
CANDIDATES = 50  # units taken from each index; recall@50 is complete on libraries of this kind
# Weight of words against meaning in the convex combination of both scores (each relative to the
# best of the query). Rank fusion lost against it at every level on CMRC 2018 and XQuAD.
WORDS_WEIGHT = 0.65
# A headline or a credit shares words with many questions and answers few.
BODY = frozenset({Kind.PARAGRAPH, Kind.EDITOR_NOTE})
OTHER_KINDS_FACTOR = 0.6
# A unit about another place than the one asked for seldom answers.
OTHER_PLACE_FACTOR = 0.6


@dataclass(frozen=True, slots=True)
class Stages:
    """Which parts of the search are on: all of them, except where an ablation asks what each one
    is worth. Without words and meaning nothing is found.
    """

    words: bool = True
    meaning: bool = True
    kinds: bool = True
    places: bool = True


ALL_STAGES = Stages()


@dataclass(frozen=True, slots=True)
class Hit:
    """A unit that was found. `score` in [0, 1] is relative to this query; `why` says in words what
    brought it here; `words` and `meaning` are its BM25 and its cosine as shares of the best one's.
    """

    bulletin: str
    title: str
    position: int
    unit: Unit
    score: float
    why: str
    words: float
    meaning: float

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


def search(library: Library, query: Query, k: int, stages: Stages = ALL_STAGES) -> list[Hit]:
    """The k best units for the query, best first.

    :raises CallError: k is below 1 or above MAX_K.
    :raises LibraryError: the index does not fit the embedding model.
    """
    check_k(k)
    limit = max(CANDIDATES, k)
    by_words = _relative(_by_words(library, query, limit)) if stages.words else {}
    by_meaning = (
        _relative(library.search_meaning(query.understood, limit)) if stages.meaning else {}
    )
    hits = [
        _hit(library, query, unit, by_words.get(unit, 0.0), by_meaning.get(unit, 0.0), stages)
        for unit in by_words.keys() | by_meaning.keys()
    ]
    return sorted(hits, key=lambda hit: (-hit.score, hit.bulletin, hit.position))[:k]


def _by_words(library: Library, query: Query, limit: int) -> list[Found]:
    """Units by the words of the query, or by the Chinese words that its English ones stand for."""
    if query.terms:
        return library.search_terms(library.resolve(query.terms), limit)
    return library.search_words(query.understood, limit)


def check_k(k: int) -> None:
    """:raises CallError: k is below 1 or above MAX_K."""
    if not 1 <= k <= MAX_K:
        raise CallError(f"k is {k}; ask for 1 to {MAX_K} hits")


def about_place(unit: Unit, place: Place) -> bool:
    """Whether a unit is about a place: its article is, or its text names it.

    A province covers its cities, a city its counties.
    """
    own = place_named(unit.place) if unit.place else None
    return (
        own is not None and (own == place or place in ancestors(own))
    ) or place.short in unit.text


def may_answer_for(unit: Unit, place: Place) -> bool:
    """As about_place, or the unit's article is about a division that the place belongs to."""
    own = place_named(unit.place) if unit.place else None
    return about_place(unit, place) or (own is not None and own in ancestors(place))


def _relative(found: list[Found]) -> dict[tuple[str, int], float]:
    """Scores by unit as shares of the best one: what BM25 and cosine have in common."""
    top = max((hit.score for hit in found), default=0.0)
    return {(hit.bulletin, hit.position): hit.score / top for hit in found} if top > 0 else {}


def _hit(
    library: Library, query: Query, key: tuple[str, int], words: float, meaning: float,
    stages: Stages,
) -> Hit:  # fmt: skip
    bulletin, unit = library.unit(Found(*key, 0.0))
    score = WORDS_WEIGHT * words + (1 - WORDS_WEIGHT) * max(meaning, 0.0)
    reasons = [f"词语相合{words:.0%}"] if words else []
    reasons += [f"意思相近{meaning:.0%}"] if meaning else []
    if stages.kinds and unit.kind not in BODY:
        score *= OTHER_KINDS_FACTOR
    if stages.places and query.places:
        named = [place.short for place in query.places if about_place(unit, place)]
        score *= 1.0 if named else OTHER_PLACE_FACTOR
        reasons += [f"关于{'、'.join(named)}"] if named else []
    return Hit(
        bulletin=bulletin.id,
        title=bulletin.title_of(unit),
        position=key[1],
        unit=unit,
        score=score,
        why="，".join(reasons),
        words=words,
        meaning=meaning,
    )
