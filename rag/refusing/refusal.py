"""What a refusal is: its reason, and as data all that is said beside it."""

from dataclasses import dataclass

from rag.reading.evidence import Evidence
from rag.refusing.reasons import Reason
from rag.retrieval.search import Hit


@dataclass(frozen=True, slots=True)
class Missing:
    """What a question asks of and the bulletins do not have: names of places, years, what is asked
    about ("" where that cannot be named), its words that stand nowhere, the act that it takes for
    granted.
    """

    places: tuple[str, ...] = ()
    years: tuple[str, ...] = ()
    topic: str = ""
    words: tuple[str, ...] = ()
    act: str = ""


@dataclass(frozen=True, slots=True)
class Coverage:
    """What the library covers: how many bulletins, and the places that they are about."""

    bulletins: int
    places: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why there is no answer. `nearest` are the paragraphs that are offered instead, best first;
    `coverage` what the library covers, where that is told; `said` what the source does say, where
    the question took something else for granted. One `in_english` is told in English too.
    """

    reason: Reason
    missing: Missing = Missing()
    nearest: tuple[Hit, ...] = ()
    coverage: Coverage | None = None
    said: Evidence | None = None
    in_english: bool = False
