"""The page shows an answer from its data: links where it says, a table where it has rows."""

import re
from dataclasses import replace

from doubles import word_chain

from corpus.bulletin import Kind
from index.library import Library
from rag.answering.answer import Answer, Caution, Citation, Near, Struck
from rag.chain import Request
from ui.store.answer_record import Record
from ui.views.answer_view import answer_html
from ui.views.escaping import escape


def plain(text: str, *nearest: Near) -> str:
    """The HTML of a refusal with this text."""
    return answer_html(Record(Answer("问", "问", text, (), True, None, (), (), nearest)))


def near(label: str, start: int, position: int = 0) -> Near:
    """A unit that is named at a place of the text."""
    return Near(label, "b", None, position, start)


def test_each_nearest_paragraph_is_a_link_where_it_stands(library: Library) -> None:
    """As many links as there are nearest units, in their order, to their paragraphs; the words
    around them are those of the text.
    """
    answer = word_chain(library).invoke(Request("漯河有多少个足球场"))
    html = answer_html(Record(answer))
    links = re.findall(r'<a class="jb-cite jb-near" href="([^"]*)">([^<]*)</a>', html)
    assert [label for _, label in links] == [escape(one.label) for one in answer.nearest]
    for (address, _), one in zip(links, answer.nearest, strict=True):
        assert address == f"/?bulletin={one.bulletin}&amp;paragraph={one.paragraph}"
    told = html.split("<p>")[1].split("</p>")[0]
    assert re.sub(r"<[^>]+>", "", told) == escape(answer.text)


def test_a_label_that_no_unit_stands_for_is_text() -> None:
    """Nothing is linked because its words look like a label, and of equal labels each is itself."""
    assert "jb-near" not in plain("最接近的段落：《甲》标题。")
    html = plain(
        "《甲》标题；《甲》标题。《甲》标题", near("《甲》标题", 0, 3), near("《甲》标题", 6, 7)
    )
    assert re.findall(r"unit=(\d)", html) == ["3", "7"]
    assert html.count("《甲》标题</a>") == 2


def test_a_link_finds_its_line_and_lets_no_markup_through() -> None:
    """It stands in the line that its place belongs to; what it is called is escaped."""
    html = plain("一<b>\n见《<i>》标题。", near("《<i>》标题", 6))
    assert "<p>一&lt;b&gt;</p><p>见<a " in html
    assert ">《&lt;i&gt;》标题</a>。</p>" in html
    assert "<i>" not in html


def test_a_comparison_is_a_table_of_its_rows() -> None:
    """Names are heads of rows, cells have their markers; a bar in a quote divides nothing."""
    quote = "甲 | 乙"
    one = Citation(1, "b", "题", 0, 1, Kind.PARAGRAPH, None, quote, quote, 0, len(quote))
    rows = (("比较对象", "简报原文"), ("开封市", f"{quote}[1]"), ("新乡市", "未提及"))
    html = answer_html(Record(Answer("问", "问", "", (one,), False, None, (), (), rows=rows)))
    assert html.count("<tr>") == len(rows)
    assert '<th scope="col">比较对象</th><th scope="col">简报原文</th>' in html
    assert '<th scope="row">开封市</th><td>甲 | 乙<a class="jb-cite jb-mark"' in html
    assert '<th scope="row">新乡市</th><td>未提及</td>' in html


def test_a_row_is_shown_as_it_grows(library: Library) -> None:
    """Every sentence that has come is in the table, also while its row is open."""
    for answer in word_chain(library).stream(Request("鹤壁和安阳各有多少个调研重点")):
        html = answer_html(Record(answer), complete=False)
        assert html.count("<tr>") == len(answer.rows)
        assert all(escape(citation.quote) in html for citation in answer.citations)
        assert html.count("</a>") == len(answer.citations)


def test_a_line_that_begins_with_a_bar_is_a_line() -> None:
    """Without rows there is no table, whatever the text looks like."""
    html = plain("| 甲\n| 乙 | 丙 |")
    assert "<table" not in html
    assert "<p>| 乙 | 丙 |</p>" in html


def test_what_was_struck_is_told_with_its_faults() -> None:
    """In both languages, once, without the model's own markers and without markup; an answer of
    before, which kept the warning alone, shows that.
    """
    warning = Caution("struck", "已更正：模型所写的1句与所引段落不符")
    one = Struck("共<b>190个[2]。", ("figure",), ("所引段落没有这个数字：190个",))
    answer = Answer("问", "问", "甲。", (), False, None, (warning,), ())
    html = answer_html(Record(replace(answer, struck=(one,))))
    assert html.count("已更正") == 1
    assert "<del>共&lt;b&gt;190个。</del>" in html
    assert "所引段落没有这个数字：190个" in html
    assert "the figure is not in what is cited" in html
    assert warning.text in answer_html(Record(answer))
