"""What a reader is held to: the right sentence or "not here", the words that are the answer, and
whether a claim is supported.
"""

from collections.abc import Sequence

import torch
from torch import Tensor
from torch.nn.functional import binary_cross_entropy_with_logits, log_softmax

from corpus.bulletin import Span
from rag.reading.encoding import Encoded
from rag.training.reading.reading_model import NEVER, Logits
from rag.training.reading.samples import CLAIMED, Role, Sample

SPAN_SHARE = 0.25  # of the words' loss beside the sentence's


def loss_of(logits: Logits, samples: Sequence[Sample], encoded: Sequence[Encoded]) -> Tensor:
    """The sum of the samples' losses."""
    return (
        sentence_losses(logits, samples, encoded).sum()
        + SPAN_SHARE * span_losses(logits, samples, encoded).sum()
        + claim_losses(logits, samples).sum()
    )


def sentence_losses(
    logits: Logits, samples: Sequence[Sample], encoded: Sequence[Encoded]
) -> Tensor:
    """Cross-entropy over "not here" and the sentences, float32 of shape (samples,); several that
    answer share the truth equally; where nobody said which, any will do. A claim has none.
    """
    shares = log_softmax(torch.cat([logits.absent[:, None], logits.sentences], dim=1), dim=-1)
    losses = []
    for row, sample, own in zip(shares, samples, encoded, strict=True):
        read = set(own.segments)
        right = [n + 1 for n in sample.right if n + 1 in read]
        if sample.role in CLAIMED:
            losses.append(row.new_zeros(()))
        elif sample.role is Role.SOMEWHERE:
            losses.append(-torch.logsumexp(row[1:], 0))
        else:
            losses.append(-row[right].mean() if right else -row[0])
    return torch.stack(losses)


def span_losses(logits: Logits, samples: Sequence[Sample], encoded: Sequence[Encoded]) -> Tensor:
    """Cross-entropy of the answer's first and last token over the passage's, float32 of shape
    (samples that tell their answer,); several that are the answer share the truth equally.
    """
    losses = [logits.begins.new_zeros(())]
    for n, (sample, own) in enumerate(zip(samples, encoded, strict=True)):
        runs = [
            tokens
            for answer in sample.answers
            if (
                tokens := [at for at, span in enumerate(own.spans) if span and _meets(span, answer)]
            )
        ]
        if runs:
            open_to = torch.tensor([span is None for span in own.spans])
            begins, ends = (
                log_softmax(one[n, : len(own)].masked_fill(open_to, NEVER), dim=-1)
                for one in (logits.begins, logits.ends)
            )
            firsts, lasts = zip(*((run[0], run[-1]) for run in runs), strict=True)
            losses.append(-(begins[list(firsts)].mean() + ends[list(lasts)].mean()) / 2)
    return torch.stack(losses)


def claim_losses(logits: Logits, samples: Sequence[Sample]) -> Tensor:
    """Cross-entropy of whether each claim is supported, float32 of shape (claims,)."""
    rows = [n for n, sample in enumerate(samples) if sample.role in CLAIMED]
    truth = logits.supported.new_tensor([samples[n].role is Role.BEARS_OUT for n in rows])
    return binary_cross_entropy_with_logits(logits.supported[rows], truth, reduction="none")


def _meets(span: Span, answer: Span) -> bool:
    return span.start < answer.end and answer.start < span.end
