"""An answer as JSON that is kept and read back: all that the page shows of it."""

import json
from dataclasses import asdict, dataclass
from typing import Any

from corpus.bulletin import Kind
from corpus.errors import LibraryError
from rag.answering.answer import Answer, Caution, Citation, Near, Struck
from rag.answering.sureness import Sureness
from rag.refusing.reasons import Reason
from ui.store.older_records import completed

# Number of the record's shape; a newer program's record is refused, not guessed at. What an earlier
# program can do without comes under a key of its own and leaves the number as it is.
SHAPE = 1
LATER = frozenset({"version", "row", "column"})  # of a citation, which earlier programs do not know


@dataclass(frozen=True, slots=True)
class Searched:
    """How many bulletins a question was asked of, and the bounds that chose them, in words;
    `undated` are those that a period left out because they bear no date.
    """

    bulletins: int
    bounds: tuple[str, ...] = ()
    undated: int = 0


@dataclass(frozen=True, slots=True)
class Record:
    """An answer without its hits; what was searched, None where that was not kept."""

    answer: Answer
    searched: Searched | None = None


def write(answer: Answer, searched: Searched | None = None) -> str:
    """The answer as JSON text."""
    return json.dumps(
        {
            "shape": SHAPE,
            "question": answer.question,
            "understood": answer.understood,
            "text": answer.text,
            "citations": [_kept(citation) for citation in answer.citations],
            "versions": [citation.version for citation in answer.citations],
            "cells": [(citation.row, citation.column) for citation in answer.citations],
            "refused": answer.refused,
            "reason": answer.reason,
            "warnings": [warning.as_dict() for warning in answer.warnings],
            "figures": [warning.figure for warning in answer.warnings],
            "nearest": [asdict(one) for one in answer.nearest],
            "rows": answer.rows,
            "result": answer.result,
            "beside": answer.beside,
            "value": answer.value,
            "sureness": answer.sureness,
            "offered": answer.offered,
            "struck": [asdict(one) for one in answer.struck],
            "searched": asdict(searched) if searched else None,
        },
        ensure_ascii=False,
    )


def read(text: str) -> Record:
    """The record in JSON text.

    :raises LibraryError: it is of another shape.
    """
    try:
        kept = completed(_of_this_shape(json.loads(text)))
        answer = Answer(
            question=kept["question"],
            understood=kept["understood"],
            text=kept["text"],
            citations=tuple(map(_citation, kept["citations"], kept["versions"], kept["cells"])),
            refused=kept["refused"],
            reason=Reason(kept["reason"]) if kept["reason"] else None,
            warnings=tuple(
                Caution(**warning, figure=figure)
                for warning, figure in zip(kept["warnings"], kept["figures"], strict=True)
            ),
            hits=(),
            nearest=tuple(Near(**one) for one in kept["nearest"]),
            rows=tuple((name, cell) for name, cell in kept["rows"]),
            value=kept["value"],
            sureness=Sureness(kept["sureness"]) if kept["sureness"] else None,
            offered=tuple(kept["offered"]),
            struck=tuple(
                Struck(one["text"], tuple(one["faults"]), tuple(one["why"]))
                for one in kept["struck"]
            ),
            result=kept["result"],
            beside=tuple(kept["beside"]),
        )
        searched = kept["searched"]
        return Record(
            answer,
            Searched(searched["bulletins"], tuple(searched["bounds"]), searched.get("undated", 0))
            if searched
            else None,
        )
    except (ValueError, KeyError, TypeError) as error:
        raise LibraryError(
            f"a kept answer cannot be read ({error}); serve it with the version that wrote it, or "
            "delete the conversation"
        ) from error


def _of_this_shape(kept: dict[str, Any]) -> dict[str, Any]:
    """:raises ValueError: the record is of another shape."""
    if kept["shape"] != SHAPE:
        raise ValueError(f"shape {kept['shape']}, this program knows {SHAPE}")
    return kept


def _kept(citation: Citation) -> dict[str, Any]:
    """A citation as earlier programs read it too; what they do not know has keys of its own."""
    return {name: value for name, value in asdict(citation).items() if name not in LATER}


def _citation(kept: dict[str, Any], version: str, cell: tuple[str, str]) -> Citation:
    row, column = cell
    kind = Kind(kept["kind"])
    return Citation(**{**kept, "kind": kind, "version": version, "row": row, "column": column})
