"""What a browser shows besides the typed text is read: tables, numbers of lists, the record of a
document, pages saved in other ways.
"""

from email.message import EmailMessage

import pytest

from corpus.bulletin import Bulletin, Kind
from corpus.errors import BulletinError
from corpus.parse import parse

TITLE = "青禾市人民政府办公室关于养老服务建议办理情况的答复"
ONE = "你们提出的关于发展养老服务的建议，经商有关部门，现答复如下。"
TWO = "去年全市新建敬老院12所，今年计划再建18所，群众满意。"


def read(body: str, title: str = TITLE) -> Bulletin:
    """A page as a bulletin."""
    page = f"<html><head><title>{title}</title></head><body>{body}</body></html>"
    return parse(page.encode(), "a.html")


def rows(table: str) -> list[str]:
    """What the rows of a table in an article read."""
    bulletin = read(f"<h1>{TITLE}</h1><p>{ONE}</p>{table}<p>{TWO}</p>")
    assert bulletin.paragraphs[0].text == ONE
    assert bulletin.paragraphs[-1].text == TWO
    return [unit.text for unit in bulletin.units if unit.kind is Kind.TABLE]


@pytest.mark.parametrize(
    ("table", "expected"),
    [
        ("<table><tr><td>项目<td>金额（万元）<td>增长（%）<tr><td>税收<td>15767<td>18.64</table>",
         ["税收：金额15767万元，增长18.64%"]),
        ("<p>单位：亩</p><table><thead><tr><th rowspan=2>镇</th><th colspan=2>面积</th></tr><tr>"
         "<th>水田</th><th>旱地</th></tr></thead><tbody><tr><td>东镇</td><td>1,203</td><td>86.5</td>"
         "</tr><tr><td>西镇</td><td colspan=2>920</td></tr></tbody></table>",
         ["东镇：面积水田1,203亩，面积旱地86.5亩", "西镇：面积水田、面积旱地920亩"]),
        ("<table><tr><td>类别<td>项目<td>户数<tr><td rowspan=2>城区<td>低保<td>46<tr><td>特困<td>8"
         "<tr><td>乡镇<td>低保<td>97</table>",
         ["城区·低保：户数46户", "城区·特困：户数8户", "乡镇·低保：户数97户"]),
        ("<table><tr><td>单位<td>明细<tr><td>水利局<td><table><tr><td>办结<td>12件<tr><td>续办"
         "<td>3件</table></table>", ["水利局：明细：办结：12件，续办：3件"]),
        ("<table><tr><td>县<td>数量<tr><td>甲<br>县<td>46<sup>2</sup><tr><td>乙县<td>1<br>2</table>",
         ["甲县：数量46", "乙县：数量：1，2"]),
    ],
    ids=["plain", "a head of two rows", "merged names", "a table in a cell", "lines and marks"],
)  # fmt: skip
def test_tables_of_a_page(table: str, expected: list[str]) -> None:
    """Figures keep the names of row and column through rowspan, colspan and nesting."""
    assert rows(table) == expected


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("已建成180<sup>2</sup>个，运行平稳。", "已建成180个，运行平稳。"),
        ("人口<sup><a href='#1'>[1]</a></sup>43.62万人，增加。", "人口43.62万人，增加。"),
        ("投入744<span style='vertical-align:super'>3</span>万元，增加。", "投入744万元，增加。"),
        ("绿地36km<sup>2</sup>，增加2处。", "绿地36km²，增加2处。"),
    ],
)
def test_raised_print_joins_no_figure(html: str, text: str) -> None:
    """The mark of a note is kept in the source alone."""
    unit = read(f"<h1>{TITLE}</h1><p>{ONE}</p><p>{html}</p>").paragraphs[-1]
    assert unit.text == text
    assert "²" in text or unit.source != text


@pytest.mark.parametrize(
    ("opening", "marks"),
    [
        ("<ol>", ["1.", "2.", "9."]),
        ("<ol start=3>", ["3.", "4.", "9."]),
        ("<ol style='list-style: cjk-heavenly-stem'>", ["甲、", "乙、", "壬、"]),
        ("<ol style='list-style-type: cjk-ideographic'>", ["一、", "二、", "九、"]),
        ("<ol reversed>", ["3.", "2.", "9."]),
        ("<ol style='list-style:none'>", ["", "", ""]),
        ("<ul>", ["", "", ""]),
    ],
)
def test_numbers_of_lists_are_read_as_a_browser_prints_them(opening: str, marks: list[str]) -> None:
    """By the start, the values and the style of the list."""
    points = ["加快建设，年内新增36处。", "提高标准，增加到100元。", "健全机制，每半年报告一次。"]
    inner = f"<li>{points[0]}</li><li><p>{points[1]}</p></li><li value=9>{points[2]}</li>"
    bulletin = read(f"<h1>{TITLE}</h1><p>{ONE}</p>{opening}{inner}</ol></ul><p>{TWO}</p>")
    found = [unit.text for unit in bulletin.paragraphs[1:-1]]
    assert found == [mark + point for mark, point in zip(marks, points, strict=True)]


def test_a_typed_number_counts_once() -> None:
    """A point that opens with its number gets no second one."""
    body = f"<h1>{TITLE}</h1><p>{ONE}</p><ol><li>1.{TWO}</li></ol>"
    assert read(body).paragraphs[-1].text == f"1.{TWO}"


RECORDS = {
    "cells": "<table>{}</table>",
    "a list": "<ul>{}</ul>",
}
FIELDS = (
    ("索 引 号", "000/2005-1"), ("发文机关", "青禾市人民政府办公室"),
    ("发布日期", "2018年12月24日"),
    ("标　　题", TITLE), ("成文日期", "2005年07月14日"),
)  # fmt: skip


@pytest.mark.parametrize("form", RECORDS)
@pytest.mark.parametrize("lines", [[TITLE], [TITLE[:12], TITLE[12:]]], ids=["one", "two"])
def test_the_record_of_a_document_tells_organ_title_and_date(form: str, lines: list[str]) -> None:
    """It was written when it says so, not when it was put on the web; its title stands once."""
    cells = "".join(
        f"<tr><td><b>{name}：</b></td><td>{value}</td></tr>" if form == "cells"
        else f"<li><b>{name}：</b><span>{value}</span></li>"
        for name, value in FIELDS
    )  # fmt: skip
    heads = "".join(f"<p align=center><b>{line}</b></p>" for line in lines)
    bulletin = read(
        f"<div>{RECORDS[form].format(cells)}</div><div id=UCAP-CONTENT>{heads}<p>各位代表：</p>"
        f"<p>{ONE}</p><p>{TWO}</p><p align=right>青禾市人民政府办公室</p>"
        "<p align=right>二〇〇五年七月十四日</p></div>",
        f"{TITLE}_政府信息公开",
    )
    assert (bulletin.date, bulletin.publisher) == ("2005-07-14", "青禾市人民政府办公室")
    assert [unit.text for unit in bulletin.units if unit.kind is Kind.TITLE] == [TITLE]
    assert [unit.text for unit in bulletin.units if unit.kind is Kind.BYLINE] == [
        "青禾市人民政府办公室", "二〇〇五年七月十四日",
    ]  # fmt: skip
    assert [unit.text for unit in bulletin.paragraphs] == ["各位代表：", ONE, TWO]


def test_the_date_of_the_text_goes_before_that_of_the_page() -> None:
    """A letter of 2005 that was put on the web in 2018 is of 2005; without one the page tells."""
    info = "<div>发布时间：2018-12-24　来源：市政府办</div>"
    signed = "<p>青禾市人民政府办公室</p><p>2005年7月14日</p>"
    page = f"<h1>{TITLE}</h1>{info}<div><p>{ONE}</p><p>{TWO}</p>"
    assert read(f"{page}{signed}</div>").date == "2005-07-14"
    assert read(f"{page}</div>").date == "2018-12-24"


@pytest.mark.parametrize("title", ["", "附件1"], ids=["none", "of another file"])
def test_word_saved_as_a_page_has_its_title(title: str) -> None:
    """The large centred lines above the text, whatever the file was once called."""
    heads = "".join(
        f"<p class=MsoNormal align=center><b><span style='font-size:22.0pt'>{part}</span></b></p>"
        for part in (TITLE[:12], TITLE[12:])
    )
    bulletin = read(f"<div class=WordSection1>{heads}<p>{ONE}</p><p>{TWO}</p></div>", title)
    assert bulletin.title == TITLE
    assert [unit.text for unit in bulletin.paragraphs] == [ONE, TWO]


@pytest.mark.parametrize("charset", ["utf-8", "gb18030"])
@pytest.mark.parametrize("encoding", ["quoted-printable", "base64"])
def test_a_page_saved_with_its_pictures_is_read(charset: str, encoding: str) -> None:
    """The page inside an MHTML file, in the encoding that its headers name."""
    message = EmailMessage()
    message["Subject"] = "页面"
    page = f"<html><h1>{TITLE}</h1><p>{ONE}</p><p>{TWO}</p></html>"
    message.set_content(page, subtype="html", charset=charset, cte=encoding)
    message.add_related(b"GIF89a", "image", "gif")
    bulletin = parse(bytes(message), "a.html")
    assert bulletin.title == TITLE
    assert [unit.text for unit in bulletin.paragraphs] == [ONE, TWO]


def test_a_page_of_frames_is_told() -> None:
    """Its text lies in other files."""
    with pytest.raises(BulletinError, match=r"^a\.html: a page of frames[^\n]*框架"):
        read("<frameset cols='200,*'><frame src=a.html><frame src=b.html></frameset>")
