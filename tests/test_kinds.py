"""What a line says of itself."""

import pytest

from corpus.layout import line_kinds


@pytest.mark.parametrize(
    "text", ["□ 图/文 本报记者 梁英杰", "本报记者　李明", "特约通讯员：王小红"]
)
def test_a_line_that_names_the_reporter_is_a_byline(text: str) -> None:
    """A box mark, or 记者 with a name behind it, makes a byline."""
    assert line_kinds.is_byline(text)


def test_a_sentence_about_a_reporter_is_no_byline() -> None:
    """A line that ends its sentence tells of the reporter and does not name one."""
    assert not line_kinds.is_byline("记者在现场看到了变化。")


@pytest.mark.parametrize(
    "text",
    [
        "(安阳市人大社会建设委员会供稿)",
        "（供稿单位：市人大常委会）",
        "供稿人：李明",
        "市人大 供 稿",
    ],
)
def test_a_line_that_names_the_contributor_is_a_credit(text: str) -> None:
    """供稿 at the end, or before the name, makes a credit, with brackets or without."""
    assert line_kinds.is_credit(text)


def test_a_sentence_that_asks_for_contributions_is_no_credit() -> None:
    """A line that ends its sentence is prose."""
    assert not line_kinds.is_credit("欢迎各县市区人大常委会供稿。")


@pytest.mark.parametrize("text", ["编者按", "【编者按】", "编者按：近年来", "（按语）"])
def test_an_editors_note_says_so(text: str) -> None:
    """编者按, bracketed or followed by its text, opens a note."""
    assert line_kinds.is_editor_note(text)


@pytest.mark.parametrize(
    ("text", "heading", "point"),
    [
        ("一、主要做法", True, True),
        ("第二章　监督", True, True),
        ("附件１", True, False),
        ("（一）提升站位", False, True),
        ("(3)加强培训", False, True),
        ("二是汇聚合力", False, True),
        ("１２.加强培训", False, True),
        ("第三条　本法", False, True),
        ("①问卷调查", False, True),
        ("一是一、二是二", False, True),
        ("一线调研", False, False),
        ("２０２４年以来", False, False),
    ],
)
def test_numbered_headings_and_points_are_told_by_their_marks(
    text: str, heading: bool, point: bool
) -> None:
    """一、 and 第…章 can head a section; （一）, 二是, 1. and 第…条 open a point."""
    assert line_kinds.has_heading_mark(text) is heading
    assert line_kinds.has_point_mark(text) is point


@pytest.mark.parametrize(
    "text", ["工作已经完成.", "完成。", "完成了吗？”", "推进（略）。）", "如下；", "等等……"]
)
def test_a_sentence_can_end_inside_quotes_and_brackets(text: str) -> None:
    """The mark that ends the sentence may be followed by closing ones."""
    assert line_kinds.ends_sentence(text)


@pytest.mark.parametrize(
    ("text", "may_end"),
    [
        ("朝哪去干”", True),
        ("如下：", True),
        ("完成.", True),
        ("市人大常", False),
        ("（试行）", False),
    ],
)
def test_a_paragraph_may_end_on_a_bare_quote_or_colon(text: str, may_end: bool) -> None:
    """Extraction loses the stop behind a closing quote, and a colon hands over to points."""
    assert line_kinds.may_end_paragraph(text) is may_end


@pytest.mark.parametrize(
    ("text", "heading"),
    [
        ("促进问题整改,养老服务强短板", True),
        ("从“有”到“优”蝶变？", True),
        ("(一)完善制度", True),
        ("工作已经完成。", False),
        ("创新举措,市县联动,", False),
        ("主要做法如下：", False),
        ("养老" * 20 + "院", False),
    ],
    ids=["words", "question", "point", "sentence", "comma", "colon", "too long"],
)
def test_a_heading_is_short_and_no_sentence(text: str, heading: bool) -> None:
    """A full stop, a hanging comma or 41 characters make a line something else."""
    assert line_kinds.is_heading(text) is heading


@pytest.mark.parametrize("text", ["报:市委", "编者按", "一、主要做法"])
def test_some_lines_open_as_units_of_their_own(text: str) -> None:
    """Recipients, notes and numbered headings are told from prose by their opening."""
    assert line_kinds.opens_alone(text)
    assert not line_kinds.closes_alone(text)


@pytest.mark.parametrize("text", ["本报记者 李明", "(市人大供稿)", "2025年11月28日"])
def test_some_lines_close_as_units_of_their_own(text: str) -> None:
    """Bylines, credits and imprints are told from prose by their end."""
    assert line_kinds.closes_alone(text)
    assert not line_kinds.opens_alone(text)


def test_a_long_numbered_line_opens_a_paragraph() -> None:
    """Beyond 24 characters a numbered line is the head of running text."""
    assert not line_kinds.opens_alone("一、" + "养老" * 12)
