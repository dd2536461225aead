"""`python -m rag.training.line_fit [--out FOLDER]`: what tells kinds of lines apart.

A softmax regression over the embedded encoder's vectors: small talk from questions, what is asked
of the bulletins themselves from what is asked of their content, what leans on the question before
from what stands by itself, what compares or asks several things from what asks one. The lines of
each kind, and near misses, are in spoken_lines.json, aspect_lines.json, leaning_lines.json and
sided_lines.json; the other questions are those that the reader learns from. To be run again
whenever the embedded encoder or the lines change: the same lines and encoder give the same files.
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
from rag.query import aspect_told, leaning_told, sides_told, spoken
from rag.query.line_model import PROBE, QUESTION, LineModel
from rag.query.small_talk import LONGEST

SPOKEN_LINES = Path(__file__).with_name("spoken_lines.json")
ASPECT_LINES = Path(__file__).with_name("aspect_lines.json")
LEANING_LINES = Path(__file__).with_name("leaning_lines.json")
SIDED_LINES = Path(__file__).with_name("sided_lines.json")
# Files that are drawn from together, and how many questions of them.
QUESTIONS = (
    (("own_questions.jsonl.xz", "everyday_questions.jsonl.xz"), 2500),
    (("english_questions.jsonl.xz",), 500),
)
# On the square of the weights: of .005 to .5 the best on lines of small talk kept aside, and of
# .001 to .02 (of what leans, of .001 to .01) the one by which fewest questions are lost of lines
# left out of a fit.
SPOKEN_PENALTY, ASPECT_PENALTY, LEANING_PENALTY = 0.05, 0.02, 0.01
SHORT_QUESTIONS = 800  # of them, no longer than a question that leans
STEPS = 300  # of L-BFGS, which stops by itself before


def main() -> int:
    """Learn and write; the process's exit status."""
    parser = argparse.ArgumentParser(prog="python -m rag.training.line_fit", description=__doc__)
    parser.add_argument("--out", type=Path, default=Path(__file__).parents[1] / "query")
    options = parser.parse_args()
    encoder = TransformerEncoder()
    for file, lines, penalty in (
        (spoken.FILE, spoken_examples(), SPOKEN_PENALTY),
        (aspect_told.FILE, aspect_examples(), ASPECT_PENALTY),
        (leaning_told.FILE, leaning_examples(), LEANING_PENALTY),
        (sides_told.FILE, sided_examples(), ASPECT_PENALTY),
    ):
        model = learned(encoder, lines, penalty)
        path = options.out / file
        path.write_text(json.dumps(_as_dict(model)) + "\n", "utf-8")
        print(f"{path}: {len(model.kinds)} kinds, {model.weights.shape[1]} dimensions")
    return 0


def spoken_examples() -> list[tuple[str, str]]:
    """Lines of small talk with their kinds, and questions, no longer than small talk is."""
    asked = [
        line
        for names, number in QUESTIONS
        for line in _every([one for one in _asked(names) if len(one) <= LONGEST], number)
    ]
    return [*_written(SPOKEN_LINES), *((QUESTION, line) for line in asked)]


def aspect_examples() -> list[tuple[str, str]]:
    """Lines that ask of the bulletins themselves, by what they ask, and questions and small talk,
    which do not.
    """
    asked = [line for names, number in QUESTIONS for line in _every(_asked(names), number)]
    talked = [line for _, line in _written(SPOKEN_LINES)]
    return [*_written(ASPECT_LINES), *((QUESTION, line) for line in (*asked, *talked))]


def leaning_examples() -> list[tuple[str, str]]:
    """Lines that lean on a question before them, by how they do, and questions that do not."""
    short = [line for line in _asked(QUESTIONS[0][0]) if len(line) <= leaning_told.LONGEST]
    asked = [(QUESTION, line) for line in _every(short, SHORT_QUESTIONS)]
    return [*_written(LEANING_LINES), *asked]


def sided_examples() -> list[tuple[str, str]]:
    """Lines that compare or that ask several things, and those that ask one, in like words."""
    return _written(SIDED_LINES)


def _written(path: Path) -> list[tuple[str, str]]:
    lines: dict[str, list[str]] = json.loads(path.read_text("utf-8"))
    return [(kind, line) for kind, own in lines.items() for line in own]


def _asked(names: Sequence[str]) -> list[str]:
    """The questions of some files, each once."""
    found: set[str] = set()
    for name in names:
        with lzma.open(Path(__file__).with_name("reading") / name, "rt", encoding="utf-8") as file:
            found.update(json.loads(line)["question"] for line in file)
    return sorted(found)


def _every(lines: Sequence[str], number: int) -> Sequence[str]:
    """About so many of some lines, evenly."""
    return lines[:: max(1, len(lines) // number)]


def learned(
    encoder: Encoder, lines: Sequence[tuple[str, str]], penalty: float = SPOKEN_PENALTY
) -> LineModel:
    """The softmax that tells the kinds of these lines; the same for the same lines."""
    kinds = (*dict.fromkeys(kind for kind, _ in lines if kind != QUESTION), QUESTION)
    vectors = encoder.encode([line for _, line in lines], "query")
    right = [kinds.index(kind) for kind, _ in lines]
    weights, bias = _fitted(vectors, right, len(kinds), penalty)
    return LineModel(kinds, weights, bias, encoder.encode([PROBE], "query")[0])


def _fitted(
    vectors: Vectors, kinds: Sequence[int], number: int, penalty: float
) -> tuple[Vectors, Vectors]:
    values, right = torch.tensor(vectors), torch.tensor(kinds)
    weights = torch.zeros(number, vectors.shape[1], requires_grad=True)
    bias = torch.zeros(number, requires_grad=True)
    optimizer = torch.optim.LBFGS([weights, bias], max_iter=STEPS, line_search_fn="strong_wolfe")

    def loss() -> torch.Tensor:
        optimizer.zero_grad()
        surprise = torch.nn.functional.cross_entropy(
            values @ weights.T + bias, right, reduction="sum"
        )
        value = surprise + penalty * (weights**2).sum()
        torch.autograd.backward(value)
        return value

    optimizer.step(loss)  # type: ignore[no-untyped-call] # torch leaves it without types
    return weights.detach().numpy().astype(np.float32), bias.detach().numpy().astype(np.float32)


def _as_dict(model: LineModel) -> dict[str, object]:
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
