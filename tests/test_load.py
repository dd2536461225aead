"""The load test tells a whole answer from a torn one, and its table is made of its figures."""

import json
from pathlib import Path
from typing import Any

import pytest
from doubles import word_chain

from eval.bench.load import VISITOR, paragraphs, spread
from eval.bench.load_table import load_markdown
from eval.bench.people import torn
from index.library import Library
from rag.chain import Request

DOCS = Path(__file__).resolve().parent.parent / "docs"


@pytest.fixture(scope="module")
def answer(library: Library) -> dict[str, Any]:
    """A real answer as programs get it."""
    return word_chain(library).invoke(Request("三门峡建成了多少个老年助餐场所")).as_dict()


def changed(answer: dict[str, Any], **values: Any) -> dict[str, Any]:
    """The answer with other values in its first citation."""
    first, *others = answer["citations"]
    return answer | {"citations": [first | values, *others]}


def test_a_real_answer_is_whole(answer: dict[str, Any]) -> None:
    """What it cites stands in the files as the parser reads them."""
    assert torn(answer, paragraphs()) == ""


def test_a_torn_answer_is_told(answer: dict[str, Any]) -> None:
    """Each way in which an answer can fail to hang together."""
    known = paragraphs()
    assert torn(answer | {"answer": ""}, known) == "no text"
    assert torn(answer | {"citations": []}, known) == "neither cited nor refused"
    assert torn(changed(answer, start=0, end=1), known) == "a quote beside its paragraph"
    assert torn(changed(answer, marker=9), known) == "a citation without its marker"
    assert torn(changed(answer, bulletin="gone"), known) == "a paragraph that no bulletin has"


def test_the_visiting_bulletin_may_be_cited() -> None:
    """While it is in the library, its paragraphs are right."""
    assert any(bulletin == VISITOR.id for bulletin, _ in paragraphs())


def test_a_spread_has_median_and_tail() -> None:
    """Of 1 to 101 seconds: 51, 96 and 101."""
    seconds = [float(n) for n in range(1, 102)]
    assert spread(seconds) == {"p50": 51.0, "p95": 96.0, "max": 101.0}
    assert spread([1.0]) == {}


def test_the_table_of_the_docs_is_that_of_its_figures() -> None:
    """docs/load.md is rendered from docs/load.json; nothing went wrong when that was measured."""
    result = json.loads((DOCS / "load.json").read_text("utf-8"))
    assert (DOCS / "load.md").read_text("utf-8") == load_markdown(result)
    assert (result["errors"], result["torn"]) == ({}, {})
    assert result["answered"] > 0
