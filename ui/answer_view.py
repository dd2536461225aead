"""An answer as HTML for the conversation: markers that open sources, warnings, sources."""

import re
from collections.abc import Sequence
from itertools import groupby
from urllib.parse import urlencode

from rag.answer import Answer, Citation
from rag.english import is_english
from rag.verify import MARKER, unsupported
from ui.markup import escape, source_address

# A row of a comparison: place names hold no bar, quotes may.
_ROW = re.compile(r"\| (.+?) \| (.*) \|$")

_QUOTED_IN = "原文为中文，按原文引用。Quoted from the bulletins in Chinese, as printed."


def question_html(question: str) -> str:
    """A user's question, shown as typed."""
    return f'<div class="jb-question">{escape(question)}</div>'


def answer_html(
    answer: Answer, *, complete: bool = True, tools: Sequence[tuple[str, str]] = ()
) -> str:
    """The answer so far; with `complete`, warnings, sources and what was checked too. `tools` are
    names and addresses of what can be done with it.
    """
    by_marker = {citation.marker: citation for citation in answer.citations}
    parts = []
    if answer.understood != answer.question:
        again = escape(f"/?{urlencode({'q': answer.understood}, errors='replace')}")
        parts.append(
            f'<p class="jb-understood">已理解为：{escape(answer.understood)} '
            f'<a class="jb-again" href="{again}">修改后再问</a></p>'
        )
    parts += _lines(answer.text.split("\n"), by_marker)
    if complete:
        parts += [f'<p class="jb-warning">⚠ {escape(w.text)}</p>' for w in answer.warnings]
        if answer.citations:
            items = "".join(f"<li>{_source(citation)}</li>" for citation in answer.citations)
            parts.append(f'<ol class="jb-sources" aria-label="出处">{items}</ol>')
            parts.append(f'<p class="jb-check">{escape(checked(answer))}</p>')
            if is_english(answer.question):
                parts.append(f'<p class="jb-check">{_QUOTED_IN}</p>')
        if tools:
            links = " · ".join(
                f'<a class="jb-tool" href="{escape(address)}">{escape(name)}</a>'
                for name, address in tools
            )
            parts.append(f'<p class="jb-tools">{links}</p>')
    state = " jb-refused" if answer.refused else ""
    return f'<div class="jb-answer{state}">{"".join(parts)}</div>'


def notice_html(text: str) -> str:
    """A word of the page itself, such as an error."""
    return f'<div class="jb-answer jb-refused"><p>{escape(text)}</p></div>'


def checked(answer: Answer) -> str:
    """What was checked of an answer, in a line: how many sentences, whether each figure, date and
    document in it stands in what is cited.
    """
    said = len(answer.citations)
    texts = [citation.text for citation in answer.citations]
    # what is not cited is the page's own: heads of a table, 未提及, names of places
    missing = unsupported(answer.text, texts)
    figures = f"数字未能核对：{'、'.join(missing)}" if missing else "数字已核对"
    doubtful = sum(warning.kind == "doubtful_figure" for warning in answer.warnings)
    doubt = f"，其中{doubtful}处原文存疑" if doubtful else ""
    return f"{said} 句，全部有出处；{figures}{doubt}"


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
