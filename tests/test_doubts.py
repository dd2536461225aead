"""Doubts are counted against the points that were dropped."""

from pathlib import Path

from eval.doubts import DoubtScore, score_doubts

TEXT = "全市人口２０２万人,老年人占总人口的２１９８％,上升２５８个百分点,建成１８０个.\n"


def test_a_point_dropped_inside_a_figure_is_told_or_not(tmp_path: Path) -> None:
    """21.98% is certain and rightly repaired, 2.58 possible, and 202 was no false alarm: the share
    makes the file one that drops points, and this figure had none to lose.
    """
    path = tmp_path / "a.txt"
    path.write_text(TEXT, "utf-8")
    dropped = {TEXT.index("９８％"): "21.98", TEXT.index("５８个"): "2.58"}
    score, wrong = score_doubts(path, dropped)
    assert score == DoubtScore(figures=4, dropped=2, told=2, certain=1, right=1, false=1)
    assert wrong == []


def test_a_doubt_in_a_sound_file_is_a_false_alarm(tmp_path: Path) -> None:
    """Where nothing was dropped each doubt is told with its place."""
    path = tmp_path / "a.txt"
    path.write_text(TEXT, "utf-8")
    score, wrong = score_doubts(path, {})
    assert (score.false, score.right, len(wrong)) == (3, 0, 3)


def test_scores_add_up() -> None:
    """A table's row is the sum of its files."""
    assert DoubtScore(1, 2, 3, 4, 5, 6) + DoubtScore(1, 1, 1, 1, 1, 1) == DoubtScore(
        2, 3, 4, 5, 6, 7
    )
