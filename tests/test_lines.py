"""Lines are measured as the page showed them, and tell whether the text was wrapped."""

import pytest
from hypothesis import given, settings
from strategies import WIDTH, files, printed

from corpus.bulletin import Span
from corpus.layout.lines import TextLine, is_ornament, is_page_number, split_lines, wrap_width
from corpus.text.reading_text import is_blank


def lines_of(*widths: int) -> list[TextLine]:
    return split_lines("\n".join("字" * width for width in widths))


def test_lines_know_their_place_and_the_gap_before_them() -> None:
    """Blank lines make no line; they are counted as the gap before the next one."""
    first, second, third = split_lines("标题\n\n\n　正文 开头\n末行\n")
    # 标题 0:2, three line feeds 2:5, an ideographic blank 5, 正文 开头 6:11, line feed, 末行 12:14
    assert (first.text, first.span, first.gap, first.indent) == ("标题", Span(0, 2), 0, 0)
    assert (second.text, second.span, second.gap) == ("正文 开头", Span(6, 11), 2)
    assert second.indent == 2
    assert (third.text, third.span, third.gap) == ("末行", Span(12, 14), 0)


@pytest.mark.parametrize(
    ("line", "width"),
    [
        ("在全市 “四级书记抓养老”的工作格局", 17),  # 3 + 9 between quotes + 5
        ("应对老龄化　加快发展", 10),  # 5 characters, an ideographic blank, 4 characters
        ("　　报:全国人大", 6),  # an indent lies outside the line
        ("２０２４年", 5),
    ],
    ids=["narrow blank", "ideographic blank", "indent", "digits"],
)
def test_the_width_counts_what_takes_a_place_in_the_line(line: str, width: int) -> None:
    """Characters and ideographic blanks inside the line count; other blanks do not."""
    assert split_lines(line)[0].width == width


def test_a_line_of_zero_width_marks_is_blank() -> None:
    """Byte-order marks and zero-width blanks leave no ink, alone or around the words of a line."""
    gone, kept = "\u200b\ufeff", "\ufeff一、主要做法\u200b"
    (line,) = split_lines(f"{gone}\n{kept}")
    assert (line.text, line.gap, line.indent) == ("一、主要做法", 1, 1)


@settings(deadline=None)
@given(files())
def test_lines_hold_all_ink_of_a_text_once(text: str) -> None:
    """Spans do not overlap, cover every character that leaves ink, and cite the text verbatim."""
    lines = split_lines(text)
    covered = [i for line in lines for i in range(line.span.start, line.span.end)]
    assert covered == sorted(set(covered))
    assert {i for i, char in enumerate(text) if not is_blank(char)} <= set(covered)
    assert all(text[line.span.start : line.span.end] == line.text for line in lines)


def test_sentences_of_one_length_are_no_wrapped_text() -> None:
    """Lines as long as each other that each end a sentence are a list, not a page."""
    assert wrap_width(split_lines("全市第一季度新建老年食堂一十五个。\n" * 9)) is None
    assert wrap_width(split_lines("全市第一季度新建老年食堂一十五个、\n" * 9)) == 17


def test_wrapped_text_is_known_by_its_width() -> None:
    """Paragraphs printed at 28 characters a line are wrapped text of width 28."""
    assert WIDTH == 28
    assert wrap_width(split_lines(printed(["养老服务工作关系千家万户," * 8 + "."] * 3))) == 28


def test_the_width_is_the_commonest_one_though_first_lines_are_shorter() -> None:
    """Six first lines of 26 and two squeezed ones of 27 do not draw 28 down to 27.

    The neighbours of a width speak for it with half a voice: 28 has 2 * 9 + 2 = 20,
    27 has 2 * 2 + 9 + 6 = 19.
    """
    assert wrap_width(lines_of(*[26] * 6, *[27] * 2, *[28] * 9)) == 28


@pytest.mark.parametrize(
    "widths",
    [
        (26, 28, 28, 28, 11),
        (120, 88, 15, 97, 143, 12, 206, 75),
        (8, 8, 8, 8, 8, 8, 8, 8),
        (70, 70, 70, 70, 70, 70, 70),
        (16, 22, 28, 34, 40, 46, 52, 58, 64),
    ],
    ids=["too few lines", "paragraphs", "a list", "wider than paper", "no two alike"],
)
def test_lines_without_a_common_width_are_paragraphs(widths: tuple[int, ...]) -> None:
    """Clean text, lists and handfuls of lines have no width at which they were wrapped."""
    assert wrap_width(lines_of(*widths)) is None


@pytest.mark.parametrize(
    "text", ["—５—", "— 12 —", "- 3 -", "·7·", "第3页", "第 3 页 共 8 页", "3页"]
)
def test_a_line_with_nothing_but_a_page_number_is_one(text: str) -> None:
    """Digits between dashes or before 页 number a page."""
    assert is_page_number(split_lines(text)[0])


@pytest.mark.parametrize(
    "text", ["2024", "２０２４", "5", "第五页", "—5%—", "共5页次", "12345", "——"]
)
def test_other_digits_number_no_page(text: str) -> None:
    """A year that heads a section, five digits, figures and words are no page numbers."""
    assert not any(map(is_page_number, split_lines(text)))


@pytest.mark.parametrize(
    "text", ["————————", "★", "＊　＊　＊", "────★────", "______", "◇◆◇", "\ue004"]
)
def test_signs_alone_are_an_ornament(text: str) -> None:
    """Rules, stars and a font's own signs stand for nothing."""
    assert is_ornament(text)


@pytest.mark.parametrize("text", ["——", "…", "㎡", "①", "30%", "。", "★重点", "-"])
def test_what_may_be_text_is_no_ornament(text: str) -> None:
    """A dash, a unit, a number in a ring or a mark may belong to a sentence that the page tore."""
    assert not is_ornament(text)
