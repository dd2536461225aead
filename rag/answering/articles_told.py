"""Which articles a summary is of: those of the places and the issue named, of several the one that
is about the subject.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from corpus.bulletin import Bulletin
from corpus.text.places import covers, place_named
from index.library import Library
from index.scope import OPEN, Scope
from rag.answering.library_questions import articles_asked, entries_asked
from rag.query.asking import EVERYWHERE
from rag.query.question import Query, subject_words, understand
from rag.query.summary_subject import subject_of
from rag.reading.reader import Reader
from rag.retrieval.search import search

MAX_BULLETINS = 10  # that are told of
FOUND = 12  # units by which the article is found that is about a subject
# Words that a summary's subject has whatever it is about.
_FRAME = re.compile(
    r"主要|重点|任务|基本|有关|相关|具体|情况|工作|做法|成效|成果|经验|措施|内容|问题|进展|进度|方面|亮点|特点|打算"
    r"|人大|常委会|市|县|区|省|各|都|全部|所有|监督|跟踪|的|有|和|与|及|是|在|讲"
)


@dataclass(frozen=True, slots=True)
class ToldArticle:
    """An article of a bulletin, by its number in it; None is a text without a title, as a whole."""

    bulletin: Bulletin
    number: int | None


@dataclass(frozen=True, slots=True)
class Chosen:
    """The articles that are told of, and how many bulletins may be asked about."""

    articles: tuple[ToldArticle, ...]
    bulletins: int


def topic_of(query: Query) -> str:
    """What a request for a text is about beside its places and the words that any such request
    has; "" where nothing is left.
    """
    subject = subject_of(query.chinese)
    if not subject:
        return ""
    words = subject_words(understand(subject))
    return "".join(words) if any(not is_frame(word) for word in words) else ""


def is_frame(word: str) -> bool:
    """Whether a word is one that the subject of any summary may have."""
    return len(_FRAME.sub("", word)) < 2


def articles_chosen(
    library: Library, reader: Reader | None, query: Query, scope: Scope = OPEN
) -> Chosen:
    """The articles asked about inside the scope, at most those of MAX_BULLETINS."""
    entries = entries_asked(library, query, scope)
    topic = topic_of(query)
    if not entries and topic:
        entries = library.entries(scope)
    own = [
        ToldArticle(bulletin, number)
        for entry in entries[:MAX_BULLETINS]
        for bulletin in (library.bulletin(entry.id),)
        for number in _numbers(bulletin, query)
    ]
    if not topic or (len(own) == 1 and len(entries) == 1):
        return Chosen(tuple(own), len(entries))
    inside = {entry.id for entry in entries}
    each = [replace(query, places=(place,)) for place in query.places]
    found = [
        article
        for one in (each if len(each) > 1 else [query])
        for article in _about(library, reader, one, topic, inside, scope)
    ]
    several = bool(EVERYWHERE.search(query.understood)) or len(each) > 1
    articles = tuple(dict.fromkeys(found)) if several else tuple(found[:1])
    return Chosen(articles or tuple(own), len(articles) if articles else len(entries))


def _about(
    library: Library,
    reader: Reader | None,
    query: Query,
    topic: str,
    inside: set[str],
    scope: Scope,
) -> Sequence[ToldArticle]:
    """Articles of these bulletins that are about a topic, best first."""
    where = "".join(place.name for place in query.places)
    hits = search(library, understand(f"{where}{topic}"), FOUND, scope, reader=reader)
    weight: dict[tuple[str, int | None], float] = {}
    for hit in hits:
        untitled = not library.bulletin(hit.bulletin).articles
        if hit.bulletin in inside and (untitled or hit.unit.article is not None):
            key = hit.bulletin, hit.unit.article
            weight[key] = weight.get(key, 0.0) + hit.score
    best = sorted(weight, key=lambda key: -weight[key])
    found = [ToldArticle(library.bulletin(bulletin), number) for bulletin, number in best]
    return [
        one for one in found if not query.places or one.number in _numbers(one.bulletin, query)
    ] or found


def _numbers(bulletin: Bulletin, query: Query) -> Iterator[int | None]:
    """The articles about the places asked of; of a text without a title that it is one."""
    yield from (number for number, _ in articles_asked(bulletin, query))
    if not bulletin.articles:
        named = {unit.place for unit in bulletin.units if unit.place}
        own = [place for name in named if (place := place_named(name))]
        if not query.places or any(covers(asked, p) for asked in query.places for p in own):
            yield None
