"""What a person said: the sentences that give it, quotations whole, under the person's office."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from corpus.bulletin import Kind, Span
from corpus.text.sentences import split_sentences
from index.library import Library
from index.scope import OPEN, Scope
from index.words.tokenizer import words
from rag.answering.telling import Line
from rag.answering.unit_evidence import unit_evidence
from rag.answering.who_is import office_before
from rag.query.persons import NAME, TITLE
from rag.query.question import Query
from rag.reading.evidence import Evidence

LOOKED_AT = 20  # units that have the name
TOLD = 2  # sayings that are told
_SAYS = r"(?:说|讲|谈|评价|表示|强调|指出|要求|介绍|表态|回应|认为)"
_ASKED = re.compile(
    rf"^(?:请问)?(?P<name>{NAME})(?:同志|代表|委员|主任|副主任|书记|市长|县长|局长|医生|老师|教授)?"
    rf"(?P<about>(?:对|就|在|关于|谈到|提到).{{0,24}}?)?(?:是|又|都|当时)*"
    rf"(?:(?:怎么|咋|如何|怎样){_SAYS}|{_SAYS}了?(?:些|点)?(?:什么|啥|哪些)|的?原话)"
)
_SPEECH = re.compile(rf"“[^”]{{6,}}”|{_SAYS}|[：:]“")


@dataclass(frozen=True, slots=True)
class AskedSaying:
    """Whose words are asked for, and about what, "" if about anything."""

    name: str
    about: str


def saying_asked(question: str) -> AskedSaying | None:
    """The person whose words a question asks for.

    >>> saying_asked("孙志红对审议意见是咋说的"), saying_asked("报告怎么说")
    (AskedSaying(name='孙志红', about='对审议意见'), None)
    """
    found = _ASKED.match(question)
    if found is None or TITLE.search(found["name"]):
        return None
    return AskedSaying(found["name"], found["about"] or "")


def said_by(library: Library, query: Query, scope: Scope = OPEN) -> tuple[Line, ...]:
    """The sayings of the person asked about, those about what is asked first; empty where the
    question asks for none, or no bulletin has any.
    """
    asked = saying_asked(query.understood)
    if asked is None:
        return ()
    found = list(_sayings(library, asked.name, scope))
    about = [word for word in words(asked.about) if len(word) > 1]
    found.sort(key=lambda item: -_share(about, item))
    if about and found and _share(about, found[0]) > 0:
        found = [item for item in found if _share(about, item) > 0]
    return tuple(Line(f"{_office(asked.name, item)}：", item) for item in found[:TOLD])


def _share(about: list[str], item: Evidence) -> float:
    """How many words of what is asked about stand in the paragraph of a saying, quotes first."""
    said = sum(word in item.hit.text for word in about) / len(about) if about else 0.0
    return said + 0.1 * ("“" in item.quote)


def _sayings(library: Library, name: str, scope: Scope) -> Iterator[Evidence]:
    for found in library.search_words(name, LOOKED_AT, scope):
        bulletin, unit = library.unit(found)
        if unit.kind is not Kind.PARAGRAPH:
            continue
        for span in split_sentences(unit.text):
            quote = unit.text[span.start : span.end]
            if name in quote and _SPEECH.search(quote):
                yield unit_evidence(bulletin, found.position, "姓名", Span(span.start, span.end))


def _office(name: str, item: Evidence) -> str:
    office = office_before(item.hit.text, item.hit.text.find(name, item.span.start))
    return f"{office}{name}" if TITLE.search(office) else name
