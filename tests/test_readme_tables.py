"""The tables of the evaluation's README are made by a command and stand between its marks."""

import pytest
from cases import QUESTION, UNITS, predict

from eval.readme import filled, scores_table
from eval.scoring import score_all


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
