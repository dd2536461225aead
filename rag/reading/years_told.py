"""The years that a sentence of the evidence tells of."""

from corpus.bulletin import Bulletin
from corpus.text.years import told_years
from rag.reading.evidence import Evidence


def issue_year(bulletin: Bulletin) -> int | None:
    """The year that a bulletin is dated in: its 今年."""
    return int(bulletin.date[:4]) if bulletin.date else None


def years_of(bulletin: Bulletin, item: Evidence) -> frozenset[int]:
    """Years of a sentence: its own, else those named before it in its paragraph, in the headings
    above, in the title, behind it in the paragraph. The day on which the bulletin appeared is none
    of them.
    """
    text, unit = item.hit.text, item.hit.unit
    above = (text[: item.span.start], *reversed(unit.section), bulletin.title_of(unit))
    return told_years((item.quote, *above, text), issue_year(bulletin))
