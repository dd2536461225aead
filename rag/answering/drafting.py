"""A draft of a report: the facts on a subject, place by place under connecting lines, each cited.

It is put together from the source's sentences and says so; nothing is rewritten.
"""

import math
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from corpus.bulletin import Kind, Span
from corpus.text.dates import find_dates
from corpus.text.places import Place, place_named
from corpus.text.sentences import split_sentences
from index.library import Library
from index.scope import OPEN, Scope
from index.words.tokenizer import words
from rag.answering.articles_told import is_frame, topic_of
from rag.answering.carrying import LEAST_CHARS, WeighedSentence, quoted, told_weight
from rag.answering.fitting import SizedWay, fitted
from rag.answering.summary import SHARE, line_length, summarised_as
from rag.answering.telling import Line
from rag.query.intents import Aspect
from rag.query.length_wanted import length_wanted
from rag.query.question import Query, subject_words, understand
from rag.query.summary_subject import subject_of
from rag.reading.evidence import Read
from rag.reading.read_evidence import of_period, read_evidence
from rag.reading.reader import Reader
from rag.reading.readers import default_reader
from rag.retrieval.hit import Hit
from rag.retrieval.search import about_place, search

OPENING = "{subject}（以下由资料中的原句摘编而成，未作改写，使用前请核对）："
SILENT = "{place}：资料中未提到。"
FOUND = 8  # units of a place that sentences are taken from
LOOKED_AT = 20  # units whose places are told of, where none is named
# Places of a draft; sentences of each; sentences of one that stands alone, or of two together.
MOST_PLACES, MOST_SENTENCES, MOST_OF_FEW = 8, 3, 6
# What it adds to the cosine of a sentence with the subject that it has the subject's words, all of
# them, and that it is surely what a reader would answer with; and how far below the best one of its
# place a further sentence may be.
SAID, READ, NEAR = 0.3, 0.3, 0.18
# Of the topic, by its words, what a sentence must say under its headings, or else the probability
# that it answers.
LEAST_SAID, LEAST_READ = 0.4, 0.15
LONGEST = 110  # characters of a sentence of a draft
_DIVISIONS = frozenset("省市县区州")  # words that name none of them


@dataclass(frozen=True, slots=True)
class _Pick:
    """A sentence of a hit with how well it fits."""

    hit: Hit
    sentence: WeighedSentence

    @property
    def key(self) -> tuple[str, int, int]:
        """Where it stands."""
        return self.hit.bulletin, self.hit.position, self.sentence.span.start

    @property
    def text(self) -> tuple[str, int | None]:
        """The article that it stands in."""
        return self.hit.bulletin, self.hit.unit.article


def drafted(
    library: Library, reader: Reader | None, query: Query, scope: Scope = OPEN
) -> tuple[Line, ...]:
    """The draft on what is asked, in the bulletins inside the scope; empty where none is wanted or
    nothing is found. One that names no subject but a place or an issue is its summary.
    """
    if query.aspect is not Aspect.DRAFT:
        return ()
    topic = topic_of(query)
    if not topic:
        told = summarised_as(library, reader, query, scope)
        return (_opening(query), *told) if told else ()
    named = query.places
    places = named or _places(library, reader, topic, scope)
    most = max(MOST_SENTENCES, MOST_OF_FEW // max(1, len(places)))
    by_place = [(place, _picks(library, reader, place, topic, scope, most)) for place in places]
    if not any(picks for _, picks in by_place):
        return ()
    lines = _fitting(library, query, [(place, own) for place, own in by_place if own])
    silent = [Line(SILENT.format(place=place.name)) for place, own in by_place if not own and named]
    return (_opening(query), *lines, *silent)


def _opening(query: Query) -> Line:
    """The line that says what this is: of which places, about what."""
    subject = understand(subject_of(query.chinese) or "情况")
    words_said = [word for word in subject_words(subject) if word not in _DIVISIONS]
    names = "、".join(place.name for place in query.places)
    about = "".join(words_said).rstrip("到在了的")  # of 推进到哪儿了
    return Line(OPENING.format(subject=f"{names}{about}" or "有关情况"))


def _places(library: Library, reader: Reader | None, topic: str, scope: Scope) -> tuple[Place, ...]:
    """The places whose articles come up for a topic, best first."""
    hits = search(library, understand(topic), LOOKED_AT, scope, reader=reader)
    names = dict.fromkeys(hit.unit.place for hit in hits if hit.unit.place)
    return tuple(place for name in names if (place := place_named(name)))[:MOST_PLACES]


def _picks(
    library: Library, reader: Reader | None, place: Place, topic: str, scope: Scope, most: int
) -> list[_Pick]:
    """The sentences on a topic that are of a place, best first, at most so many; where there is
    room, others of the text that the best one stands in.
    """
    query = understand(f"{place.name}{topic}")
    hits = of_period(library, query, search(library, query, FOUND, scope, reader=reader))
    read = read_evidence(library, reader or default_reader(), query, hits)
    found = [
        (hit, span)
        for hit in hits
        if hit.kind is Kind.PARAGRAPH and about_place(hit.unit, place)
        for span in split_sentences(hit.text)
        if span.end - span.start >= LEAST_CHARS
        and (_own(hit, place) or place.short in hit.text[span.start : span.end])
    ]
    if not found:
        return []
    asked = _weights(library, topic)
    quotes = [hit.text[span.start : span.end] for hit, span in found]
    near = library.vectors(quotes) @ library.vector(topic)
    picks: list[_Pick] = []
    further: list[_Pick] = []
    for (hit, span), quote, cosine in zip(found, quotes, near, strict=True):
        said, under = (
            sum(weight for word, weight in asked.items() if word in text)
            for text in (quote, "".join((*hit.unit.section, quote)))
        )
        answers = read.answered * _share(read, hit, span)
        weight = float(cosine) + SAID * said + READ * answers + told_weight(hit.unit, span)
        own = under >= LEAST_SAID or answers >= LEAST_READ
        (picks if own else further).append(_Pick(hit, WeighedSentence(hit.position, span, weight)))
    picks.sort(key=lambda one: -one.sentence.weight)
    if not picks:
        return []
    least = picks[0].sentence.weight - NEAR
    further += [one for one in picks if one.sentence.weight < least]
    picks = [one for one in picks if one.sentence.weight >= least][:most]
    if most > MOST_SENTENCES:
        further.sort(key=lambda one: -one.sentence.weight)
        picks += [one for one in further if one.text == picks[0].text][: most - len(picks)]
    return picks


def _share(read: Read, hit: Hit, span: Span) -> float:
    """The share of the answer that stands in a sentence."""
    return sum(
        item.share
        for item in read.evidence
        if (item.hit.bulletin, item.hit.position) == (hit.bulletin, hit.position)
        and item.span.overlaps(span)
    )


def _weights(library: Library, topic: str) -> dict[str, float]:
    """The words of a topic, each with its share of what the topic says: rare ones more (inverse
    document frequency, Spärck Jones 1972).
    """
    for date in reversed(find_dates(topic)):
        topic = re.sub(r"截[至止]$", "", topic[: date.start]) + topic[date.end :]
    own = [word for word in words(topic) if len(word) > 1 and not is_frame(word)]
    known, held = library.frequencies(own), library.holdings().paragraphs
    weights = {word: math.log((held + 1) / (known.get(word, 0) + 1)) + 0.1 for word in own}
    total = sum(weights.values())
    return {word: weight / total for word, weight in weights.items()}


def _own(hit: Hit, place: Place) -> bool:
    """Whether the article that a unit is of is about the place itself."""
    return hit.unit.place in (place.name, place.short)


def _fitting(
    library: Library, query: Query, by_place: Sequence[tuple[Place, Sequence[_Pick]]]
) -> list[Line]:
    """The lines of all places, of the length that is wanted; a sentence that tells of several
    places is told of the first.
    """
    about = _weights(library, topic_of(query))
    sharing: dict[tuple[str, int, int], list[str]] = {}
    for place, picks in by_place:
        for one in picks:
            sharing.setdefault(one.key, []).append(place.name)
    ways: list[list[tuple[Line, ...]]] = []
    for place, picks in by_place:
        own = [one for one in picks if sharing[one.key][0] == place.name]
        ways.append(
            [
                tuple(_lines(library, own[:number], sharing, about))
                for number in range(1, len(own) + 1)
            ]
        )
    wanted = length_wanted(query.understood).chars
    if wanted is None:
        return [line for of in ways if of for line in of[-1]]
    choices = [
        [SizedWay(sum(map(line_length, way)), 1.0 + 0.3 * n) for n, way in enumerate(of)]
        for of in ways
    ]
    chosen = fitted(choices, wanted, int(SHARE * wanted))
    return [line for of, n in zip(ways, chosen, strict=True) if n is not None for line in of[n]]


def _lines(
    library: Library,
    picks: Sequence[_Pick],
    sharing: Mapping[tuple[str, int, int], Sequence[str]],
    about: Collection[str],
) -> Iterator[Line]:
    """The sentences of a place in the order of the source, under its name; one that tells of
    several under all of theirs.
    """
    led = ""
    for one in sorted(picks, key=lambda pick: pick.key):
        item = quoted(library.bulletin(one.hit.bulletin), one.sentence, LONGEST, about)
        names = "、".join(sharing[one.key])
        yield Line("" if names == led else f"{names}：", item)
        led = names
