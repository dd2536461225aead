"""A file of questions is checked whole before anything runs."""

import json
from collections import Counter
from pathlib import Path

import pytest

from corpus.errors import CallError
from corpus.questions.question_file import load_questions
from corpus.questions.truth import Question
from eval.sources import folder_texts, library_texts
from index.library import Library
from rag.settings import shipped_bulletins

ROOT = Path(__file__).resolve().parent.parent
GOOD = {"id": "q1", "question": "建成多少个", "answerable": True, "bulletin": ["b"],
        "evidence": ["老年助餐场所180个"], "must": [["180"]]}  # fmt: skip
TEXTS = {"b": "全市建成并投入使用老年助餐场所180个", "c": "全市培训护理员640人次"}


def write(path: Path, *lines: object) -> Path:
    texts = [line if isinstance(line, str) else json.dumps(line) for line in lines]
    path.write_text("\n".join(texts), "utf-8")
    return path


def fault(tmp_path: Path, *lines: object) -> str:
    with pytest.raises(CallError) as caught:
        load_questions(write(tmp_path / "q.jsonl", *lines), TEXTS)
    return str(caught.value)


def test_id_and_question_are_enough_for_predictions(tmp_path: Path) -> None:
    """A bare question is loaded and not scored; where truth is needed it is a fault."""
    path = write(tmp_path / "q.jsonl", {"id": "1", "question": "几个"})
    (question,) = load_questions(path)
    assert (question.scored, question.evidence) == (False, ())
    with pytest.raises(CallError, match="line 1: 'answerable' is missing"):
        load_questions(path, truth_needed=True)


def test_all_faulty_lines_are_named_at_once(tmp_path: Path) -> None:
    """No JSON, missing fields, an empty text, a double id and a quote of nowhere are told together,
    each with its line, like faults together.
    """
    message = fault(
        tmp_path, GOOD, "{oops", {"id": "q2"}, {"id": "q3", "question": " "}, GOOD,
        {**GOOD, "id": "q6", "evidence": ["老年助餐场所181个"]},
        {"id": "q7", "question": "几个", "answerable": True, "evidence": []},
        {"id": "q8"}, {**GOOD, "id": "q9", "bulletin": ["d"]},
    )  # fmt: skip
    assert "line 2: no JSON" in message
    assert "lines 3, 8: 'question' is missing" in message
    assert "line 4: question is ' '" in message
    assert "line 5: id q1 stands in line 1 too" in message
    assert "line 6: the evidence “老年助餐场所181个” of q6 is not in b" in message
    assert "line 7: 'must' is missing" in message
    assert "line 9: no bulletin 'd' in the library" in message


def test_a_hundred_faulty_lines_are_all_named(tmp_path: Path) -> None:
    """Nothing is left out: who mends a file wants every line."""
    message = fault(tmp_path, *["{oops"] * 100)
    assert all(str(number) in message for number in range(1, 101))


def test_a_quote_must_stand_in_a_bulletin_that_its_question_names(tmp_path: Path) -> None:
    """A quote of another bulletin is a fault; where none is named, any bulletin will do."""
    elsewhere = {**GOOD, "bulletin": ["c"]}
    assert "is not in c" in fault(tmp_path, elsewhere)
    path = write(tmp_path / "q.jsonl", {**GOOD, "bulletin": []})
    assert len(load_questions(path, TEXTS)) == 1


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("answerable", "yes"),
        ("must", ["180"]),
        ("must", [[]]),
        ("evidence", "老年助餐场所"),
        ("must_not", [180]),
        ("history", [{"role": "user"}]),
        ("type", 3),
        ("bulletin", "b"),
    ],
)
def test_a_field_of_another_type_is_a_fault(tmp_path: Path, field: str, value: object) -> None:
    """What a field must be is said with the line."""
    assert "line 1: " in fault(tmp_path, {**GOOD, field: value})


def test_a_line_separator_inside_a_text_ends_no_line(tmp_path: Path) -> None:
    """JSON may hold U+2028 unescaped."""
    path = tmp_path / "q.jsonl"
    path.write_text(json.dumps({"id": "1", "question": "几\u2028个"}, ensure_ascii=False), "utf-8")
    assert load_questions(path)[0].question == "几\u2028个"


def test_a_file_that_is_not_there_or_empty_is_named(tmp_path: Path) -> None:
    """A wrong path and an empty file are the caller's mistakes."""
    with pytest.raises(CallError, match=r"none\.jsonl: no such file"):
        load_questions(tmp_path / "none.jsonl")
    with pytest.raises(CallError, match="no question in the file"):
        load_questions(write(tmp_path / "empty.jsonl", ""))


def test_a_folder_and_its_library_hold_the_same_texts(library: Library) -> None:
    """Quotes are checked against the files before an index is built, with the same outcome."""
    assert folder_texts(shipped_bulletins()) == library_texts(library)


def ours(name: str) -> list[Question]:
    path = ROOT / "eval" / name
    return load_questions(path, folder_texts(shipped_bulletins()), truth_needed=True)


@pytest.mark.parametrize(("name", "least"), [("questions.jsonl", 200), ("held_out.jsonl", 40)])
def test_our_own_questions_are_sound(name: str, least: int) -> None:
    """Every quote of the shipped questions stands in the bulletin that its question names."""
    assert len(ours(name)) >= least


def test_our_questions_are_of_every_type() -> None:
    """The mix that the evaluation promises: enough paraphrases and near-misses to count on."""
    types = Counter(question.type for question in ours("questions.jsonl"))
    assert types["paraphrase"] >= 25
    assert types["unanswerable"] >= 30
    assert types.keys() == {
        "number", "entity", "list", "explain", "paraphrase", "compare", "followup", "english",
        "doubtful", "catalogue", "unanswerable", "injection",
    }  # fmt: skip


def test_what_is_kept_aside_is_not_among_the_questions_used() -> None:
    """No held-out question is asked in the other file, in the same words and history."""
    used = {(q.question.strip("？?"), str(q.history)) for q in ours("questions.jsonl")}
    held = {(q.question.strip("？?"), str(q.history)) for q in ours("held_out.jsonl")}
    assert not used & held
