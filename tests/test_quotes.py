"""Quotes are found whatever extraction did to blanks and marks; numbers only as themselves."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.text.quotes import comparable, holds, stands_in


def test_widths_blanks_and_marks_do_not_matter_for_a_quote() -> None:
    """A quote as printed, １８０家,助餐 机构, is found in the reading text 180家助餐机构."""
    assert comparable("１８０家,助餐 机构") == comparable("180家助餐机构。")
    assert stands_in("１８０家,助餐", ["已运营180家助餐机构。"])
    assert not stands_in("181家", ["已运营180家助餐机构。"])


@pytest.mark.parametrize(
    ("text", "value", "found"),
    [
        ("建成１８０ 个", "180", True),
        ("建成1180个", "180", False),
        ("建成1800个", "180", False),
        ("占18.05%", "18", False),
        ("占3.18%", "18", False),
        ("共12,180个", "180", False),
        ("共1,575个", "1", False),
        ("共12，180个", "180", True),  # a full-width comma separates two numbers
        ("on 16 may", "16 May", True),
        ("16May", "16 May", True),
    ],
)
def test_a_number_never_matches_inside_a_longer_one(text: str, value: str, found: bool) -> None:
    """180 stands in 180个, not in 1180, 1800 or 12,180; case and blanks do not matter."""
    assert holds(text, value) is found


@given(st.integers(0, 10**6), st.integers(0, 9), st.integers(0, 9))
def test_a_digit_more_makes_another_number(number: int, before: int, after: int) -> None:
    """A number is held beside Han characters, and never with a digit beside it."""
    assert holds(f"共{number}个", str(number))
    assert not holds(f"共{before}{number}个", str(number))
    assert not holds(f"共{number}{after}个", str(number))
