"""What a Word document or a web page shows and its text does not hold is said."""

import io
from pathlib import Path

import docx
import pytest
from command import Command
from docx.oxml import parse_xml
from docx.shared import Cm
from PIL import Image

from corpus.parse import parse

TEXT = "全县养老服务工作由县人大常委会持续监督，新建助餐场所96个，改造敬老院12所，进展顺利。"
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def losses(data: bytes, name: str) -> list[str]:
    """What is told of a file, in English."""
    return [loss.english for loss in parse(data, name).losses]


def picture() -> io.BytesIO:
    """A picture of one colour."""
    file = io.BytesIO()
    Image.new("RGB", (40, 30)).save(file, "PNG")
    file.seek(0)
    return file


def word(*widths: float, xml: str = "") -> bytes:
    """A Word document with pictures as wide as that, in centimetres, and a run of its own XML."""
    document = docx.Document()
    document.add_paragraph(TEXT)
    for width in widths:
        document.add_picture(picture(), width=Cm(width))
    if xml:
        document.add_paragraph()._p.append(parse_xml(f"<w:r {W}>{xml}</w:r>"))
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def page(body: str) -> bytes:
    """A web page of one article."""
    return (
        f'<html><head><meta charset="utf-8"><title>养老服务情况</title></head><body><div>'
        f"<h1>养老服务情况</h1><p>{TEXT}</p>{body}<p>{TEXT}</p></div></body></html>"
    ).encode()


def test_signs_that_only_a_font_could_show_are_told() -> None:
    """A figure in a maker's own codes is not read, and not left out without a word."""
    text = f"养老服务情况\n{TEXT * 6}\n全县共计\ue012\ue013万元，{TEXT}"
    assert losses(text.encode(), "a.txt") == [
        "2 characters without a standard code cannot be told, the first behind “全县共计”; "
        "see the original"
    ]


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (word(), []),
        (word(0.5), []),
        (word(8), ["1 picture left out; see the original for text in them"]),
        (word(8, 9), ["2 pictures left out; see the original for text in them"]),
        (
            word(xml="<w:object/>"),
            ["1 embedded object (sheets, formulas, files) left out"],
        ),
    ],
    ids=["text alone", "a small mark", "a picture", "two pictures", "a sheet"],
)
def test_a_word_document_tells_what_is_no_text(data: bytes, told: list[str]) -> None:
    """Pictures that may show text, and files inside the file; no small ornament."""
    assert losses(data, "a.docx") == told


HIDDEN = "全年发放高龄津贴1286万元，惠及老年人1.9万人，群众满意度不断提高。"


@pytest.mark.parametrize(
    ("body", "told"),
    [
        ("", []),
        ('<img src="a.png" width="20">', []),
        ("<noscript>您的浏览器不支持脚本，请升级浏览器，谢谢配合。</noscript>", []),
        ('<img src="a.png">', ["1 picture left out; see the page itself for text in them"]),
        (
            '<p><a href="/f/1.xls?x=1">附件1</a> <a href="/f/2.pdf">附件2</a></p>',
            ["2 attached files not taken; download and add them"],
        ),
        (
            f'<div style="display: none"><p>{HIDDEN}</p></div>',
            [f"{len(HIDDEN)} characters that the page hides are left out; see the page itself"],
        ),
        (
            f"<noscript><p>{HIDDEN}</p></noscript>",
            [f"{len(HIDDEN)} characters that the page hides are left out; see the page itself"],
        ),
    ],
    ids=["text", "icon", "advice", "picture", "files", "hidden", "without scripts"],
)
def test_a_web_page_tells_what_is_no_text(body: str, told: list[str]) -> None:
    """Pictures, attached files, and running text that the page hides; nothing of the site's own."""
    assert losses(page(body), "a.html") == told


def test_sync_tells_of_losses_as_add_does(tmp_path: Path, jianbao: Command) -> None:
    """A line for each, of what was just taken."""
    folder = tmp_path / "papers"
    folder.mkdir()
    (folder / "a.docx").write_bytes(word(8))
    (folder / "b.docx").write_bytes(word())
    done = jianbao("sync", str(folder))
    assert [line for line in done.out.splitlines() if "未读出" in line] == [
        "a: not read 未读出：1幅图片未收入，其中如有文字请对照原件 "
        "(1 picture left out; see the original for text in them)"
    ]
    again = jianbao("sync", str(folder))
    assert "未读出" not in again.out
