"""The tables of the evaluation's README are made by a command and stand between its marks."""

from pathlib import Path

import pytest
from cases import QUESTION, UNITS, predict

from eval.readme import filled, scores_table
from eval.scoring import score_all

ROOT = Path(__file__).resolve().parent.parent


def test_a_table_stands_between_its_marks() -> None:
    """What stood there goes, what stands around stays; a text without the marks is refused."""
    text = "a\n<!-- x -->\nold\nrows\n<!-- /x -->\nb"
    assert filled(text, "x", "| new |") == "a\n<!-- x -->\n| new |\n<!-- /x -->\nb"
    with pytest.raises(ValueError, match="no <!-- y -->"):
        filled(text, "y", "")


def test_scores_have_a_row_for_each_type_and_one_for_all() -> None:
    """One right answer used while building, one wrong one kept aside: 1.000 (0.000)."""
    right = score_all([QUESTION], {"q1": predict()}, UNITS)
    wrong = score_all([QUESTION], {"q1": predict("不知道")}, UNITS)
    rows = scores_table(right, wrong).splitlines()
    assert [row.split(" | ")[0] for row in rows[2:]] == ["| number", "| **all**"]
    assert "| 1 (1) | 1.000 (0.000) |" in rows[2]


def test_the_readme_has_all_its_tables() -> None:
    """Each table that the command makes has been made."""
    text = (ROOT / "eval" / "README.md").read_text("utf-8")
    for name in ("scores", "ablation", "public"):
        table = text.partition(f"<!-- {name} -->")[2].partition(f"<!-- /{name} -->")[0]
        assert table.count("|") > 10, name
