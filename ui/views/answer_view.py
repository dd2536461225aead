"""An answer as HTML for the conversation: markers that open sources, warnings, sources."""

import re
from collections.abc import Sequence
from itertools import groupby
from urllib.parse import urlencode

from rag.answering.answer import Citation
from rag.writing.verify import MARKER
from ui.store.answer_record import Near, Record
from ui.views.check_view import checks
from ui.views.escaping import escape, source_address
from ui.views.page_words import ENGLISH, both

# A row of a comparison: place names hold no bar, quotes may.
_ROW = re.compile(r"\| (.+?) \| (.*) \|$")


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
    parts += [_linked(html, record.near) for html in _lines(answer.text.split("\n"), by_marker)]
    if complete:
        parts += [f'<p class="jb-warning">⚠ {escape(w.text)}</p>' for w in answer.warnings]
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


def _linked(html: str, near: Sequence[Near]) -> str:
    """Text in which the paragraphs that a refusal names open in the source panel."""
    for one in near:
        address = escape(source_address(one.bulletin, one.paragraph, one.position))
        label = escape(one.label)
        html = html.replace(label, f'<a class="jb-cite jb-near" href="{address}">{label}</a>', 1)
    return html


def _asking(question: str) -> str:
    """The address at which the page asks a question, as an attribute."""
    return escape(f"/?{urlencode({'q': question}, errors='replace')}")


def _lines(lines: list[str], citations: dict[int, Citation]) -> list[str]:
    """Paragraphs, and a table where rows of one follow each other."""
    parts: list[str] = []
    for is_table, group in groupby(lines, key=lambda line: line.startswith("| ")):
        if is_table:
            rows = [_ROW.match(line) for line in group]
            cells = [(match[1], match[2]) for match in rows if match and match[1] != "---"]
            parts.append(_table(cells, citations))
        else:
            parts += [f"<p>{_with_markers(line, citations)}</p>" for line in group]
    return parts


def _table(cells: list[tuple[str, str]], citations: dict[int, Citation]) -> str:
    """A table of two columns, the first row its head, the first column the rows' heads."""
    (first, second), *rows = cells
    body = "".join(
        f'<tr><th scope="row">{escape(name)}</th><td>{_with_markers(cell, citations)}</td></tr>'
        for name, cell in rows
    )
    head = f'<th scope="col">{escape(first)}</th><th scope="col">{escape(second)}</th>'
    return f'<table class="jb-table"><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>'


def _with_markers(line: str, citations: dict[int, Citation]) -> str:
    pieces = []
    position = 0
    for match in re.finditer(MARKER, line):
        pieces.append(escape(line[position : match.start()]))
        citation = citations.get(int(match[1]))
        pieces.append(_marker(citation) if citation else escape(match[0]))
        position = match.end()
    return "".join(pieces) + escape(line[position:])


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
                       citation.start, citation.end)
    )  # fmt: skip
