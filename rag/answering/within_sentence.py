"""The terms of a sum, a difference or a rank that one sentence has: 建成7家，在建6家，谋划4家.

Sentences joined by semicolons are one here.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import permutations

from corpus.bulletin import Figure, Span
from corpus.figures.quantities import same_family, whole_number
from corpus.text.places import find_places
from index.words.tokenizer import words
from rag.answering.reckoning import Addend, Reckoning, addable
from rag.answering.rise import from_to
from rag.query.operations import Operation
from rag.query.question import Query
from rag.reading.evidence import Evidence

LOOKED_AT = 3  # sentences, best first
LEAST_SHARE = 0.2  # of the answer that a sentence needs to be reckoned with by itself
LEAST_RANKED = 3  # figures that make an order worth telling
LEAST_SAID = 0.6  # of the characters of a thing that stand, in order, beside its figure
NAME_CHARS = 3  # of a thing that name it by themselves
MOST_FIGURES = 8  # of a sentence: all ways to pair them with the things are looked at
JOINED_CHARS = 400  # of sentences that semicolons join
AFTER_CHARS = 14  # behind a figure that may name what it counts
LABEL_CHARS = 16
_BOUNDARY = re.compile(r"[，。；：、！？,;:（）()]")
_END = re.compile(r"[。；！？;]")
_OPENING = ("（", "(")
_OF_THESE = re.compile(r"^\s*其中(?:已经?|有|的)*$")
_NOUN_END = re.compile(r"[，。；：、！？,;:（）()]|和|与|及|为(?!民)")
# What was added is another thing than what there is.
_ADDED = re.compile(r"(?<!创)新(?=[增建改开设成添辟])|增加|增设")
_LEAD = re.compile(
    r"^.*?(?:依次(?:是|为)?|分别(?:是|为|达到)?|其中[：:]?|包括|排序|如下|截至[^，]*|目前)"
)
_VERB = re.compile(
    r"(?:已|共|约|近|均|要|将|总数|数量)*(?:达到|达|增至|增加到|为|是|有|共|约|近|各|占|建成|完成)*$"
)
_LISTED = re.compile(r"这([两二三四五六七八九十])[样项类个者种家处]")  # so many are to be added up
_WHO = re.compile(r"谁|哪.{0,3}[市县区省地镇乡]|的[市县区省](?=都?[有是])")


@dataclass(frozen=True, slots=True)
class Beside:
    """A figure of a sentence, what stands before it, to the last figure or mark, and behind."""

    figure: Figure
    before: str
    behind: str
    added: bool = False  # what was added, not what there is

    @property
    def around(self) -> str:
        """All that may name what the figure counts."""
        return self.before + self.behind


def terms_within(
    query: Query, asked: Reckoning, evidence: Sequence[Evidence], things: Sequence[str] = ()
) -> list[Addend]:
    """The terms, all of one of the best sentences; empty where none has them. `things` are what a
    sum adds up, where the question lists them.
    """
    nearest = _joined_alone if asked.of_many else _near
    for item in [near for own in likely(evidence) for near in nearest(own)]:
        beside = figures_beside(query, item)
        if asked.operation is Operation.SUM:
            found = _summands(query, item, beside, things)
            if not things and len({term.figure.unit for term in found}) > 1:
                found = []  # 172家, 84项 and 114条 are no sum that somebody asks for
        elif asked.of_many:
            found = _ranked(query, item, _of_bound(asked, beside))
        else:
            found = from_to(query, item) or _set_against(query, item, beside, things)
        if found:
            return found
    return []


def likely(evidence: Sequence[Evidence]) -> Sequence[Evidence]:
    """The sentences that are reckoned with, best first."""
    found = [item for item in evidence[:LOOKED_AT] if item.share >= LEAST_SHARE]
    return found or evidence[:1]


def _near(item: Evidence) -> list[Evidence]:
    """A sentence, then with those that semicolons join to it: the nearer, the surer."""
    joined = _with_joined(item)
    return [item] if joined.span == item.span else [item, joined]


def _joined_alone(item: Evidence) -> list[Evidence]:
    """A sentence with those that semicolons join to it: an order is of all of them."""
    return [_with_joined(item)]


def _with_joined(item: Evidence) -> Evidence:
    """A sentence with those that semicolons join to it."""
    text = item.hit.text
    stops = [m.end() for m in re.finditer(r"[。！？\n]", text)]
    start = max((stop for stop in stops if stop <= item.span.start), default=0)
    end = min((stop for stop in stops if stop >= item.span.end), default=len(text))
    if end - start > JOINED_CHARS:
        return item
    return replace(item, span=Span(start, end))


def figures_beside(query: Query, item: Evidence) -> list[Beside]:
    """The figures of a sentence in the unit that is asked for, each with the words around it."""
    figures = item.figures
    found: list[Beside] = []
    text, last = item.hit.text, ""
    for n, one in enumerate(figures):
        start = max(figures[n - 1].end if n else item.span.start, item.span.start)
        stop = one.start - (text[one.start - 1 : one.start] in _OPENING)  # 甲县（98%）
        marks = [m.end() for m in _BOUNDARY.finditer(text, start, stop)]
        start = marks[-1] if marks else start
        before = text[start:stop]
        if not n and len(marks) > 1 and not _VERB.sub("", before):
            before = text[marks[-2] : stop]  # 审议中提出的问题，共25条
        if n and not _VERB.sub("", before) and not _END.search(text, figures[n - 1].end, start):
            before = f"{last}{before}"  # 众创空间新增42家，达到105家
        if found and _OF_THESE.match(before):  # 10个项目，其中7个已完成: of the same
            before = f"{found[-1].around}{before}"
        last = before
        if query.unit and not same_family(one.unit, query.unit):
            continue  # 乡道236条1207公里: what names it stands before the other figure
        added = bool(_ADDED.search(text, start, one.start))
        end = figures[n + 1].start if n + 1 < len(figures) else item.span.end
        end = min(end, one.end + AFTER_CHARS, item.span.end)
        cut = _NOUN_END.search(text, one.end, end)
        end = cut.start() if cut else end
        found.append(Beside(one, before, text[one.end : end], added))
    return found


def _summands(
    query: Query, item: Evidence, beside: Sequence[Beside], things: Sequence[str]
) -> list[Addend]:
    """A figure for every thing that is added up, each its own."""
    new = bool(_ADDED.search(query.understood))
    beside = [one for one in beside if new or not one.added]
    things = things or _things_said(query, beside)
    if not 2 <= len(things) <= len(beside) <= MOST_FIGURES:
        return []
    said = [[named_beside(thing, one) for one in beside] for thing in things]

    def worth(order: tuple[int, ...]) -> tuple[float, list[int]]:
        return sum(row[n] for row, n in zip(said, order, strict=True)), [-n for n in order]

    best = max(permutations(range(len(beside)), len(things)), key=worth)
    if any(row[n] < LEAST_SAID for row, n in zip(said, best, strict=True)):
        return []
    chosen = [beside[n].figure for n in best]
    if not all(addable(chosen[0], one) for one in chosen[1:]):
        return []
    return [Addend(thing, one, item) for thing, one in zip(things, chosen, strict=True)]


def _set_against(
    query: Query, item: Evidence, beside: Sequence[Beside], things: Sequence[str]
) -> list[Addend]:
    """The figures of two things that the question sets against each other, in its order."""
    found = _summands(query, item, beside, things) or _summands(query, item, beside, ())
    found.sort(key=lambda term: query.understood.find(term.label))
    return found if len(found) == 2 else []


def _things_said(query: Query, beside: Sequence[Beside]) -> list[str]:
    """The words of the question that stand beside one figure alone, a figure each."""
    found = []
    for one in beside:
        others = "".join(other.around for other in beside if other is not one)
        own = [w for w in words(query.understood)
               if len(w) > 1 and w in one.around and w not in others]  # fmt: skip
        if own:
            found.append(own[0])
    things = list(dict.fromkeys(found))
    listed = _LISTED.search(query.understood)
    return things if listed is None or whole_number(listed[1]) == len(things) else []


def named_beside(thing: str, beside: Beside) -> float:
    """How far a thing is named beside a figure, 0 to 1: the share of its characters that stand
    there in order, or enough where a name of several of them does.
    """
    texts = beside.before, beside.behind
    named = any(thing[n : n + NAME_CHARS] in text for text in texts
                for n in range(len(thing) - NAME_CHARS + 1))  # fmt: skip
    return max(LEAST_SAID if named else 0.0, *(_in_order(thing, text) for text in texts))


def _in_order(thing: str, text: str) -> float:
    """Length of the longest common subsequence, as a share of the thing."""
    row = [0] * (len(text) + 1)
    for char in thing:
        last = 0
        for n, other in enumerate(text, start=1):
            last, row[n] = row[n], last + 1 if char == other else max(row[n], row[n - 1])
    return row[-1] / len(thing)


def _ranked(query: Query, item: Evidence, beside: Sequence[Beside]) -> list[Addend]:
    """Every named figure of the longest run of one unit."""
    new = bool(_ADDED.search(query.understood))
    runs: list[list[Addend]] = [[]]
    for one in beside:
        if one.added and not new:
            continue
        label = label_of(one)
        last = runs[-1]
        if last and last[-1].figure.unit != one.figure.unit:
            runs.append([])
        if label:
            runs[-1].append(Addend(label, one.figure, item))
    best = max(runs, key=len)
    best = of_places_if_asked(query, best)
    names = {term.label for term in best}
    return best if len(best) >= LEAST_RANKED and len(names) == len(best) else []


def of_places_if_asked(query: Query, terms: Sequence[Addend]) -> list[Addend]:
    """The terms; only those of places, where a place is asked for and no kind of thing."""
    placed = _WHO.search(query.understood)
    return [term for term in terms if not placed or find_places(term.label)]


def _of_bound(asked: Reckoning, beside: Sequence[Beside]) -> list[Beside]:
    """The figures that may be held against the bound, where there is one."""
    bound = asked.bound
    return [one for one in beside if bound is None or addable(one.figure, bound.bound)]


def label_of(one: Beside) -> str:
    """What a figure is of, in the words beside it; "" where nothing names it."""
    return _label(one.before) or _label(one.behind)


def _label(text: str) -> str:
    """What a figure is said of: the place before it, or the words without verbs."""
    if places := find_places(text):
        last = places[-1]
        return text[last.start : last.end + (text[last.end : last.end + 1] in ("市", "县", "区"))]
    label = _VERB.sub("", _LEAD.sub("", text)).strip("“”‘’的 ")
    return label if 2 <= len(label) <= LABEL_CHARS else ""
