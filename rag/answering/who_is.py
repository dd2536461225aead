"""Who a person is, by the office that a bulletin gives beside the name: 市长徐相锋.

The name and its office stand side by side in official texts, so nothing has to be understood.
"""

import re
from collections.abc import Iterator

from corpus.bulletin import Kind
from corpus.text.sentences import split_sentences
from index.library import Library
from index.scope import OPEN, Scope
from rag.answering.telling import Line
from rag.answering.unit_evidence import unit_evidence
from rag.query.persons import NAME, TITLE
from rag.query.question import Query

LOOKED_AT = 20  # units that have the name
TOLD = 2  # offices that are told, where bulletins give several
_ASKED = re.compile(
    rf"^(?:请问)?(?:(?P<name>{NAME}|[\u4e00-\u9fff]{{2,4}}?)(?:同志)?(?:是谁|是什么(?:人|职务|身份)|是(?:干|做)(?:什么|啥)的"
    r"|是哪(?:里|个单位|家单位)的|担任(?:什么|何)职务?|任何职|的职务(?:是什么)?|什么职务|啥职务)"
    rf"|谁是(?P<other>{NAME}))[？?。]*$"
)
_OFFICE = re.compile(r"[^，。；：！？“”‘’（）()]*$")  # what stands before a name in its clause


def person_asked(question: str) -> str | None:
    """The name of the person whose office is asked for.

    >>> person_asked("徐相锋是谁？"), person_asked("市长是谁")
    ('徐相锋', None)
    """
    found = _ASKED.match(question)
    name = (found["name"] or found["other"]) if found else None
    return None if name is None or TITLE.search(name) else name


def office_of(library: Library, query: Query, scope: Scope = OPEN) -> tuple[Line, ...]:
    """The sentences that give a person's office, each under it; empty where the question asks for
    none, or no bulletin gives one.
    """
    name = person_asked(query.understood)
    return tuple(_told(library, name, scope)) if name else ()


def _told(library: Library, name: str, scope: Scope) -> Iterator[Line]:
    offices: set[str] = set()
    for found in library.search_words(name, LOOKED_AT, scope):
        bulletin, unit = library.unit(found)
        if unit.kind is not Kind.PARAGRAPH:
            continue
        for span in split_sentences(unit.text):
            at = unit.text.find(name, span.start, span.end)
            if at < 0:
                continue
            office = office_before(unit.text, at, span.start)
            if not TITLE.search(office[-8:]) or office in offices:
                continue
            offices.add(office)
            item = unit_evidence(bulletin, found.position, "姓名", span)
            yield Line(f"{office}{name}。", item)
            if len(offices) == TOLD:
                return


def office_before(text: str, name: int, start: int = 0) -> str:
    """What stands before a name in its clause: its office, where it has one."""
    before = _OFFICE.search(text[start:name])
    return before[0] if before else ""
