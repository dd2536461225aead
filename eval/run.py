"""Questions to predictions and scores."""

import json
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from langchain_core.runnables import Runnable

from eval.dataset import Question
from eval.metrics import Prediction, scores
from index.encoder import Encoder
from index.library import Library
from rag.answer import Answer
from rag.chain import Request

Progress = Callable[[int, int], None]  # questions done, questions to do


@dataclass(frozen=True, slots=True)
class Evaluation:
    """Scores overall and by type of question, with the predictions they are of."""

    overall: dict[str, float]
    by_type: dict[str, dict[str, float]]
    predictions: tuple[Prediction, ...]


def evaluate(
    library: Library,
    chain: Runnable[Request, Answer],
    questions: Sequence[Question],
    progress: Progress | None = None,
) -> Evaluation:
    """Ask all questions and score the answers."""
    predictions = []
    for done, question in enumerate(questions):
        if progress:
            progress(done, len(questions))
        began = time.perf_counter()
        answer = chain.invoke(Request(question.question, question.history))
        predictions.append(Prediction(question, answer, time.perf_counter() - began))
    if progress:
        progress(len(questions), len(questions))
    units = {
        f"{entry.id}#{position}": unit.text
        for entry in library.entries()
        for position, unit in enumerate(library.bulletin(entry.id).units)
    }
    groups: dict[str, list[Prediction]] = defaultdict(list)
    for prediction in predictions:
        groups[prediction.question.type].append(prediction)
    return Evaluation(
        overall=scores(predictions, units),
        by_type={name: scores(group, units) for name, group in sorted(groups.items())},
        predictions=tuple(predictions),
    )


@contextmanager
def temporary_library(folder: Path, encoder: Encoder) -> Iterator[Library]:
    """A library over another folder of bulletins, gone at the end."""
    with TemporaryDirectory(prefix="jianbao-eval-") as home:
        library = Library(Path(home), encoder)
        try:
            library.sync(folder)
            yield library
        finally:
            library.close()


def write_predictions(path: Path, predictions: Sequence[Prediction]) -> None:
    """The predictions as JSON lines: id, answer, refused, citations, retrieved, seconds."""
    with path.open("w", encoding="utf-8") as file:
        for prediction in predictions:
            answer = prediction.answer.as_dict()
            line = {
                "id": prediction.question.id,
                "answer": answer["answer"],
                "refused": answer["refused"],
                "citations": answer["citations"],
                "retrieved": answer["retrieved"],
                "seconds": round(prediction.seconds, 4),
            }
            file.write(json.dumps(line, ensure_ascii=False) + "\n")
