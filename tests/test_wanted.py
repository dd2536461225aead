"""A sentence that answers holds the kind of thing that is asked for."""

import pytest

from rag.query.question import understand
from rag.reading.wanted import form


@pytest.mark.parametrize(
    ("question", "quote", "value"),
    [
        ("建成了多少个食堂", "全市建成食堂52个。", 1.0),
        ("投入了多少钱", "全市建成食堂52个。", 0.0),
        ("投入了多少钱", "投入资金300万元。", 0.6),
        ("什么时候召开的", "会议听取了报告。", 0.0),
        ("什么时候召开的", "10月24日召开会议。", 1.0),
    ],
)
def test_numbers_and_dates_need_their_form(question: str, quote: str, value: float) -> None:
    """A figure in another unit of the family counts for less."""
    assert form(understand(question), quote) == value
