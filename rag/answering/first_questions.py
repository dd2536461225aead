"""Questions to begin with, of several kinds, each of which the library answers."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import islice

from corpus.bulletin import Bulletin, Kind, Unit
from corpus.text.places import place_named
from index.library import Library
from rag.answering.answer import Answer
from rag.answering.section_questions import asked_of_section, asked_of_whole
from rag.answering.summary import told_by_sections
from rag.query.question import understand

MAX_TRIED = 12  # questions for figures that are tried: each try costs an answer
MAX_TRIED_OF_ONE = 3  # of them of one bulletin
MAX_BULLETINS = 12  # that questions are looked for in
MAX_FIGURES = 3  # kept of one kind
# What is done that can be counted, as official papers say it.
_DONE = (
    "建成 新建 改建 改造 设立 成立 建立 打造 培育 培训 走访 征集 收集 提出 整改 解决 新增 配备 "
    "发放 慰问 受理"
).split()
_VERB = re.compile("|".join(_DONE))
_CLAUSE_END = re.compile("[，。；：！？,;:]")
_WORDS = re.compile(r"[\u4e00-\u9fff]+")
_THING_CHARS = range(3, 10)  # a shorter name says little, a longer one is no name
# Words that join or point: what holds one is no plain name of a thing.
_NOT_A_THING = re.compile(
    "[和等及与或了的为到在把被对向从由其各每另并且也还已将共约近达余超这那个]"
)
# Of the things that are counted, those that a reader asks for by their number.
_COUNTS = frozenset("个 家 处 所 座 名 人 位 户 件 条 项 场 次 期 支 套".split())


class Beginning(StrEnum):
    """A kind of question to begin with."""

    FIGURE = "figure"
    MEASURES = "measures"
    COMPARISON = "comparison"
    SUMMARY = "summary"
    LIBRARY = "library"


@dataclass(frozen=True, slots=True)
class _Counted:
    """That somewhere so many of a thing were made, asked without the place."""

    place: str
    asked: str
    figure: str


def english_beginnings(
    library: Library, answer: Callable[[str], Answer]
) -> Iterator[tuple[Beginning, str]]:
    """As first_questions, of the kinds that can be asked in English without a translation of the
    bulletins' own words: what a bulletin is about, and which there are.
    """
    from pypinyin import lazy_pinyin

    entries = library.entries()[:MAX_BULLETINS]
    if entries:
        yield Beginning.LIBRARY, "Which bulletins are in the library?"
    names = dict.fromkeys(place.short for e in entries for p in e.places[:1]
                          if (place := place_named(p)))  # fmt: skip
    for name in names:
        question = f"What is the bulletin from {''.join(lazy_pinyin(name)).capitalize()} about?"
        if not answer(question).refused:
            yield Beginning.SUMMARY, question


def first_questions(
    library: Library, answer: Callable[[str], Answer]
) -> Iterator[tuple[Beginning, str]]:
    """Questions with their kinds, the kinds in turn; `answer` asks the library."""
    bulletins = [library.bulletin(entry.id) for entry in library.entries()[:MAX_BULLETINS]]
    figures = list(islice(_figures(bulletins, answer), MAX_FIGURES))
    compared = _comparison(figures, bulletins, answer)
    sections, wholes = _sections(library, bulletins), _wholes(library, bulletins)
    if figures:
        yield Beginning.FIGURE, f"{figures[0].place}{figures[0].asked}"
    yield from ((Beginning.MEASURES, one) for one in islice(sections, 1))
    if compared:
        yield Beginning.COMPARISON, compared
    yield from ((Beginning.SUMMARY, one) for one in islice(wholes, 1))
    for other in figures[1:]:
        yield Beginning.FIGURE, f"{other.place}{other.asked}"
    if bulletins:
        yield Beginning.LIBRARY, "资料库里有哪些简报？"
    yield from ((Beginning.MEASURES, one) for one in sections)
    yield from ((Beginning.SUMMARY, one) for one in wholes)


def _figures(bulletins: list[Bulletin], answer: Callable[[str], Answer]) -> Iterator[_Counted]:
    """Figures that are found again when they are asked for, one of a bulletin."""
    tried = 0
    for bulletin in bulletins:
        for counted in islice(_counted(bulletin), MAX_TRIED_OF_ONE):
            if tried == MAX_TRIED:
                return
            tried += 1
            found = answer(f"{counted.place}{counted.asked}")
            if not found.refused and counted.figure in (found.value or found.text):
                yield counted
                break


def _counted(bulletin: Bulletin) -> Iterator[_Counted]:
    for unit in bulletin.paragraphs:
        place = place_named(unit.place or "")
        if place is None or unit.kind is not Kind.PARAGRAPH:
            continue
        for figure in unit.figures:
            if figure.doubt or figure.unit not in _COUNTS or figure.approximate:
                continue
            if asked := _asked(unit, figure.start, figure.end, figure.unit):
                yield _Counted(place.short, asked, figure.text)


def _asked(unit: Unit, start: int, end: int, measure: str) -> str:
    """The question for the figure at a place of a unit, without where it was; "" where the clause
    does not say plainly what was done with how many of what.
    """
    before = _CLAUSE_END.split(unit.text[:start])[-1]
    verbs = list(_VERB.finditer(before))
    if not verbs:
        return ""
    verb = verbs[-1]
    named = _WORDS.findall(before[verb.end() :])[-1:]
    ends = _CLAUSE_END.match(unit.text, end) or end == len(unit.text)
    if not named or not before.endswith(named[0]) or not ends:  # 建成老年食堂52个，
        return ""
    thing = named[0].removeprefix("了")
    if len(thing) not in _THING_CHARS or _NOT_A_THING.search(thing) or _VERB.search(thing):
        return ""
    counted = "" if measure == "人" else measure  # 走访了多少老年人
    return f"{verb[0]}了多少{counted}{thing}？"


def _comparison(
    figures: list[_Counted], bulletins: list[Bulletin], answer: Callable[[str], Answer]
) -> str:
    """A question that two places answer; "" where none does."""
    places = [place.short for b in bulletins for p in b.places if (place := place_named(p))]
    for counted in figures[:1]:
        for other in [p for p in dict.fromkeys(places) if p != counted.place][:MAX_FIGURES]:
            asked = f"{counted.place}和{other}各{counted.asked}"
            found = answer(asked)
            cited = {citation.bulletin for citation in found.citations}
            if not found.refused and len(found.rows) > 2 and len(cited) > 1:
                return asked
    return ""


def _sections(library: Library, bulletins: list[Bulletin]) -> Iterator[str]:
    """For the points of a section, the first one that is told of each bulletin."""
    for bulletin in bulletins:
        for unit in bulletin.units:
            if unit.kind is not Kind.HEADING or (place := place_named(unit.place or "")) is None:
                continue
            question = asked_of_section(place.short, unit)
            if told_by_sections(library, understand(question)):
                yield question
                break


def _wholes(library: Library, bulletins: list[Bulletin]) -> Iterator[str]:
    for bulletin in bulletins:
        for name in bulletin.places[:1]:
            place = place_named(name)
            question = asked_of_whole(place.short if place else name)
            if told_by_sections(library, understand(question)):
                yield question
