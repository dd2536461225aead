"""`python -m rag.training.spoken_fit [--out FOLDER]`: what tells small talk from questions.

A softmax regression over the embedded encoder's vectors. The lines of small talk, and near misses
that ask something, are in spoken_lines.json; the other questions are those that the reader learns
from. To be run again whenever the embedded encoder changes.
"""

import argparse
import json
import lzma
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch

from index.vectors.encoder import Encoder, Vectors
from index.vectors.transformer_encoder import TransformerEncoder
from rag.query.small_talk import LONGEST
from rag.query.spoken import FILE, PROBE, QUESTION, SpokenModel

LINES = Path(__file__).with_name("spoken_lines.json")
QUESTIONS = (("own_questions.jsonl.xz", 2500), ("english_questions.jsonl.xz", 500))  # how many
PENALTY = 0.05  # on the square of the weights; of .005 to .5 the best on lines kept aside
STEPS = 300  # of L-BFGS, which stops by itself before


def main() -> int:
    """Learn and write; the process's exit status."""
    parser = argparse.ArgumentParser(prog="python -m rag.training.spoken_fit", description=__doc__)
    parser.add_argument("--out", type=Path, default=Path(__file__).parents[1] / "query")
    options = parser.parse_args()
    model = learned(TransformerEncoder(), examples())
    path = options.out / FILE
    path.write_text(json.dumps(_as_dict(model)) + "\n", "utf-8")
    print(f"{path}: {len(model.kinds)} kinds, {model.weights.shape[1]} dimensions")
    return 0


def examples() -> list[tuple[str, str]]:
    """Lines with their kinds, questions last."""
    written: dict[str, list[str]] = json.loads(LINES.read_text("utf-8"))
    lines = [(kind, line) for kind, own in written.items() for line in own]
    for name, number in QUESTIONS:
        with lzma.open(LINES.with_name("reading") / name, "rt", encoding="utf-8") as file:
            asked = {json.loads(line)["question"] for line in file}
        short = sorted(question for question in asked if len(question) <= LONGEST)
        step = max(1, len(short) // number)
        lines += [(QUESTION, line) for line in short[::step]]
    return lines


def learned(encoder: Encoder, lines: Sequence[tuple[str, str]]) -> SpokenModel:
    """The softmax that tells the kinds of these lines; the same for the same lines."""
    kinds = (*dict.fromkeys(kind for kind, _ in lines if kind != QUESTION), QUESTION)
    vectors = encoder.encode([line for _, line in lines], "query")
    weights, bias = _fitted(vectors, [kinds.index(kind) for kind, _ in lines], len(kinds))
    return SpokenModel(kinds, weights, bias, encoder.encode([PROBE], "query")[0])


def _fitted(vectors: Vectors, kinds: Sequence[int], number: int) -> tuple[Vectors, Vectors]:
    values, right = torch.tensor(vectors), torch.tensor(kinds)
    weights = torch.zeros(number, vectors.shape[1], requires_grad=True)
    bias = torch.zeros(number, requires_grad=True)
    optimizer = torch.optim.LBFGS([weights, bias], max_iter=STEPS, line_search_fn="strong_wolfe")

    def loss() -> torch.Tensor:
        optimizer.zero_grad()
        surprise = torch.nn.functional.cross_entropy(
            values @ weights.T + bias, right, reduction="sum"
        )
        value = surprise + PENALTY * (weights**2).sum()
        torch.autograd.backward(value)
        return value

    optimizer.step(loss)  # type: ignore[no-untyped-call] # torch leaves it without types
    return weights.detach().numpy().astype(np.float32), bias.detach().numpy().astype(np.float32)


def _as_dict(model: SpokenModel) -> dict[str, object]:
    def rounded(values: Vectors) -> list[object]:
        return [rounded(one) if one.ndim else round(float(one), 4) for one in values]

    return {
        "kinds": model.kinds,
        "weights": rounded(model.weights),
        "bias": rounded(model.bias),
        "probe": rounded(model.probe),
    }


if __name__ == "__main__":
    raise SystemExit(main())
