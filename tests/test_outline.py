"""A section that is asked about is told by its points, each cited."""

import pytest

from index.library import Library
from rag.answering.outline import outlined
from rag.query.question import understand


def quoted(library: Library, question: str) -> list[str]:
    """What the lines for a question quote."""
    return [line.item.quote for line in outlined(library, understand(question)) if line.item]


@pytest.mark.parametrize("question", ["鹤壁的主要做法有哪些", "鹤壁是怎么个做法，有哪些做法"])
def test_a_section_is_told_by_its_points(library: Library, question: str) -> None:
    """The heading that says what is asked leads to the points under it."""
    assert [line[:3] for line in quoted(library, question)] == [
        "（一）",
        "（二）",
        "（三）",
        "（四）",
    ]


@pytest.mark.parametrize("question", ["安阳查出多少重点问题", "鹤壁有哪些企业", "主要做法有哪些"])
def test_other_questions_get_no_outline(library: Library, question: str) -> None:
    """A figure, a list of names, a section of no article in particular."""
    assert quoted(library, question) == []
