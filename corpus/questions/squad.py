"""SQuAD's format: passages with questions on them, and where in the passage their answers stand.

The form of Rajpurkar et al. 2016 (arXiv 1606.05250), in which CMRC 2018 and XQuAD come too. Texts
are given as the file has them; what they mean to a library is read in public_sets.
"""

import json
import lzma
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from corpus.errors import CallError


@dataclass(frozen=True, slots=True)
class SquadQuestion:
    """A question on a passage, and its answers, one at least; `start` is where the first begins in
    the passage, in characters, by the file's own count; -1 where it does not say.
    """

    id: str
    question: str
    passage: str
    answers: tuple[str, ...]
    start: int


def read_squad(path: Path) -> list[SquadQuestion]:
    """The questions of a file, plain or .xz, in order.

    :raises CallError: no such file, or none of that format.
    """
    try:
        data = path.read_bytes()
        articles = json.loads(lzma.decompress(data) if path.suffix == ".xz" else data)["data"]
        return [
            _question(paragraph["context"], question)
            for article in articles
            for paragraph in article["paragraphs"]
            for question in paragraph["qas"]
        ]
    except (OSError, ValueError, LookupError, TypeError, EOFError, lzma.LZMAError) as error:
        raise CallError(f"{path}: no question set in SQuAD's format ({error})") from error


def _question(passage: str, question: dict[str, Any]) -> SquadQuestion:
    answers = question["answers"]
    return SquadQuestion(
        id=str(question["id"]),
        question=question["question"],
        passage=passage,
        answers=tuple(answer["text"] for answer in answers),
        start=int(answers[0].get("answer_start", -1)),
    )
