"""A doubtful figure has its caution in the line of its sentence, apart from the words quoted."""

from index.library import Library
from rag.answering.beside import is_beside, without_besides
from rag.chain import Request, answer_chain
from rag.writing.verify import unsupported
from ui.store.answer_record import Record
from ui.views.answer_view import answer_html
from ui.views.report import as_text, report_of

QUESTION = "三门峡60岁以上人口占总人口的比例是多少"


def test_the_caution_follows_the_marker(library: Library) -> None:
    """The sentence stays as printed; what it may have been stands behind it, in the same line."""
    answer = answer_chain(library).invoke(Request(QUESTION))
    line = next(line for line in answer.text.split("\n") if "444万人" in line)
    quote, _, behind = line.partition("[1]")
    assert "444万人，占总人口的2198%" in quote
    assert "44.4" not in quote
    assert "44.4万人" in behind
    assert behind.endswith("，请核对）")
    assert all(answer.citations[0].text[c.start : c.end] == c.quote for c in answer.citations[:1])


def test_a_figure_that_a_proof_rests_on_is_not_doubted(library: Library) -> None:
    """44.4 of 202 are 21.98 %: 202万 is as it was."""
    units = library.bulletin("henan-053-sanmenxia").units
    whole = next(one for unit in units for one in unit.figures if one.text == "202万")
    assert whole.doubt is None


def test_the_check_leaves_it_out(library: Library) -> None:
    """What may have been meant is no figure of the answer's."""
    answer = answer_chain(library).invoke(Request(QUESTION))
    cited = [citation.text for citation in answer.citations]
    assert unsupported(answer.text, cited)
    assert not unsupported(without_besides(answer.text), cited)


def test_it_is_told_once(library: Library) -> None:
    """Neither the page nor a report says below what stands beside."""
    answer = answer_chain(library).invoke(Request(QUESTION))
    assert all(is_beside(answer.text, one.text) for one in answer.warnings)
    assert "jb-warning" not in answer_html(Record(answer, None))
    assert "〔注" not in as_text(report_of([(QUESTION, answer)]))
