"""What staff copy: every sentence with its source, numbered through the whole report."""

import io
import re

import pytest
from docx import Document
from doubles import word_chain
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.bulletin import Kind
from index.library import Library
from rag.answering.answer import Answer, Caution, Citation
from rag.chain import Request, answer_chain
from ui.views.docx_report import as_docx
from ui.views.report import as_markdown, as_text, report_of

QUESTION = "三门峡建成了多少个老年助餐场所"
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


def test_a_word_file_has_raised_numbers_and_notes(library: Library) -> None:
    """The number behind a sentence is raised, and the notes name bulletin and paragraph."""
    asked = word_chain(library).invoke(Request(QUESTION))
    document = Document(io.BytesIO(as_docx(report_of([(QUESTION, asked)]), "报告", "今天")))
    runs = [run for paragraph in document.paragraphs for run in paragraph.runs]
    assert [run.text for run in runs if run.font.superscript] == ["[1]"]
    texts = [paragraph.text for paragraph in document.paragraphs]
    assert "[1] 《三门峡：在助推养老服务发展中彰显人大力量》第9段" in texts
    assert any(text.startswith("注：744万元") for text in texts)


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
    assert [f"{quote}[{n}]" for n, quote in enumerate(sound, start=1)] == told[3 : 3 + len(quotes)]
