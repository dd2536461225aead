"""A question that names its topic first is asked whole, though it has the words of several."""

from dataclasses import replace
from pathlib import Path

import pytest

import eval.aspects
from index.vectors.encoder import SentenceTransformerEncoder
from index.vectors.transformer_encoder import TransformerEncoder
from rag.query.intents import Asks
from rag.query.question import understand
from rag.query.sides import sides
from rag.query.sides_told import SidesTold

LINES = Path(eval.aspects.__file__).with_name("sides.tsv")


@pytest.fixture(scope="module")
def told() -> SidesTold:
    encoder = TransformerEncoder()
    return SidesTold(lambda text: encoder.encode([text], "query")[0])


def test_lines_kept_aside_are_told(told: SidesTold) -> None:
    """Twenty that ask one thing behind its topic, and twenty that compare or ask several."""
    lines = [line.split("\t") for line in LINES.read_text("utf-8").splitlines()]
    one = [told.told(line) is Asks.ONE for kind, line in lines if kind == "one"]
    several = [told.told(line) is Asks.ONE for kind, line in lines if kind != "one"]
    assert (len(one), len(several)) == (20, 20)
    assert sum(one) >= 14
    assert sum(several) <= 2


def test_a_topic_with_two_names_is_one_side(told: SidesTold) -> None:
    """Its words alone take it for a sum of two."""
    query = understand("提到食堂与车站之间的那条路，总共修了几年")
    assert len(sides(query)) == 2
    assert len(sides(told.completed(query))) == 1


def test_a_comparison_stays_one(told: SidesTold) -> None:
    """Also one that opens with what is compared."""
    query = told.completed(understand("漯河和三门峡，谁的助餐点更多"))
    assert [side.query.understood for side in sides(query)] == [
        "漯河市的助餐点有多少",
        "三门峡市的助餐点有多少",
    ]


def test_short_parts_are_parts(told: SidesTold) -> None:
    """Where it is sure that several things are asked, the first may say little of its own."""
    query = understand("培训了多少人次，办了几期班")
    assert len(sides(query)) == 1
    assert [side.label for side in sides(told.completed(query))] == [
        "培训了多少人次", "办了几期班",
    ]  # fmt: skip


def test_another_encoder_has_the_words_alone() -> None:
    """Its vectors mean nothing to the weights."""
    table = SentenceTransformerEncoder()
    told = SidesTold(lambda text: table.encode([text], "query")[0])
    assert told.told("提到食堂与车站之间的那条路，总共修了几年") is None


def test_places_side_by_side_are_several_whatever_is_told() -> None:
    """That they are named is exact; how many things a question asks is told by likeness."""
    query = replace(understand("漯河、鹤壁、三门峡的书记分别叫啥"), asks=Asks.ONE)
    assert [side.label for side in sides(query)] == ["漯河市", "鹤壁市", "三门峡市"]
