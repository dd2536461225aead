"""Issues of a series say the same of each period: the one that is asked about answers."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from doubles import WordEncoder, word_chain

from index.library import Library
from index.temporary import temporary_library
from rag.answering.answer import Answer
from rag.chain import Request
from rag.query.question import understand
from rag.retrieval.period import OTHER_ISSUE, OTHER_YEAR, period_factor

RATES = {"2016年10月底": "52.38%", "2017年8月底": "77.43%", "2017年12月底": "87.79%"}


@pytest.fixture(scope="module")
def series(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    """Three issues that differ in their period and its figures."""
    folder = tmp_path_factory.mktemp("series")
    for n, (time, rate) in enumerate(RATES.items()):
        lines = (f"校舍建设工作截至{time}进展情况", f"全省校舍竣工率为{rate}。", "请各地加快推进。")
        (folder / f"issue{n}.txt").write_text("\n".join(lines) + "\n", "utf-8")
    with temporary_library(Path(folder), WordEncoder()) as library:
        yield library


def asked(library: Library, question: str) -> Answer:
    return word_chain(library).invoke(Request(question))


@pytest.mark.parametrize(("time", "rate"), RATES.items())
def test_the_issue_of_the_period_answers(series: Library, time: str, rate: str) -> None:
    """Also of two months of one year."""
    answer = asked(series, f"截至{time}全省校舍竣工率是多少")
    assert rate in answer.text
    assert not any(other in answer.text for other in RATES.values() if other != rate)


def test_what_stands_over_a_unit_tells_its_period(series: Library) -> None:
    """A unit that names the year itself, or stands under no period, is held to less."""
    entry = next(e for e in series.entries() if "2016" in series.bulletin(e.id).title)
    bulletin = series.bulletin(entry.id)
    unit = bulletin.paragraphs[0]
    assert period_factor(understand("2016年竣工率多少"), bulletin, unit) == 1.0
    assert period_factor(understand("2016年8月竣工率多少"), bulletin, unit) == OTHER_ISSUE
    assert period_factor(understand("2017年竣工率多少"), bulletin, unit) == OTHER_ISSUE
    assert period_factor(understand("竣工率多少"), bulletin, unit) == 1.0
    assert OTHER_ISSUE < OTHER_YEAR
