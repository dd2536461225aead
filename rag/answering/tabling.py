"""The sides of a comparison to an answer: a table that grows by a sentence at a time."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from rag.answering.answer import Answer, Caution
from rag.answering.reckoning import Result
from rag.answering.telling import Telling, lead
from rag.query.question import Query
from rag.reading.evidence import Evidence
from rag.retrieval.search import Hit

HEAD = ("比较对象", "简报原文")
UNSAID = "未提及"


@dataclass(frozen=True, slots=True)
class Row:
    """A side: what it is called, its sentences, and the value that these open with, "" for none.
    One that names no place is `led`: its sentences are told with theirs.
    """

    name: str
    items: Sequence[Evidence]
    value: str = ""
    led: bool = False


def tabled(
    query: Query,
    sides: Sequence[Row],
    hits: Sequence[Hit],
    notes: Sequence[Caution] = (),
    result: Result | None = None,
) -> Iterator[Answer]:
    """The answer with a row for each side, every sentence cited; a side without any is said to be
    silent. `notes` are warnings about the whole, `result` is what the figures make together, which
    opens the answer.
    """
    rows = [HEAD]
    telling = Telling(query, hits, list(notes))
    line = result.line if result else ""
    value = result.value if result else ""
    for side in sides:
        rows.append((side.name, UNSAID))
        cell = f"{side.value}。" if side.value else ""
        for number, item in enumerate(side.items, start=1):
            place = lead(item) if side.led else ""
            cell += f"{' ' if number > 1 else ''}{place}{telling.sentence(item)}"
            rows[-1] = (side.name, cell)
            text = _markdown(rows, line, whole=number == len(side.items))
            yield replace(telling.answer(text, rows), value=value, result=line)
    if not sides[-1].items:
        answer = telling.answer(_markdown(rows, line, whole=True), rows)
        yield replace(answer, value=value, result=line)


def _markdown(rows: Sequence[tuple[str, str]], line: str, *, whole: bool) -> str:
    """The table in Markdown under its line; its last row stays open until it is whole."""
    head, *body = (f"| {name} | {cell} |" for name, cell in rows)
    text = "\n".join((*((line, "") if line else ()), head, "| --- | --- |", *body))
    return text if whole else text.removesuffix(" |")
