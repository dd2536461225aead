"""Several documents as the text of one file: what a letter or an archive holds."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from corpus.bulletin import Kind, Loss, Span
from corpus.extracted import Extracted
from corpus.layout.blocks import blocks_of
from corpus.layout.lines import split_lines


@dataclass(frozen=True, slots=True)
class Inner:
    """A document inside a file, and what it is called there; `title` opens its article where its
    own text has none.
    """

    name: str
    title: str
    extracted: Extracted


def joined(documents: Sequence[Inner], losses: Sequence[Loss]) -> Extracted:
    """The documents one after the other, every line a whole paragraph whose kind is told. Pages
    are kept where there is one document alone; losses say which it is of.
    """
    text: list[str] = []
    kinds: dict[int, Kind] = {}
    readings: dict[int, str] = {}
    recognised: list[Span] = []
    unsure: list[Span] = []
    pages: tuple[int, ...] = ()
    at = 0
    for document in documents:
        extracted = document.extracted
        lines = list(_settled(extracted))
        if not any(kind is Kind.TITLE for _, kind in lines):
            text.append(document.title + "\n")
            kinds[at] = Kind.TITLE
            at += len(document.title) + 1
        moved: list[tuple[Span, int]] = []  # ranges of the document, where they begin now
        for spans, kind in lines:
            kinds[at] = kind
            if (reading := extracted.readings.get(spans[0].start)) is not None:
                readings[at] = reading
            for span in spans:
                moved.append((span, at))
                text.append(extracted.text[span.start : span.end])
                at += span.end - span.start
            text[-1] += "\n"
            at += 1
        recognised += _moved(extracted.recognised, moved)
        unsure += _moved(extracted.unsure, moved)
        if len(documents) == 1 and extracted.pages:
            pages = tuple(_place(start, moved, at) for start in extracted.pages)
    lost = [
        Loss(f"{one.name}：{loss.chinese}", f"{one.name}: {loss.english}")
        for one in documents
        for loss in one.extracted.losses
    ]
    return Extracted(
        "".join(text),
        pages=pages,
        kinds=kinds,
        whole=True,
        readings=readings,
        losses=(*lost, *losses),
        recognised=tuple(recognised),
        unsure=tuple(unsure),
    )


def _settled(extracted: Extracted) -> Iterator[tuple[list[Span], Kind]]:
    """Each paragraph of a document as the ranges of its lines, with its kind."""
    for block in blocks_of(split_lines(extracted.text), extracted):
        for part in block.parts:
            if spans := [line.span for line in part if line.span.start < line.span.end]:
                yield spans, block.kind


def _moved(spans: Sequence[Span], moved: list[tuple[Span, int]]) -> Iterator[Span]:
    """The ranges where they stand now."""
    for span in spans:
        for old, new in moved:
            start, end = max(span.start, old.start), min(span.end, old.end)
            if start < end:
                yield Span(new + start - old.start, new + end - old.start)


def _place(position: int, moved: list[tuple[Span, int]], end: int) -> int:
    for old, new in moved:
        if position < old.end:
            return new + max(position - old.start, 0)
    return end
