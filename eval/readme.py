"""`python -m eval.readme`: the tables of eval/README.md, made anew from what is measured now.

A table stands between the lines <!-- NAME --> and <!-- /NAME -->. `--data DIR` adds the public
sets (DIR/cmrc2018_dev.json.xz, DIR/xquad.zh.json.xz, DIR/xquad.en.json.xz), which are not shipped;
without it their table stays as it is.
"""

import argparse
import re
from collections.abc import Callable, Sequence
from pathlib import Path

from corpus.questions.public_sets import SETS, read_public
from corpus.questions.question_file import load_questions
from corpus.questions.truth import Question
from eval.ablation import ablate, ablation_markdown
from eval.results import Estimates, estimates
from eval.run import ask_all, units_of
from eval.scoring import Case, score_all
from eval.sources import HELD_OUT_QUESTIONS, OWN_QUESTIONS
from index.library import Library
from index.temporary import library_of_texts, temporary_library
from index.vectors.encoder import Encoder
from index.vectors.encoders import encoder_of
from rag.chain import answer_chain
from rag.reading.reader import Reader
from rag.reading.readers import reader_of
from rag.retrieval.stages import ALL_STAGES, Stages
from rag.settings import read_settings, shipped_bulletins

COLUMNS = ("answer", "hit@1", "hit@5", "recall@10", "citation recall", "citation precision",
           "refusal F1")  # fmt: skip


def main() -> None:
    """Measure and write."""
    parser = argparse.ArgumentParser(prog="python -m eval.readme", description=__doc__)
    parser.add_argument("--data", type=Path, help="folder of the public sets")
    options = parser.parse_args()
    path = Path(__file__).resolve().with_name("README.md")
    text = path.read_text("utf-8")
    settings = read_settings()
    encoder, reader = encoder_of(settings.embedding_model), reader_of(settings)
    with temporary_library(shipped_bulletins(), encoder) as library:
        used = load_questions(OWN_QUESTIONS)
        held = load_questions(HELD_OUT_QUESTIONS)
        text = filled(
            text, "scores", scores_table(*(asked(library, reader, some) for some in (used, held)))
        )
        rows = ablate(lambda stages: asked(library, reader, [*used, *held], stages))
        text = filled(text, "ablation", ablation_markdown(rows))
    if options.data is not None:
        text = filled(text, "public", public_table(options.data, encoder, reader))
    path.write_text(text, "utf-8")


def asked(
    library: Library,
    reader: Reader,
    questions: Sequence[Question],
    stages: Stages = ALL_STAGES,
) -> list[Case]:
    """The questions, asked and scored."""
    predictions = ask_all(answer_chain(library, stages=stages, reader=reader), questions)
    return score_all(questions, predictions, units_of(library))


def filled(text: str, name: str, table: str) -> str:
    """`text` with the table between its two marks; :raises ValueError: there are no such marks."""
    pattern = rf"(<!-- {name} -->\n).*?(<!-- /{name} -->)"
    if not re.search(pattern, text, re.DOTALL):
        raise ValueError(f"no <!-- {name} --> … <!-- /{name} --> in the text")
    return re.sub(pattern, lambda match: f"{match[1]}{table}\n{match[2]}", text, flags=re.DOTALL)


def scores_table(used: Sequence[Case], held: Sequence[Case]) -> str:
    """By type and over all: the questions used while building, and those kept aside in brackets."""
    types = sorted({case.question.type for case in used})
    rows: list[tuple[str, Callable[[Case], bool]]] = [
        *((t, lambda case, t=t: case.question.type == t) for t in types),
        ("**all**", lambda case: True),
    ]
    lines = []
    for name, belongs in rows:
        ours, theirs = ([case for case in cases if belongs(case)] for cases in (used, held))
        first, second = estimates(ours), estimates(theirs)
        cells = [f"{_value(first, metric)} ({_value(second, metric)})" for metric in COLUMNS]
        lines.append([name, f"{len(ours)} ({len(theirs)})", *cells])
    return _markdown(("type", "n", *COLUMNS), lines)


def public_table(data: Path, encoder: Encoder, reader: Reader) -> str:
    """Retrieval of the paragraph that answers, and whether the answer holds the set's own."""
    lines = []
    for name, file in SETS.items():
        public = read_public(name, data / file)
        with library_of_texts(public.passages, encoder) as library:
            overall = estimates(asked(library, reader, public.questions))
        metrics = ("hit@1", "hit@5", "MRR@10", "answer")
        lines.append([name, str(len(public.questions)), str(len(public.passages)),
                      *(_value(overall, metric) for metric in metrics)])  # fmt: skip
    return _markdown(("set", "questions", "paragraphs", "R@1", "R@5", "MRR@10", "answer"), lines)


def _value(overall: Estimates, metric: str) -> str:
    return f"{overall[metric].value:.3f}" if metric in overall else "–"


def _markdown(head: Sequence[str], lines: Sequence[Sequence[str]]) -> str:
    rows = [head, ["---", *["--:"] * (len(head) - 1)], *lines]
    return "\n".join("| " + " | ".join(row) + " |" for row in rows)


if __name__ == "__main__":
    main()
