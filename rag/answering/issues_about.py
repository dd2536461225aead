"""Which bulletins are about something (哪期讲科技创新): searched for, told by their titles."""

import re
from collections.abc import Iterator
from dataclasses import replace

from corpus.bulletin import Kind
from corpus.text.places import find_places
from index.library import Library
from index.scope import OPEN, Scope
from index.words.tokenizer import words
from rag.answering.telling import Line
from rag.answering.unit_evidence import unit_evidence
from rag.query.question import Query, understand
from rag.reading.reader import Reader
from rag.retrieval.hit import Hit
from rag.retrieval.search import search
from rag.retrieval.stages import AS_FOUND

NAMING = (Kind.TITLE, Kind.HEADING)  # they say what is told of; where one does, nothing is read
FOUND = 12  # units looked at
NEAR = 0.9  # of the best score, down to which another bulletin is told too
_ASKED = re.compile(
    r"[哪那]些?一?[期份篇几](?:简报|专辑|专刊|文章|材料|报道)?(?:里|上|中)?(?:主要)?"
    r"(?:专门?|主要)?(?:讲|说|写|谈|介绍|报道|关于|涉及|提到|反映)(?:了|的是|到|过)*(?P<topic>[^，,。？?]{2,30})[？?。]*$"
)
_PAPER = r"(?:简报|专辑|专刊|通知|文件|意见|方案|材料|资料|办法|报道|文章|决议|公告)"
_WHICH = r"(?:哪[些几一]?[份期篇个]?|几[份期篇个]|多少[份期篇个]?)"
_LIBRARY = r"(?:资料库|库|你们?(?:这里|那里|手头|这儿)?)(?:里|中)?"
# 调整养老金的通知库里有哪几份, 库里有没有关于科技创新的简报, 有哪些讲养老的文件.
_HELD = (
    re.compile(
        rf"^(?:关于|有关)?(?P<topic>.{{2,30}}?)的?{_PAPER}{_LIBRARY}?(?:一?共|都)?有{_WHICH}[？?。]*$"
    ),
    re.compile(
        rf"^(?:{_LIBRARY})?(?:都|一?共)?有(?:没有|{_WHICH})?(?:关于|有关|讲|说|涉及|介绍)(?P<topic>.{{2,30}}?)的?{_PAPER}"
        r"(?:吗|呢|么)?[？?。]*$"
    ),
)


def topic_asked(question: str) -> str | None:
    """What the bulletins that are asked for are about.

    >>> topic_asked("哪期讲科技创新？"), topic_asked("哪期的")
    ('科技创新', None)
    """
    forms = (_ASKED.search(question), *(form.match(question) for form in _HELD))
    found = next((one for one in forms if one), None)
    topic = found["topic"].removesuffix("的") if found else ""
    return topic if any(len(word) > 1 and not find_places(word) for word in words(topic)) else None


def about(
    library: Library, reader: Reader | None, query: Query, scope: Scope = OPEN
) -> tuple[Line, ...]:
    """The titles of the articles that are about what is asked, best first; empty where the question
    asks for none.
    """
    topic = topic_asked(query.understood)
    if topic is None:
        return ()
    asked = understand(topic)
    named = search(library, asked, FOUND, replace(scope, kinds=NAMING), AS_FOUND)
    near = [hit for hit in named if all(word in hit.text for word in words(topic))]
    if not near:
        hits = search(library, asked, FOUND, scope, reader=reader)
        near = [hit for hit in hits if hit.score >= NEAR * hits[0].score]
    return tuple(_titles(library, near))


def _titles(library: Library, hits: list[Hit]) -> Iterator[Line]:
    told: set[tuple[str, int | None]] = set()
    for hit in hits:
        article = hit.bulletin, hit.unit.article
        if article in told:
            continue
        told.add(article)
        bulletin = library.bulletin(hit.bulletin)
        for position, unit in enumerate(bulletin.units):
            if unit.kind is Kind.TITLE and unit.article == hit.unit.article:
                yield Line("", unit_evidence(bulletin, position, "标题"))
                break
