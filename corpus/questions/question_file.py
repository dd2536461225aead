"""Files of questions with their truth, every fault of a file named before anything runs."""

import json
from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from corpus.errors import CallError
from corpus.questions.truth import Question, Turn
from corpus.text.quotes import comparable

# A line that has one of these claims to know the answer, and must then tell it whole.
TRUTH = ("answerable", "evidence", "must", "must_not")


def load_questions(
    path: Path, bulletins: Mapping[str, str] | None = None, *, truth_needed: bool = False
) -> list[Question]:
    """The questions of a JSON-lines file.

    With `bulletins` (comparable text by id) every evidence quote must stand in a bulletin that its
    question names, or in any where it names none. With `truth_needed` a line that is only id and
    question is a fault too.

    :raises CallError: no such file, or faulty lines: all of them are named with their numbers.
    """
    faults: dict[str, list[int]] = defaultdict(list)
    questions: list[Question] = []
    seen: dict[str, int] = {}
    for number, line in enumerate(_lines(path), start=1):
        if not line.strip():
            continue
        try:
            question = question_of(json.loads(line), truth_needed=truth_needed)
        except (ValueError, KeyError, TypeError, RecursionError) as error:
            faults[_fault(error)].append(number)
            continue
        if question.id in seen:
            faults[f"id {question.id} stands in line {seen[question.id]} too"].append(number)
        seen.setdefault(question.id, number)
        for fault in _unfound(question, bulletins):
            faults[fault].append(number)
        questions.append(question)
    if faults:
        raise CallError(f"{path}: {_told(faults)}; mend these lines")
    if not questions:
        raise CallError(f"{path}: no question in the file; write a JSON object a line")
    return questions


def question_of(line: Any, *, truth_needed: bool = False) -> Question:
    """The question that a line's JSON object is.

    :raises KeyError: a field is missing. :raises TypeError: a field is of another type.
    """
    if not isinstance(line, dict):
        raise TypeError("not a JSON object")
    scored = truth_needed or any(field in line for field in TRUTH)
    question = Question(
        id=_text(line, "id"),
        question=_text(line, "question"),
        type=_optional_text(line, "type", ""),
        lang=_optional_text(line, "lang", "zh"),
        history=_history(line.get("history") or []),
        answerable=_flag(line, "answerable") if scored else True,
        bulletins=_texts(line, "bulletin"),
        evidence=_texts(line, "evidence"),
        must=_groups(line),
        must_not=_texts(line, "must_not"),
        scored=scored,
    )
    if scored and question.answerable:
        for field in ("evidence", "must"):
            if field not in line:
                raise KeyError(field)
    return question


def _lines(path: Path) -> list[str]:
    if not path.is_file():
        raise CallError(f"{path}: no such file; name a file of questions, a JSON object a line")
    try:
        # not splitlines(): a JSON text may hold U+2028, which is no end of line in a file
        return path.read_text("utf-8-sig").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise CallError(f"{path}: cannot be read as UTF-8 text ({error})") from error


def _text(line: dict[str, Any], field: str) -> str:
    value = line[field]
    if not isinstance(value, str) or not value.strip():
        raise TypeError(f"{field} is {value!r}, not a text")
    return value


def _optional_text(line: dict[str, Any], field: str, default: str) -> str:
    value = line.get(field, default)
    if not isinstance(value, str):
        raise TypeError(f"{field} is {value!r}, not a text")
    return value


def _flag(line: dict[str, Any], field: str) -> bool:
    value = line[field]
    if not isinstance(value, bool):
        raise TypeError(f"{field} is {value!r}, not true or false")
    return value


def _texts(line: dict[str, Any], field: str) -> tuple[str, ...]:
    return _listed(line.get(field, []), field)


def _listed(values: Any, field: str) -> tuple[str, ...]:
    if not isinstance(values, list) or not all(isinstance(v, str) and v.strip() for v in values):
        raise TypeError(f"{field} is {values!r}, not a list of texts")
    return tuple(values)


def _groups(line: dict[str, Any]) -> tuple[tuple[str, ...], ...]:
    groups = line.get("must", [])
    if not isinstance(groups, list):
        raise TypeError(f"must is {groups!r}, not a list of lists of texts")
    if [] in groups:
        raise TypeError("must has a group without alternatives")
    return tuple(_listed(group, "a group of must") for group in groups)


def _history(turns: Any) -> tuple[Turn, ...]:
    if not isinstance(turns, list):
        raise TypeError(f"history is {turns!r}, not a list of messages")
    for turn in turns:
        if not isinstance(turn, dict) or not all(
            isinstance(turn.get(field), str) for field in ("role", "content")
        ):
            raise TypeError(f"history holds {turn!r}, not a message of role and content")
    return tuple(Turn(role=turn["role"], content=turn["content"]) for turn in turns)


def _unfound(question: Question, bulletins: Mapping[str, str] | None) -> list[str]:
    """What a question names that the bulletins do not hold."""
    if bulletins is None:
        return []
    faults = [f"no bulletin {name!r} in the library" for name in question.bulletins
              if name not in bulletins]  # fmt: skip
    where = [bulletins[name] for name in question.bulletins if name in bulletins]
    texts = where or list(bulletins.values())
    named = "、".join(question.bulletins) or "any bulletin"
    return faults + [
        f"the evidence “{quote}” of {question.id} is not in {named}"
        for quote in question.evidence
        if not any(comparable(quote) in text for text in texts)
    ]


def _fault(error: Exception) -> str:
    if isinstance(error, json.JSONDecodeError):
        return f"no JSON ({error.msg} at column {error.colno})"
    return f"{error} is missing" if isinstance(error, KeyError) else str(error)


def _told(faults: Mapping[str, list[int]]) -> str:
    """Every fault with all its lines, in the order of the file."""
    ordered = sorted(faults.items(), key=lambda item: item[1][0])
    return "; ".join(
        f"line{'s' if len(lines) > 1 else ''} {', '.join(map(str, lines))}: {fault}"
        for fault, lines in ordered
    )
