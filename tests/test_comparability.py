"""Figures of several places are set side by side with a warning where they are not alike."""

from rag.answering.comparability import incomparable


def test_other_ages_are_another_definition() -> None:
    """People from 60 and people from 65 are not the same people."""
    (warning,) = incomparable([("甲市", "60岁以上人口8万人"), ("乙市", "65岁及以上人口9万人")])
    assert warning.kind == "definition"
    assert "甲市60岁；乙市65岁" in warning.text


def test_other_years_are_told() -> None:
    """A figure of 2023 beside one of 2024."""
    (warning,) = incomparable([("甲市", "截至2023年底有8万人"), ("乙市", "2024年有9万人")])
    assert warning.kind == "period"


def test_what_is_alike_or_silent_has_no_warning() -> None:
    """The same age, the same year, or a cell that names neither."""
    assert incomparable([("甲市", "60岁以上8万人"), ("乙市", "60周岁及以上9万人")]) == []
    assert incomparable([("甲市", "2024年8万人"), ("乙市", "9万人")]) == []
