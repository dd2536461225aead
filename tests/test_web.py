"""The article of a web page, as offices of all kinds build theirs."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.bulletin import Kind
from corpus.errors import BulletinError
from corpus.extracted import Extracted
from corpus.formats import web
from corpus.formats.web import read_html
from corpus.parse import parse

TITLE = "关于全市养老服务工作情况的报告"
ONE = "截至2024年底，全市建成老年食堂52个，惠及老人3万人，覆盖所有街道。"
TWO = "市人大常委会组成人员分三组开展调研，召开座谈会12场，提出意见建议36条。"
THREE = "下一步，要健全居家社区机构相协调的服务体系，督促问题整改到位。"
NAV = (
    '<ul class="nav"><li><a href="/">首页</a></li><li><a href="/a">监督工作</a></li></ul>'
    '<div>您当前的位置：<a href="/">首页</a> &gt; 监督工作</div>'
)
LINKS = "".join(
    f'<li><a href="/{i}">市人大常委会召开第{i}次主任会议，研究工作</a></li>' for i in range(9)
)
FOOT = (
    f'<div class="related"><h3>相关阅读</h3><ul>{LINKS}</ul></div>'
    '<div class="footer"><p>版权所有：示例市人大常委会办公室，未经许可不得转载。</p>'
    "<p>示例ICP备00000000号</p></div>"
)


def page(body: str, head: str = "") -> str:
    """A page with navigation above and links and imprint below."""
    return (
        f"<!DOCTYPE html><html><head><title>{TITLE}-示例人大网</title>{head}</head>"
        f"<body>{NAV}{body}{FOOT}<script>var a='<p>统计，代码。</p>';</script></body></html>"
    )


def pieces(extracted: Extracted) -> list[tuple[str, Kind | None]]:
    """Lines with their kinds."""
    result = []
    position = 0
    for line in extracted.text.split("\n"):
        result.append((line, extracted.kinds.get(position)))
        position += len(line) + 1
    return result


def read(html: str | bytes) -> list[tuple[str, Kind | None]]:
    """Lines and kinds of a page."""
    data = html.encode() if isinstance(html, str) else html
    return pieces(read_html(data, "a.html"))


INFO = "发布时间：2025-01-16 09:30"
PLAIN = [(TITLE, Kind.TITLE), (ONE, None), (TWO, None), (THREE, None)]
BODIES = {
    "paragraphs": f"<h1>{TITLE}</h1><div id='zoom'><p>　　{ONE}</p><p>{TWO}</p>"
    f"<p>{THREE}</p></div>",
    "breaks": f"<h1>{TITLE}</h1><div class='con'>　　{ONE}<br><br>　　{TWO}"
    f"<br/>&nbsp; {THREE}</div>",
    "blocks": f"<div><div>{TITLE}</div><div><div><div>{ONE}</div><div><div>{TWO}</div></div>"
    f"<div>{THREE}</div></div></div></div>",
    "TRS": f"<h1>{TITLE}</h1><div class='TRS_Editor'><style>.a{{color:red}}</style><div "
    f"class='Custom_UnionStyle'><p><span>{ONE[:9]}</span><font>{ONE[9:]}</font></p><p>{TWO}</p>"
    f"</div><p>{THREE}</p></div>",
    "enpcontent": f"<h1>{TITLE}</h1><div class='text'><!--enpcontent--><p>{ONE}</p><p>{TWO}</p>"
    f"<p>{THREE}</p><!--/enpcontent--></div>",
    "in a cell": f"<table><tr><td>{NAV}</td></tr><tr><td><h1>{TITLE}</h1></td></tr><tr><td>"
    f"<p>{ONE}</p><p>{TWO}</p><p>{THREE}</p></td></tr></table>",
    "broken": f"<h1>{TITLE}<div id=zoom><p>{ONE}<p><b>{TWO}</p></i><p>{THREE}</div></td>",
}


@pytest.mark.parametrize("body", BODIES.values(), ids=BODIES)
def test_the_paragraphs_of_an_article_are_exact(body: str) -> None:
    """However a page is built, its title and paragraphs come out, and nothing of the site."""
    assert read(page(body)) == PLAIN


@pytest.mark.parametrize(
    ("head", "encoding"),
    [
        ('<meta charset="gb2312">', "gb18030"),
        ('<meta http-equiv="Content-Type" content="text/html; charset=GBK">', "gb18030"),
        ('<meta charset="utf-8">', "utf-8"),
        ('<meta charset="utf-8">', "gb18030"),
        ("", "utf-8-sig"),
        ("", "gb18030"),
        ("", "utf-16"),
        ('<meta charset="x-unknown">', "utf-8"),
    ],
)
def test_encodings(head: str, encoding: str) -> None:
    """The mark, then what the page says, then what fits; a wrong statement does no harm."""
    assert read(page(BODIES["paragraphs"], head).encode(encoding)) == PLAIN


def test_publication_line_is_one_line_without_counters() -> None:
    """Date and source stay together; the count of visits and the buttons go."""
    info = (
        f"<div class='info'><span>{INFO}</span>&nbsp; 来源：示例市人大 &nbsp;浏览次数：<b>88</b> 次"
        "字体：[<a>大</a> <a>小</a>]</div>"
    )
    body = BODIES["paragraphs"].replace("</h1>", "</h1>" + info)
    assert read(page(body))[1] == (f"{INFO} 来源：示例市人大", Kind.PAGE_CREDIT)


def test_a_publication_line_in_the_article_is_not_repeated() -> None:
    """Where title and publication line stand inside the article, they are read once."""
    body = f"<article><p>{TITLE}</p><p>{INFO} 浏览次数：9</p><p>{ONE}</p><p>{TWO}</p></article>"
    assert read(page(body)) == [
        (TITLE, Kind.TITLE), (INFO, Kind.PAGE_CREDIT), (ONE, None), (TWO, None),
    ]  # fmt: skip


def test_headings_captions_and_tables() -> None:
    """Subheads by tag or bold type, pictures' captions, and a line for each row of a table."""
    body = (
        f"<h1>{TITLE}</h1><div class='article-content'><h2>一、主要做法</h2><p>{ONE}</p>"
        f"<p><strong>二、</strong><b>存在问题</b></p><p>{TWO}</p>"
        "<p><img src='a.jpg'></p><p style='text-align: center'>代表在食堂调研</p>"
        "<figure><img><figcaption>座谈会现场</figcaption></figure>"
        "<table><caption>设施情况</caption><tr><th>项目</th><th>数量</th></tr>"
        f"<tr><td><p>食堂</p></td><td>52</td></tr></table><p>{THREE}</p><p>【打印】【关闭】</p></div>"
    )
    assert read(page(body)) == [
        (TITLE, Kind.TITLE),
        ("一、主要做法", Kind.HEADING),
        (ONE, None),
        ("二、存在问题", Kind.HEADING),
        (TWO, None),
        ("代表在食堂调研", Kind.CAPTION),
        ("座谈会现场", Kind.CAPTION),
        ("设施情况", Kind.CAPTION),
        ("项目　数量", Kind.CAPTION),
        ("食堂　52", Kind.TABLE),
        (THREE, None),
    ]


GRID = (
    "<div><div><span>指标</span><span>2022年</span><span>2023年</span></div>"
    "<div><span>床位（张）</span><span>35</span><span>46</span></div></div>"
)
TERMS = "<dl><dt>助餐点</dt><dd>180个</dd><dt>照料中心</dt><dd>96个</dd></dl>"
SPLIT = "<div><p><span>建成</span><span>1</span><span>80个。</span></p></div>"


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (GRID, ["床位：2022年：35张，2023年：46张"]),
        (TERMS, ["助餐点：180个", "照料中心：96个"]),
        (SPLIT, []),
    ],
    ids=["rows of blocks", "terms", "a figure in pieces"],
)
def test_tables_without_a_table_element(body: str, expected: list[str]) -> None:
    """What a style sets in columns is a table; a figure that is only coloured in pieces is none."""
    html = page(f"<h1>{TITLE}</h1><p>{ONE}</p>{body}<p>{TWO}</p>")
    extracted = read_html(html.encode(), "a.html")
    rows = [n for n, kind in extracted.kinds.items() if kind is Kind.TABLE]
    assert [extracted.readings[n] for n in rows] == expected


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        ("补贴46<a href='#n1'>1</a>万元", "补贴46¹万元"),
        ("补贴46<a href='a.html#_ftn12'>[12]</a>万元", "补贴46[12]万元"),
        ("补贴46<a href='#_ftn12'>[12]</a>万元", "补贴46⁽¹²⁾万元"),
        ("补贴<a href='#top'>46</a>万元", "补贴46万元"),
        ("补贴<a href='#46'>46</a>万元", "补贴46万元"),
        ("床位1280<sub>2</sub>张", "床位1280²张"),
        ("CO<sub>2</sub>排放6吨", "CO2排放6吨"),
    ],
)
def test_the_mark_of_a_note_joins_no_figure(marked: str, expected: str) -> None:
    """However a page sets it off: by a link to the note of its number, or below the line."""
    html = page(f"<h1>{TITLE}</h1><p>{ONE}</p><p>全年{marked}，进展顺利。</p><p>{TWO}</p>")
    assert f"全年{expected}，" in read_html(html.encode(), "a.html").text


def test_a_table_that_is_shown_as_typed() -> None:
    """The rows in a pre stay lines, each under the names of its columns."""
    typed = "<pre>\n县区    床位（张）  补贴\n新安县  1463   212.5\n汝阳县  96     17\n</pre>"
    html = page(f"<h1>{TITLE}</h1><p>{ONE}</p>{typed}<p>{TWO}</p>")
    texts = [unit.text for unit in parse(html.encode(), "a.html").paragraphs]
    assert texts == [ONE, "新安县：床位1463张，补贴212.5", "汝阳县：床位96张，补贴17", TWO]


@pytest.mark.parametrize(
    ("html", "title"),
    [
        (page(f"<h1>{TITLE}<br>（摘要）</h1><p>{ONE}</p><p>{TWO}</p>"), f"{TITLE}（摘要）"),
        (page(f"<p>{ONE}</p><p>{TWO}</p>"), TITLE),
        (page(f"<p>{ONE}</p>", '<meta name="ArticleTitle" content="摘要">'), "摘要"),
    ],
    ids=["an h1 of two lines", "the page's title", "a title for harvesters"],
)
def test_where_a_title_is_found(html: str, title: str) -> None:
    """In an h1, else in what the page calls itself, without the site's name."""
    assert read(html)[0] == (title, Kind.TITLE)


def test_a_line_break_of_the_source_is_no_blank() -> None:
    """Chinese text wrapped in the file reads on; a blank that was typed stays."""
    html = page(f"<h1>{TITLE}</h1><p>{ONE[:12]}\n   {ONE[12:]}</p><p>第一条 {TWO}</p>")
    assert [text for text, _ in read(html)][1:] == [ONE, f"第一条 {TWO}"]


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (b"%PDF-1.7", "no HTML"),
        ("只是一段文字，没有标签。".encode(), "no HTML"),
        (page("").encode(), "no article"),
        (b"<html><body></body></html>", "no article"),
        (b"<p>\xff\xfe\x80\xff\xff</p>", "no known encoding"),
        (b"<p>" + b"<b></b>" * (web.MAX_ELEMENTS + 1), "50,00. elements, more than 50,000"),
    ],
    ids=["a PDF", "text", "links only", "empty", "no encoding", "too large"],
)
def test_what_cannot_be_read_is_told(data: bytes, problem: str) -> None:
    """The error names the file and what is to be done, in one line."""
    with pytest.raises(BulletinError, match=rf"^a\.html: [^\n]*{problem}[^\n]*$"):
        read_html(data, "a.html")


def test_deep_nesting_is_no_harm() -> None:
    """A hundred thousand open tags end in text or in the project's own error."""
    with pytest.raises(BulletinError):
        read_html(b"<div>" * 100_000, "a.html")
    assert ONE in read_html(("<b>" * 200 + ONE).encode(), "a.html").text


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=300), st.booleans())
def test_random_bytes_are_text_or_an_error(data: bytes, tagged: bool) -> None:
    """No bytes raise anything but the project's own error."""
    try:
        read_html(b"<html><p>" + data if tagged else data, "a.html")
    except BulletinError:
        return


FILE = Path(__file__).parent / "data" / "20-yongning-minhang-budget.html"
VALID = FILE.read_bytes()
SCRAPS = st.sampled_from([b"</div>", b"<table>", b"<td>", b"<!--", b"<p", b"</p>", b"\0", b"<h1>"])


@settings(max_examples=100, deadline=None)
@given(st.lists(st.tuples(st.integers(0, len(VALID)), SCRAPS | st.binary(max_size=4)), max_size=9))
def test_a_broken_page_is_text_or_an_error(changes: list[tuple[int, bytes]]) -> None:
    """Wrong tags and bytes anywhere leave a page readable, or it is refused."""
    data = VALID
    for place, put in changes:
        data = data[:place] + put + data[place + len(put) :]
    try:
        extracted = read_html(data, "a.html")
    except BulletinError:
        return
    assert extracted.text
