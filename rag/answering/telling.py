"""Lines to an answer: every sentence with its marker, its citation and its warnings."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from corpus.bulletin import Doubt, Figure
from corpus.figures.misread import told_doubt
from rag.answering.answer import Answer, Caution, Citation
from rag.answering.beside import beside
from rag.answering.cell import cell_names
from rag.query.question import Query
from rag.reading.evidence import Evidence
from rag.retrieval.search import Hit


@dataclass(frozen=True, slots=True)
class Line:
    """A line of an answer: a sentence of the source, if any, and what stands before it."""

    lead: str
    item: Evidence | None = None


@dataclass(slots=True)
class Telling:
    """An answer in the making: what was cited, and warned of, in the sentences told so far."""

    query: Query
    hits: Sequence[Hit]
    warnings: list[Caution]
    citations: list[Citation] = field(default_factory=list)
    beside: list[str] = field(default_factory=list)

    def sentence(self, item: Evidence) -> str:
        """A sentence of the source with its marker, cited from now on, and what is beside it."""
        self.citations.append(cite(item, len(self.citations) + 1))
        self.warnings += [w for w in cautions(item) if w not in self.warnings]
        if (caution := beside(doubtful(item))) and caution not in self.beside:
            self.beside.append(caution)
        return f"{item.quote}[{len(self.citations)}]{caution}"

    def answer(self, text: str, rows: Sequence[tuple[str, str]] = ()) -> Answer:
        """The answer as far as it is told."""
        return Answer(
            question=self.query.question,
            understood=self.query.understood,
            text=text.strip(),
            citations=tuple(self.citations),
            refused=False,
            reason=None,
            warnings=tuple(self.warnings),
            hits=tuple(self.hits),
            rows=tuple(rows),
            beside=tuple(self.beside),
        )


def told(
    query: Query,
    lines: Sequence[Line],
    hits: Sequence[Hit],
    notes: Sequence[Caution] = (),
    value: str = "",
) -> Iterator[Answer]:
    """The answer that these lines make, growing by a sentence at a time, each cited; `notes` are
    warnings about the whole, `value` is what it opens with.
    """
    text = f"{value}。" if value else ""
    telling = Telling(query, hits, list(notes))
    for number, line in enumerate(lines, start=1):
        sentence = telling.sentence(line.item) if line.item is not None else ""
        text += f"{line.lead}{sentence}\n"
        if sentence or number == len(lines):  # a head alone is no answer yet
            yield replace(telling.answer(text), value=value)


def cite(item: Evidence, marker: int) -> Citation:
    """The citation of an evidence sentence."""
    unit = item.hit.unit
    row, column = cell_names(item)
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
        version=item.hit.version,
        row=row,
        column=column,
    )


def cautions(item: Evidence) -> list[Caution]:
    """Warnings for the doubtful figures in an evidence sentence."""
    return [_caution(figure) for figure in doubtful(item)]


def doubtful(item: Evidence) -> list[Figure]:
    """The doubtful figures in an evidence sentence."""
    return [figure for figure in item.figures if figure.doubt]


def _caution(figure: Figure) -> Caution:
    sure = figure.doubt is Doubt.CERTAIN
    text = f"{figure.text}：{told_doubt(figure)}"
    if figure.suggestion:
        text += f"，应为{figure.suggestion}"
    text = f"{text}（{figure.why}）" if sure else text
    return Caution("doubtful_figure", text, figure.suggestion, figure.text)


def lead(item: Evidence, *, placed: bool = False) -> str:
    """Names the place where the sentence itself does not and it is not `placed` by the one before
    it; of a table's value the row too.
    """
    place, row = item.hit.unit.place, cell_names(item)[0]
    row = "" if row in item.quote else row
    named = placed or place is None or place.rstrip("市县区省") in f"{row}{item.quote}"
    names = "·".join(filter(None, ("" if named else place, row)))
    return f"{names}：" if names else ""
