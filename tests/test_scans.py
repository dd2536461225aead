"""Scanned pages are recognised offline, and what was recognised never passes for print."""

import io
import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
import scans
from doubles import WordEncoder
from PIL import Image, ImageDraw, ImageFont
from prints import pdf

from corpus.bulletin import Bulletin, Doubt, Kind
from corpus.errors import BulletinError
from corpus.figures.misread import told_doubt
from corpus.formats import pdf as pdf_reader
from corpus.formats import picture, recognition
from corpus.formats.pdf import read_pdf
from corpus.formats.scan_types import Scan, ScanLine, scan_from, written
from corpus.parse import parse
from index.library import Library
from index.shelf import extracts

TEXT = (
    "全县养老服务工作由县人大常委会持续监督，新建助餐场所96个，改造敬老院12所，工作进展总体顺利，"
    "全年投入资金1234.5万元，惠及老年人3.6万人次。"
)
OTHER = (
    "下一步将督促有关部门按照年度计划推进落实，新增护理床位480张，培训护理员640人次，"
    "群众满意率达到96.5%以上。"
)
THIRD = "各乡镇人大主席团要把养老服务列入议事日程，每季度听取一次汇报，每半年组织一次代表视察。"
needs_engine = pytest.mark.skipif(
    not (recognition.can_recognise() and scans.has_fonts()),
    reason="recognition (the extra ocr) or the fonts of the pages are not installed",
)


def line(text: str, y: float, x: float = 90.0, em: float = 14.0, sure: float = 0.99) -> ScanLine:
    """A recognised line whose characters are an em wide."""
    ends = tuple((x + em * n, x + em * (n + 1)) for n in range(len(text)))
    return ScanLine(text, ends, y, y + 1.2 * em, (sure,) * len(text), em)


def scan(texts: Sequence[str], per_row: int = 28, unsure: str = "") -> Scan:
    """A page of paragraphs as recognition gives it; characters of `unsure` are unsure."""
    lines: list[ScanLine] = []
    for text in texts:
        starts = [0, *range(per_row - 2, len(text), per_row)]
        for n, (start, end) in enumerate(zip(starts, [*starts[1:], len(text)], strict=True)):
            row = line(text[start:end], 100 + 22 * len(lines), 90.0 + (28 if n == 0 else 0))
            doubted = range(at := row.text.find(unsure), at + len(unsure)) if unsure else range(0)
            sure = [0.5 if i in doubted and at >= 0 else one for i, one in enumerate(row.sure)]
            lines.append(replace(row, sure=tuple(sure)))
    return Scan(595, 842, tuple(lines))


@pytest.fixture
def scanned(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The recognition of PDFs replaced by one that reads the same page each time, but for its
    first row; which pages it was asked for.
    """
    asked: list[int] = []

    def recognise(data: bytes, kind: str, pages: Sequence[int], name: str) -> list[Scan]:
        asked.extend(pages)
        return [scan([THIRD, TEXT, OTHER][page % 2 :], unsure="480") for page in pages]

    monkeypatch.setattr(pdf_reader, "recognise", recognise)
    monkeypatch.setattr(pdf_reader, "can_recognise", lambda: True)
    return asked


def picture_pdf(pages: int = 1) -> bytes:
    """A PDF of pages that are pictures."""
    image = Image.new("L", (200, 280), 255)
    file = io.BytesIO()
    image.save(file, "PDF", save_all=True, append_images=[image] * (pages - 1))
    return file.getvalue()


def texts(bulletin: Bulletin) -> list[str]:
    return [unit.text for unit in bulletin.paragraphs]


def test_a_scan_survives_the_way_between_processes() -> None:
    """What one process writes the other reads."""
    page = scan([TEXT], unsure="96")
    assert scan_from(written(page)) == page


def test_recognised_rows_are_read_as_print(scanned: list[int]) -> None:
    """Wrapped rows are joined; every unit knows that it was recognised, and the file tells it."""
    bulletin = parse(picture_pdf(2), "a.pdf")
    assert texts(bulletin) == [THIRD, TEXT, OTHER, TEXT, OTHER]
    assert [unit.page for unit in bulletin.paragraphs] == [1, 1, 1, 2, 2]
    assert all(unit.recognised for unit in bulletin.units)
    assert bulletin.losses[0].chinese == "第1、2页由文字识别读出，请对照原件"


def test_a_figure_of_low_confidence_is_doubted(scanned: list[int]) -> None:
    """It alone; what it reads is told with it."""
    bulletin = parse(picture_pdf(), "a.pdf")
    doubted = [f for unit in bulletin.units for f in unit.figures if f.doubt]
    assert [(figure.text, figure.doubt) for figure in doubted] == [("480张", Doubt.POSSIBLE)]
    assert told_doubt(doubted[0]) == "识别存疑，请对照原件"


def test_pages_with_a_text_layer_are_not_recognised(scanned: list[int]) -> None:
    """A document of print costs nothing more than before."""
    bulletin = parse(pdf([(80, 120, 10, "F1", THIRD)]), "a.pdf")
    assert scanned == []
    assert not any(unit.recognised for unit in bulletin.units)


def test_a_page_whose_layer_names_nothing_is_recognised(scanned: list[int]) -> None:
    """The other page is read as print."""
    data = pdf([(80, 120, 10, "F1", THIRD)], [(80, 120, 10, "F3", TEXT)])
    bulletin = parse(data, "a.pdf")
    assert scanned == [1]
    assert [unit.recognised for unit in bulletin.paragraphs] == [False, True, True]
    assert "（文字层缺少编码表）" in bulletin.losses[0].chinese


def test_without_the_library_the_mend_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """One sentence says what to install."""
    monkeypatch.setattr(pdf_reader, "can_recognise", lambda: False)
    monkeypatch.setattr(picture, "can_recognise", lambda: False)
    for data, name in ((picture_pdf(), "a.pdf"), (as_png(Image.new("L", (9, 9))), "a.png")):
        with pytest.raises(BulletinError, match=r"pip install 'jianbao\[ocr\]'"):
            parse(data, name)


def test_a_trial_leaves_recognition_to_the_reader(scanned: list[int]) -> None:
    """It has a process of its own already."""
    read_pdf(picture_pdf(), "a.pdf", recognising=False)
    assert scanned == []


def test_too_many_scanned_pages_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """With the bound and the mend."""
    monkeypatch.setattr(recognition, "MAX_PAGES", 2)
    with pytest.raises(BulletinError, match="3 scanned pages, more than 2; split the document"):
        recognition.recognise(b"", "pdf", range(3), "a.pdf")


def test_a_scan_is_recognised_once(
    scanned: list[int], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A library keeps what was read; a kept text that is broken or old is made anew."""
    path = tmp_path / "a.pdf"
    path.write_bytes(picture_pdf())
    library = Library(tmp_path / "library", WordEncoder())
    added = library.add(path)
    assert library.bulletin("a") == added
    library.close()
    library = Library(tmp_path / "library", WordEncoder())
    assert library.bulletin("a") == added
    assert scanned == [0]
    library.close()
    (kept,) = (tmp_path / "library" / "recognised").iterdir()
    kept.write_bytes(kept.read_bytes()[:100])
    library = Library(tmp_path / "library", WordEncoder())
    assert library.bulletin("a") == added
    library.close()
    monkeypatch.setattr(extracts, "VERSION", 2)
    library = Library(tmp_path / "library", WordEncoder())
    assert library.bulletin("a") == added
    library.close()
    assert scanned == [0, 0, 0]


def as_png(image: Image.Image) -> bytes:
    return scans.as_file(image)


@pytest.mark.parametrize("data", [b"no picture", b"\x89PNG\r\n\x1a\n cut", b""], ids=str)
def test_what_is_no_picture_is_told(data: bytes) -> None:
    """In a sentence, whatever its suffix."""
    with pytest.raises(BulletinError, match="no picture in PNG, JPEG or TIFF"):
        picture.read_picture(data, "a.png")


def table_page() -> Image.Image:
    """A page with a paragraph and, under it, a table with rules."""
    image = scans.page([TEXT])
    draw = ImageDraw.Draw(image)
    font = ImageFont.truetype(str(scans.SERIF), scans.SIZE, index=scans.CHINESE)
    cells = [
        ["地区", "床位（张）", "增长（%）"],
        ["涧西区", "3581", "8.1"],
        ["西工区", "2046", "4.6"],
    ]
    top, high, left, wide = 1200, 130, 400, 560
    for y, row in enumerate(cells):
        for x, text in enumerate(row):
            draw.text((left + wide * x + 40, top + high * y + 30), text, 0, font)
    for n in range(4):
        draw.line((left, top + high * n, left + 3 * wide, top + high * n), 0, 4)
        draw.line((left + wide * n, top, left + wide * n, top + 3 * high), 0, 4)
    return image


@pytest.fixture(scope="module")
def read() -> Bulletin:
    """Four pages, recognised: turned by 1°, lying on the side, in columns, with a table."""
    pages = [
        scans.page([TEXT, OTHER, THIRD], "关于养老服务工作的报告", turn=1.0),
        scans.page([OTHER, TEXT], turn=90),
        scans.page([TEXT, OTHER, THIRD] * 3, columns=2),
        table_page(),
    ]
    file = io.BytesIO()
    pages[0].save(file, "PDF", resolution=scans.DPI, save_all=True, append_images=pages[1:])
    return parse(file.getvalue(), "a.pdf")


def plain(text: str) -> str:
    return re.sub(r"\W", "", text)


def of_page(bulletin: Bulletin, page: int) -> list[str]:
    return [unit.text for unit in bulletin.paragraphs if unit.page == page]


@needs_engine
def test_a_page_that_is_turned_by_a_degree_is_read(read: Bulletin) -> None:
    """Its characters to .98, its paragraphs each a unit."""
    found = of_page(read, 1)
    assert scans.accuracy("".join(found), TEXT + OTHER + THIRD) >= 0.98
    assert [plain(text) for text in found] == [plain(text) for text in (TEXT, OTHER, THIRD)]
    assert read.articles[0].title == "关于养老服务工作的报告"


@needs_engine
def test_a_page_on_its_side_is_set_upright(read: Bulletin) -> None:
    """Whichever way it was put on the scanner."""
    assert [plain(text) for text in of_page(read, 2)] == [plain(OTHER), plain(TEXT)]


@needs_engine
def test_columns_of_a_scan_are_read_one_after_the_other(read: Bulletin) -> None:
    """In the order of print."""
    true = [plain(text) for text in [TEXT, OTHER, THIRD] * 3]
    found = [plain(text) for text in of_page(read, 3)]
    assert sum(a == b for a, b in zip(found, true, strict=False)) >= 0.9 * len(true)


@needs_engine
def test_rules_of_a_scan_make_its_table(read: Bulletin) -> None:
    """Its rows read under the names of their columns."""
    rows = [unit.text for unit in read.paragraphs if unit.kind is Kind.TABLE and unit.page == 4]
    assert rows == ["涧西区：床位3581张，增长8.1%", "西工区：床位2046张，增长4.6%"]


@needs_engine
def test_a_picture_without_text_is_told() -> None:
    """A cat, a blank page: one sentence."""
    image = Image.radial_gradient("L").resize((600, 800))
    with pytest.raises(BulletinError, match="no text found in the picture"):
        parse(as_png(image), "cat.png")


@needs_engine
def test_a_photographed_page_upside_down_is_read() -> None:
    """As JPEG, in colours."""
    image = scans.page([OTHER], turn=180).convert("RGB")
    assert [plain(text) for text in texts(parse(scans.as_file(image, "JPEG"), "a.jpg"))] == [
        plain(OTHER)
    ]
