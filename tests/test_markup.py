"""Text of bulletins and users never becomes markup."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.bulletin import Kind
from corpus.parse import parse
from index.library import Library
from rag.answering.answer import Answer, Caution, Citation
from ui.store.answer_record import Record
from ui.views.added_view import Added, FileContents, Intake, intake_html
from ui.views.answer_view import answer_html, notice_html, question_html
from ui.views.escaping import escape, source_address
from ui.views.source_view import nothing_html, read_address, source_html

PAYLOADS = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "${alert(1)}",
    "{{constructor.constructor('alert(1)')()}}",
    "`${1}`",
    "javascript:alert(1)",
    "![x](http://example.com/x.png)",
    "\ud800",
)


@pytest.mark.parametrize("payload", PAYLOADS)
def test_escaped_text_has_no_markup_and_no_template(payload: str) -> None:
    """No tag, attribute end, template mark or lone surrogate is left."""
    escaped = escape(payload)
    assert not set("<>\"'${}`") & set(escaped.replace("<br>", ""))
    escaped.encode("utf-8")


@given(st.text())
def test_escaping_never_leaves_an_open_tag(text: str) -> None:
    """Whatever the text, < occurs only in the <br> of a line break."""
    assert escape(text).count("<") == text.count("\n")


@pytest.mark.parametrize("payload", PAYLOADS)
def test_questions_answers_and_notices_are_escaped(payload: str) -> None:
    """Every text that reaches the conversation is shown, not run."""
    citation = Citation(1, payload, payload, 0, 1, Kind.PARAGRAPH, None, payload, payload, 0, 1)
    answer = Answer(
        payload, payload + "!", f"{payload}[1]", (citation,), False, None,
        (Caution("doubtful_figure", payload, None, payload),), (),
    )  # fmt: skip
    for html in (question_html(payload), answer_html(Record(answer)), notice_html(payload)):
        for mark in ("<script", "<img", "${", "{{", "`"):
            assert mark not in html


def test_a_marker_carries_the_address_of_its_source() -> None:
    """[1] links to bulletin and paragraph with the quoted range; an unknown marker is text."""
    citation = Citation(1, "b", "标题", 4, 3, Kind.PARAGRAPH, None, "乙", "甲乙", 1, 2)
    answer = Answer("问", "问", "乙[1]丙[2]", (citation,), False, None, (), ())
    html = answer_html(Record(answer))
    assert 'href="/?bulletin=b&amp;paragraph=3&amp;start=1&amp;end=2"' in html
    assert "丙[2]" in html


def test_an_address_is_read_back() -> None:
    """What source_address writes, read_address reads."""
    target = read_address(source_address("编号 1", None, 7, 2, 5))
    assert target is not None
    assert (target.bulletin, target.paragraph, target.position) == ("编号 1", None, 7)
    assert (target.quote.start, target.quote.end) == (2, 5)


def test_the_cited_sentence_is_marked_in_its_paragraph(library: Library) -> None:
    """The panel shows the bulletin with one paragraph highlighted and the quote in <mark>."""
    text = library.bulletin("henan-053-sanmenxia").paragraphs[8].text
    start = text.index("投入")
    address = source_address("henan-053-sanmenxia", 9, 0, start, start + 2)
    html = source_html(library, address)
    assert html.count("jb-cited") == 1
    assert "<mark>投入</mark>" in html
    assert '<span class="jb-number">9</span>' in html


def test_doubtful_figures_are_marked_in_the_source(library: Library) -> None:
    """A figure that lost its decimal point carries its repair in its title."""
    html = source_html(library, "/?bulletin=henan-053-sanmenxia")
    assert 'title="原文如此，缺失小数点，应为21.98%">2198%</span>' in html


@pytest.mark.parametrize(
    ("address", "word"),
    [
        ("/?bulletin=nothing&paragraph=1", "nothing"),
        ("/?bulletin=henan-053-sanmenxia&paragraph=%3Cb%3E", "&lt;b&gt;"),
        ("/?bulletin=henan-053-sanmenxia&paragraph=99999999999999999999", "paragraph="),
    ],
    ids=["unknown bulletin", "no number", "number too long"],
)
def test_an_address_that_leads_nowhere_gets_a_word(
    library: Library, address: str, word: str
) -> None:
    """A wrong address shows a sentence in the panel, escaped."""
    html = source_html(library, address)
    assert word in html
    assert "<b>" not in html


def test_without_a_bulletin_the_panel_explains_itself(library: Library) -> None:
    """The page's plain address shows what the panel is for."""
    assert source_html(library, "/") == nothing_html()


def test_what_could_not_be_read_is_on_the_page() -> None:
    """What came of a file says what of it could not be read, in both languages and as text."""
    data = "某县养老情况\n\n建成食堂52个，培训<b>护工".encode() + b"\xff" + "85名。\n".encode()
    bulletin = parse(data, "a.txt")
    html = told(FileContents.of(bulletin))
    assert "⚠" in html
    assert "有1处字节损坏" in html
    assert "1 broken bytes stand as" in html
    assert "⚠" not in told(FileContents.of(replace(bulletin, losses=())))


def told(contents: FileContents) -> str:
    """What the page says of an added file."""
    return intake_html(Intake((Added("a.txt", "已添加", contents),)))
