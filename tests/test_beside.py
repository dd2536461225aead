"""A doubtful figure has its caution in the line of its sentence, apart from the words quoted."""

import json

from index.library import Library
from rag.answering.beside import without_besides
from rag.chain import Request, answer_chain
from rag.writing.verify import unsupported
from ui.store.answer_record import Record, read, write
from ui.views.answer_view import answer_html

QUESTION = "三门峡60岁以上人口占总人口的比例是多少"


def test_the_caution_follows_the_marker(library: Library) -> None:
    """The sentence stays as printed; that it may be wrong stands behind it, in the same line."""
    answer = answer_chain(library).invoke(Request(QUESTION))
    line = next(line for line in answer.text.split("\n") if "444万人" in line)
    quote, _, behind = line.partition("[1]")
    assert "444万人，占总人口的2198%" in quote
    assert "44.4" not in quote
    assert "444万人" in behind
    assert behind.endswith("，请核对）")
    assert all(answer.citations[0].text[c.start : c.end] == c.quote for c in answer.citations[:1])


def test_a_figure_that_a_proof_rests_on_is_not_doubted(library: Library) -> None:
    """44.4 of 202 are 21.98 %: 202万 is as it was."""
    units = library.bulletin("henan-053-sanmenxia").units
    whole = next(one for unit in units for one in unit.figures if one.text == "202万")
    assert whole.doubt is None


def test_the_check_finds_no_figure_in_it(library: Library) -> None:
    """What may have been meant stands in the warning: the answer has figures of its source alone,
    with the caution and without it.
    """
    answer = answer_chain(library).invoke(Request(QUESTION))
    cited = [citation.text for citation in answer.citations]
    assert answer.plain == without_besides(answer.text) != answer.text
    assert not unsupported(answer.text, cited)
    assert any(warning.suggestion for warning in answer.warnings)
    assert all(one.suggestion not in answer.text for one in answer.warnings if one.suggestion)


def test_a_kept_answer_knows_its_cautions(library: Library) -> None:
    """They are data beside the text; a record of before they were kept is searched for them."""
    answer = answer_chain(library).invoke(Request(QUESTION))
    kept = json.loads(write(answer))
    assert read(json.dumps(kept)).answer.plain == answer.plain
    del kept["beside"]
    assert read(json.dumps(kept)).answer.beside == answer.beside


def test_the_page_marks_the_figure_itself(library: Library) -> None:
    """The page says it at the figure, with what may be meant, and not once more below."""
    answer = answer_chain(library).invoke(Request(QUESTION))
    html = answer_html(Record(answer, None))
    assert "jb-caution" in html
    assert "请核对）" not in html
    assert "jb-warning" not in html
