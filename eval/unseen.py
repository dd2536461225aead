"""`python -m eval.unseen --data DIR`: questions on documents that nothing was learned from.

DIR is a folder of reading/written: documents.jsonl.xz and questions.jsonl.xz. Two of its groups of
documents are kept aside from all training; their questions are asked of one library of their
documents, which are press text and not shipped.
"""

import argparse
import json
import lzma
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from corpus.errors import CallError
from eval.command import run_evaluation
from eval.order import Order
from rag.settings import read_settings
from rag.training.groups import KEPT_ASIDE

DOCUMENTS, QUESTIONS = "documents.jsonl.xz", "questions.jsonl.xz"


def main() -> int:
    """Ask and print; the process's exit status."""
    parser = argparse.ArgumentParser(prog="python -m eval.unseen", description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder of reading/written")
    parser.add_argument("--results", type=Path, help="write the results to this JSON file")
    parser.add_argument("--baseline", type=Path, help="compare with results written before")
    parser.add_argument("--report", type=Path, help="write a report in HTML")
    parser.add_argument("--predictions", type=Path, help="write every answer, a line each")
    options = parser.parse_args()
    with TemporaryDirectory(prefix="jianbao-unseen-") as folder:
        bulletins, questions = write_set(options.data, Path(folder))
        order = Order(
            questions=questions,
            bulletins=bulletins,
            results=options.results,
            baseline=options.baseline,
            report=options.report,
            predictions=options.predictions,
        )
        return 0 if run_evaluation(read_settings(), order) else 1


def write_set(data: Path, folder: Path) -> tuple[Path, Path]:
    """The documents that are kept aside as bulletins, and their questions in the evaluation format.

    :returns: the folder of bulletins and the file of questions.
    :raises CallError: a file of the data is missing.
    """
    bulletins = folder / "bulletins"
    bulletins.mkdir()
    for document in _lines(data / DOCUMENTS):
        if document["group"] in KEPT_ASIDE:
            paragraphs = document["paragraphs"]
            lines = [document["title"], *paragraphs] if document["title"] else paragraphs
            (bulletins / f"{document['name']}.txt").write_text("\n".join(lines) + "\n", "utf-8")
    kept = {path.stem for path in bulletins.iterdir()}
    questions = folder / "questions.jsonl"
    with questions.open("w", encoding="utf-8") as file:
        for question in _lines(data / QUESTIONS):
            if kept.issuperset(question["doc"]):
                file.write(json.dumps(_in_format(question), ensure_ascii=False) + "\n")
    return bulletins, questions


def _in_format(question: dict[str, Any]) -> dict[str, Any]:
    same = ("id", "type", "question", "history", "answerable", "evidence", "must")
    return {
        **{name: question[name] for name in same},
        "lang": "zh",
        "bulletin": question["doc"],
        "must_not": [],
    }


def _lines(path: Path) -> Iterator[dict[str, Any]]:
    if not path.is_file():
        raise CallError(f"{path}: no such file; name the folder that holds {path.name}")
    with lzma.open(path, "rt", encoding="utf-8") as file:
        for line in file:
            yield json.loads(line)


if __name__ == "__main__":
    raise SystemExit(main())
