"""Train, save and score the model: ``python -m index.training --data DIR --out index/model``."""

from __future__ import annotations

import argparse
import json
import logging
import random
import time
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from rich.console import Console
from rich.logging import RichHandler
from rich.progress import Progress, TextColumn
from sentence_transformers import SentenceTransformer
from tokenizers import Tokenizer
from torch import Tensor

from index.training.batches import DocumentSampler, PairSampler, Sampler
from index.training.card import RunFacts, render_card, score_table
from index.training.gloss import gloss_table, substitute_table
from index.training.model_files import save_model
from index.training.model_score import Score, score_all
from index.training.start import first_vectors
from index.training.train import TrainingSettings, train
from index.training.training_sets import MORE_NEWS, SHARES, Corpus, read_corpus
from index.training.vocabulary import (
    VocabularySettings,
    build_tokenizer,
    count_words,
    token_scores,
)


@dataclass(frozen=True, slots=True)
class Member:
    """One table of the average: its mixture, and whether words start where their use says."""

    shares: Mapping[str, float]
    informed: bool


MEMBERS = (Member(SHARES, False), Member(SHARES, True), Member(MORE_NEWS, True))
CARD_TEMPLATE = Path(__file__).with_name("card.md")
# Share of the documents whose words are counted; a quarter fixes the common words well enough.
COUNTED_SHARE = 0.25
# Texts encoded at once when scoring.
ENCODE_BATCH = 512


def texts_to_count(corpus: Corpus, seed: int) -> list[str]:
    """Take every pair and a seeded share of the documents."""
    chance = random.Random(seed)  # nosec B311 # a sample that can be repeated
    texts = [
        text for pairs in corpus.pairs.values() for p in pairs for text in (p.query, p.passage)
    ]
    for documents in corpus.documents.values():
        texts += ["\n".join(d.sentences) for d in documents if chance.random() < COUNTED_SHARE]
    return texts


def make_samplers(corpus: Corpus, tokenizer: Tokenizer) -> dict[str, Sampler]:
    """Make one sampler for each group of the corpus."""
    dictionary = corpus.pairs.get("gloss", [])
    glosses = gloss_table(dictionary, tokenizer)
    substitutes = substitute_table(corpus.pairs.get("lexicon", ()), dictionary, tokenizer)
    samplers: dict[str, Sampler] = {}
    for group, pairs in corpus.pairs.items():
        samplers[group] = PairSampler(pairs, tokenizer)
    for group, documents in corpus.documents.items():
        samplers[group] = DocumentSampler(documents, tokenizer, glosses, substitutes)
    return samplers


def train_members(
    samplers: Mapping[str, Sampler],
    tokenizer: Tokenizer,
    settings: TrainingSettings,
    checkpoint: Path | None,
    console: Console,
) -> Tensor:
    """Train the members and average their tables.

    All members start from the same chance, so their directions agree and the average of the
    tables is better than each of them; after Wortsman and others, Model soups, ICML 2022.

    :returns: float32, V x D.
    """
    tokens, _ = token_scores(tokenizer)
    known = first_vectors(samplers, tokens, settings.dimension, settings.seed)
    tables: list[Tensor] = []
    columns = (*Progress.get_default_columns(), TextColumn("loss {task.fields[loss]:.3f}"))
    with Progress(*columns, console=console) as progress:
        for member in MEMBERS:
            task = progress.add_task("training", total=settings.steps, loss=float("nan"))
            tables.append(
                train(
                    samplers,
                    member.shares,
                    tokenizer,
                    settings,
                    start=known if member.informed else None,
                    checkpoint=checkpoint,
                    progress=lambda step, loss, task=task: progress.update(  # type: ignore[misc]
                        task, completed=step + 1, loss=loss
                    ),
                )
            )
    return torch.stack(tables).mean(dim=0)


def score_model(path: Path, data: Path, corpus: Corpus) -> dict[str, Score]:
    """Load the saved model as any user would and score it."""
    model = SentenceTransformer(str(path), device="cpu", local_files_only=True)

    def encode(texts: list[str]) -> NDArray[np.float32]:
        vectors = model.encode(texts, batch_size=ENCODE_BATCH, show_progress_bar=False)
        return np.asarray(vectors, dtype=np.float32)

    return score_all(encode, data, corpus.held_out, corpus.pools)


def parse(arguments: Sequence[str] | None) -> argparse.Namespace:
    """Parse the command line."""
    parser = argparse.ArgumentParser(prog="python -m index.training", description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="directory of the training data")
    parser.add_argument("--out", type=Path, default=Path("index/model"), help="model directory")
    parser.add_argument("--scores", type=Path, help="also write the scores to this JSON file")
    parser.add_argument("--checkpoint", type=Path, help="file for the table while training")
    for setting in fields(TrainingSettings):
        kind = type(setting.default)
        parser.add_argument(
            f"--{setting.name.replace('_', '-')}", type=kind, default=setting.default
        )
    return parser.parse_args(arguments)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the whole recipe and print the scores.

    :returns: the process's exit status.
    :raises OSError: data cannot be read or the model cannot be written.
    """
    options = parse(arguments)
    console = Console()
    logging.basicConfig(
        level=logging.INFO, format="%(message)s", handlers=[RichHandler(console=console)]
    )
    names = [setting.name for setting in fields(TrainingSettings)]
    settings = TrainingSettings(**{name: getattr(options, name) for name in names})
    vocabulary = VocabularySettings(workers=settings.threads)
    corpus = read_corpus(options.data, settings.seed)
    counts = count_words(texts_to_count(corpus, settings.seed), vocabulary.workers)
    tokenizer = build_tokenizer(counts, vocabulary)
    samplers = make_samplers(corpus, tokenizer)
    started = time.monotonic()
    table = train_members(samplers, tokenizer, settings, options.checkpoint, console)
    facts = RunFacts(
        vocabulary=tokenizer.get_vocab_size(),
        dimension=settings.dimension,
        steps=settings.steps,
        batch=settings.batch,
        scale=settings.scale,
        rate=settings.rate,
        seed=settings.seed,
        minutes=(time.monotonic() - started) / 60,
        pairs={group: len(pairs) for group, pairs in corpus.pairs.items()},
        documents={group: len(documents) for group, documents in corpus.documents.items()},
        shares=SHARES,
    )
    save_model(table, tokenizer, "", options.out)
    scores = score_model(options.out, options.data, corpus)
    card = render_card(CARD_TEMPLATE.read_text(encoding="utf-8"), facts, scores)
    (options.out / "README.md").write_text(card, encoding="utf-8")
    if options.scores is not None:
        record = {name: asdict(score) for name, score in scores.items()}
        options.scores.write_text(json.dumps(record, indent=2) + "\n", encoding="utf-8")
    console.print(score_table(scores), soft_wrap=True)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
