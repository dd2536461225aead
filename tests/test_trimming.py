"""A long sentence is trimmed to the clauses that answer, and only where nothing asked is lost."""

from hypothesis import given
from hypothesis import strategies as st

from corpus.bulletin import Span
from index.vectors.word_table import TableLikeness
from rag.answering.trimming import FACT_CHARS, split_clauses, trimmed
from rag.query.question import understand

LONG = (
    "截至2024年底，全市认真贯彻落实上级决策部署，坚持以人民为中心的发展思想，"
    "统筹推进设施建设和队伍建设，建成老年食堂52个，培训护理员640人次，"
    "群众的获得感、幸福感、安全感不断增强，受到上级充分肯定和社会各界一致好评。"
)


def cut(question: str, text: str = LONG) -> str:
    """What is left of a sentence."""
    span = trimmed(understand(question), text, Span(0, len(text)), TableLikeness())
    return text[span.start : span.end]


def test_a_figure_keeps_its_clause() -> None:
    """The clause with the figure stays, in under 80 characters, word for word."""
    left = cut("建成了多少个老年食堂")
    assert "建成老年食堂52个" in left
    assert left in LONG
    assert len(left) <= FACT_CHARS


def test_short_sentences_lists_and_reasons_stay_whole() -> None:
    """Nothing is cut from a short sentence, nor from an answer that may need all of a long one."""
    assert cut("建成了多少个食堂", "全市建成食堂52个，好。") == "全市建成食堂52个，好。"
    assert cut("有哪些成效") == LONG
    assert cut("为什么受到肯定") == LONG


def test_marks_inside_quotes_and_brackets_end_no_clause() -> None:
    """A quoted list is one piece."""
    text = "坚持“调研，检查，整改”（一，二），成效明显"
    assert [text[c.start : c.end] for c in split_clauses(text)] == [
        "坚持“调研，检查，整改”（一，二）", "成效明显",
    ]  # fmt: skip


@given(st.text(alphabet="建成食堂52个，；：“”（）。", max_size=120))
def test_what_is_left_is_part_of_the_sentence(text: str) -> None:
    """Whatever the sentence, the span lies inside it."""
    span = trimmed(understand("建成多少个食堂"), text, Span(0, len(text)), TableLikeness())
    assert 0 <= span.start <= span.end <= len(text)
