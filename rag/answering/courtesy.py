"""What is answered to small talk: a polite line, what can be asked, two questions to begin with."""

from collections.abc import Iterator, Mapping
from itertools import islice

from corpus.bulletin import Bulletin, Kind
from corpus.text.places import place_named
from index.library import Library
from index.scope import OPEN, Scope
from rag.answering.answer import Answer
from rag.answering.first_questions import Beginning
from rag.answering.section_questions import asked_of_section, asked_of_whole
from rag.answering.summary import told_by_sections
from rag.query.english_terms import is_english
from rag.query.question import Query, understand
from rag.query.small_talk import SmallTalk

OFFERED = 2  # questions to begin with
LOOKED_AT = 6  # bulletins that questions are looked for in
ASKS = "可以问简报里的事实：多少、谁、什么时候、有哪些做法，几个地方比一比，一期讲了什么。"
ASKS_ENGLISH = (
    "Ask about facts in the bulletins: how many, who, when, which measures; compare places; "
    "ask what an issue is about."
)
# The polite line of each kind, in Chinese and in English.
LINES: Mapping[SmallTalk, tuple[str, str]] = {
    SmallTalk.GREETING: ("您好！", "Hello!"),
    SmallTalk.PRESENCE: ("在的，请讲。", "Yes, I am here."),
    SmallTalk.THANKS: ("不客气。", "You are welcome."),
    SmallTalk.FAREWELL: ("再见，欢迎随时来问。", "Goodbye; come back any time."),
    SmallTalk.PRAISE: ("好的。", "Good."),
    SmallTalk.BLAME: (
        "抱歉。请换个说法再问，或点开出处核对原文。",
        "Sorry. Please ask in other words, or open the source and check.",
    ),
    SmallTalk.WHO: (
        "我是简报问答，一个只用资料库里的简报原文回答、每句注明出处的程序；资料里没有的，我会直说没有。",
        "I am Jianbao, a program that answers in the words of the bulletins in this library, every "
        "sentence cited, and says so where they are silent.",
    ),
    SmallTalk.HELP: (
        "我用资料库里的简报原文回答问题，每句注明出处；资料里没有的，我会直说没有。",
        "I answer in the words of the bulletins in this library, every sentence cited, and say so "
        "where they are silent.",
    ),
    SmallTalk.AMUSE: (
        "这个我帮不上，我只回答简报里的事。",
        "I cannot help with that: I only answer from the bulletins.",
    ),
}
# To these nothing need be added: the conversation is over, or goes on by itself.
BRIEF = frozenset({SmallTalk.THANKS, SmallTalk.FAREWELL, SmallTalk.PRAISE, SmallTalk.BLAME})


def courteous(library: Library, query: Query, kind: SmallTalk, scope: Scope = OPEN) -> Answer:
    """The answer to small talk; nothing is quoted, and what is offered the library answers."""
    chinese, english = LINES[kind]
    in_english = is_english(query.question)
    lines = [english if in_english else chinese]
    offered: tuple[str, ...] = ()
    if kind not in BRIEF:
        lines[0] += f" {ASKS_ENGLISH}" if in_english else ASKS
        offered = tuple(question for _, question in islice(openers(library, scope), OFFERED))
    return Answer(
        question=query.question,
        understood=query.question,
        text="\n".join((*lines, *offered)),
        citations=(),
        refused=False,
        reason=None,
        warnings=(),
        hits=(),
        offered=offered,
    )


def openers(library: Library, scope: Scope = OPEN) -> Iterator[tuple[Beginning, str]]:
    """Questions that the library answers, with their kinds: for a section of a bulletin, and for a
    whole one, of as many bulletins as there are.
    """
    found: set[str] = set()
    for entry in library.entries(scope)[:LOOKED_AT]:
        bulletin = library.bulletin(entry.id)
        for kind, question in _of(bulletin):
            if question not in found and told_by_sections(library, understand(question), scope):
                found.add(question)
                yield kind, question
                break


def _of(bulletin: Bulletin) -> Iterator[tuple[Beginning, str]]:
    """What may be asked of a bulletin: its first sections, then what it is about."""
    for number, article in enumerate(bulletin.articles):
        if (place := place_named(article.place or "")) is None:
            continue
        for unit in bulletin.units:
            if unit.kind is Kind.HEADING and unit.article == number:
                yield Beginning.MEASURES, asked_of_section(place.short, unit)
        yield Beginning.SUMMARY, asked_of_whole(place.short)
