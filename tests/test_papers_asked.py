"""What such papers are asked is answered from the right place, of the right year, or not at all."""

from pathlib import Path

import pytest
from doubles import WordEncoder

from index.library import Library
from rag.answering.answer import Answer
from rag.chain import Request, answer_chain

YEARS = """许昌市2022年民政事业发展通报
2022年，全市民政系统扎实推进各项工作，困难群众基本生活得到有力保障。
年末全市户籍人口438.2万人，比2021年增加1.3万人，其中城镇人口239.6万人。
全市建成养老服务中心173个，比2021年增加24个，养老床位达到2.96万张。
"""
COUNTY = """嵩县2023年养老服务工作通报
2023年，县人大常委会围绕养老服务开展专题调研，督促政府加大投入力度，服务体系逐步健全。
全县建成老年助餐场所37个，农村幸福院92所，养老床位2145张，护理型床位占比达到55%。
"""


def asked(home: Path, text: str, question: str) -> Answer:
    """The answer of a library that holds this text alone."""
    folder = home.parent / "papers"
    folder.mkdir(exist_ok=True)
    (folder / "paper.txt").write_text(text, "utf-8")
    library = Library(home, WordEncoder())
    library.sync(folder)
    return answer_chain(library).invoke(Request(question))


@pytest.mark.parametrize("question", ["许昌2022年末户籍人口是多少", "2022年底许昌有多少户籍人口？"])
def test_a_figure_compared_with_last_year_is_of_this_year(home: Path, question: str) -> None:
    """比2021年增加 beside it makes it no figure of 2021, and the year of the report counts."""
    answer = asked(home, YEARS, question)
    assert not answer.refused
    assert "438.2万人" in answer.text


def test_a_county_bulletin_is_about_the_county(home: Path) -> None:
    """It answers for the county, under the county's name, and for no other county of its city."""
    answer = asked(home, COUNTY, "嵩县建成了多少个老年助餐场所")
    assert "37个" in answer.text
    assert "洛阳市：" not in answer.text
    assert asked(home, COUNTY, "栾川县建成了多少个老年助餐场所").refused


def test_traditional_characters_ask_the_same(library: Library) -> None:
    """The city named answers, and none beside it."""
    answer = answer_chain(library).invoke(Request("三門峽建成了多少個老年助餐場所"))
    plain = answer_chain(library).invoke(Request("三门峡建成了多少个老年助餐场所"))
    assert "180个" in answer.text
    assert [one.label for one in answer.citations] == [one.label for one in plain.citations]


@pytest.mark.parametrize("question", ["SELECT * FROM units; DROP TABLE units", "'; --", "rm -rf /"])
def test_what_is_no_question_is_refused(library: Library, question: str) -> None:
    """A command to a machine gets no sentence of a bulletin."""
    answer = answer_chain(library).invoke(Request(question))
    assert answer.refused
    assert not answer.citations
