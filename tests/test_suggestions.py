"""Questions to go on with are such that the library answers."""

from pathlib import Path

import pytest
from doubles import WordEncoder, word_chain

from index.library import Library
from rag.answering.suggestions import MAX_SUGGESTIONS, suggestions
from rag.chain import Request

QUESTION = "漯河建成了多少个老年助餐点位"


@pytest.mark.parametrize(
    "question",
    ["三门峡建成了多少个老年助餐场所", "鹤壁有哪些主要做法", "吕梁建了多少个农村老年人日间照料中心",
     "郑州建了多少个老年助餐点", "漯河有多少个足球场", "资料库里有哪些简报？"],
)  # fmt: skip
def test_what_is_suggested_is_answered(library: Library, question: str) -> None:
    """After an answer and after a refusal; never the question itself, at most three."""
    chain = word_chain(library)
    found = suggestions(
        library, lambda q: not chain.invoke(Request(q)).refused, chain.invoke(Request(question))
    )
    assert 1 <= len(found) <= MAX_SUGGESTIONS
    assert question not in found
    for suggested in found:
        assert not chain.invoke(Request(suggested)).refused


def test_the_same_question_of_another_place_comes_first(library: Library) -> None:
    """漯河 and 三门峡 both have a number of places to eat."""
    chain = word_chain(library)
    answer = chain.invoke(Request(QUESTION))
    found = suggestions(library, lambda _: True, answer)
    assert found[0] == "三门峡建成了多少个老年助餐点位"


def test_another_place_that_does_not_answer_is_not_suggested(library: Library) -> None:
    """It is asked, not guessed."""
    answer = word_chain(library).invoke(Request(QUESTION))
    assert not any("三门峡" in one for one in suggestions(library, lambda _: False, answer))


def test_a_bulletin_that_was_taken_out_since_leads_nowhere(
    library: Library, tmp_path: Path
) -> None:
    """The answer stands on the page while somebody removes what it cites: no error, fewer ways."""
    answer = word_chain(library).invoke(Request(QUESTION))
    emptied = Library(tmp_path, WordEncoder())
    assert suggestions(emptied, lambda _: True, answer) == ("三门峡建成了多少个老年助餐点位",)
