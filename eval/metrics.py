"""Metrics over predictions. The ranking ones come from ir-measures, the names are the field's."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import mean, median

from eval.dataset import Question, comparable
from rag.answer import Answer
from rag.verify import unsupported

RANKING = {"hit@1": "Success@1", "hit@3": "Success@3", "hit@5": "Success@5", "MRR@10": "RR@10",
           "nDCG@10": "nDCG@10", "recall@5": "R@5", "recall@10": "R@10"}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Prediction:
    """What the product said to a question, in so many seconds."""

    question: Question
    answer: Answer
    seconds: float


def scores(predictions: Sequence[Prediction], units: dict[str, str]) -> dict[str, float]:
    """All metrics over predictions, by name; one that nothing can be said of is left out.

    `units` holds the reading text of every unit in the library by "bulletin#position". Retrieval
    and citation metrics are means over the answerable questions that have evidence; a question
    that is wrongly refused has citation recall 0.
    """
    scored = [p for p in predictions if p.question.scored]
    found = ranking(scored, units)
    with_evidence = [p for p in scored if p.question.evidence]
    answered = [p for p in with_evidence if p.answer.citations]
    refusals = refusal_counts(scored)
    parts = {
        "answer": [float(is_right(p)) for p in scored],
        "citation recall": [citation_recall(p) for p in with_evidence],
        "citation precision": [citation_precision(p) for p in answered],
        "unsupported figures": [float(unsupported_figures(p)) for p in predictions],
    }
    found |= {name: mean(values) for name, values in parts.items() if values}
    if "unsupported figures" in found:
        found["unsupported figures"] = sum(parts["unsupported figures"])
    found |= refusals
    seconds = sorted(p.seconds for p in predictions)
    if seconds:
        found["seconds p50"] = median(seconds)
        found["seconds p95"] = seconds[min(len(seconds) - 1, round(0.95 * len(seconds)))]
        found["characters"] = median(len(p.answer.text) for p in predictions)
    return found


def ranking(predictions: Sequence[Prediction], units: dict[str, str]) -> dict[str, float]:
    """hit@k (Success@k), MRR@10 (RR@10), nDCG@10 and recall@k (R@k) as ir-measures defines them;
    a unit is relevant if it holds an evidence quote.
    """
    import ir_measures

    texts = {key: comparable(text) for key, text in units.items()}
    qrels, run = [], []
    for prediction in predictions:
        query = prediction.question.id
        quotes = [comparable(quote) for quote in prediction.question.evidence]
        relevant = [key for key, text in texts.items() if any(quote in text for quote in quotes)]
        qrels += [ir_measures.Qrel(query, key, 1) for key in relevant]
        run += [
            ir_measures.ScoredDoc(query, f"{hit.bulletin}#{hit.position}", -rank)
            for rank, hit in enumerate(prediction.answer.hits)
        ]
    if not qrels:
        return {}
    measures = {name: ir_measures.parse_measure(text) for name, text in RANKING.items()}
    values = ir_measures.calc_aggregate(list(measures.values()), qrels, run)
    return {name: float(values[measure]) for name, measure in measures.items()}


def is_right(prediction: Prediction) -> bool:
    """Whether an answer holds what it must and nothing that it must not; for a question that
    cannot be answered, whether it was refused.
    """
    question, answer = prediction.question, prediction.answer
    if any(holds(answer.text, wrong) for wrong in question.must_not):
        return False
    if not question.answerable or answer.refused:
        return answer.refused and not question.answerable
    return all(any(holds(answer.text, right) for right in group) for group in question.must)


def holds(text: str, expected: str) -> bool:
    """Whether `text` holds `expected`, both in NFKC without blanks and in lower case; a number
    never matches inside a longer number.

    >>> holds("建成１８０ 个", "180"), holds("建成1180个", "180"), holds("占18.05%", "18")
    (True, False, False)
    """
    plain, wanted = (
        re.sub(r"\s+", "", unicodedata.normalize("NFKC", part)).lower() for part in (text, expected)
    )
    before = r"(?<![\d.])" if wanted[:1].isdigit() else ""
    after = r"(?!\d|\.\d)" if wanted[-1:].isdigit() else ""
    return bool(re.search(before + re.escape(wanted) + after, plain))


def citation_recall(prediction: Prediction) -> float:
    """Share of the evidence quotes that stand in a cited unit."""
    cited = [comparable(citation.text) for citation in prediction.answer.citations]
    quotes = [comparable(quote) for quote in prediction.question.evidence]
    return mean(float(any(quote in text for text in cited)) for quote in quotes)


def citation_precision(prediction: Prediction) -> float:
    """Share of the citations whose unit holds an evidence quote."""
    quotes = [comparable(quote) for quote in prediction.question.evidence]
    return mean(
        float(any(quote in comparable(citation.text) for quote in quotes))
        for citation in prediction.answer.citations
    )


def unsupported_figures(prediction: Prediction) -> int:
    """Figures, dates and document titles of an answer that stand in no paragraph it cites."""
    answer = prediction.answer
    return (
        0 if answer.refused else len(unsupported(answer.text, [c.text for c in answer.citations]))
    )


def refusal_counts(predictions: Sequence[Prediction]) -> dict[str, float]:
    """Precision, recall and F1 of refusing, where the unanswerable questions are the positives."""
    refused = [p for p in predictions if p.answer.refused]
    unanswerable = [p for p in predictions if not p.question.answerable]
    if not unanswerable:
        return {}
    right = sum(not p.question.answerable for p in refused)
    precision = right / len(refused) if refused else 0.0
    recall = right / len(unanswerable)
    both = precision + recall
    return {
        "refusal precision": precision,
        "refusal recall": recall,
        "refusal F1": 2 * precision * recall / both if both else 0.0,
    }
