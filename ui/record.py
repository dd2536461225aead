"""An answer as JSON that is kept and read back: all that the page shows, without the hits."""

import json
from dataclasses import asdict
from typing import Any

from corpus.bulletin import Kind
from corpus.errors import LibraryError
from rag.answer import Answer, Caution, Citation, Reason

SHAPE = 1  # number of the record's shape; a newer program's record is refused, not guessed at


def record(answer: Answer) -> str:
    """The answer as JSON text."""
    return json.dumps(
        {
            "shape": SHAPE,
            "question": answer.question,
            "understood": answer.understood,
            "text": answer.text,
            "citations": [asdict(citation) for citation in answer.citations],
            "refused": answer.refused,
            "reason": answer.reason,
            "warnings": [asdict(warning) for warning in answer.warnings],
        },
        ensure_ascii=False,
    )


def recall(text: str) -> Answer:
    """The answer of a record; its hits are not kept.

    :raises LibraryError: the record is of another shape.
    """
    try:
        kept = _of_this_shape(json.loads(text))
        return Answer(
            question=kept["question"],
            understood=kept["understood"],
            text=kept["text"],
            citations=tuple(_citation(citation) for citation in kept["citations"]),
            refused=kept["refused"],
            reason=Reason(kept["reason"]) if kept["reason"] else None,
            warnings=tuple(Caution(**warning) for warning in kept["warnings"]),
            hits=(),
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


def _citation(kept: dict[str, Any]) -> Citation:
    return Citation(**{**kept, "kind": Kind(kept["kind"])})
