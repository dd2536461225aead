"""The sides of a comparison to an answer: a table that grows by a sentence at a time."""

from collections.abc import Iterator, Sequence

from rag.answering.answer import Answer, Caution
from rag.answering.telling import Telling
from rag.query.question import Query
from rag.reading.evidence import Evidence
from rag.retrieval.search import Hit

HEAD = ("比较对象", "简报原文")
UNSAID = "未提及"


def tabled(
    query: Query,
    sides: Sequence[tuple[str, Sequence[Evidence]]],
    hits: Sequence[Hit],
    notes: Sequence[Caution] = (),
) -> Iterator[Answer]:
    """The answer with a row for each side, every sentence cited; a side without any is said to be
    silent. `notes` are warnings about the whole.
    """
    rows = [HEAD]
    telling = Telling(query, hits, list(notes))
    for name, items in sides:
        rows.append((name, UNSAID))
        sentences: list[str] = []
        for item in items:
            sentences.append(telling.sentence(item))
            rows[-1] = (name, " ".join(sentences))
            yield telling.answer(_markdown(rows, whole=len(sentences) == len(items)), rows)
    if not sides[-1][1]:
        yield telling.answer(_markdown(rows, whole=True), rows)


def _markdown(rows: Sequence[tuple[str, str]], *, whole: bool) -> str:
    """The table in Markdown; its last row stays open until it is whole."""
    head, *body = (f"| {name} | {cell} |" for name, cell in rows)
    text = "\n".join((head, "| --- | --- |", *body))
    return text if whole else text.removesuffix(" |")
