"""A section that is asked about is told by its points, each cited."""

import pytest

from index.library import Library
from rag.answering.outline import outlined
from rag.query.question import understand


def told(library: Library, question: str) -> list[tuple[str, str]]:
    """What the lines for a question are led by, and quote."""
    return [
        (line.lead, line.item.quote)
        for line in outlined(library, understand(question))
        if line.item
    ]


@pytest.mark.parametrize("question", ["鹤壁的主要做法有哪些", "鹤壁是怎么个做法，有哪些做法"])
def test_a_section_is_told_by_its_points(library: Library, question: str) -> None:
    """The heading that says what is asked leads to the points under it, each by its own heading
    with what carries it: a heading alone tells nothing.
    """
    points = told(library, question)
    assert [lead[:3] for lead, _ in points] == ["（一）", "（二）", "（三）", "（四）"]
    assert all(len(quote) > len(lead) for lead, quote in points)


@pytest.mark.parametrize("question", ["安阳查出多少重点问题", "鹤壁有哪些企业", "主要做法有哪些"])
def test_other_questions_get_no_outline(library: Library, question: str) -> None:
    """A figure, a list of names, a section of no article in particular."""
    assert told(library, question) == []
