"""What staff copy: every sentence with its source, numbered through the whole report."""

import io
import re
import zipfile

import pytest
from docx import Document
from doubles import word_chain
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from corpus.bulletin import Kind
from index.library import Library
from rag.answering.answer import Answer, Caution, Citation
from rag.chain import Request, answer_chain
from ui.views.docx_report import as_docx
from ui.views.report import as_markdown, as_text, report_of

QUESTION = "三门峡建成了多少个老年助餐场所"
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
COMPARISON = "三门峡和漯河的助餐点各有多少"


def citation(marker: int, position: int, quote: str = "建成52个。", title: str = "甲") -> Citation:
    """A citation of the unit at a position, its paragraph number one more."""
    return Citation(
        marker, "a", title, position, position + 1, Kind.PARAGRAPH, None, quote, quote, 0,
        len(quote),
    )  # fmt: skip


def answer(text: str, *citations: Citation, note: str = "") -> Answer:
    """An answer with these citations."""
    notes = (Caution("conflict", note),) if note else ()
    return Answer("问", "问", text, citations, False, None, notes, ())


def test_numbers_run_through_all_answers() -> None:
    """Markers 1 2 and 1 2 lead to paragraphs 1, 2 and 2, 3: sources 1 2 and 2 3."""
    first = answer("甲[1]乙[2]", citation(1, 0), citation(2, 1))
    second = answer("丙[1]\n丁[2]", citation(1, 1), citation(2, 2), note="口径不同")
    text = as_text(report_of([("问一", first), ("问二", second)]))
    assert text == (
        "问一\n甲〔1〕乙〔2〕\n\n问二\n丙〔2〕\n丁〔3〕\n〔注：口径不同〕\n\n"
        "资料来源：\n〔1〕《甲》第1段\n〔2〕《甲》第2段\n〔3〕《甲》第3段\n"
    )


def test_one_answer_stands_without_its_question() -> None:
    """Who copies one answer knows what was asked; a refusal has no sources."""
    assert as_text(report_of([("问", answer("资料中没有提到。"))])) == "资料中没有提到。\n"


def test_a_comparison_becomes_lines_or_a_table(library: Library) -> None:
    """In plain text a place with its sentence, in Markdown and Word a table with a head."""
    compared = answer_chain(library).invoke(Request(COMPARISON))
    report = report_of([(COMPARISON, compared)])
    assert "\n漯河市：" in as_text(report)
    assert "---" not in as_text(report)
    assert "| --- | --- |" in as_markdown(report)
    (table,) = Document(io.BytesIO(as_docx(report, "报告", "今天"))).tables
    assert [row.cells[0].text for row in table.rows] == ["比较对象", "三门峡市", "漯河市"]


def footnotes(file: bytes) -> list[str]:
    """The texts of a Word file's footnotes, by their numbers; those of Word itself are none."""
    with zipfile.ZipFile(io.BytesIO(file)) as parts:
        root = etree.fromstring(parts.read("word/footnotes.xml"))
    notes = [note for note in root if int(note.get(f"{W}id")) > 0]
    assert [int(note.get(f"{W}id")) for note in notes] == list(range(1, len(notes) + 1))
    return ["".join(note.itertext()).strip() for note in notes]


def referred(file: bytes) -> list[int]:
    """The numbers of the footnotes that the text of a Word file leads to, in its order."""
    body = Document(io.BytesIO(file)).element.body
    return [int(one.get(f"{W}id")) for one in body.iter(f"{W}footnoteReference")]


def test_a_word_file_has_footnotes_and_notes(library: Library) -> None:
    """The number behind a sentence leads to a footnote that names bulletin and paragraph. The
    caution stands once: beside its figure.
    """
    asked = word_chain(library).invoke(Request(QUESTION))
    file = as_docx(report_of([(QUESTION, asked)]), "报告", "今天")
    assert footnotes(file) == ["《三门峡：在助推养老服务发展中彰显人大力量》第9段"]
    assert referred(file) == [1]
    texts = [paragraph.text for paragraph in Document(io.BytesIO(file)).paragraphs]
    assert sum("744万元原文可能漏小数点" in text for text in texts) == 1
    assert not any(text.startswith("注：744万元") for text in texts)


def test_a_source_has_one_footnote() -> None:
    """Named again, its number stands there raised: no second note says the same."""
    told = answer("甲[1]乙[2]丙[3]", citation(1, 0), citation(2, 1), citation(3, 0))
    file = as_docx(report_of([("问", told)]), "报告", "今天")
    assert footnotes(file) == ["《甲》第1段", "《甲》第2段"]
    assert referred(file) == [1, 2]
    runs = [run for p in Document(io.BytesIO(file)).paragraphs for run in p.runs]
    assert [run.text for run in runs if run.font.superscript and run.text] == ["1"]


def test_a_word_file_is_set_as_official_papers(library: Library) -> None:
    """仿宋 of 三号 on A4, headings in 黑体; the column with more in it is the wider one."""
    compared = answer_chain(library).invoke(Request(COMPARISON))
    document = Document(io.BytesIO(as_docx(report_of([(COMPARISON, compared)]), "报告", "今天")))
    for name, font, points in (("Normal", "仿宋", 16), ("Heading 1", "黑体", 16)):
        style = document.styles[name]
        assert style.element.rPr.rFonts.get(f"{W}eastAsia") == font
        assert style.font.size.pt == points
    assert (round(document.sections[0].page_width.mm), round(document.sections[0].top_margin.mm)
            ) == (210, 37)  # fmt: skip
    names, quotes = document.tables[0].rows[1].cells
    assert quotes.width > 2 * names.width


@pytest.mark.parametrize(
    "words",
    ["*粗*", "<script>x</script>", "[x](javascript:x)", "`码`", "# 头", "a | b", "![](http://x)"],
)
def test_markup_in_a_source_stays_words_in_markdown(words: str) -> None:
    """Each mark of Markdown stands behind a backslash."""
    markdown = as_markdown(report_of([(words, answer(f"{words}[1]", citation(1, 0, title=words)))]))
    body = re.sub(r"\\.|\[\^1\]|^## |^> |: ", "", markdown, flags=re.MULTILINE)
    assert not re.search(r"[*<>`#|!\[\]]", body)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.text(max_size=20), min_size=1, max_size=4))
def test_nothing_is_lost(quotes: list[str]) -> None:
    """Of any sentences, each stands in the text and the Word file, as far as XML can hold it."""
    quotes = [re.sub(r"[\s\[\]|]|[\x00-\x1f]", "字", quote) or "字" for quote in quotes]
    whole = "\n".join(f"{quote}[{n}]" for n, quote in enumerate(quotes, start=1))
    cited = [citation(n, n) for n in range(1, len(quotes) + 1)]
    report = report_of([("问", answer(whole, *cited))])
    assert all(f"{quote}〔{n}〕" in as_text(report) for n, quote in enumerate(quotes, start=1))
    document = Document(io.BytesIO(as_docx(report, "报告", "今天")))
    told = [paragraph.text for paragraph in document.paragraphs]
    sound = [re.sub("[\ud800-\udfff\ufffe\uffff]", "\ufffd", quote) for quote in quotes]
    assert sound == told[3 : 3 + len(quotes)]
