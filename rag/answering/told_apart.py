"""Which of a sentence's figures is asked for, where several are of the unit asked for: by the place
that each is said of (甲市97.8%、乙市82.7%), by the clause that names what is asked about, or as the
whole.
"""

import re
from collections.abc import Sequence

from corpus.bulletin import Figure
from corpus.text.places import Place, covers, find_places
from rag.answering.trimming import split_clauses
from rag.query.question import Query, subject_words
from rag.reading.evidence import Evidence

_MARKS = re.compile(r"[，。；：,;:]")  # 、 joins what is listed
_ASKS_WHOLE = re.compile(r"总共|一共|累计|总数|总计|合计|共有|如今|现在|目前|已经?有")
_WHOLE = re.compile(
    r"(?:累计|总数|总量|总计|(?<!公)共(?!同|建|享|治)计?|达到?|增至|增加到)[^，。；：、\d]{0,6}$"
)
WHOLE_CHARS = 12  # before a figure, in which it is called the whole
# Words of the question that a clause must have beyond the one pointed at to be told instead.
BEYOND = 2


def of_its_place(query: Query, item: Evidence, figures: Sequence[Figure]) -> list[Figure]:
    """The figures that may be of a place asked about: the one said of it, where a sentence gives
    them by place, else those that are said of no other place.
    """
    if not query.places or len(figures) < 2:
        return list(figures)
    said = {one.start: _places_before(item, one) for one in figures}
    own = [one for one in figures if any(place in query.places for place in said[one.start])]
    by_place = any(said[one.start] for one in figures if one not in own)
    if len(own) == 1 and by_place:
        return own
    return [
        one
        for one in figures
        if not said[one.start]
        or any(covers(place, other) for place in query.places for other in said[one.start])
    ]


def of_its_clause(query: Query, item: Evidence, pointed: Sequence[Figure]) -> list[Figure]:
    """The figures of the clause that names far more of what is asked about than the clause of those
    pointed at does, which names some of it too; else none.
    """
    words = [word for word in dict.fromkeys(subject_words(query)) if len(word) > 1]
    if not pointed or len(words) < BEYOND:
        return []
    text, start = item.hit.text, item.span.start
    spans = [one.moved(start) for one in split_clauses(item.quote)]
    named = [sum(word in text[one.start : one.end] for word in words) for one in spans]
    most = max(named)
    best = spans[named.index(most)]
    here = [n for n, one in zip(named, spans, strict=True) if any(map(one.begins, pointed))]
    pointed_at = max(here, default=0)
    if not pointed_at or most - pointed_at < BEYOND:
        return []
    return list(filter(best.begins, item.figures))


def of_whole(query: Query, item: Evidence, figures: Sequence[Figure]) -> list[Figure]:
    """The one figure that is told as the whole (又申报3个，全市达到16个), where the whole is asked
    for; else none.
    """
    if len(figures) < 2 or not _ASKS_WHOLE.search(query.understood):
        return []
    text = item.hit.text
    whole = [
        one
        for one in figures
        if _WHOLE.search(text[max(item.span.start, one.start - WHOLE_CHARS) : one.start])
    ]
    return whole if len(whole) == 1 else []


def _places_before(item: Evidence, figure: Figure) -> tuple[Place, ...]:
    """The last places named between a figure and the one before it, no clause of its own apart."""
    before = max((one.end for one in item.figures if one.end <= figure.start), default=0)
    text = item.hit.text[max(before, item.span.start) : figure.start]
    mentions = find_places(_MARKS.split(text)[-1])
    return mentions[-1].places if mentions else ()
