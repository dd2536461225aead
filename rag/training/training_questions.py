"""Questions on official documents: what the reader learns from.

The files beside this module: documents of the news (CRUD-RAG, Apache-2.0), regulations and policies
(official documents), and questions written on them for this project. With them go those on the
shipped bulletins that the product is tuned on, in a file that whoever trains names; those kept
aside and the development bulletins teach nothing.
"""

import json
import lzma
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any

from corpus.questions.question_file import load_questions, question_of
from corpus.questions.truth import Question, Turn
from corpus.text.quotes import comparable, holds
from rag.settings import shipped_bulletins

OURS = "shipped bulletins"
# Kinds of question that no sentence answers, or several of different bulletins.
UNTAUGHT = frozenset({"catalogue", "injection", "compare"})


@dataclass(frozen=True, slots=True)
class Exercise:
    """A question with its truth; `group` names the library that it is asked of."""

    group: str
    type: str
    question: str
    history: tuple[Turn, ...]
    answerable: bool
    evidence: tuple[str, ...]
    must: tuple[tuple[str, ...], ...]

    def answered_by(self, sentence: str) -> bool:
        """Whether a sentence holds an alternative of each group of `must`, or a whole quote."""
        if self.must and all(any(holds(sentence, one) for one in group) for group in self.must):
            return True
        plain = comparable(sentence)
        return len(self.evidence) == 1 and comparable(self.evidence[0]) in plain


def read_exercises(questions: Path) -> tuple[dict[str, dict[str, str]], list[Exercise]]:
    """Documents by group and name, and all exercises; `questions` are those on the shipped
    bulletins.

    :raises CallError: no such file of questions, or a faulty one.
    """
    documents: dict[str, dict[str, str]] = defaultdict(dict)
    for one in _lines("documents.jsonl.xz"):
        documents[one["group"]][one["name"]] = one["text"]
    for path in shipped_bulletins().glob("*.txt"):
        documents[OURS][path.stem] = path.read_text("utf-8")
    exercises = [
        _exercise(one["group"], question_of({"id": str(number), **one}, truth_needed=True))
        for number, one in enumerate(_lines("questions.jsonl.xz"))
    ]
    exercises += [_exercise(OURS, one) for one in load_questions(questions, truth_needed=True)]
    return dict(documents), [one for one in exercises if one.type not in UNTAUGHT]


def _exercise(group: str, question: Question) -> Exercise:
    return Exercise(
        group=group,
        type=question.type,
        question=question.question,
        history=question.history,
        answerable=question.answerable,
        evidence=question.evidence,
        must=question.must,
    )


def _lines(name: str) -> Iterator[dict[str, Any]]:
    with lzma.open(str(files("rag.training").joinpath(name)), "rt", encoding="utf-8") as file:
        for line in file:
            yield json.loads(line)
