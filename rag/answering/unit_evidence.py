"""A unit that no search found as evidence: what is told from the records of a bulletin."""

from corpus.bulletin import Bulletin, Span
from index.shelf.versions import short_sum
from rag.reading.evidence import Evidence
from rag.retrieval.hit import Hit


def unit_evidence(
    bulletin: Bulletin, position: int, why: str, span: Span | None = None
) -> Evidence:
    """The unit at a position, or a span of its text; `why` says in words what brought it here."""
    unit = bulletin.units[position]
    hit = Hit(
        bulletin.id, bulletin.title_of(unit), position, unit, 1.0, why, 0.0, 0.0,
        version=short_sum(bulletin.sha256),
    )  # fmt: skip
    return Evidence(hit, span or Span(0, len(unit.text)), 1.0)
