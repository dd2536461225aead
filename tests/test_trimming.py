"""A long sentence is trimmed to the clauses that answer, and only where nothing asked is lost."""

from doubles import evidence_of
from hypothesis import given
from hypothesis import strategies as st

from index.vectors.word_table import TableLikeness
from rag.answering.trimming import FACT_CHARS, split_clauses, trimmed
from rag.query.question import understand

LONG = (
    "截至2024年底，全市认真贯彻落实上级决策部署，坚持以人民为中心的发展思想，"
    "统筹推进设施建设和队伍建设，建成老年食堂52个，培训护理员640人次，"
    "群众的获得感、幸福感、安全感不断增强，受到上级充分肯定和社会各界一致好评。"
)


def cut(question: str, text: str = LONG, focus: str = "") -> str:
    """What is left of a sentence, where the reader holds some words of it for the answer itself."""
    span = trimmed(understand(question), evidence_of(text, focus), TableLikeness())
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
    span = trimmed(understand("建成多少个食堂"), evidence_of(text), TableLikeness())
    assert 0 <= span.start <= span.end <= len(text)


def test_what_the_reader_points_at_stays_with_what_stands_before_it() -> None:
    """The clause of the answer itself, then as many before it as there is room for, what they are
    said of among them; then as many behind it.
    """
    left = cut("培训了多少护理员", focus="640人次")
    assert left.endswith("培训护理员640人次")
    assert left in LONG
    assert FACT_CHARS - 20 < len(left) <= FACT_CHARS
    assert cut("培训了多少护理员", LONG[LONG.index("建成") :] + LONG, focus="52个").startswith(
        "建成"
    )


@given(st.text(alphabet="建成食堂52个，；：“”（）。", min_size=1, max_size=160), st.data())
def test_the_answer_itself_is_never_cut_off(text: str, data: st.DataObject) -> None:
    """Wherever it stands, as far as it is no mark between clauses."""
    start = data.draw(st.integers(0, len(text) - 1))
    focus = text[start : start + 4].strip("，；：")
    if focus and text.index(focus) == start:
        assert focus in cut("建成多少个食堂", text, focus) or set(focus) & set("，；：")
