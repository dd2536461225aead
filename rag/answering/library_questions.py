"""Questions about the bulletins themselves: which there are, who wrote them, when, for whom.

They are answered from what the parser read of each file, every line cited to the unit that says so.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from corpus.bulletin import Article, Bulletin, Kind
from corpus.text.places import Place, ancestors, covers, place_named
from index.library import Library
from index.records import Entry
from index.scope import OPEN, Scope
from rag.answering.issue_numbers import issue_asked, issues_of
from rag.answering.telling import Line
from rag.answering.unit_evidence import unit_evidence
from rag.query.intents import Aspect
from rag.query.question import Query

MAX_TOLD = 50  # bulletins that an answer tells of; whoever wants them all reads the library's table
_ROLES = {"责": "责", "编辑": "责", "校对": "校对", "组版": "组版", "排版": "组版", "主办": "主办",
          "editor": "责", "proofread": "校对"}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Catalogued:
    """A line of the answer for each article or bulletin asked about; without lines `aspect` is not
    stated by any of them.
    """

    aspect: Aspect
    lines: tuple[Line, ...]


def catalogued(library: Library, query: Query, scope: Scope = OPEN) -> Catalogued | None:
    """The answer from the catalogue of the bulletins inside the scope, or None if the question does
    not ask for one.
    """
    aspect = query.aspect
    if aspect in (Aspect.NEWEST, Aspect.OLDEST):
        return Catalogued(aspect, _by_date(library, query, aspect, scope))
    if aspect is None or aspect not in _STATED:
        return None
    lines: dict[tuple[str, int], Line] = {}
    entries = entries_asked(library, query, scope)
    for entry in entries[:MAX_TOLD]:
        bulletin = library.bulletin(entry.id)
        for position, lead in _STATED[aspect](bulletin, query):
            lines.setdefault(
                (bulletin.id, position), Line(lead, unit_evidence(bulletin, position, "资料信息"))
            )
    head: Iterable[Line] = ()
    if len(entries) > MAX_TOLD:
        head = (cut(len(entries), MAX_TOLD),) if lines else ()
    else:
        head = _count(query, aspect, len({bulletin for bulletin, _ in lines}))
    return Catalogued(aspect, (*head, *lines.values()))


def entries_asked(library: Library, query: Query, scope: Scope) -> list[Entry]:
    """The bulletins inside the scope that may have an article about the places asked of, told from
    the catalogue without reading them; all where none is named. Of an issue that is asked for by
    its number those whose masthead has it.
    """
    entries = library.entries(scope)
    if (number := issue_asked(query.understood)) is not None:
        inside = issues_of(library, number, scope)
        entries = [one for one in entries if one.id in inside]
    return [one for one in entries if not query.places or _may_cover(query.places, one.places)]


def _by_date(library: Library, query: Query, aspect: Aspect, scope: Scope) -> tuple[Line, ...]:
    """The newest or oldest bulletin that is dated, under its date; how many have none."""
    entries = entries_asked(library, query, scope)
    dated = sorted((one.date, one.id) for one in entries if one.date)
    if not dated:
        return ()
    date, chosen = dated[-1] if aspect is Aspect.NEWEST else dated[0]
    bulletin = library.bulletin(chosen)
    undated = len(entries) - len(dated)
    head = [Line(f"{date}（另有{_han(undated)}份没有标明日期）：" if undated else f"{date}：")]
    return (
        *head,
        *(Line("", unit_evidence(bulletin, n, "资料信息")) for n, _ in _listed(bulletin, query)),
    )


def _may_cover(asked: Sequence[Place], names: Sequence[str]) -> bool:
    """Whether one of the places asked of is, holds or lies within one of these."""
    own = [place for name in names if (place := place_named(name))]
    around = {above for place in asked for above in ancestors(place)}
    return any(p in around or covers(one, p) for p in own for one in asked)


def cut(number: int, told: int) -> Line:
    """What stands before the first bulletins where there are more than an answer tells of."""
    return Line(
        f"可能有关的简报有{_han(number)}份，这里是其中{_han(told)}份，选定简报、地区或日期再问可看其余："
    )


def _count(query: Query, aspect: Aspect, number: int) -> Iterator[Line]:
    """How many there are, where that is asked: the one thing here that no unit says."""
    if aspect is Aspect.LIST and number and re.search(r"几|多少|how many", query.understood):
        yield Line(f"资料库现有简报{_han(number)}份：")


def _han(number: int) -> str:
    """A number below a hundred in Han numerals, as prose writes counts; above, in digits."""
    digits = "零一二三四五六七八九"
    if number > 99:
        return str(number)
    tens, ones = divmod(number, 10)
    head = "" if tens == 0 else "十" if tens == 1 else f"{digits[tens]}十"
    return f"{head}{digits[ones] if ones or not tens else ''}"


Stated = Iterable[tuple[int, str]]  # positions of units that state it, with a lead before each


def _contributors(bulletin: Bulletin, query: Query) -> Stated:
    for number, article in articles_asked(bulletin, query):
        found = [*_of(bulletin, {Kind.CREDIT}, number)] or [*_of(bulletin, {Kind.BYLINE}, number)]
        yield from ((position, f"{_name(article)}：") for position in found)


def _bylines(bulletin: Bulletin, query: Query) -> Stated:
    for number, article in articles_asked(bulletin, query):
        found = [*_of(bulletin, {Kind.BYLINE}, number)] or [*_of(bulletin, {Kind.CREDIT}, number)]
        yield from ((position, f"{_name(article)}：") for position in found)


def _editors(bulletin: Bulletin, query: Query) -> Stated:
    if not any(articles_asked(bulletin, query)):
        return
    roles = {mark for word, mark in _ROLES.items() if word in query.understood.lower()}
    for position in _of(bulletin, {Kind.PAGE_CREDIT}, None):
        if any(role in bulletin.units[position].text for role in roles):
            yield position, ""


def _dates(bulletin: Bulletin, query: Query) -> Stated:
    if bulletin.date_source is None or not any(articles_asked(bulletin, query)):
        return
    for position, unit in enumerate(bulletin.units):
        if bulletin.date_source in unit.text and unit.number is None:
            yield position, ""
            following = bulletin.units[position + 1 : position + 2]
            if following and re.match(r"星期|周[一二三四五六日]", following[0].text):
                yield position + 1, ""
            return


def _issues(bulletin: Bulletin, query: Query) -> Stated:
    for _, article in articles_asked(bulletin, query):
        for position in _of(bulletin, {Kind.MASTHEAD}, None):
            yield position, f"{_name(article)}："


def _recipients(bulletin: Bulletin, query: Query) -> Stated:
    if any(articles_asked(bulletin, query)):
        yield from ((position, "") for position in _of(bulletin, {Kind.DISTRIBUTION}, None))


def _titles(bulletin: Bulletin, query: Query) -> Stated:
    for number, _ in articles_asked(bulletin, query):
        yield from ((position, "") for position in _of(bulletin, {Kind.TITLE}, number))


def _places(bulletin: Bulletin, query: Query) -> Stated:
    for number, article in articles_asked(bulletin, query):
        if article.place:
            yield from ((p, f"{_name(article)}：") for p in _of(bulletin, {Kind.TITLE}, number))


def _listed(bulletin: Bulletin, query: Query) -> Stated:
    articles = list(articles_asked(bulletin, query))
    found = [*_of(bulletin, {Kind.MASTHEAD}, None)]
    if found and articles:
        lead = _where([article for _, article in articles])
        yield from ((position, lead) for position in found)
        return
    for number, article in articles:
        lead = _where([article])
        yield from ((position, lead) for position in _of(bulletin, {Kind.TITLE}, number))


def _where(articles: Sequence[Article]) -> str:
    """The places of articles; the date is left to the unit that states it."""
    places = dict.fromkeys(_name(one) for one in articles if one.place or one.district)
    return f"{'、'.join(places)}：" if places else ""


# An overview is told by rag.answering.outline.
_STATED: dict[Aspect, Callable[[Bulletin, Query], Stated]] = {
    Aspect.CONTRIBUTOR: _contributors,
    Aspect.BYLINE: _bylines,
    Aspect.EDITOR: _editors,
    Aspect.DATE: _dates,
    Aspect.ISSUE: _issues,
    Aspect.RECIPIENTS: _recipients,
    Aspect.TITLES: _titles,
    Aspect.PLACES: _places,
    Aspect.LIST: _listed,
}


def articles_asked(bulletin: Bulletin, query: Query) -> Iterator[tuple[int, Article]]:
    """The articles about the places asked of; all where none is named."""
    for number, article in enumerate(bulletin.articles):
        own = [p for name in (article.place, article.district) if name and (p := place_named(name))]
        if not query.places or any(covers(asked, p) for asked in query.places for p in own):
            yield number, article


def _of(bulletin: Bulletin, kinds: set[Kind], article: int | None) -> Iterator[int]:
    """Positions of the units of these kinds in an article, or in what all articles share."""
    for position, unit in enumerate(bulletin.units):
        if unit.kind in kinds and unit.article == article:
            yield position


def _name(article: Article) -> str:
    return f"{article.place or ''}{article.district or ''}" or article.title
