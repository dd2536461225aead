"""Evaluation questions: the format, and every fault in a file named before anything runs."""

import json
import re
import unicodedata
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from corpus.errors import CallError
from index.library import Library
from rag.question import Turn

MAX_FAULTS_SHOWN = 20
_NOISE = re.compile(r"[\W_]+")  # blanks and punctuation, which extraction changes at will


@dataclass(frozen=True, slots=True)
class Question:
    """A question with its truth. `evidence` are quotes of the source; an answer is right if it
    holds an alternative of every group of `must` and nothing of `must_not`. Without `scored` the
    file gave no truth, and the question only gets a prediction.
    """

    id: str
    question: str
    type: str
    lang: str
    history: tuple[Turn, ...]
    answerable: bool
    bulletins: tuple[str, ...]
    evidence: tuple[str, ...]
    must: tuple[tuple[str, ...], ...]
    must_not: tuple[str, ...]
    scored: bool


def load_questions(path: Path) -> list[Question]:
    """The questions of a JSON-lines file.

    :raises CallError: no such file, or faulty lines, all named with their numbers.
    """
    if not path.is_file():
        raise CallError(f"{path}: no such file; name a file of questions, a JSON object a line")
    questions: list[Question] = []
    faults: list[str] = []
    seen: dict[str, int] = {}
    try:
        lines = path.read_text("utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise CallError(f"{path}: cannot be read as UTF-8 text ({error})") from error
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            question = _question(json.loads(line))
        except (ValueError, KeyError, TypeError, RecursionError) as error:
            faults.append(f"line {number}: {_fault(error)}")
            continue
        if question.id in seen:
            faults.append(f"line {number}: id {question.id} stands in line {seen[question.id]} too")
        seen[question.id] = number
        questions.append(question)
    if not questions and not faults:
        faults.append("no question in the file")
    _raise(path, faults)
    return questions


def check_evidence(path: Path, questions: list[Question], library: Library) -> None:
    """Whether every evidence quote stands in the library.

    :raises CallError: some do not; all are named.
    """
    texts = {
        entry.id: comparable("".join(u.text for u in library.bulletin(entry.id).units))
        for entry in library.entries()
    }
    everything = " ".join(texts.values())
    faults = [
        f"{question.id}: the evidence “{quote}” stands in no bulletin"
        for question in questions
        for quote in question.evidence
        if comparable(quote) not in everything
    ]
    _raise(path, faults)


def comparable(text: str) -> str:
    """Text in the form that quotes are compared in: NFKC, no blanks, no punctuation."""
    return _NOISE.sub("", unicodedata.normalize("NFKC", text)).lower()


def _question(line: Any) -> Question:
    if not isinstance(line, dict):
        raise TypeError("not a JSON object")
    scored = "answerable" in line
    return Question(
        id=_text(line, "id"),
        question=_text(line, "question"),
        type=str(line.get("type", "")),
        lang=str(line.get("lang", "zh")),
        history=tuple(Turn(role=t["role"], content=t["content"]) for t in line.get("history", ())),
        answerable=bool(line.get("answerable", True)),
        bulletins=_texts(line, "bulletin", line.get("bulletin", [])),
        evidence=_texts(line, "evidence", line.get("evidence", [])),
        must=tuple(_texts(line, "must", group) for group in line.get("must", [])),
        must_not=_texts(line, "must_not", line.get("must_not", [])),
        scored=scored,
    )  # fmt: skip


def _text(line: dict[str, Any], key: str) -> str:
    value = line[key]
    if not isinstance(value, str) or not value.strip():
        raise TypeError(f"{key} is {value!r}, not a text")
    return value


def _texts(line: dict[str, Any], key: str, values: Any) -> tuple[str, ...]:
    if not isinstance(values, list) or not all(isinstance(value, str) for value in values):
        raise TypeError(f"{key} is {line[key]!r}, not a list of texts")
    return tuple(values)


def _fault(error: Exception) -> str:
    if isinstance(error, json.JSONDecodeError):
        return f"no JSON ({error.msg} at column {error.colno})"
    return f"{error} is missing" if isinstance(error, KeyError) else str(error)


def _raise(path: Path, faults: list[str]) -> None:
    if faults:
        shown = "; ".join(faults[:MAX_FAULTS_SHOWN])
        more = (
            f"; and {len(faults) - MAX_FAULTS_SHOWN} more" if len(faults) > MAX_FAULTS_SHOWN else ""
        )
        raise CallError(f"{path}: {shown}{more}; mend these lines")
