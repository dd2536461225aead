"""Whatever searches or answers understands a question in one way."""

from dataclasses import replace

import pytest

import rag
from index.library import Library
from index.sight import WHOLE
from rag.chain import answer_chain
from rag.query.intents import Aspect
from rag.query.question import Query, understand
from rag.query.sides_told import SidesTold
from rag.retriever import BulletinRetriever
from rag.understanding import Understanding
from ui.server.tools import tools

MISSPELT = "三门侠建成了多少个老年助餐场所"
MEANT = "henan-053-sanmenxia"


def test_a_misspelt_place_is_searched_for_everywhere(library: Library) -> None:
    """From Python, by LangChain and over the network the place is the one that ask takes it for."""
    assert rag.retrieve(MISSPELT, k=1, library=library)[0].bulletin == MEANT
    document = BulletinRetriever(library=library, k=1).invoke(MISSPELT)[0]
    assert document.metadata["bulletin"] == MEANT
    retrieve, _ = tools(library, answer_chain(library), RuntimeError)
    assert [hit["bulletin"] for hit in retrieve(WHOLE, MISSPELT, k=1)] == [MEANT]


def test_what_the_encoder_tells_is_heard_everywhere(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What a line's vector tells of a question completes it, with a conversation and alone."""

    def listed(self: object, query: Query) -> Query:
        return replace(query, aspect=Aspect.LIST)

    monkeypatch.setattr(SidesTold, "completed", listed)
    understanding = Understanding(library)
    assert understanding.asked(library, "漯河有几家").aspect is Aspect.LIST
    assert understanding.alone("漯河有几家").aspect is Aspect.LIST


def test_the_words_alone_decide_without_that_encoder(library: Library) -> None:
    """With another encoder than the models were learned by, a question is what its words say."""
    question = "漯河已选定多少个助餐点"
    assert Understanding(library).alone(question) == understand(question)
