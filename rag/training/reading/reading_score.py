"""How well a net in training reads, on exercises that it does not learn from."""

from collections.abc import Sequence
from dataclasses import dataclass, fields

import numpy as np
import torch
from numpy.typing import NDArray

from rag.reading.encoding import Encoding
from rag.training.reading.mixture import BATCH_TOKENS, LENGTH_STEP, WindowBatch
from rag.training.reading.reading_model import ReadingNet
from rag.training.reading.samples import Role, Sample, TaughtQuestion
from rag.training.reading.training_loop import run

FAR_WINDOWS = 15  # of other documents, best first, among which the right one must stand out
OWN = (Role.ANSWERS, Role.TEMPTS, Role.BESIDE)


@dataclass(frozen=True, slots=True)
class ReadingScore:
    """`sentence`: the best sentence of a question's document answers; `anywhere`: also with windows
    of other documents beside it; `passage`: a window that answers is among the best five;
    `separated`: area under the curve of answerable against not; `refused`: best F1 of refusing.
    """

    sentence: float
    anywhere: float
    passage: float
    separated: float
    refused: float

    def __str__(self) -> str:
        return ", ".join(f"{one.name} {getattr(self, one.name):.3f}" for one in fields(self))


def reading_score(
    net: ReadingNet, encoding: Encoding, exercises: Sequence[TaughtQuestion]
) -> ReadingScore:
    """The scores of a net on exercises, of which some are answerable and some are not."""
    shown = [_shown(one) for one in exercises]
    logits = window_logits(net, encoding, [sample for windows in shown for sample in windows])
    sentence, anywhere, passage = [], [], []
    sure: dict[bool, list[float]] = {True: [], False: []}
    start = 0
    for exercise, windows in zip(exercises, shown, strict=True):
        rows = logits[start : start + len(windows)]
        start += len(windows)
        best = [(float(row.max()), _right(sample, row)) for sample, row in
                zip(windows, rows, strict=True)]  # fmt: skip
        sure[exercise.answerable].append(max(logit for logit, _ in best))
        if exercise.answerable:
            own = [one for one, sample in zip(best, windows, strict=True) if sample.role in OWN]
            sentence.append(max(own)[1])
            anywhere.append(max(best)[1])
            order = sorted(zip(best, windows, strict=True), key=lambda one: -one[0][0])
            passage.append(any(sample.right for _, sample in order[:5]))
    yes, no = np.array(sure[True]), np.array(sure[False])
    return ReadingScore(
        float(np.mean(sentence)), float(np.mean(anywhere)), float(np.mean(passage)),
        separation(yes, no), best_refusal(yes, no),
    )  # fmt: skip


def window_logits(
    net: ReadingNet, encoding: Encoding, samples: Sequence[Sample]
) -> list[NDArray[np.float32]]:
    """Of each window its sentences' logits above that of "not here"."""
    encoded = [
        encoding.window(encoding.question(one.question, one.before), one.text, one.sentences,
                        one.context)
        for one in samples
    ]  # fmt: skip
    order = sorted(range(len(samples)), key=lambda n: -len(encoded[n]))
    found: dict[int, NDArray[np.float32]] = {}
    net.eval()
    while order:
        tokens = -(-len(encoded[order[0]]) // LENGTH_STEP) * LENGTH_STEP
        taken, order = order[: max(1, BATCH_TOKENS // tokens)], order[BATCH_TOKENS // tokens :]
        batch = WindowBatch(
            tuple(samples[n] for n in taken), tuple(encoded[n] for n in taken), len(taken), tokens
        )
        with torch.no_grad():
            logits = run(net, batch, encoding)
        for row, n in enumerate(taken):
            above = logits.sentences[row, : len(samples[n].sentences)] - logits.absent[row]
            found[n] = above.numpy()
    return [found[n] for n in range(len(samples))]


def separation(yes: NDArray[np.float64], no: NDArray[np.float64]) -> float:
    """The chance that one of `yes` is larger than one of `no`: the area under the ROC curve."""
    larger = (yes[:, None] > no[None, :]) + 0.5 * (yes[:, None] == no[None, :])
    return float(larger.mean())


def best_refusal(yes: NDArray[np.float64], no: NDArray[np.float64]) -> float:
    """The best F1 of refusing what lies below a threshold, over all thresholds."""
    best = 0.0
    for threshold in np.concatenate([yes, no]):
        right, wrong = int((no < threshold).sum()), int((yes < threshold).sum())
        best = max(best, 2 * right / (right + wrong + len(no)))
    return best


def _shown(exercise: TaughtQuestion) -> list[Sample]:
    own = [sample for sample in exercise.samples if sample.role in OWN]
    return own + list(exercise.having(Role.FAR)[:FAR_WINDOWS])


def _right(sample: Sample, row: NDArray[np.float32]) -> bool:
    return int(row.argmax()) in sample.right
