"""A unit of a bulletin as a passage to be read, with what names its subject."""

from corpus.bulletin import Bulletin, Kind, Unit
from rag.reading.reader import Passage

CONTEXT = 60  # characters; a title is shorter, and of an opening these name place and organ


def passage_of(bulletin: Bulletin, unit: Unit) -> Passage:
    """The unit under its article's title; where it has none, under the words that the article opens
    with. Over the row of a table stands what that is called, too.
    """
    title = bulletin.title_of(unit)
    if unit.kind is Kind.TABLE and unit.section:
        named = "" if title == bulletin.id else title[:CONTEXT]
        return Passage(unit.text, f"{named} {unit.section[-1][:CONTEXT]}".strip())
    if title != bulletin.id:
        return Passage(unit.text, title[:CONTEXT])
    opening = next(
        (one for one in bulletin.units
         if one.article == unit.article and one.kind is Kind.PARAGRAPH), unit,
    )  # fmt: skip
    return Passage(unit.text, "" if opening is unit else opening.text[:CONTEXT])
