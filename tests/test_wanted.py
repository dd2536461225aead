"""A sentence that answers holds the kind of thing that is asked for."""

import pytest

from index.vectors.word_table import TableLikeness
from rag.query.meanings import asked_terms
from rag.query.question import understand
from rag.reading.wanted import WANTED_FEATURES, form, wanted_values


@pytest.mark.parametrize(
    ("question", "quote", "value"),
    [
        ("建成了多少个食堂", "全市建成食堂52个。", 1.0),
        ("投入了多少钱", "全市建成食堂52个。", 0.0),
        ("投入了多少钱", "投入资金300万元。", 0.6),
        ("什么时候召开的", "会议听取了报告。", 0.0),
        ("什么时候召开的", "10月24日召开会议。", 1.0),
        ("市长是谁", "市委书记赵某到会。", 0.0),
        ("市长是谁", "市长钱某到会。", 1.0),
    ],
)
def test_numbers_dates_and_people_need_their_form(question: str, quote: str, value: float) -> None:
    """0 rules a sentence out; a figure in another unit of the family counts for less."""
    assert form(understand(question), quote) == value


def column(name: str, question: str, quotes: list[str]) -> list[float]:
    """A feature of some quotes."""
    query = understand(question)
    values = wanted_values(query, asked_terms(question), quotes, TableLikeness())
    return [float(value) for value in values[:, WANTED_FEATURES.index(name)]]


def test_a_figure_is_known_by_the_noun_beside_it() -> None:
    """Of three counts in people the one beside 老年人 counts the old."""
    near, far = column(
        "figure's noun",
        "走访了多少位老年人",
        ["走访老年人995人。", "705人次代表参加执法检查，听取意见。"],
    )
    assert near > far > 0


def test_as_many_items_as_asked_for() -> None:
    """哪三个方面 is answered by three items, not by two."""
    quotes = ["涉及设施、队伍、资金等方面。", "涉及设施、队伍等方面。"]
    assert column("items as many as asked", "涉及哪三个方面", quotes) == [1.0, 0.0]
