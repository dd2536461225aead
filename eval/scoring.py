"""A prediction against the truth of its question: scores, and what was missed."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from statistics import mean

from corpus.questions.truth import Question
from corpus.text.quotes import holds, stands_in
from eval.predictions import PredictedPassage, Prediction
from eval.ranking import Units, rank
from rag.answering.beside import without_besides
from rag.answering.tabling import UNSAID
from rag.writing.verify import unsupported

_SILENT_ROW = re.compile(rf"^\|[^|\n]*\| {UNSAID} \|$", re.MULTILINE)
DOUBTFUL_TYPE = "doubtful"  # questions whose answer is a figure that lost its decimal point
DOUBTFUL_WARNING = "doubtful_figure"

Scores = dict[str, float]


@dataclass(frozen=True, slots=True)
class Missed:
    """What is wrong with an answer: evidence quotes that no hit or no citation holds, groups of
    `must` without an alternative in it, forbidden values in it, figures that no citation holds.
    """

    not_retrieved: tuple[str, ...] = ()
    not_cited: tuple[str, ...] = ()
    must: tuple[tuple[str, ...], ...] = ()
    must_not: tuple[str, ...] = ()
    unsupported: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Case:
    """A question, what was said to it, and its scores by name.

    A score that says nothing of this question is left out: evidence recall of a question that has
    no answer, say. Without a prediction every score that a right answer could have earned is 0.
    """

    question: Question
    prediction: Prediction | None
    scores: Scores
    missed: Missed = field(default_factory=Missed)

    @property
    def failed(self) -> bool:
        """Whether the answer is wrong."""
        return self.scores.get("answer", 1.0) < 1.0


def score_all(
    questions: Sequence[Question], predictions: Mapping[str, Prediction], units: Units
) -> list[Case]:
    """All questions with their scores, in order."""
    ranks = rank(questions, predictions, units)
    cases = []
    for question in questions:
        prediction = predictions.get(question.id)
        missed = _missed(question, prediction)
        scores = _scores(question, prediction, missed) | ranks.get(question.id, {})
        cases.append(Case(question, prediction, scores, missed))
    return cases


def is_right(question: Question, prediction: Prediction | None) -> bool:
    """Whether an answer holds what it must and nothing that it must not; for a question that
    cannot be answered, whether it was refused.
    """
    if prediction is None:
        return False
    if any(holds(prediction.answer, wrong) for wrong in question.must_not):
        return False
    if not question.answerable or prediction.refused:
        return prediction.refused and not question.answerable
    return not _groups_missing(question, prediction)


def evidence_recall(question: Question, passages: Sequence[PredictedPassage]) -> float:
    """Share of the question's evidence quotes that stand in one of the passages; a question may
    need several paragraphs (ALCE, arXiv 2305.14627, measures citations so, by entailment).
    """
    texts = [passage.text for passage in passages]
    return mean(float(stands_in(quote, texts)) for quote in question.evidence)


def citation_precision(question: Question, passages: Sequence[PredictedPassage]) -> float:
    """Share of the cited units that hold an evidence quote of the question."""
    return mean(
        float(any(stands_in(quote, [passage.text]) for quote in question.evidence))
        for passage in passages
    )


def _scores(question: Question, prediction: Prediction | None, missed: Missed) -> Scores:
    scores: Scores = {}
    if prediction is not None:
        scores["unsupported"] = float(len(missed.unsupported))
        scores["characters"] = float(len(prediction.answer))
        if prediction.seconds is not None:
            scores["seconds"] = prediction.seconds
    if not question.scored:
        return scores
    scores["answer"] = float(is_right(question, prediction))
    scores["unanswerable"] = float(not question.answerable)
    scores["refused"] = float(prediction is not None and prediction.refused)
    if question.type == DOUBTFUL_TYPE and question.answerable:
        scores["warned"] = float(prediction is not None and DOUBTFUL_WARNING in prediction.warnings)
    if question.answerable and question.evidence:
        retrieved = prediction.retrieved if prediction else ()
        cited = prediction.citations if prediction else ()
        scores["recall@5"] = evidence_recall(question, retrieved[:5])
        scores["recall@10"] = evidence_recall(question, retrieved[:10])
        scores["citation recall"] = evidence_recall(question, cited)
        if cited:
            scores["citation precision"] = citation_precision(question, cited)
    return scores


def _missed(question: Question, prediction: Prediction | None) -> Missed:
    if prediction is None:
        return Missed(question.evidence, question.evidence, question.must)
    retrieved = [passage.text for passage in prediction.retrieved[:10]]
    cited = [passage.text for passage in prediction.citations]
    titles = [passage.title for passage in prediction.citations]  # by which a row may be named
    return Missed(
        not_retrieved=tuple(q for q in question.evidence if not stands_in(q, retrieved)),
        not_cited=tuple(q for q in question.evidence if not stands_in(q, cited)),
        must=_groups_missing(question, prediction) if question.answerable else (),
        must_not=tuple(wrong for wrong in question.must_not if holds(prediction.answer, wrong)),
        unsupported=()
        if prediction.refused
        else tuple(unsupported(_stated(prediction.answer), [*cited, *titles])),
    )


def _stated(answer: str) -> str:
    """What an answer says of its source: without cautions, nor rows of which it says that nothing
    is known, whose names are the question's.
    """
    return _SILENT_ROW.sub("", without_besides(answer))


def _groups_missing(question: Question, prediction: Prediction) -> tuple[tuple[str, ...], ...]:
    return tuple(
        group
        for group in question.must
        if not any(holds(prediction.answer, right) for right in group)
    )
