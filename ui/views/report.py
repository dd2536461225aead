"""Questions and answers as staff copy them into a report: sources numbered through the whole."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rag.answering.answer import Answer, Caution, Citation
from rag.answering.beside import besides_in
from rag.writing.verify import MARKER

_MARKDOWN = re.compile(r"([\\`*_{}\[\]()<>#+\-.!|~$&])")

SUGGESTED = "应为"  # in a warning that says what a figure should be
Piece = str | int  # words, or the number of a source
Cell = tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """A question with its answer: lines of one cell, rows of a table with two; `notes` are the
    warnings beside it.
    """

    question: str
    lines: tuple[tuple[Cell, ...], ...]
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Report:
    """Sections and their sources: source number n is `sources[n - 1]`, each paragraph once."""

    sections: tuple[Section, ...]
    sources: tuple[str, ...]


def report_of(exchanges: Iterable[tuple[str, Answer]]) -> Report:
    """The report that questions with their answers make."""
    numbers: dict[tuple[str, int], int] = {}
    labels: list[str] = []

    def number(citation: Citation) -> int:
        key = (citation.bulletin, citation.position)
        if key not in numbers:
            numbers[key] = len(numbers) + 1
            page = f"（第{citation.page}页）" if citation.page else ""
            labels.append(f"{citation.label}{page}")
        return numbers[key]

    sections = []
    for question, answer in exchanges:
        cited = {citation.marker: citation for citation in answer.citations}

        def cell(text: str, cited: dict[int, Citation] = cited) -> Cell:
            pieces: list[Piece] = []
            at = 0
            for match in MARKER.finditer(text):
                if citation := cited.get(int(match[1])):
                    pieces += [text[at : match.start()], number(citation)]
                    at = match.end()
            return tuple(piece for piece in (*pieces, text[at:]) if piece != "")

        lines = tuple(tuple(cell(text) for text in line) for line in answer.lines)
        notes = tuple(one.text for one in answer.warnings if not _is_beside(one, answer))
        sections.append(Section(question, lines, notes))
    return Report(tuple(sections), tuple(labels))


def _is_beside(warning: Caution, answer: Answer) -> bool:
    """Whether a warning says no more than what stands beside its figure in the text already."""
    figure, _, more = warning.text.partition("：")
    told = any(figure in one for one in besides_in(answer.text))
    return warning.kind == "doubtful_figure" and told and SUGGESTED not in more


def as_text(report: Report) -> str:
    """Plain text in the style of official papers: 〔1〕 in the text, the sources below."""
    parts = []
    for section in report.sections:
        lines = [section.question] if len(report.sections) > 1 else []
        for cells in _without_head(section.lines):
            lines.append("：".join(_plain(cell) for cell in cells))
        lines += [f"〔注：{note}〕" for note in section.notes]
        parts.append("\n".join(lines))
    if report.sources:
        listed = [f"〔{n}〕{label}" for n, label in enumerate(report.sources, start=1)]
        parts.append("\n".join(["资料来源：", *listed]))
    return "\n\n".join(parts) + "\n"


def as_markdown(report: Report) -> str:
    """Markdown with footnotes and tables; the words of questions and sources stay words."""
    parts = []
    for section in report.sections:
        parts.append(f"## {_escaped(section.question)}")
        table: list[str] = []
        for cells in section.lines:
            texts = [
                "".join(f"[^{p}]" if isinstance(p, int) else _escaped(p) for p in cell)
                for cell in cells
            ]
            if len(texts) == 1:
                parts += ["\n".join(table)] if table else []
                table = []
                parts.append(texts[0])
            else:
                table.append(f"| {' | '.join(texts)} |")
                if len(table) == 1:
                    table.append("| --- | --- |")
        parts += ["\n".join(table)] if table else []
        parts += [f"> {_escaped(note)}" for note in section.notes]
    parts += [f"[^{n}]: {_escaped(label)}" for n, label in enumerate(report.sources, start=1)]
    return "\n\n".join(parts) + "\n"


def _without_head(lines: Sequence[tuple[Cell, ...]]) -> Iterable[tuple[Cell, ...]]:
    """The lines without the heads of tables, which name columns that plain text has not."""
    inside = False
    for cells in lines:
        head = len(cells) > 1 and not inside
        inside = len(cells) > 1
        if not head:
            yield cells


def _plain(cell: Cell) -> str:
    return "".join(f"〔{piece}〕" if isinstance(piece, int) else piece for piece in cell)


def _escaped(text: str) -> str:
    """Text that Markdown shows as it is, on one line."""
    return _MARKDOWN.sub(r"\\\1", " ".join(text.split()))
