"""Dates are read in digits and Han numerals; 今年 only where the bulletin dates itself."""

from datetime import date

import pytest

from corpus.text.dates import DateMention, find_dates


@pytest.mark.parametrize(
    ("text", "year", "month", "day"),
    [
        ("2024年4月1日", 2024, 4, 1),
        ("2024 年 4 月", 2024, 4, None),
        ("２０２４年", 2024, None, None),
        ("二〇〇四年十月十五日", 2004, 10, 15),
        ("二○二一年六月二十三日", 2021, 6, 23),
        ("10月24日", None, 10, 24),
        ("11月份", None, 11, None),
        ("3月5号", None, 3, 5),
        ("发布时间：2025-03-14 09:21", 2025, 3, 14),
        ("二O一九年十一月八日", 2019, 11, 8),
        ("二ＯＯ八年元月三十日", 2008, 1, 30),
        ("二◯二二年九月廿九日", 2022, 9, 29),
        ("二０二三年五月卅一日", 2023, 5, 31),
        ("2O21年7月6日", 2021, 7, 6),
        ("2023.11.02", 2023, 11, 2),
        ("2022/6/18", 2022, 6, 18),
        ("中華民國108年7月3日", 2019, 7, 3),
        ("民国一百一十年十二月", 2021, 12, None),
        ("版本3.15.2，比上年多1.2.3.4项", None, None, None),
    ],
)
def test_a_date_is_read_however_it_is_written(
    text: str, year: int | None, month: int | None, day: int | None
) -> None:
    """Widths, blanks and numerals do not matter; what is left open is None."""
    (mention,) = find_dates(text) or [DateMention("", 0, 0, None, None, None)]
    assert (mention.year, mention.month, mention.day) == (year, month, day)


def test_this_year_is_known_only_from_the_bulletin() -> None:
    """今年 has no year until the issue's own year is given; 去年 is the one before."""
    assert find_dates("今年6月")[0].year is None
    this, last = find_dates("今年6月，去年", this_year=2025)
    assert (this.year, last.year) == (2025, 2024)


def test_a_day_that_no_calendar_has_is_no_date() -> None:
    """31 June is read and not taken for a day."""
    assert find_dates("2024年6月31日")[0].as_date() is None
    assert find_dates("2024年6月30日")[0].as_date() == date(2024, 6, 30)


def test_a_mention_is_its_own_text() -> None:
    """Its text is text[start:end], and a longer number holds no year."""
    text = "截至2024 年 4 月，共12024年票"
    (mention,) = find_dates(text)
    assert text[mention.start : mention.end] == mention.text == "2024 年 4 月"
