"""Evidence to answer in the source's words: it selects and connects, it never writes facts."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from corpus.bulletin import Doubt, Figure
from rag.answer import Answer, Caution, Citation
from rag.comparability import incomparable
from rag.conflict import conflicting
from rag.enumeration import opening, points
from rag.evidence import Evidence, Part
from rag.question import Query, Wants
from rag.search import Hit
from rag.trimming import trimmed

# Sentences an answer may have, by what is asked.
SENTENCES = {Wants.LIST: 3, Wants.WAY: 3, Wants.CATALOGUE: 3}
FACT_SENTENCES = 2
# Kinds of answer that may be the points that a paragraph counts, and of how many of the best
# sentences so many must be points.
LISTS = frozenset({Wants.LIST, Wants.WAY})
NEAR_POINTS, MANY_POINTS = 4, 2
# The reader's probability, summed over the sentences told, at which no further one is needed, and
# the least that a further one must have of its own.
CERTAIN, LEAST_SHARE = 0.5, 0.15


@dataclass(frozen=True, slots=True)
class Line:
    """A line of an answer: what stands before a sentence of the source, the sentence, if any, and
    what stands behind its marker.
    """

    lead: str
    item: Evidence | None = None
    tail: str = ""


def compose(query: Query, parts: Sequence[Part], hits: Sequence[Hit]) -> Iterator[Answer]:
    """The answer, growing by a sentence at a time; the last one yielded is whole.

    `parts` is the question with its evidence, or one part for each side of a comparison.
    """
    if len(parts) > 1:
        rows = [(part.label, part.evidence[0] if part.evidence else None) for part in parts]
        notes = incomparable([(name, item.quote) for name, item in rows if item])
        yield from told(query, comparison(rows), hits, notes)
    else:
        items = chosen(parts[0])
        notes = []
        if found := conflicting(query, parts[0].evidence):
            rival, note = found
            notes.append(note)
            if all(rival.hit is not item.hit or rival.span != item.span for item in items):
                items.append(rival)
        yield from told(query, _lines(items), hits, notes)


def _lines(items: Sequence[Evidence]) -> list[Line]:
    """A line for each sentence; of neighbours from one article only the first names the place."""
    before = [None, *items[:-1]]
    return [
        Line("" if last and last.hit.title == item.hit.title else lead(item), item)
        for last, item in zip(before, items, strict=True)
    ]


def comparison(rows: Sequence[tuple[str, Evidence | None]]) -> list[Line]:
    """A table in Markdown with a row for each side; one without evidence is said to be silent."""
    table = [Line("| 比较对象 | 简报原文 |"), Line("| --- | --- |")]
    for name, item in rows:
        table.append(Line(f"| {name} | ", item, " |") if item else Line(f"| {name} | 未提及 |"))
    return table


def told(
    query: Query, lines: Sequence[Line], hits: Sequence[Hit], notes: Sequence[Caution] = ()
) -> Iterator[Answer]:
    """The answer that these lines make, growing by a sentence at a time, each cited; `notes` are
    warnings about the whole.
    """
    text = ""
    citations: list[Citation] = []
    warnings: list[Caution] = list(notes)
    for number, line in enumerate(lines, start=1):
        if line.item is None:
            text += f"{line.lead}{line.tail}\n"
            if number < len(lines):
                continue  # a head alone is no answer yet
        else:
            citations.append(cite(line.item, len(citations) + 1))
            warnings += [w for w in cautions(line.item) if w not in warnings]
            text += f"{line.lead}{line.item.quote}[{len(citations)}]{line.tail}\n"
        yield Answer(
            question=query.question,
            understood=query.understood,
            text=text.strip(),
            citations=tuple(citations),
            refused=False,
            reason=None,
            warnings=tuple(warnings),
            hits=tuple(hits),
        )


def cite(item: Evidence, marker: int) -> Citation:
    """The citation of an evidence sentence."""
    unit = item.hit.unit
    return Citation(
        marker=marker,
        bulletin=item.hit.bulletin,
        title=item.hit.title,
        position=item.hit.position,
        paragraph=unit.number,
        kind=unit.kind,
        page=unit.page,
        quote=item.quote,
        text=unit.text,
        start=item.span.start,
        end=item.span.end,
    )


def cautions(item: Evidence) -> list[Caution]:
    """Warnings for the doubtful figures in an evidence sentence."""
    return [
        _caution(figure)
        for figure in item.hit.unit.figures
        if figure.doubt and item.span.start <= figure.start < item.span.end
    ]


def _caution(figure: Figure) -> Caution:
    sure = figure.doubt is Doubt.CERTAIN
    text = f"{figure.text}：原文如此，{'' if sure else '疑似'}缺失小数点"
    if figure.suggestion:
        text += f"，应为{figure.suggestion}"
    return Caution(
        "doubtful_figure", f"{text}（{figure.why}）" if sure else text, figure.suggestion
    )


def chosen(part: Part) -> list[Evidence]:
    """As many of the best sentences as it takes to hold the answer with some certainty, in the
    order of the source; long ones trimmed.
    """
    if part.query.wants in LISTS and (counted := _enumerated(part.evidence)):
        return counted
    told: list[Evidence] = []
    certain = 0.0
    for item in part.evidence[: SENTENCES.get(part.query.wants, FACT_SENTENCES)]:
        if certain >= CERTAIN or (told and item.share < LEAST_SHARE):
            break
        told.append(item)
        certain += item.share
    order = {id(item.hit): n for n, item in reversed(list(enumerate(told)))}
    told.sort(key=lambda item: (order[id(item.hit)], item.span.start))
    return [replace(item, span=trimmed(part.query, item.hit.text, item.span)) for item in told]


def _enumerated(evidence: Sequence[Evidence]) -> list[Evidence]:
    """The points that the best sentence's paragraph counts, where that sentence leads up to them or
    several of the best are points themselves; else none.
    """
    best = evidence[0]
    counted = points(best.hit.text)
    if not counted:
        return []
    leads = best.span.start < counted[0].start and best.span.end >= counted[0].start - 1
    near = [item for item in evidence[:NEAR_POINTS] if item.hit is best.hit]
    inside = {
        n
        for n, point in enumerate(counted)
        for item in near
        if point.start <= item.span.start < point.end
    }
    if not leads and (len(inside) < MANY_POINTS or best.share >= CERTAIN):
        return []
    return [replace(best, span=opening(best.hit.text, point)) for point in counted]


def lead(item: Evidence) -> str:
    """Names the place where the sentence itself does not."""
    place = item.hit.unit.place
    if place is None or place.rstrip("市县区省") in item.quote:
        return ""
    return f"{place}："
