"""When the library does not answer: the tests, and what the refusal says."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.bulletin import citation_label
from corpus.text.dates import find_dates
from corpus.text.places import Place, find_places, place_named
from index.library import Library
from index.words.tokenizer import pieces
from rag.answering.answer import Reason
from rag.query.asking import without_asking
from rag.query.question import Query
from rag.reading.evidence import Evidence, Read
from rag.refusing.outside import gives_orders, is_elsewhere
from rag.refusing.premise import unstated_act
from rag.retrieval.agreement import covers
from rag.retrieval.search import Hit, about_place

# Probability of being answered below which a question is refused. From 0.4 to 0.6 our questions and
# those of other bulletins get as many right answers; above it questions that have one are refused.
MIN_ANSWERED = 0.5
MAX_TOPIC = 30  # characters of a topic that a refusal repeats
MAX_PLACES = 12  # that a refusal names of those the library covers
NEAREST = 3  # paragraphs offered with a refusal
# 林洲市 at the head of a question; not 这个市, 全县, 城市.
_CITY = re.compile(
    r"(?P<stem>(?:(?![各全哪这那个几我本该城都地等每两三四五六请问在])[\u4e00-\u9fff]){2,3})[市县](?![委长场民政人])"
)
_ASK_FACTS = "请就简报中的事实提问。"
_ENGLISH = {
    Reason.ORDER: "This is not a question about the bulletins.",
    Reason.DOMAIN: "This is not a question about the bulletins.",
    Reason.PLACE: "The bulletins say nothing about that place.",
    Reason.PERIOD: "The bulletins say nothing about that year.",
    Reason.SILENT: "The bulletins do not say.",
    Reason.PREMISE: "The bulletins do not say that; what they say is quoted.",
}


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why there is no answer, and the words of the refusal; `said` is what the source does say,
    where the question took something else for granted.
    """

    reason: Reason
    text: str
    said: Evidence | None = None


def refusal(library: Library, query: Query, hits: Sequence[Hit], read: Read) -> Refusal | None:
    """The refusal that a question gets, or None where it can be answered by what was read."""
    no = _refusal(library, query, hits, read)
    if no is None or not query.terms:
        return no
    return Refusal(no.reason, f"{no.text}\n{_ENGLISH[no.reason]}", no.said)


def _refusal(library: Library, query: Query, hits: Sequence[Hit], read: Read) -> Refusal | None:
    evidence = read.evidence
    asked = query.understood
    near = [evidence[0].hit] if evidence else list(hits)
    if gives_orders(asked):
        return Refusal(
            Reason.ORDER, "这不是对简报内容的提问。请就简报中的事实提问。" + _holds(library)
        )
    if is_elsewhere(asked, "".join(hit.text for hit in near[:1])):
        return Refusal(
            Reason.DOMAIN,
            "资料中没有所问的内容，它不是简报里的事。请就简报中的事实提问。" + _holds(library),
        )
    missing = [p for p in query.places if not any(about_place(hit.unit, p) for hit in hits)]
    if missing and len(missing) == len(query.places):
        if _covered(library, missing):
            return Refusal(Reason.SILENT, _silent(query, read) + _nearest(hits))
        names = "、".join(place.name for place in missing)
        return Refusal(Reason.PLACE, f"资料中没有关于{names}的内容。" + _holds(library))
    if unheard := _unheard_place(library, asked):
        return Refusal(Reason.PLACE, f"资料中没有关于{unheard}的内容。" + _holds(library))
    years = [y for y in query.years if not any(_speaks_of(library, hit, y) for hit in near)]
    years = years or _other_years(query, evidence)
    if years:
        return Refusal(
            Reason.PERIOD, f"资料中没有{'、'.join(years)}年的相关内容。" + _nearest(hits)
        )
    if evidence and (act := unstated_act(asked, [hit.text for hit in hits])):
        text = f"资料中没有提到“{act}”。相关的原文是："
        return Refusal(Reason.PREMISE, text, evidence[0])
    if read.answered < MIN_ANSWERED:
        return Refusal(Reason.SILENT, _silent(query, read) + _nearest(hits))
    return None


def _covered(library: Library, places: Sequence[Place]) -> bool:
    """Whether a bulletin has an article about one of the places, found or not."""
    named = {name for entry in library.entries() for name in entry.places}
    own = [place for name in named if (place := place_named(name))]
    return any(covers(place, other) for place in places for other in own)


def _silent(query: Query, read: Read) -> str:
    """What is missing, by name: what is asked about, and its words that stand nowhere."""
    topic = without_asking(query.understood)
    about = f"“{topic}”" if not query.terms and 1 < len(topic) <= MAX_TOPIC else "所问的内容"
    nowhere = f"（未见：{'、'.join(read.unsaid)}）" if read.unsaid else ""
    return f"资料中没有提到{about}{nowhere}。"


def _unheard_place(library: Library, question: str) -> str | None:
    """A city or county that a question opens with and that neither the national divisions nor any
    bulletin knows: a slip of the pen, or none of China's.
    """
    named = _CITY.match(question)
    if named is None or any(mention.start < named.end() for mention in find_places(question)):
        return None
    known = library.frequencies(pieces(named["stem"]))
    return None if any(known.values()) else named[0]


def _speaks_of(library: Library, hit: Hit, year: str) -> bool:
    """Whether the article that a hit belongs to names the year or appeared in it."""
    bulletin = library.bulletin(hit.bulletin)
    units = (unit for unit in bulletin.units if unit.article == hit.unit.article)
    return year in (bulletin.date or "") or any(year in unit.text for unit in units)


def _other_years(query: Query, evidence: Sequence[Evidence]) -> list[str]:
    """The years asked for, where the sentence that answers gives its figures of other years."""
    if not (query.years and evidence):
        return []
    told = {str(date.year) for date in find_dates(evidence[0].quote) if date.year}
    return list(query.years) if told and not told & set(query.years) else []


def _holds(library: Library) -> str:
    """What the library covers, in a sentence."""
    entries = library.entries()
    places = list(dict.fromkeys(place for entry in entries for place in entry.places))
    more = f"等{len(places)}地" if len(places) > MAX_PLACES else ""
    covered = f"，涉及{'、'.join(places[:MAX_PLACES])}{more}" if places else ""
    return f"现有{len(entries)}份简报{covered}。"


def _nearest(hits: Sequence[Hit]) -> str:
    """The nearest paragraphs, offered as such."""
    labels = [citation_label(hit.title, hit.paragraph, hit.kind) for hit in hits[:NEAREST]]
    return f"最接近的段落（未必相关）：{'；'.join(labels)}。" if labels else ""
