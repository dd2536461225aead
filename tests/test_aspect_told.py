"""What is asked of the bulletins themselves is told by the embedded encoder, in any words."""

import pytest

from eval.aspects import scored
from index.vectors.encoder import SentenceTransformerEncoder
from index.vectors.transformer_encoder import TransformerEncoder
from rag.query.aspect_told import AspectTold
from rag.query.intents import Aspect, Wants
from rag.query.question import understand


@pytest.fixture(scope="module")
def aspects() -> AspectTold:
    encoder = TransformerEncoder()
    return AspectTold(lambda text: encoder.encode([text], "query")[0])


def test_lines_kept_aside_are_told(aspects: AspectTold) -> None:
    """Twice as many as the table of intents knows, and fewer questions are taken for them."""
    model = scored(lambda line: aspects.completed(understand(line)).aspect)
    table = scored(lambda line: understand(line).aspect)
    assert model.right > 0.7 > 2 * table.right
    assert model.lost < table.lost < 0.06


def test_a_query_is_completed_by_what_it_wants(aspects: AspectTold) -> None:
    """Which bulletins there are wants a list of them, whatever words ask for it."""
    query = aspects.completed(understand("把库里的简报一份一份列给我看"))
    assert (query.aspect, query.wants) == (Aspect.LIST, Wants.CATALOGUE)


def test_a_question_of_the_content_is_none(aspects: AspectTold) -> None:
    """Though the table takes its words for one of a bulletin's."""
    assert understand("编辑部去年举办了几场培训，主办单位有哪些").aspect is not None
    assert aspects.told("编辑部去年举办了几场培训，主办单位有哪些", Aspect.EDITOR) is None


def test_another_encoder_has_the_table_alone() -> None:
    """Its vectors mean nothing to the weights."""
    table = SentenceTransformerEncoder()
    told = AspectTold(lambda text: table.encode([text], "query")[0])
    assert told.told("有什么简报", Aspect.LIST) is Aspect.LIST
    assert told.told("把库里的东西列给我看") is None
