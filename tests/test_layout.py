"""Lines become units: paragraphs rejoined, and what is no paragraph told apart."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from strategies import INDENT, WIDTH, paragraphs, printed

from corpus.bulletin import Kind
from corpus.layout.blocks import Block, blocks_of
from corpus.layout.lines import split_lines

FIRST = "近年来,安阳市老龄化程度也逐步加深,目前,全市常住人"  # 26 characters: the indent is lost
FULL = "级联动监督以来,市人大常委会主动把握历史机遇、扛稳人大监"  # 28 characters, mid-sentence
FULL_SENTENCE = "翔宇医疗调研检查时,还就企业反映的问题现场协调帮助解决."  # 28 characters
SHORT = "监督合奏曲."
CAPTION = "吕梁市人大常委会调研组深入部分养老服务机构进行调研指导。"
TORN = (
    "中阳县金罗镇尧峪村幸福小院依托村党组织的引领作用，积极探索农村养老新途径，提供集生活于一体的"
)
REST = "活动场所，有效解决了村里老人们的就餐养老问题。"


def blocks(*lines: str) -> list[Block]:
    return blocks_of(split_lines("\n\n".join(lines)))


def wrapped(*lines: str) -> list[Block]:
    """Blocks of the lines, behind a page of wrapped text that is left out of the result."""
    page = (FIRST, *[FULL] * 9, SHORT)
    return blocks(*page, *lines)[1:]


def clean(*lines: str) -> list[Block]:
    """Blocks of the lines, behind four long paragraphs that are left out of the result."""
    page = [f"全市建成{'养老服务机构、' * size}投入运营。" for size in (7, 9, 12, 18)]
    return blocks(*page, *lines)[4:]


def texts(found: list[Block]) -> list[str]:
    return [block.text for block in found]


def kinds_of(found: list[Block]) -> list[Kind]:
    return [block.kind for block in found]


def test_the_lines_of_these_tests_are_as_long_as_they_say() -> None:
    """The rules look at widths, so the samples must have the widths of a printed page."""
    assert (len(FIRST), len(FULL), len(FULL_SENTENCE)) == (WIDTH - INDENT, WIDTH, WIDTH)


def test_wrapped_lines_are_one_paragraph() -> None:
    """A first line, full lines and a short last one are joined; blank lines mean nothing."""
    (block,) = wrapped(FIRST, FULL, FULL, SHORT)
    assert block.kind is Kind.PARAGRAPH
    assert block.text == FIRST + FULL + FULL + SHORT


def test_a_line_that_is_not_full_ends_its_paragraph() -> None:
    """The next line begins another paragraph, whatever its length."""
    assert texts(wrapped(FIRST, FULL, SHORT, FIRST, SHORT)) == [FIRST + FULL + SHORT, FIRST + SHORT]


def test_a_full_line_that_ends_a_sentence_goes_on_unless_the_next_is_indented() -> None:
    """Behind a full stop at the margin, a line of 28 goes on, and one of 26 has lost its indent."""
    assert len(wrapped(FIRST, FULL_SENTENCE, FULL, SHORT)) == 1
    assert texts(wrapped(FIRST, FULL_SENTENCE, FIRST, SHORT)) == [
        FIRST + FULL_SENTENCE,
        FIRST + SHORT,
    ]


@pytest.mark.parametrize("opening", ["二是用好成果,", "(三)问题导向,", "４.服务供给,", "第五条"])
def test_behind_a_full_line_a_numbered_point_is_a_paragraph(opening: str) -> None:
    """A mark such as 二是 or （三） opens a paragraph though the line before it is full."""
    point = opening + FULL[len(opening) :]
    assert texts(wrapped(FIRST, FULL_SENTENCE, point, SHORT)) == [
        FIRST + FULL_SENTENCE,
        point + SHORT,
    ]


def test_a_point_in_mid_sentence_opens_nothing() -> None:
    """A line that opens as a point but completes a sentence belongs to it."""
    assert len(wrapped(FIRST, FULL, "二是" + FULL[2:], SHORT)) == 1


def test_behind_a_full_line_a_heading_stands_alone() -> None:
    """A short line that is no sentence is no part of the paragraph that ended on a full line."""
    found = wrapped(FIRST, FULL_SENTENCE, "党政领导重视,监督实效更加凸显", FIRST, SHORT)
    assert kinds_of(found) == [Kind.PARAGRAPH, Kind.HEADING, Kind.PARAGRAPH]


def test_a_paragraph_may_end_on_a_closing_quote() -> None:
    """Where the stop behind a quote is lost at the margin, a numbered point still begins anew."""
    quoted = "在哪、怎么监督”,让被监督对象清楚 “任务是啥、朝哪去干”"
    found = wrapped(FIRST, quoted, "五是上下联动发力,同步监督整改.市、县两级政府及相关", SHORT)
    assert len(found) == 2


def test_a_closing_quote_at_the_margin_ends_nothing_by_itself() -> None:
    """An ideographic blank fills its place, so the line is full, and a line of 28 goes on."""
    title = "门峡市人大常委会 “积极应对人口老龄化　加快发展养老服务”"
    assert len(wrapped(FIRST, FULL, title, FULL, SHORT)) == 1


@pytest.mark.parametrize("number", ["—５—", "— 12 —", "第3页"])
def test_a_page_number_interrupts_no_paragraph(number: str) -> None:
    """The lines around a page number are joined, and it is a unit of its own behind their start."""
    found = wrapped(FIRST, f"{FULL}\n{number}\n\n\n\n {FULL}\n{SHORT}")
    assert kinds_of(found) == [Kind.PARAGRAPH, Kind.PAGE_NUMBER]
    assert found[0].text == FIRST + FULL + FULL + SHORT


def test_a_page_break_without_a_number_interrupts_no_paragraph() -> None:
    """A line feed and a leading blank are all that some page breaks leave."""
    assert texts(wrapped(FIRST, f"{FULL}\n {FULL}", SHORT)) == [FIRST + FULL + FULL + SHORT]


@pytest.mark.parametrize(
    "line",
    [
        "会主任在调研结束后就有关问题逐一作答,并多次接受本报记者采访时",
        "好经验、好做法及时编发交流,全面掌握各县市区养老服务工作动态",
        "全市养老服务技能大赛和老年人文化艺术节由市人大常委会承办",
        "反映各地监督工作的新进展,鼓励各县市区人大常委会踊跃供稿以便",
    ],
    ids=["a reporter", "a bulletin", "an organiser", "a contribution"],
)
def test_a_line_at_the_margin_may_happen_to_end_like_a_byline(line: str) -> None:
    """Words that close a byline, masthead or credit mean nothing at the end of a full line."""
    assert len(line) >= WIDTH - 1
    assert texts(wrapped(FIRST, line, FULL, SHORT)) == [FIRST + line + FULL + SHORT]


def test_a_title_that_wraps_is_one_title() -> None:
    """Two lines at the top that are no sentences make one title."""
    found = blocks(
        "安阳: 唱好全省养老服务主旋律", "奏响安阳联动监督合奏曲", FIRST, *[FULL] * 9, SHORT
    )
    assert kinds_of(found) == [Kind.TITLE, Kind.PARAGRAPH]
    assert len(found[0].lines) == 2


def test_a_masthead_stands_above_the_title() -> None:
    """The series is no part of the title below it, though its line is full."""
    found = blocks(
        "“积极应对人口老龄化　加快发展养老服务”联动监督专辑 (十七)",
        "漯河: 落实联动监督",
        FIRST,
        *[FULL] * 9,
        SHORT,
    )
    assert kinds_of(found) == [Kind.MASTHEAD, Kind.TITLE, Kind.PARAGRAPH]


def test_a_credit_parts_two_articles() -> None:
    """What stands behind （…供稿） and is no sentence is the title of the next article."""
    found = wrapped(
        "(安阳市人大社会建设委员会供稿)", "焦作: 真监督解决真问题", "提升养老服务水平", FIRST, SHORT
    )
    assert kinds_of(found) == [Kind.CREDIT, Kind.TITLE, Kind.PARAGRAPH]
    assert found[1].text == "焦作: 真监督解决真问题提升养老服务水平"


def test_recipients_are_listed_to_the_end_of_the_issue() -> None:
    """报 and 发 open a list each; every line behind them belongs to one, though it wraps."""
    found = wrapped(
        "　报:全国人大社会建设委员会",
        "省人大常委会主任、副主任、秘书长、办公厅主任",
        "　发:省人大常委会副秘书长、办公厅一级巡视员、办公厅",
        "副主任、办公厅研究室主任",
        "各省辖市人大常委会、济源示范区人大工委",
    )
    assert kinds_of(found) == [Kind.DISTRIBUTION, Kind.DISTRIBUTION]
    assert [len(block.lines) for block in found] == [2, 3]


def test_numbered_headings_are_headings_wherever_they_stand() -> None:
    """一、 opens a heading behind a title, a paragraph or a credit, never a title."""
    heading = "一、主要做法"
    assert kinds_of(wrapped(heading, FIRST, SHORT)) == [Kind.HEADING, Kind.PARAGRAPH]
    assert kinds_of(wrapped("(市人大供稿)", heading)) == [Kind.CREDIT, Kind.HEADING]


def test_in_clean_text_every_line_is_a_paragraph() -> None:
    """Without a width at which lines were wrapped, line ends are ends of paragraphs."""
    first, second = "全市建成" + "养老机构、" * 9 + "。", "市财政安排" + "补助资金、" * 13 + "。"
    assert texts(clean(first, second)) == [first, second]
    assert kinds_of(clean(first, second)) == [Kind.PARAGRAPH, Kind.PARAGRAPH]


def test_a_torn_paragraph_is_rejoined() -> None:
    """A long line that stops in mid-sentence, at the end of a column, takes in the next line."""
    (block,) = clean(TORN, REST)
    assert (block.kind, block.text) == (Kind.PARAGRAPH, TORN + REST)


def test_a_torn_paragraph_is_rejoined_over_a_caption() -> None:
    """The caption of the picture that tore the paragraph is a unit of its own behind its start."""
    found = clean(TORN, f"\n\n{CAPTION}", REST)
    assert kinds_of(found) == [Kind.PARAGRAPH, Kind.CAPTION]
    assert texts(found) == [TORN + REST, CAPTION]


@pytest.mark.parametrize(
    "next_line", ["从“有”到“优”蝶变", "(二)提升水平。", "责编：冯海砚", "编者按"]
)
def test_what_stands_alone_completes_no_torn_paragraph(next_line: str) -> None:
    """Headings, points, notes and imprints are not swallowed by a line without its end."""
    assert texts(clean(TORN, next_line)) == [TORN, next_line]


def test_a_short_sentence_without_a_gap_is_a_paragraph() -> None:
    """Only the gap that a picture leaves makes a caption."""
    assert kinds_of(clean(CAPTION)) == [Kind.PARAGRAPH]
    assert kinds_of(clean(f"\n\n{CAPTION}")) == [Kind.CAPTION]


def test_a_subtitle_behind_a_dash_makes_a_title_of_the_line_above() -> None:
    """——… is the second line of a title, and a byline is its third."""
    found = clean("科技创新激活“新引擎”", "——吕梁市人大常委会跟踪监督", "□ 图/文 本报记者 梁英杰")
    assert kinds_of(found) == [Kind.TITLE, Kind.BYLINE]
    assert len(found[0].lines) == 2


def test_an_editors_note_holds_its_text() -> None:
    """编者按 on a line of its own takes in the paragraph behind it, and not the one behind that."""
    note, after = "跟踪监督是" + "重要一环，" * 12 + "。", "市人大常委会" + "持续监督，" * 12 + "。"
    found = clean("编者按", note, after)
    assert kinds_of(found) == [Kind.EDITOR_NOTE, Kind.PARAGRAPH]
    assert len(found[0].lines) == 2


def test_the_imprint_is_told_line_by_line() -> None:
    """Each line of the imprint is a unit that belongs to the page."""
    found = clean("政教专刊部主办", "2025年11月28日", "星期五", "组版：李牧")
    assert kinds_of(found) == [Kind.PAGE_CREDIT] * 4


@settings(deadline=None)
@given(paragraphs(), st.none() | st.integers(7, 30))
def test_printed_paragraphs_are_read_back(written: list[str], lines_a_page: int | None) -> None:
    """Whatever the words and the pages, paragraphs that end on a short line come back whole."""
    found = blocks_of(split_lines(printed(written, lines_a_page)))
    assert [block.text for block in found if block.kind is Kind.PARAGRAPH] == written
    assert {block.kind for block in found} <= {Kind.PARAGRAPH, Kind.PAGE_NUMBER}
