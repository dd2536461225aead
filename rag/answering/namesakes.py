"""A name that several places bear, asked about without saying which."""

from collections.abc import Iterator, Sequence

from corpus.text.places import covers, place_named
from rag.answering.answer import Caution
from rag.query.question import Query
from rag.reading.evidence import Evidence


def left_open(query: Query, items: Sequence[Evidence]) -> Iterator[Caution]:
    """A warning for each name of the question that calls several places, with those that the
    sentences told are about, or that they do not say which.
    """
    about = [own for item in items if (own := place_named(item.hit.unit.place or ""))]
    for name in dict.fromkeys(place.name for place in query.places):
        called = [place for place in query.places if place.name == name]
        if len(called) < 2:
            continue
        meant = [p.label for p in called if any(covers(p, own) for own in about)]
        which = f"这里说的是{'、'.join(meant)}" if meant else "资料没有写明是哪一处"
        where = "、".join(place.label for place in called)
        yield Caution("place", f"“{name}”不止一处（{where}），{which}")
