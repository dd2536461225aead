"""Tests of the measure of meaning: ranks of what was meant, by the model and in all."""

from pathlib import Path

import pytest

from eval.dataset import Question, load_questions
from eval.meaning import Ranks, main, rank_of, summary, table_of


def question(evidence: str) -> Question:
    return Question(
        "q1", "饭菜怎样？", "paraphrase", "zh", (), True, (), (evidence,), (), (), True
    )  # fmt: skip


def test_rank_is_of_the_first_text_with_the_quote() -> None:
    """Width, blanks and punctuation of the evidence do not matter, as in all evaluation."""
    texts = ["别的话", "老人觉得，饭菜 可口", "饭菜可口"]
    assert rank_of(question("觉得饭菜可口"), texts) == 2
    assert rank_of(question("没有的话"), texts) is None


def test_summary_gives_hits_and_reciprocal_rank() -> None:
    """A question whose evidence is not found counts as nothing."""
    assert summary([1, 4, None, 2]) == [0.25, 0.75, pytest.approx(1.75 / 4)]


def test_table_has_a_row_for_each_type() -> None:
    """Questions are told apart by type."""
    assert table_of([Ranks(question("饭"), 1, 2)]).row_count == 1


def test_command_measures_the_given_files(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Bulletins and questions may be any; the embedded model is the default."""
    shelf = tmp_path / "bulletins"
    shelf.mkdir()
    (shelf / "a.txt").write_text("社区食堂\n\n老人觉得饭菜可口，价钱也不贵。\n", encoding="utf-8")
    questions = tmp_path / "questions.jsonl"
    questions.write_text(
        '{"id": "q1", "type": "paraphrase", "question": "饭菜好吃吗", "evidence": ["饭菜可口"]}\n',
        encoding="utf-8",
    )
    assert load_questions(questions)[0].evidence == ("饭菜可口",)
    main([str(shelf), str(questions)])
    assert "paraphrase" in capsys.readouterr().out
