"""An answer as HTML for the conversation: markers that open sources, warnings, sources."""

import re

from rag.answer import Answer, Citation
from rag.verify import MARKER
from ui.markup import escape, source_address


def question_html(question: str) -> str:
    """A user's question, shown as typed."""
    return f'<div class="jb-question">{escape(question)}</div>'


def answer_html(answer: Answer, *, complete: bool = True) -> str:
    """The answer so far; with `complete`, warnings and sources too."""
    by_marker = {citation.marker: citation for citation in answer.citations}
    parts = []
    if answer.understood != answer.question:
        parts.append(f'<p class="jb-understood">已理解为：{escape(answer.understood)}</p>')
    for line in answer.text.split("\n"):
        parts.append(f"<p>{_with_markers(line, by_marker)}</p>")
    if complete:
        parts += [f'<p class="jb-warning">⚠ {escape(w.text)}</p>' for w in answer.warnings]
        if answer.citations:
            items = "".join(f"<li>{_source(citation)}</li>" for citation in answer.citations)
            parts.append(f'<ol class="jb-sources" aria-label="出处">{items}</ol>')
    state = " jb-refused" if answer.refused else ""
    return f'<div class="jb-answer{state}">{"".join(parts)}</div>'


def notice_html(text: str) -> str:
    """A word of the page itself, such as an error."""
    return f'<div class="jb-answer jb-refused"><p>{escape(text)}</p></div>'


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
