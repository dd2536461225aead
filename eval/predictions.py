"""What a system said to the questions: one prediction a line, this product's or another's."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from corpus.bulletin import Kind
from corpus.citation_label import citation_label
from corpus.errors import CallError
from corpus.text.surrogates import encodable
from rag.answering.answer import Answer


@dataclass(frozen=True, slots=True)
class PredictedPassage:
    """A unit that was cited or retrieved; `text` is the whole unit, `quote` the cited part."""

    bulletin: str
    title: str
    paragraph: int | None
    kind: str
    text: str
    quote: str = ""

    @property
    def place(self) -> str:
        """Bulletin and paragraph, or kind where it has no number: b#9, b#credit."""
        return f"{self.bulletin}#{self.kind if self.paragraph is None else self.paragraph}"

    @property
    def label(self) -> str:
        """The human form of a citation."""
        return citation_label(self.title, self.paragraph, Kind(self.kind))


@dataclass(frozen=True, slots=True)
class Prediction:
    """The answer to the question of this id; `seconds` is None where nobody took the time."""

    id: str
    answer: str
    refused: bool
    citations: tuple[PredictedPassage, ...] = ()
    retrieved: tuple[PredictedPassage, ...] = ()
    seconds: float | None = None
    warnings: tuple[str, ...] = ()  # their kinds


def predicted(question_id: str, answer: Answer, seconds: float) -> Prediction:
    """The prediction that an answer of this product is."""
    return Prediction(
        id=question_id,
        answer=answer.text,
        refused=answer.refused,
        citations=tuple(
            PredictedPassage(c.bulletin, c.title, c.paragraph, c.kind.value, c.text, c.quote)
            for c in answer.citations
        ),
        retrieved=tuple(
            PredictedPassage(h.bulletin, h.title, h.paragraph, h.kind.value, h.text)
            for h in answer.hits
        ),
        seconds=round(seconds, 4),
        warnings=tuple(warning.kind for warning in answer.warnings),
    )


def write_predictions(path: Path, predictions: Iterable[Prediction]) -> None:
    """The predictions as JSON lines: id, answer, refused, citations, retrieved, seconds, and the
    kinds of the warnings.
    """
    with path.open("w", encoding="utf-8") as file:
        for prediction in predictions:
            line = json.dumps(asdict(prediction), ensure_ascii=False)
            file.write(encodable(line) + "\n")


def read_predictions(path: Path) -> dict[str, Prediction]:
    """Predictions by id, as write_predictions or another system wrote them.

    Of a citation or hit only the text is needed.

    :raises CallError: no such file, or faulty lines: all of them are named with their numbers.
    """
    try:
        lines = path.read_text("utf-8-sig").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise CallError(f"{path}: cannot be read ({error}); name a file of predictions") from error
    found: dict[str, Prediction] = {}
    faults = []
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            prediction = _prediction(json.loads(line))
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
            faults.append(f"line {number}: no prediction ({error})")
            continue
        if prediction.id in found:
            faults.append(f"line {number}: id {prediction.id} was there before")
        found[prediction.id] = prediction
    if faults:
        raise CallError(f"{path}: {'; '.join(faults)}; mend these lines")
    return found


def _prediction(line: Mapping[str, Any]) -> Prediction:
    seconds = line.get("seconds")
    return Prediction(
        id=_text(line["id"]),
        answer=_text(line["answer"]),
        refused=bool(line["refused"]),
        citations=tuple(map(_passage, line.get("citations") or ())),
        retrieved=tuple(map(_passage, line.get("retrieved") or ())),
        seconds=None if seconds is None else float(seconds),
        warnings=tuple(map(_text, line.get("warnings") or ())),
    )


def _passage(line: Mapping[str, Any]) -> PredictedPassage:
    paragraph = line.get("paragraph")
    return PredictedPassage(
        bulletin=str(line.get("bulletin") or ""),
        title=str(line.get("title") or ""),
        paragraph=None if paragraph is None else int(paragraph),
        kind=Kind(line.get("kind") or Kind.PARAGRAPH).value,
        text=_text(line["text"]),
        quote=str(line.get("quote") or ""),
    )


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError(f"{value!r} is no text")
    return value
