"""A file of questions is checked whole before anything runs."""

import json
from pathlib import Path

import pytest

from corpus.errors import CallError
from eval.dataset import check_evidence, load_questions
from index.library import Library

ROOT = Path(__file__).resolve().parent.parent
GOOD = {"id": "q1", "question": "建成多少个", "answerable": True, "evidence": ["老年助餐场所180个"]}


def write(path: Path, *lines: object) -> Path:
    texts = [line if isinstance(line, str) else json.dumps(line) for line in lines]
    path.write_text("\n".join(texts), "utf-8")
    return path


def test_id_and_question_are_enough_for_predictions(tmp_path: Path) -> None:
    """A bare question is loaded and not scored."""
    (question,) = load_questions(write(tmp_path / "q.jsonl", {"id": "1", "question": "几个"}))
    assert (question.scored, question.evidence) == (False, ())


def test_all_faulty_lines_are_named_at_once(tmp_path: Path) -> None:
    """No JSON, a missing field, an empty text and a double id are told with their lines."""
    path = write(
        tmp_path / "q.jsonl", GOOD, "{oops", {"id": "q2"}, {"id": "q3", "question": " "}, GOOD
    )
    with pytest.raises(CallError) as caught:
        load_questions(path)
    message = str(caught.value)
    assert "line 2: no JSON" in message
    assert "line 3: 'question' is missing" in message
    assert "line 4: question is ' '" in message
    assert "line 5: id q1 stands in line 1 too" in message


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    """A wrong path is the caller's mistake."""
    with pytest.raises(CallError, match=r"none\.jsonl: no such file"):
        load_questions(tmp_path / "none.jsonl")


def test_an_evidence_quote_must_stand_in_the_library(library: Library, tmp_path: Path) -> None:
    """A quote of nowhere is named; widths, blanks and marks do not matter."""
    wrong = {**GOOD, "id": "q2", "evidence": ["老年助餐场所181个"]}
    path = write(tmp_path / "q.jsonl", {**GOOD, "evidence": ["老年助餐场 所１８０个,"]}, wrong)
    with pytest.raises(CallError, match="q2: the evidence “老年助餐场所181个”"):
        check_evidence(path, load_questions(path), library)


@pytest.mark.parametrize("name", ["questions.jsonl", "held_out.jsonl"])
def test_our_own_questions_are_sound(library: Library, name: str) -> None:
    """Every quote of the shipped questions stands in the shipped bulletins."""
    path = ROOT / "eval" / name
    questions = load_questions(path)
    check_evidence(path, questions, library)
    assert len(questions) >= 30
