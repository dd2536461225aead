"""Questions about a bulletin itself lead to its masthead, title and imprint."""

import pytest

import rag
from corpus.bulletin import Kind
from index.library import Library
from rag.imprint import kinds_asked


@pytest.mark.parametrize(
    ("question", "kind"),
    [("这份材料收在第几期", Kind.MASTHEAD), ("责编是谁", Kind.PAGE_CREDIT),
     ("稿子是哪个记者写的", Kind.BYLINE), ("是哪个单位供的稿", Kind.CREDIT),
     ("登了哪两篇文章", Kind.TITLE), ("报送给哪些单位", Kind.DISTRIBUTION)],
)  # fmt: skip
def test_the_words_of_a_question_tell_the_kind_of_unit(question: str, kind: Kind) -> None:
    """Each part of a bulletin's frame has words of its own."""
    assert kind in kinds_asked(question)


def test_other_questions_ask_for_no_part_of_the_frame() -> None:
    """A question of content is left to the paragraphs."""
    assert kinds_asked("三门峡建成了多少个老年助餐场所") == frozenset()


def test_a_masthead_is_found_without_a_shared_word(library: Library) -> None:
    """The issue's number stands in a line that shares nothing with the question but the place."""
    hits = rag.retrieve("鹤壁的材料收在第几期里", k=3, library=library)
    assert any(hit.kind is Kind.MASTHEAD and "四十七" in hit.text for hit in hits)
