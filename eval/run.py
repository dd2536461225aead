"""Questions to predictions: the product is asked, one question after the other."""

import logging
import time
from collections.abc import Callable, Sequence

from langchain_core.runnables import Runnable

from corpus.errors import JianbaoError
from corpus.questions.truth import Question
from corpus.text.quotes import comparable
from eval.predictions import Prediction, predicted
from eval.ranking import Units
from index.library import Library
from rag.answering.answer import Answer
from rag.chain import Request

log = logging.getLogger(__name__)
Progress = Callable[[int, int], None]  # questions done, questions to do
Chain = Runnable[Request, Answer]


def ask_all(
    chain: Chain, questions: Sequence[Question], progress: Progress | None = None
) -> dict[str, Prediction]:
    """Predictions by id. A question that fails has none, which counts as a wrong answer; the log
    says why.
    """
    found = {}
    for done, question in enumerate(questions):
        if progress:
            progress(done, len(questions))
        began = time.perf_counter()
        try:
            answer = chain.invoke(Request(question.question, question.history))
        except JianbaoError as error:
            log.warning("%s has no answer: %s", question.id, error)
            continue
        found[question.id] = predicted(question.id, answer, time.perf_counter() - began)
    if progress:
        progress(len(questions), len(questions))
    return found


def units_of(library: Library) -> Units:
    """Comparable text of every unit in the library, by "bulletin#position"."""
    return {
        f"{entry.id}#{position}": comparable(unit.text)
        for entry in library.entries()
        for position, unit in enumerate(library.bulletin(entry.id).units)
    }
