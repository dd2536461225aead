"""What was made of a text is kept, but not for ever and not for any length."""

from corpus.remember import LONGEST, remembered


def test_a_short_text_is_worked_on_once() -> None:
    """Asked for twice, made once; with another argument it is another result."""
    made: list[str] = []

    @remembered(2)
    def doubled(text: str, times: int = 2) -> str:
        made.append(text)
        return text * times

    assert [doubled("甲"), doubled("甲"), doubled("甲", 3)] == ["甲甲", "甲甲", "甲甲甲"]
    assert made == ["甲", "甲"]


def test_the_oldest_text_is_forgotten() -> None:
    """Room for two: the third takes the place of the first."""
    made: list[str] = []
    keep = remembered(2)(lambda text: made.append(text))
    for text in "甲乙丙甲":
        keep(text)
    assert made == ["甲", "乙", "丙", "甲"]


def test_a_long_text_is_not_kept() -> None:
    """A file may be one run of millions of characters."""
    made: list[int] = []
    keep = remembered(2)(lambda text: made.append(len(text)))
    for _ in range(2):
        keep("字" * (LONGEST + 1))
    assert made == [LONGEST + 1] * 2
