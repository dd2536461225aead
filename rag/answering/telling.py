"""Lines to an answer: every sentence with its marker, its citation and its warnings."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from corpus.bulletin import Doubt, Figure
from rag.answering.answer import Answer, Caution, Citation
from rag.query.question import Query
from rag.reading.evidence import Evidence
from rag.retrieval.search import Hit


@dataclass(frozen=True, slots=True)
class Line:
    """A line of an answer: what stands before a sentence of the source, the sentence, if any, and
    what stands behind its marker.
    """

    lead: str
    item: Evidence | None = None
    tail: str = "\n"


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
            text += f"{line.lead}{line.tail}"
            if number < len(lines):
                continue  # a head alone is no answer yet
        else:
            citations.append(cite(line.item, len(citations) + 1))
            warnings += [w for w in cautions(line.item) if w not in warnings]
            text += f"{line.lead}{line.item.quote}[{len(citations)}]{line.tail}"
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
