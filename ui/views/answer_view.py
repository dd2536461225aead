"""An answer as HTML for the conversation: markers that open sources, warnings, sources."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from rag.answering.answer import Answer, Caution, Citation, Near
from rag.writing.verify import MARKER
from ui.store.answer_record import Record
from ui.views.check_view import checked_html, sureness_html
from ui.views.escaping import escape, source_address
from ui.views.page_words import both
from ui.views.struck_view import struck_html


@dataclass(frozen=True, slots=True)
class _Link:
    """A range of a text, and the link that stands there."""

    start: int
    end: int
    html: str


def question_html(question: str) -> str:
    """A user's question, shown as typed."""
    return f'<h2 class="jb-question">{escape(question)}</h2>'


def answer_html(
    record: Record,
    *,
    complete: bool = True,
    actions: str = "",
    further: Sequence[str] = (),
) -> str:
    """The answer so far: its value, the sentences with their markers, cautions where they belong;
    with `complete` sources, what was checked and what was searched too. `actions` is HTML of what
    can be done with it, `further` are questions to go on with.
    """
    answer = record.answer
    by_marker = {citation.marker: citation for citation in answer.citations}
    parts = []
    if answer.understood != answer.question:
        parts.append(
            f'<p class="jb-understood">{both("已理解为：{question}", question=answer.understood)} '
            f'<a class="jb-again" href="{asking(answer.understood)}">{both("修改后再问")}</a></p>'
        )
    if complete and answer.citations:
        parts.append(sureness_html(answer))
    if answer.rows:
        if answer.result:
            parts.append(f"<p>{_opening(answer)}</p>")
        parts.append(_table(answer, by_marker))
    else:
        parts += _paragraphs(answer, by_marker)
    if complete:
        parts += [f'<p class="jb-warning">⚠ {escape(w.text)}</p>' for w in _apart(answer)]
        parts.append(struck_html(answer.struck))
        if answer.citations:
            parts.append(sources_html(answer.citations))
        parts += [actions, checked_html(record)]
        if further:
            links = "".join(
                f'<a class="jb-next" href="{asking(one)}">{escape(one)}</a>' for one in further
            )
            parts.append(f'<div class="jb-further"><p>{both("可以接着问：")}</p>{links}</div>')
    state = " jb-refused" if answer.refused else ""
    return f'<div class="jb-answer{state}">{"".join(parts)}</div>'


def notice_html(text: str) -> str:
    """A word of the page itself, such as an error."""
    return f'<div class="jb-answer jb-refused"><p>{escape(text)}</p></div>'


def asking(question: str) -> str:
    """The address at which the page asks a question, as an attribute."""
    return escape(f"/?{urlencode({'q': question}, errors='replace')}")


def _paragraphs(answer: Answer, citations: dict[int, Citation]) -> Iterator[str]:
    """A paragraph for each line, in which markers and the nearest units open their sources."""
    at = 0
    for line in answer.plain.split("\n"):  # the page marks the figures
        near = [
            _Link(start, start + len(one.label), _near(one))
            for one in answer.nearest
            if 0 <= (start := one.start - at) < len(line)
        ]
        if line in answer.offered:
            yield f'<p><a class="jb-next" href="{asking(line)}">{escape(line)}</a></p>'
            at += len(line) + 1
            continue
        value = [_value(answer.value, line)] if answer.value and at == 0 else []
        links = [*value, *near, *_markers(line, citations), *_cautions(line, answer)]
        yield f"<p>{_with_links(line, links)}</p>"
        at += len(line) + 1


def _opening(answer: Answer) -> str:
    """The line above a table, the value that it opens with set off."""
    line = answer.result
    return _with_links(line, [_value(answer.value, line)] if answer.value else [])


def _value(value: str, line: str) -> _Link:
    """The words that an answer opens with, set off; the stop behind them is for who hears it."""
    end = len(value) + line.startswith("。", len(value))
    stop = f'<span class="jb-hidden">{line[len(value) : end]}</span>'
    return _Link(0, end, f'<strong class="jb-value">{escape(value)}</strong>{stop}')


def _cautions(line: str, answer: Answer) -> Iterator[_Link]:
    """What is doubtful in a line, and why, where it stands."""
    opening = len(answer.value) if answer.value and line.startswith(answer.value) else 0
    for warning in answer.warnings:
        figure = warning.figure
        if figure and (at := line.find(figure, opening)) >= 0:
            note = f'<span class="jb-caution">⚠ {escape(warning.why)}</span>'
            doubtful = f'<span class="jb-doubt">{escape(figure)}</span>{note}'
            yield _Link(at, at + len(figure), doubtful)


def _apart(answer: Answer) -> Iterator[Caution]:
    """Warnings that no line of the answer is the place of, and no list of what was struck tells."""
    lines = [text for line in answer.lines for text in line]
    for warning in answer.warnings:
        if warning.kind == "struck" and answer.struck:
            continue
        alone = replace(answer, warnings=(warning,))
        if not any(True for line in lines for _ in _cautions(line, alone)):
            yield warning


def _table(answer: Answer, citations: dict[int, Citation]) -> str:
    """A table of two columns, the first row its head, the first column the rows' heads."""
    (first, second), *rest = answer.rows
    body = "".join(
        f'<tr><th scope="row">{escape(name)}</th>'
        f"<td>{_with_links(cell, [*_markers(cell, citations), *_cautions(cell, answer)])}</td></tr>"
        for name, cell in rest
    )
    head = f'<th scope="col">{escape(first)}</th><th scope="col">{escape(second)}</th>'
    return f'<table class="jb-table"><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>'


def _with_links(text: str, links: Iterable[_Link]) -> str:
    """Escaped text, ranges of it replaced by their links."""
    pieces = []
    position = 0
    for link in sorted(links, key=lambda link: link.start):
        if link.start < position:  # inside another one, as a doubtful figure in the value
            continue
        pieces += [escape(text[position : link.start]), link.html]
        position = link.end
    return "".join(pieces) + escape(text[position:])


def _markers(text: str, citations: dict[int, Citation]) -> Iterator[_Link]:
    """Links of the markers that have a citation."""
    for match in MARKER.finditer(text):
        if citation := citations.get(int(match[1])):
            yield _Link(match.start(), match.end(), _marker(citation))


def _near(one: Near) -> str:
    address = escape(source_address(one.bulletin, one.paragraph, one.position))
    return f'<a class="jb-cite jb-near" href="{address}">{escape(one.label)}</a>'


def _marker(citation: Citation) -> str:
    return (
        f'<a class="jb-cite jb-mark" href="{_address(citation)}" '
        f'title="{escape(f"{citation.label}：{citation.quote}")}">[{citation.marker}]</a>'
    )


def sources_html(citations: Sequence[Citation]) -> str:
    """The paragraphs that are cited, each once, with the markers that stand for it."""
    of_unit: dict[tuple[str, int], list[Citation]] = {}
    for citation in citations:
        of_unit.setdefault((citation.bulletin, citation.position), []).append(citation)
    items = "".join(f"<li>{_source(group)}</li>" for group in of_unit.values())
    return f'<ul class="jb-sources"><li class="jb-hidden">{both("出处")}</li>{items}</ul>'


def _source(group: Sequence[Citation]) -> str:
    """One cited paragraph."""
    first = group[0]
    numbers = "·".join(str(one.marker) for one in group)
    page = f" {both('第{page}页', page=first.page)}" if first.page else ""
    return (
        f'<a class="jb-cite jb-chip" href="{_address(first)}"><span class="jb-nums">{numbers}'
        f"</span> {escape(first.label)}{page}</a>"
    )


def _address(citation: Citation) -> str:
    return escape(
        source_address(citation.bulletin, citation.paragraph, citation.position,
                       citation.start, citation.end, citation.version)
    )  # fmt: skip
