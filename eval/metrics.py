"""The metrics: what each means, which scores of a question it needs, how they come together."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

Values = NDArray[np.float64]
# Takes scores of shape (..., questions, inputs), NaN where a question has none, to (...).
Aggregate = Callable[[Values], Values]


@dataclass(frozen=True, slots=True)
class Metric:
    """A metric over questions; `inputs` name the scores (eval/scoring.py) that it needs."""

    name: str
    label: str
    meaning: str
    inputs: tuple[str, ...]
    aggregate: Aggregate
    better: Literal["higher", "lower"] = "higher"


def share(top: Values, bottom: Values) -> Values:
    """The quotient top / bottom, NaN where bottom is 0."""
    empty = np.full(np.shape(bottom), np.nan)
    return np.asarray(np.divide(top, bottom, out=empty, where=bottom > 0))


def average(scores: Values) -> Values:
    """Arithmetic mean over the questions that have the score."""
    known = ~np.isnan(scores[..., 0])
    return share(np.where(known, scores[..., 0], 0.0).sum(-1), known.sum(-1).astype(float))


def total(scores: Values) -> Values:
    """Sum over the questions that have the score; NaN if none has."""
    known = ~np.isnan(scores[..., 0])
    summed = np.where(known, scores[..., 0], 0.0).sum(-1)
    return np.where(known.any(-1), summed, np.nan)


def quantile(level: float) -> Aggregate:
    """The quantile at `level` over the questions that have the score, by linear interpolation
    (type 7 of Hyndman and Fan 1996).
    """

    def aggregate(scores: Values) -> Values:
        column = scores[..., 0]
        if column.size and not np.isnan(column).any():
            return np.asarray(np.quantile(column, level, axis=-1))  # far faster
        known = np.asarray(~np.isnan(column).all(-1))
        filled = np.where(known[..., None], column, 0.0) if column.size else np.zeros((1,))
        return np.where(known & (column.size > 0), np.nanquantile(filled, level, -1), np.nan)

    return aggregate


def refusal_precision(scores: Values) -> Values:
    """Rightly refused / refused. Inputs: refused, unanswerable."""
    refused, unanswerable = _counts(scores)
    return share((refused * unanswerable).sum(-1), refused.sum(-1))


def refusal_recall(scores: Values) -> Values:
    """Rightly refused / unanswerable. Inputs: refused, unanswerable."""
    refused, unanswerable = _counts(scores)
    return share((refused * unanswerable).sum(-1), unanswerable.sum(-1))


def refusal_f1(scores: Values) -> Values:
    """2 · rightly refused / (refused + unanswerable), the harmonic mean of precision and recall
    (van Rijsbergen 1979); NaN where every question has an answer. Inputs: refused, unanswerable.
    """
    refused, unanswerable = _counts(scores)
    both = np.where(unanswerable.any(-1), refused.sum(-1) + unanswerable.sum(-1), 0.0)
    return share(2 * (refused * unanswerable).sum(-1), both)


def _counts(scores: Values) -> tuple[Values, Values]:
    known = ~np.isnan(scores).any(-1)
    return np.where(known, scores[..., 0], 0.0), np.where(known, scores[..., 1], 0.0)


REFUSAL = ("refused", "unanswerable")
METRICS: tuple[Metric, ...] = (
    Metric("answer", "答案正确率",
           "Share of the questions answered rightly: every value that the answer must hold is in "
           "it and none that it must not hold; an unanswerable question is refused.",
           ("answer",), average),
    Metric("hit@1", "首位命中",
           "Share of the answerable questions whose first hit holds evidence (Success@1).",
           ("hit@1",), average),
    Metric("hit@3", "前三命中", "The same for the first three hits (Success@3).",
           ("hit@3",), average),
    Metric("hit@5", "前五命中", "The same for the first five hits (Success@5).",
           ("hit@5",), average),
    Metric("MRR@10", "倒数排名",
           "Mean of 1 / rank of the first hit that holds evidence, 0 behind rank 10 "
           "(Voorhees, TREC-8 1999).", ("MRR@10",), average),
    Metric("nDCG@10", "nDCG@10",
           "Gain of the first ten hits, 1 / log2(rank + 1) for each that holds evidence, as a "
           "share of the best order's (Järvelin and Kekäläinen 2002).", ("nDCG@10",), average),
    Metric("recall@5", "证据召回@5",
           "Share of a question's evidence quotes in its first five hits.",
           ("recall@5",), average),
    Metric("recall@10", "证据召回@10",
           "Share of a question's evidence quotes in its first ten hits.",
           ("recall@10",), average),
    Metric("citation recall", "引用召回",
           "Share of a question's evidence quotes in the cited paragraphs; 0 where an answerable "
           "question is refused (after ALCE, arXiv 2305.14627).", ("citation recall",), average),
    Metric("citation precision", "引用准确",
           "Share of the cited paragraphs that hold evidence, over the answers with citations "
           "(after ALCE, arXiv 2305.14627).", ("citation precision",), average),
    Metric("refusal precision", "拒答准确",
           "Share of the refusals whose question has no answer.", REFUSAL, refusal_precision),
    Metric("refusal recall", "拒答召回",
           "Share of the unanswerable questions that are refused.", REFUSAL, refusal_recall),
    Metric("refusal F1", "拒答F1", "Harmonic mean of refusal precision and recall.",
           REFUSAL, refusal_f1),
    Metric("warned", "存疑警示",
           "Share of the questions for a doubtful figure whose answer warns of one.",
           ("warned",), average),
    Metric("unsupported figures", "无据数字",
           "Number of figures, dates and document titles in answers that stand in no cited "
           "paragraph; must be 0.", ("unsupported",), total, "lower"),
    Metric("characters", "答案字数", "Median length of an answer in characters.",
           ("characters",), quantile(0.5), "lower"),
    Metric("seconds p50", "秒数中位", "Median seconds from question to whole answer.",
           ("seconds",), quantile(0.5), "lower"),
    Metric("seconds p95", "秒数95%", "95th percentile of the same.",
           ("seconds",), quantile(0.95), "lower"),
    Metric("faithfulness", "忠实度",
           "Share of an answer's statements that the judging model finds supported by its "
           "citations (RAGAS, arXiv 2309.15217); only with --judge.", ("faithfulness",), average),
    Metric("relevance", "切题度",
           "Mean cosine of the question with the questions that the judging model finds answered "
           "(RAGAS, arXiv 2309.15217); only with --judge.", ("relevance",), average),
)  # fmt: skip
BY_NAME = {metric.name: metric for metric in METRICS}


def table_of(metric: Metric, scores: Sequence[dict[str, float]]) -> Values:
    """The metric's inputs as an array of shape (questions, inputs), NaN where there is none."""
    rows = [[row.get(name, np.nan) for name in metric.inputs] for row in scores]
    return np.array(rows, dtype=np.float64).reshape(len(scores), len(metric.inputs))
