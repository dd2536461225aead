"""Pages that lie, stand in columns, or carry more than their text are read, or it is said."""

import sys
from pathlib import Path

import pytest
from prints import EM, HEIGHT, LEFT, Text, pdf, placed, rows

from corpus.bulletin import Bulletin, Kind
from corpus.parse import parse

TEXT = (
    "全县养老服务工作由县人大常委会持续监督，新建助餐场所96个，改造敬老院12所，工作进展总体顺利。"
)
OTHER = "下一步将督促有关部门按照年度计划推进落实，新增护理床位480张，群众满意率达到九成以上。"


def texts(bulletin: Bulletin) -> list[str]:
    """The paragraphs, as they read."""
    return [unit.text for unit in bulletin.paragraphs]


def lying(paragraph: str, turn: str, per_row: int = 40) -> str:
    """A paragraph with an indent whose rows stand upright on the page."""
    wrapped = [paragraph[: per_row - 2]]
    wrapped += [paragraph[n : n + per_row] for n in range(per_row - 2, len(paragraph), per_row)]
    drawn = ""
    for n, row in enumerate(wrapped):
        first = 2 * EM if n == 0 else 0
        place = {"left": f"0 1 -1 0 {100 + 16 * n} {100 + first}",
                 "right": f"0 -1 1 0 {500 - 16 * n} {742 - first}"}[turn]  # fmt: skip
        drawn += placed(row, place, EM)
    return drawn


@pytest.mark.parametrize("turn", ["left", "right"])
def test_a_page_on_its_side_is_read(turn: str) -> None:
    """Where the text of a page lies, the page is turned, whatever it says of its rotation."""
    data = pdf([], drawn=lying(TEXT, turn))
    assert texts(parse(data, "a.pdf")) == [TEXT]


def test_columns_from_the_right_are_read() -> None:
    """Vertical writing is read column by column, from the right."""
    columns = ["　　" + TEXT[:23], TEXT[23:], "　　" + OTHER[:23], OTHER[23:]]
    page: list[Text] = [
        (500 - 18 * n, 100 + EM * row, EM, "F1", char)
        for n, column in enumerate(columns)
        for row, char in enumerate(column)
    ]
    assert texts(parse(pdf(page), "a.pdf")) == [TEXT, OTHER]


def test_a_watermark_is_left_out_and_told() -> None:
    """Larger print over the text is none of it, on every page where it stands; and it is said."""
    pages = [rows([TEXT, OTHER], 40), rows([OTHER, TEXT], 40)]
    marked = [[*page, (LEFT + 30, 140, 28, "F1", "县人大机关内部")] for page in pages]
    marked[1][-1] = (LEFT + 30, 400, 28, "F1", "县人大机关内部")
    bulletin = parse(pdf(*marked), "a.pdf")
    assert texts(bulletin) == [TEXT, OTHER, OTHER, TEXT]
    assert [loss.chinese for loss in bulletin.losses] == ["水印“县人大机关内部”未收入"]


def test_larger_print_between_rows_is_no_watermark() -> None:
    """A title and a heading in large type lie over nothing, and stay."""
    page = [(LEFT, 80, 20, "F1", "关于养老服务的报告"), *rows([TEXT], 40, y=120),
            (LEFT, 170, 14, "F2", "一、主要做法"), *rows([OTHER], 40, y=200)]  # fmt: skip
    bulletin = parse(pdf(page), "a.pdf")
    assert bulletin.losses == ()
    assert [unit.kind for unit in bulletin.units] == [
        Kind.TITLE, Kind.PARAGRAPH, Kind.HEADING, Kind.PARAGRAPH
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("before", "mark", "behind", "read", "figure"),
    [
        (
            "全县建成助餐场所96",
            "2",
            "个，全部投入运营。",
            "全县建成助餐场所96个，全部投入运营。",
            "96个",
        ),
        ("户籍老年人口为", "1", "18.62万人。", "户籍老年人口为18.62万人。", "18.62万人"),
        ("投入资金744", "(3)", "万元。", "投入资金744万元。", "744万元"),
        ("占总人口的20.3%", "①", "。", "占总人口的20.3%。", "20.3%"),
    ],
    ids=["behind digits", "before digits", "bracketed", "circled"],
)
def test_a_raised_mark_is_no_digit(
    before: str, mark: str, behind: str, read: str, figure: str
) -> None:
    """A small raised mark is kept apart from the figure beside it, and stays in the source."""
    x = LEFT + sum(EM / 2 if char.isascii() else EM for char in before)
    wide = sum(3 if char.isascii() else 6 for char in mark)
    page: list[Text] = [(LEFT, 120, EM, "F1", before), (x, 116, 6, "F1", mark),
                        (x + wide, 120, EM, "F1", behind)]  # fmt: skip
    (unit,) = parse(pdf(rows([OTHER], 40, y=300) + page), "a.pdf").paragraphs[:1]
    assert unit.text == read
    assert figure in [found.text for found in unit.figures]
    assert len(unit.source) > len(unit.text)


def test_a_picture_among_pages_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without recognition a page that only shows a picture is left out, and it is said which."""
    monkeypatch.setitem(sys.modules, "rapidocr_onnxruntime", None)
    image = "q 200 0 0 200 100 400 cm BI /W 1 /H 1 /CS /G /BPC 8 ID \x41 EI Q"
    bulletin = parse(pdf(rows([TEXT], 40), [], rows([OTHER], 40), drawn=image), "a.pdf")
    assert [loss.english for loss in bulletin.losses] == [
        "page 2: a picture without text, left out"
    ]


def test_text_across_the_page_is_told() -> None:
    """What stands at the margin in another direction is left out, and it is said how much."""
    drawn = placed("密封线内请勿答题装订线", "0 1 -1 0 40 300", EM)
    bulletin = parse(pdf(rows([TEXT, OTHER], 40), drawn=drawn), "a.pdf")
    assert texts(bulletin) == [TEXT, OTHER]
    assert [loss.chinese for loss in bulletin.losses] == ["第1页有11个字与正文方向不同，未收入"]


def test_digits_without_a_code_table_are_shown_as_lost(tmp_path: Path) -> None:
    """Of a font that names no character each one stands as U+FFFD, no figure is made of the rest,
    and it is said.
    """
    nameless = f" BT /F3 {EM} Tf {LEFT + 5 * EM} {HEIGHT - 300} Td <000100020003> Tj ET"
    page: list[Text] = [(LEFT, 300, EM, "F1", "全县建成的"),
                        (LEFT + 8 * EM, 300, EM, "F1", "6个助餐场所，全部投入运营。")]  # fmt: skip
    bulletin = parse(pdf(rows([TEXT], 40) + page, drawn=nameless), "a.pdf")
    unit = bulletin.paragraphs[-1]
    assert unit.text == "全县建成的\ufffd\ufffd\ufffd6个助餐场所，全部投入运营。"
    assert unit.figures == ()
    (loss,) = bulletin.losses
    assert "page 1: 3 characters" in loss.english
