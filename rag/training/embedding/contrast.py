"""The training itself: a question's passage against all others of a step.

In-batch contrast with one hard negative a question (Karpukhin et al. 2020, arXiv 2004.04906), as
the encoder was pretrained (Wang et al. 2024, arXiv 2402.05672).
"""

import logging
import random
import time
from dataclasses import dataclass
from pathlib import Path

import torch
from tokenizers import Tokenizer
from torch import Tensor
from torch.nn.functional import cross_entropy

from index.vectors.encoder import Role
from index.vectors.onnx_graph import known
from index.vectors.transformer_encoder import PROMPTS, ROOM
from rag.training.embedding.embedding_model import EmbeddingNet, padded
from rag.training.embedding.pairs import PairMixture, QuestionPair
from rag.training.reading.checkpoints import resume, save_checkpoint
from rag.training.reading.training_loop import IN_BRAIN_FLOATS, Schedule

LOG = logging.getLogger(__name__)
PAIRS = 96  # of a step
BATCH_TOKENS = 2048  # padded tokens that go through the net at once
LENGTH_STEP = 16
SCALE = 50.0  # of cosines before the softmax
BACKWARD = 0.3  # weight of finding the question of a passage, beside the passage of a question
SAVED_EVERY, TOLD_EVERY = 50, 10  # steps
MASKED = -1e4


@dataclass(frozen=True, slots=True)
class Texts:
    """Texts to what the net takes."""

    tokenizer: Tokenizer

    def ids(self, text: str, role: Role) -> list[int]:
        """Ids of a text with its prompt between the marks of beginning and end."""
        own = self.tokenizer.encode(f"{PROMPTS[role]} {text}", add_special_tokens=False).ids
        return [known(self.tokenizer, "<s>"), *own[:ROOM], known(self.tokenizer, "</s>")]


def train(
    net: EmbeddingNet, mixture: PairMixture, tokenizer: Tokenizer, schedule: Schedule, file: Path
) -> None:
    """Train the net in place; begins where the checkpoint in a file ended, if there is one."""
    torch.manual_seed(schedule.seed)
    net.encoder.dropped = schedule.dropped
    net.encoder.freeze(schedule.frozen)
    learning = [parameter for parameter in net.parameters() if parameter.requires_grad]
    optimizer = torch.optim.AdamW(
        learning, lr=schedule.rate, weight_decay=schedule.decay, betas=(0.9, 0.98)
    )
    step = resume(file, net, optimizer, schedule)
    texts, told, began = Texts(tokenizer), 0.0, time.monotonic()
    net.train()
    while step < schedule.steps:
        for group in optimizer.param_groups:
            group["lr"] = schedule.rate * schedule.factor(step)
        loss = pair_loss(net, texts, mixture.draw(PAIRS))
        optimizer.zero_grad(set_to_none=True)
        torch.autograd.backward(loss)
        torch.nn.utils.clip_grad_norm_(learning, 1.0)
        optimizer.step()
        told += float(loss.detach())
        step += 1
        if step % TOLD_EVERY == 0:
            seconds = (time.monotonic() - began) / TOLD_EVERY
            LOG.info("step %d: loss %.4f, %.2f s a step", step, told / TOLD_EVERY, seconds)
            told, began = 0.0, time.monotonic()
        if step % SAVED_EVERY == 0 or step == schedule.steps:
            save_checkpoint(file, net, optimizer, schedule, step)


def pair_loss(net: EmbeddingNet, texts: Texts, pairs: list[QuestionPair]) -> Tensor:
    """The cross-entropy of finding each question's passage among all passages of the pairs; those
    that are cut from another window that answers are left out.
    """
    wrong = [(pair.negative, pair.other) for pair in pairs if pair.negative is not None]
    windows = [*(pair.window for pair in pairs), *(window for _, window in wrong)]
    passages = [*(pair.passage for pair in pairs), *(text for text, _ in wrong)]
    asked = embedded(net, [texts.ids(pair.query, "query") for pair in pairs])
    found = embedded(net, [texts.ids(text, "document") for text in passages])
    answers_too = torch.tensor(
        [
            [own != other and window in pair.answers for other, window in enumerate(windows)]
            for own, pair in enumerate(pairs)
        ]
    )
    logits = (SCALE * asked @ found.T).masked_fill(answers_too, MASKED)
    truth = torch.arange(len(pairs))
    back = logits[:, : len(pairs)].T
    return cross_entropy(logits, truth) + BACKWARD * cross_entropy(back, truth)


def embedded(net: EmbeddingNet, texts: list[list[int]]) -> Tensor:
    """Vectors of texts, float32 of shape (texts, width), in their order; texts of like length go
    through the net together.
    """
    order = sorted(range(len(texts)), key=lambda number: len(texts[number]))
    vectors: list[Tensor] = []
    while len(vectors) < len(order):
        first = last = len(vectors)
        while last < len(order) and _room(len(texts[order[last]])) * (last - first + 1) <= max(
            BATCH_TOKENS, _room(len(texts[order[last]]))
        ):
            last += 1
        with torch.autocast("cpu", torch.bfloat16, enabled=IN_BRAIN_FLOATS):
            own = net(
                padded([texts[number] for number in order[first:last]], net.padding, LENGTH_STEP)
            )
        vectors += own
    places = torch.empty(len(order), dtype=torch.long)
    places[torch.tensor(order)] = torch.arange(len(order))
    return torch.stack(vectors)[places]


def seeded(schedule: Schedule) -> random.Random:
    """The chance of a run."""
    return random.Random(schedule.seed)  # nosec B311 # a sample that can be repeated


def _room(tokens: int) -> int:
    return -(-tokens // LENGTH_STEP) * LENGTH_STEP
