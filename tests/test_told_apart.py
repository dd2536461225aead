"""Of several figures the one is told that is said of what is asked about."""

from dataclasses import replace

import pytest
from doubles import ToldLikeness, evidence_of

from rag.answering.judged_claim import OPEN
from rag.answering.value import value_of
from rag.answering.verdict import unlisted, verdict
from rag.query.question import understand
from rag.reading.evidence import Evidence
from rag.reading.of_place import is_of_place

BY_PLACE = "竣工率由高到低排序，依次是：衡水市97.84%、沧州市92.33%、唐山市82.68%、辛集市73.64%。"
TWICE = "新增街道服务中心7个、运营率由76%提升至96%，新增社区照料中心41个、运营率由66%提升至84%。"
NAMED = "优秀承办单位：沧州市政府、廊坊市政府、秦皇岛市政府、邯郸市政府、邢台市政府。"


def in_province(item: Evidence) -> Evidence:
    """The sentence in an article about 河北省."""
    return replace(item, hit=replace(item.hit, unit=replace(item.hit.unit, place="河北省")))


@pytest.mark.parametrize("pointed", ["97.84%", "82.68%", "82"])
def test_the_figure_of_the_place_is_told(pointed: str) -> None:
    """Whichever of the list the reader points at."""
    item = in_province(evidence_of(BY_PLACE, pointed))
    assert value_of(understand("唐山市竣工率是多少"), item) == "82.68%"


def test_the_clause_that_names_the_thing_is_told() -> None:
    """Two rates stand in one sentence; what has grown is told as it stands now."""
    item = evidence_of(TWICE, "96%")
    assert value_of(understand("社区照料中心的运营率是多少"), item) == "84%"
    assert value_of(understand("街道服务中心的运营率是多少"), item) == "96%"


def test_of_a_whole_nothing_is_said_of_its_part() -> None:
    """No bound is judged by the figure of the province, which is told as a sentence."""
    query = understand("辛集市校舍竣工率到90%了没有")
    whole = in_province(evidence_of("全省竣工率为92.74%。", "92.74%"))
    assert not is_of_place(query, whole)
    assert value_of(query, whole) == ""
    assert value_of(query, in_province(evidence_of(BY_PLACE, "97.84%"))) == "没有，73.64%"


def test_who_is_not_listed_is_none_of_them() -> None:
    """Where the sentence lists those of whom it holds."""
    query = understand("定州市政府评上优秀承办单位了吗")
    item = in_province(evidence_of(NAMED))
    likeness = ToldLikeness()
    assert verdict(query, item, 0.9, likeness) == OPEN
    assert unlisted(query, [item], likeness) is item
    listed = understand("沧州市政府评上优秀承办单位了吗")
    assert unlisted(listed, [item], likeness) is None
