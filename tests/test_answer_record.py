"""An answer is kept with its tables and its nearest paragraphs; older records are read too."""

import json
from dataclasses import replace

import pytest
from doubles import word_chain

from corpus.bulletin import Kind
from index.library import Library
from rag.answering.answer import Answer, Citation
from rag.chain import Request
from ui.store.answer_record import Record, Searched, read, write
from ui.views.answer_view import answer_html

REFUSED = "漯河有多少个足球场"
DOUBTFUL = "三门峡60岁以上人口有多少"
COMPARED = "三门峡和郑州各建成了多少个老年助餐场所"
SEARCHED = Searched(5, ("漯河市",))


def answered(library: Library, question: str) -> Answer:
    """The answer to a question."""
    return word_chain(library).invoke(Request(question))


def as_once_kept(answer: Answer, *, first: bool = False) -> str:
    """The record that programs before this one wrote: labels without their places in the text, no
    rows, warnings without their figures; of the first of them neither labels nor what was searched.
    """
    kept = json.loads(write(answer, SEARCHED))
    nearest = kept.pop("nearest")
    del kept["rows"], kept["figures"]
    if first:
        del kept["searched"]
    else:
        kept["near"] = [{k: v for k, v in one.items() if k != "start"} for one in nearest]
    return json.dumps(kept)


@pytest.mark.parametrize("question", [REFUSED, COMPARED])
def test_tables_and_nearest_paragraphs_are_kept(library: Library, question: str) -> None:
    """What is read back is what was written, but for the hits."""
    answer = answered(library, question)
    assert answer.nearest or answer.rows
    assert read(write(answer, SEARCHED)) == Record(replace(answer, hits=()), SEARCHED)


@pytest.mark.parametrize("question", [REFUSED, COMPARED, DOUBTFUL])
def test_a_record_of_an_earlier_program_is_the_same_answer(library: Library, question: str) -> None:
    """Of its shape the text says the rest, and the page shows it as ever."""
    answer = answered(library, question)
    before, now = read(as_once_kept(answer)), read(write(answer, SEARCHED))
    assert before == now
    assert answer_html(before) == answer_html(now)


def test_the_first_records_are_read(library: Library) -> None:
    """They name nothing as near and do not say what was searched; a table is one all the same."""
    refused = read(as_once_kept(answered(library, REFUSED), first=True))
    assert (refused.answer.nearest, refused.searched) == ((), None)
    compared = answered(library, COMPARED)
    assert read(as_once_kept(compared, first=True)).answer.rows == compared.rows


def test_an_older_table_that_was_broken_off_keeps_its_last_row(library: Library) -> None:
    """The row that was not closed yet is there as far as it came."""
    answer = answered(library, COMPARED)
    open_text = "| 比较对象 | 简报原文 |\n| --- | --- |\n| 开封市 | 甲 | 乙[1] 丙[2]"
    kept = as_once_kept(replace(answer, text=open_text))
    assert read(kept).answer.rows == (("比较对象", "简报原文"), ("开封市", "甲 | 乙[1] 丙[2]"))


def test_a_text_that_only_looks_like_a_table_is_none(library: Library) -> None:
    """A line of a source that begins with a bar stays a line."""
    answer = replace(answered(library, COMPARED), text="| 甲 | 乙 |\n| --- | --- |", rows=())
    assert read(as_once_kept(answer)).answer.rows == ()


def test_a_label_in_the_text_is_not_looked_for(library: Library) -> None:
    """A hit whose label the text happens to hold is no nearest paragraph unless the answer says."""
    answer = answered(library, REFUSED)
    assert json.loads(write(replace(answer, nearest=())))["nearest"] == []
    assert read(write(replace(answer, nearest=()))).answer.nearest == ()


def test_the_cell_that_was_cited_is_kept() -> None:
    """Row and column come back; a record of before the names were kept has none."""
    cited = Citation(
        1, "b", "题", 0, 2, Kind.TABLE, None, "床位46张", "涧西区：床位46张", 4, 9, "涧西区", "床位"
    )
    answer = Answer("问", "问", "床位46张[1]", (cited,), False, None, (), ())
    kept = json.loads(write(answer))
    assert read(json.dumps(kept)).answer.citations == (cited,)
    del kept["cells"]
    assert read(json.dumps(kept)).answer.citations == (replace(cited, row="", column=""),)
