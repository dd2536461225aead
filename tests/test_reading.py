"""Reading text restores what extraction damaged, and each of its characters knows its source."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from strategies import sources

from corpus.figures.quantities import find_figures
from corpus.text.note_marks import note_marks
from corpus.text.radicals import CHARACTERS
from corpus.text.reading_text import CHINESE_MARKS, is_blank, is_han, narrow, read


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("２０２４年９月", "2024年9月"),
        ("９０％以上", "90%以上"),
        ("报告＋审议意见", "报告+审议意见"),
        ("由２－３人组成", "由2-3人组成"),
        ("Ａ级、ｂ级", "A级、b级"),
        ("（一）提升，站位", "（一）提升，站位"),
    ],
    ids=["digits", "percent", "plus", "dash", "letters", "Chinese marks stay"],
)
def test_full_width_figures_are_narrowed(source: str, text: str) -> None:
    """Digits, letters and the signs of figures become narrow; Chinese marks keep their width."""
    assert read(source).text == text


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("目前,市人大:", "目前，市人大："),
        ("何时办结?立即!", "何时办结？立即！"),
        ("(镇)人大;村", "（镇）人大；村"),
        ("上功夫.” 他说", "上功夫。”他说"),
        ("完成率１００％.«条例»", "完成率100%。《条例》"),
        ("ab, cd. (ef): gh", "ab, cd. (ef): gh"),
        ("gov.cn与10:30", "gov.cn与10:30"),
    ],
    ids=["comma", "question", "brackets", "in quotes", "behind a sign", "Latin", "address, time"],
)
def test_marks_are_restored_between_chinese_only(source: str, text: str) -> None:
    """An ASCII mark beside a Chinese character becomes Chinese; one among Latin words stays."""
    assert read(source).text == text


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("覆盖率为10.6%", "覆盖率为10.6%"),
        ("覆盖率为１０.６％", "覆盖率为10.6%"),
        ("覆盖率为１０．６％", "覆盖率为10.6%"),
        ("投入1,000元", "投入1,000元"),
        ("建设.２０２４年", "建设。2024年"),
        ("增长５％.初步形成", "增长5%。初步形成"),
        ("增长５.初步形成", "增长5。初步形成"),
    ],
    ids=["ASCII", "wide digits", "wide point", "thousands", "before", "behind a sign", "behind"],
)
def test_a_point_inside_a_number_stays_a_point(source: str, text: str) -> None:
    """Only a point with a digit on both sides is decimal; any other full stop is Chinese."""
    assert read(source).text == text


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("1.加强领导", "1.加强领导"),
        ("１.加强领导", "1.加强领导"),
        ("１．加强领导", "1.加强领导"),
        ("任务如下:12.加强领导", "任务如下：12.加强领导"),
        ("落实任务.２.加强领导", "落实任务。2.加强领导"),
        ("附件\n1.加强领导", "附件\n1.加强领导"),
        ("共１２.加强领导", "共12。加强领导"),
        ("2024.加强领导", "2024。加强领导"),
    ],
    ids=["head", "wide digit", "wide point", "colon", "stop", "new line", "in prose", "a year"],
)
def test_the_point_of_an_enumeration_is_kept(source: str, text: str) -> None:
    """The point of "1." stays where one or two digits open the unit, a line or a sentence."""
    assert read(source).text == text


def test_quotes_are_kept_as_they_are() -> None:
    """Chinese quotes, single ones inside and straight ones are not replaced."""
    assert read('他说“设‘亲情直播间’”,"很好"').text == '他说“设‘亲情直播间’”，"很好"'


def test_guillemets_are_book_title_marks() -> None:
    """Extraction writes « » for 《 》, whatever stands beside them."""
    assert read("审议 «河南省养老服务条例»等, «a»").text == "审议《河南省养老服务条例》等，《a》"


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("在全市 “四级书记抓养老”的", "在全市“四级书记抓养老”的"),
        ("2024 年 4 月 1 日", "2024年4月1日"),
        ("应对老龄化　加快发展", "应对老龄化　加快发展"),
        ("　报:全国人大", "报：全国人大"),
        ("使用 Word 97 与 PDF", "使用Word 97与PDF"),
        ("Word \t 97", "Word 97"),
        ("供稿 \n 2024", "供稿\n2024"),
        ("人\u200b大\ufeff", "人大"),
        (" \u200b　", ""),
        ("助餐点1\u200b80个", "助餐点180个"),
        ("46\u200b 35", "46 35"),
    ],
    ids=[
        "closed",
        "dates",
        "ideographic",
        "indent",
        "Latin words",
        "runs",
        "new line",
        "zero width",
        "nothing",
        "zero width in a figure",
        "a blank beside it",
    ],
)
def test_blanks_stay_only_where_they_part_words(source: str, text: str) -> None:
    """Blanks beside Chinese are closed, but for an ideographic one between two Han characters."""
    assert read(source).text == text


def test_a_long_run_of_blanks_is_read_in_one_pass() -> None:
    """Blanks by the ten thousand, as a table leaves them, cost no more than other characters."""
    assert read("中" + " " * 50_000 + "文." + "共１２." * 20_000).text.startswith("中文。共12。")


def test_a_range_of_the_reading_text_maps_to_its_source() -> None:
    """The source range of a range starts at its first character and ends behind its last."""
    source = "在全市 “四级书记”的２０２４年."
    reading = read(source)
    assert reading.text == "在全市“四级书记”的2024年。"
    assert reading.to_source(3, 9) == (4, 10)
    assert source[4:10] == "“四级书记”"
    start = reading.text.index("2024")
    assert source[slice(*reading.to_source(start, start + 4))] == "２０２４"
    assert reading.to_source(0, len(reading.text)) == (0, len(source))


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("用电10⁸千瓦时", "用电10⁸千瓦时"),
        ("约10¹²个", "约10¹²个"),
        ("共10²个", "共10个"),
        ("共210³个", "共210个"),
        ("投资3.5×10⁸元", "投资3.5×10⁸元"),
    ],
)
def test_a_power_of_ten_is_no_figure_with_a_note(source: str, text: str) -> None:
    """Ten with a number of more than a square keeps it: without it the figure would be another."""
    assert read(source).text == text
    assert all("10" not in one.text for one in find_figures(read(source).text) if "⁸" in text)


@pytest.mark.parametrize(
    ("start", "end"),
    [(0, 0), (1, 1), (2, 1), (-1, 1), (0, 4)],
    ids=["empty", "empty inside", "backward", "before the text", "behind the text"],
)
def test_a_range_outside_the_text_is_refused(start: int, end: int) -> None:
    """An empty range or one that leaves the text maps to nothing, and says so."""
    with pytest.raises(ValueError, match=f"{start}:{end}"):
        read("三个字").to_source(start, end)


@settings(deadline=None)
@given(sources() | st.text())
def test_every_character_of_the_reading_has_its_source(source: str) -> None:
    """Offsets go with the characters one to one, rise, and point at what each stands for."""
    reading = read(source)
    assert len(reading.offsets) == len(reading.text)
    assert all(a < b for a, b in zip(reading.offsets, reading.offsets[1:], strict=False))
    for char, offset in zip(reading.text, reading.offsets, strict=True):
        printed = source[offset]
        stands_for = {printed, narrow(printed), CHINESE_MARKS.get(printed, printed)}
        stands_for.add(CHARACTERS.get(printed, printed))
        if printed in "．[]":  # a full stop; the brackets of a note's number
            stands_for.add({"．": "。", "[": "［", "]": "］"}[printed])
        if printed.isspace():
            stands_for = {" ", "\n", "　"}
        assert char in stands_for


@settings(deadline=None)
@given(sources() | st.text())
def test_reading_loses_nothing_but_blanks(source: str) -> None:
    """Every character that leaves ink is in the reading, marks of notes among figures aside, and no
    blank stands at its ends.
    """
    reading = read(source)
    kept = {*reading.offsets, *note_marks(source)}
    assert all(i in kept for i, char in enumerate(source) if not is_blank(char))
    assert reading.text == reading.text.strip()


@settings(deadline=None)
@given(sources() | st.text())
def test_narrowing_keeps_the_length(text: str) -> None:
    """Narrow text can be searched with the offsets of the text that it was made from."""
    assert len(narrow(text)) == len(text)


@pytest.mark.parametrize(
    ("char", "han"),
    [
        ("老", True),
        ("〇", True),
        ("𠀋", True),
        ("豈", True),
        ("A", False),
        ("，", False),
        ("", False),
    ],
    ids=["common", "zero", "extension B", "compatibility", "letter", "mark", "nothing"],
)
def test_ideographs_of_every_block_are_han(char: str, han: bool) -> None:
    """Rare characters of names count as Chinese; letters and marks do not."""
    assert is_han(char) is han
