"""OFD, the state's own format, is read as print is: in reading order, with its pages."""

import io
import zipfile

import pytest
from ofd_files import EM, LEFT, NS, Text, line, ofd, rows, text_object

from corpus.bulletin import Bulletin, Kind
from corpus.errors import BulletinError
from corpus.formats.ofd import read_ofd
from corpus.parse import parse

TEXT = (
    "全县养老服务工作由县人大常委会持续监督，新建助餐场所96个，改造敬老院12所，"
    "工作进展总体顺利，全年投入资金1,234.5万元。"
)
OTHER = "下一步将督促有关部门按照年度计划推进落实，新增护理床位480张，群众满意率达到九成以上。"
TITLE: Text = (55, 28, 7, 2, "关于养老服务工作的报告")


def texts(bulletin: Bulletin) -> list[str]:
    """The paragraphs, as they read."""
    return [unit.text for unit in bulletin.paragraphs]


def test_paragraphs_are_read_with_their_pages() -> None:
    """Wrapped rows are joined, a paragraph goes on over the page, each knows where it begins."""
    *first, last = rows([TEXT, OTHER])
    bulletin = parse(ofd([TITLE, *first], [(LEFT, 45, EM, 1, last[4])]), "a.ofd")
    assert texts(bulletin) == [TEXT, OTHER]
    assert [unit.page for unit in bulletin.paragraphs] == [1, 1]
    assert bulletin.articles[0].title == TITLE[4]


def test_the_second_page_is_told() -> None:
    """A paragraph of the second page says so."""
    bulletin = parse(ofd([TITLE, *rows([TEXT])], rows([OTHER])), "a.ofd")
    assert [unit.page for unit in bulletin.paragraphs] == [1, 2]


def test_objects_are_read_in_the_order_of_print() -> None:
    """Not in that of the file, which may set the last row first."""
    bulletin = parse(ofd(list(reversed([TITLE, *rows([TEXT, OTHER])]))), "a.ofd")
    assert texts(bulletin) == [TEXT, OTHER]


def test_columns_are_read_one_after_the_other() -> None:
    """Two columns of print side by side are two columns of text."""
    page = [*rows([TEXT, OTHER], 18, 20), *rows([OTHER, TEXT], 18, 110)]
    assert texts(parse(ofd(page), "a.ofd")) == [TEXT, OTHER, OTHER, TEXT]


def test_a_table_is_read_under_the_names_of_its_columns() -> None:
    """Rules make its cells; each row is a unit that can be cited."""
    cells = [
        ["地区", "床位（张）", "增长（%）"],
        ["涧西区", "3581", "8.1"],
        ["西工区", "2046", "4.6"],
    ]
    page: list[Text] = [
        (30 + 50 * c, 155 + 8 * r, EM, 1, text) for r, row in enumerate(cells)
        for c, text in enumerate(row)
    ]  # fmt: skip
    drawn = "".join(line(28, 150 + 8 * r, 178, 150 + 8 * r) for r in range(4))
    drawn += "".join(line(28 + 50 * c, 150, 28 + 50 * c, 174) for c in range(4))
    bulletin = parse(ofd([*rows([TEXT]), *page], drawn=drawn), "a.ofd")
    assert texts(bulletin)[1:] == ["涧西区：床位3581张，增长8.1%", "西工区：床位2046张，增长4.6%"]


def test_a_template_frames_the_pages() -> None:
    """What stands on every page by a template is its masthead and its foot."""
    template: list[Text] = [(LEFT, 15, 3, 1, "某市人大简报"), (100, 285, 3, 1, "—1—")]
    bulletin = parse(ofd(rows([TEXT]), rows([OTHER]), template=template), "a.ofd")
    assert texts(bulletin) == [TEXT, OTHER]
    assert [unit.text for unit in bulletin.units if unit.kind is Kind.MASTHEAD] == [
        "某市人大简报"
    ] * 2


def test_a_turned_and_scaled_text_stands_where_its_matrix_says() -> None:
    """The CTM of a text carries it to the page, its size too."""
    half = text_object(0, 90, 2 * EM, 1, "新增护理床位480张。", "0.5 0 0 0.5 33 0")
    bulletin = parse(ofd([*rows([TEXT])], drawn=half), "a.ofd")
    assert texts(bulletin) == [TEXT, "新增护理床位480张。"]


def test_attachments_seals_and_annotations_are_told() -> None:
    """They are not in the text, and whoever adds the file is told."""
    told = [x.chinese for x in parse(ofd(rows([TEXT]), attachments=("附表.xlsx",), sealed=True),
                                     "a.ofd").losses]  # fmt: skip
    assert told == [
        "附件未收入，共1个：附表.xlsx；请另行添加",
        "文件有电子签章，印文未收入，也未核验",
    ]


def broken(path: str, xml: str) -> bytes:
    """An OFD in which one part is another."""
    file = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(ofd(rows([TEXT])))) as sound,
        zipfile.ZipFile(file, "w") as made,
    ):
        for part in sound.namelist():
            made.writestr(part, xml if part == path else sound.read(part))
    return file.getvalue()


LAUGHS = (
    '<!DOCTYPE a [<!ENTITY a "aaaaaaaaaa">'
    + "".join(
        f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefgh", "bcdefghi", strict=True)
    )
    + "]>"
)


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"PK\x03\x04", "no OFD document, or cut short"),
        (ofd(rows([TEXT]))[:900], "no OFD document, or cut short"),
        (broken("OFD.xml", f"<ofd:OFD {NS}><ofd:DocBody><ofd:DocRoot>../../etc/passwd</ofd:DocRoot>"
                "</ofd:DocBody></ofd:OFD>"), "etc/passwd is not in it"),
        (broken("OFD.xml", "<ofd:OFD"), "damaged XML"),
        (ofd([]), "image only, no text"),
        (ofd(rows([TEXT]), extra={"Encryptions.xml": b"<a/>"}), "encrypted"),
        (ofd(rows([TEXT]), extra={"a.xml": b" " * (31 * 2**20)}), "unpacks to"),
    ],
    ids=["zip", "cut", "path", "xml", "empty", "encrypted", "bomb"],
)  # fmt: skip
def test_what_is_no_sound_ofd_is_told_in_a_sentence(data: bytes, told: str) -> None:
    """With the mend, and without a look at anything outside the file."""
    with pytest.raises(BulletinError, match=told):
        read_ofd(data, "a.ofd")


def test_entities_do_not_grow() -> None:
    """A billion laughs are none."""
    xml = LAUGHS + (
        f"<ofd:Page {NS}><ofd:Content><ofd:Layer ID='1'><ofd:TextObject ID='2' Boundary='0 9 90 9' "
        "Size='4'><ofd:TextCode X='0' Y='4'>&i;</ofd:TextCode></ofd:TextObject></ofd:Layer>"
        "</ofd:Content></ofd:Page>"
    )
    with pytest.raises(BulletinError):
        read_ofd(broken("Doc_0/Pages/Page_0/Content.xml", xml), "a.ofd")


def test_a_file_of_too_many_pages_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """A bound on pages, as of a PDF."""
    monkeypatch.setattr("corpus.formats.ofd_document.MAX_PAGES", 2)
    with pytest.raises(BulletinError, match="3 pages, more than 2; split the document"):
        read_ofd(ofd([], [], []), "a.ofd")
