"""A summary tells a bulletin's sections in order, each with a sentence that carries it."""

from contextlib import closing
from pathlib import Path

import pytest
from doubles import WordEncoder, WordReader
from hypothesis import given
from hypothesis import strategies as st

from corpus.bulletin import Kind
from index.library import Library
from rag.answering.courtesy import openers
from rag.answering.summary import SHARE, summarised
from rag.answering.telling import Line
from rag.query.length_wanted import LEAST_CHARS, MOST_CHARS, LengthWanted, length_wanted
from rag.query.question import understand

ASKED = ["三门峡的简报主要讲了什么", "总结一下三门峡的简报", "概括三门峡这篇文章"]


def lines(library: Library, question: str) -> tuple[Line, ...]:
    return summarised(library, None, understand(question))


def text_of(told: tuple[Line, ...]) -> str:
    return "".join(f"{line.lead}{line.item.quote if line.item else ''}[1]\n" for line in told)


@pytest.mark.parametrize("question", ASKED)
def test_each_section_has_its_sentences(library: Library, question: str) -> None:
    """The title, then headings in their order, each before sentences from below it."""
    title, *sections = lines(library, question)
    assert title.item is not None
    assert title.item.hit.kind is Kind.TITLE
    units = library.bulletin(title.item.hit.bulletin).units
    headings = [unit.text for unit in units if unit.kind is Kind.HEADING]
    led = [line.lead.rstrip("：") for line in sections if line.lead]
    assert led == [heading for heading in headings if heading in led]
    assert len(led) > 2
    for line in sections:
        assert line.item is not None
        assert line.lead.rstrip("：") in ("", *line.item.hit.unit.section)


def test_points_that_only_head_a_paragraph_get_their_sentence_too(library: Library) -> None:
    """一是高位谋划推动，凝聚工作合力 says nothing yet; what was done stands behind it."""
    _, *points = lines(library, "安阳的简报主要讲了什么")
    assert [line.lead[:2] for line in points if line.lead] == [
        "一是", "二是", "三是", "四是", "五是",
    ]  # fmt: skip
    assert all(line.item and line.item.quote not in line.lead for line in points)


def test_what_has_figures_carries_a_section(library: Library) -> None:
    """Rather than what could stand in any paper."""
    told = text_of(lines(library, "鹤壁的主要成效，三句话说完"))
    assert sum(char.isdigit() for char in told) > 9


def test_a_text_without_a_title_is_summarised_too(tmp_path: Path) -> None:
    """News that was copied without its headline: the one that the subject is of, and no other."""
    folder = tmp_path / "bulletins"
    folder.mkdir()
    for name, thing in (("estate", "城市更新"), ("harvest", "花椒采摘")):
        parts = [f"今年以来，当地把{thing}作为大事来抓，投入资金{n}000万元。" for n in (2, 3)]
        (folder / f"{name}.txt").write_text("\n".join(parts) + "\n", "utf-8")
    with closing(Library(tmp_path / "library", WordEncoder())) as library:
        library.sync(folder)
        told = summarised(library, WordReader(), understand("用100字左右总结城市更新"))
        assert {line.item.hit.bulletin for line in told if line.item} == {"estate"}


def test_a_section_that_is_named_is_told_alone(library: Library) -> None:
    """主要成效, and nothing of what is planned."""
    for line in lines(library, "概括鹤壁的主要成效"):
        assert line.item is not None
        assert line.item.hit.kind is Kind.TITLE or line.item.hit.unit.section[-1] == "二、主要成效"


def test_a_subject_chooses_the_article(library: Library) -> None:
    """Of two in one issue."""
    title, *_ = lines(library, "吕梁科技创新都有哪些成效？总结一下")
    assert title.item is not None
    assert title.item.quote.startswith("科技创新")


def test_long_sentences_are_told_by_some_of_their_clauses(library: Library) -> None:
    """In the words of the source as ever, no quotation torn."""
    for line in lines(library, ASKED[0])[1:]:
        assert line.item is not None
        assert line.item.quote in line.item.hit.text
        assert line.item.quote.count("“") == line.item.quote.count("”")


@pytest.mark.parametrize("chars", [200, 300, 500])
def test_a_wanted_length_is_kept(library: Library, chars: int) -> None:
    """Within a tenth, leads and markers counted; the lines that carry most, in their order."""
    told = lines(library, f"用{chars}字概括鹤壁的简报")
    assert told
    assert len(text_of(told)) <= SHARE * chars
    positions = [line.item.hit.position for line in told if line.item]
    assert positions == sorted(positions)


def test_a_wanted_number_of_sentences_is_kept(library: Library) -> None:
    """Three sentences, none of them the title."""
    told = lines(library, "三句话总结安阳的简报")
    assert len(told) == 3
    assert all(line.item and line.item.hit.kind is Kind.PARAGRAPH for line in told)


@pytest.mark.parametrize("question", ["安阳查出多少问题", "会议总结了哪些经验", "总结大会是哪天"])
def test_other_questions_get_no_summary(library: Library, question: str) -> None:
    """Also those that have the word."""
    assert lines(library, question) == ()


@pytest.mark.parametrize(
    ("question", "wanted"),
    [
        ("用200字概括", LengthWanted(chars=200)),
        ("两百字以内总结", LengthWanted(chars=200)),
        ("三句话说说", LengthWanted(lines=3)),
        ("归纳五点", LengthWanted(lines=5)),
        ("写0字", LengthWanted(chars=LEAST_CHARS)),
        ("写99999字", LengthWanted(chars=MOST_CHARS)),
        ("概括一下", LengthWanted()),
    ],
)
def test_the_length_that_is_wanted(question: str, wanted: LengthWanted) -> None:
    """In digits and Han numerals, within what makes sense."""
    assert length_wanted(question) == wanted


@given(st.text("一二两三百千字句话点0123456789用以内", max_size=12))
def test_any_wish_is_understood_or_left(question: str) -> None:
    """Whatever stands there: no error, and nothing out of bounds."""
    wanted = length_wanted(question)
    assert wanted.chars is None or LEAST_CHARS <= wanted.chars <= MOST_CHARS
    assert wanted.lines is None or wanted.lines >= 1


def test_openers_are_answered(library: Library) -> None:
    """What is offered to begin with leads to sections or a summary."""
    assert len(list(openers(library))) >= 2
