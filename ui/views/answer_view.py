"""An answer as HTML for the conversation: markers that open sources, warnings, sources."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from rag.answering.answer import Answer, Citation, Near
from rag.answering.beside import is_beside
from rag.writing.verify import MARKER
from ui.store.answer_record import Record
from ui.views.check_view import checks
from ui.views.escaping import escape, source_address
from ui.views.page_words import ENGLISH, both


@dataclass(frozen=True, slots=True)
class _Link:
    """A range of a text, and the link that stands there."""

    start: int
    end: int
    html: str


def question_html(question: str) -> str:
    """A user's question, shown as typed."""
    return f'<div class="jb-question">{escape(question)}</div>'


def answer_html(
    record: Record,
    *,
    complete: bool = True,
    tools: Sequence[tuple[str, str]] = (),
    further: Sequence[str] = (),
) -> str:
    """The answer so far; with `complete`, warnings, sources, what was checked and what was searched
    too. `tools` are names and addresses of what can be done with it, `further` questions to go on
    with.
    """
    answer = record.answer
    by_marker = {citation.marker: citation for citation in answer.citations}
    parts = []
    if answer.understood != answer.question:
        parts.append(
            f'<p class="jb-understood">{both("已理解为：{question}", question=answer.understood)} '
            f'<a class="jb-again" href="{_asking(answer.understood)}">{both("修改后再问")}</a></p>'
        )
    if answer.rows:
        if answer.result:
            parts.append(f"<p>{_opening(answer)}</p>")
        parts.append(_table(answer.rows, by_marker))
    else:
        parts += _paragraphs(answer, by_marker)
    if complete:
        apart = (w.text for w in answer.warnings if not is_beside(answer.text, w.text))
        parts += [f'<p class="jb-warning">⚠ {escape(text)}</p>' for text in apart]
        if answer.citations:
            items = "".join(f"<li>{_source(citation)}</li>" for citation in answer.citations)
            parts.append(f'<ol class="jb-sources" aria-label="出处">{items}</ol>')
        parts += [f'<p class="jb-check">{line}</p>' for line in checks(record)]
        if tools:
            links = " · ".join(
                f'<a class="jb-tool" href="{escape(address)}">'
                f"{both(name) if name in ENGLISH else escape(name)}</a>"
                for name, address in tools
            )
            parts.append(f'<p class="jb-tools">{links}</p>')
        if further:
            links = "".join(
                f'<a class="jb-next" href="{_asking(one)}">{escape(one)}</a>' for one in further
            )
            parts.append(f'<p class="jb-further">{both("可以接着问：")}{links}</p>')
    state = " jb-refused" if answer.refused else ""
    return f'<div class="jb-answer{state}">{"".join(parts)}</div>'


def notice_html(text: str) -> str:
    """A word of the page itself, such as an error."""
    return f'<div class="jb-answer jb-refused"><p>{escape(text)}</p></div>'


def _asking(question: str) -> str:
    """The address at which the page asks a question, as an attribute."""
    return escape(f"/?{urlencode({'q': question}, errors='replace')}")


def _paragraphs(answer: Answer, citations: dict[int, Citation]) -> Iterator[str]:
    """A paragraph for each line, in which markers and the nearest units open their sources."""
    at = 0
    for line in answer.text.split("\n"):
        near = [
            _Link(start, start + len(one.label), _near(one))
            for one in answer.nearest
            if 0 <= (start := one.start - at) < len(line)
        ]
        if line in answer.offered:
            yield f'<p><a class="jb-next" href="{_asking(line)}">{escape(line)}</a></p>'
            at += len(line) + 1
            continue
        value = [_value(answer.value)] if answer.value and at == 0 else []
        yield f"<p>{_with_links(line, [*value, *near, *_markers(line, citations)])}</p>"
        at += len(line) + 1


def _opening(answer: Answer) -> str:
    """The line above a table, the value that it opens with set off."""
    return _with_links(answer.result, [_value(answer.value)] if answer.value else [])


def _value(value: str) -> _Link:
    """The words that an answer opens with, set off."""
    return _Link(0, len(value), f'<strong class="jb-value">{escape(value)}</strong>')


def _table(rows: Sequence[tuple[str, str]], citations: dict[int, Citation]) -> str:
    """A table of two columns, the first row its head, the first column the rows' heads."""
    (first, second), *rest = rows
    body = "".join(
        f'<tr><th scope="row">{escape(name)}</th>'
        f"<td>{_with_links(cell, _markers(cell, citations))}</td></tr>"
        for name, cell in rest
    )
    head = f'<th scope="col">{escape(first)}</th><th scope="col">{escape(second)}</th>'
    return f'<table class="jb-table"><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>'


def _with_links(text: str, links: Iterable[_Link]) -> str:
    """Escaped text, ranges of it replaced by their links."""
    pieces = []
    position = 0
    for link in sorted(links, key=lambda link: link.start):
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
        f'<a class="jb-cite" href="{_address(citation)}" '
        f'title="{escape(f"{citation.label}：{citation.quote}")}">[{citation.marker}]</a>'
    )


def _source(citation: Citation) -> str:
    return f'<a class="jb-cite" href="{_address(citation)}">{escape(citation.label)}</a>'


def _address(citation: Citation) -> str:
    return escape(
        source_address(citation.bulletin, citation.paragraph, citation.position,
                       citation.start, citation.end, citation.version)
    )  # fmt: skip
