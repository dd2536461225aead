"""The years that a text tells of: not those that it compares with."""

from pathlib import Path

import pytest
from doubles import WordEncoder, word_chain

from corpus.text.traditional import simplified
from corpus.text.years import own_years, told_years
from index.library import Library
from rag.answering.answer import Answer
from rag.chain import Request
from rag.refusing.reasons import Reason

REPORT = """洛阳市2022年经济社会发展情况通报

年末全市常住人口707.9万人，比2021年增加0.8万人，其中城镇常住人口471.3万人。

全市建成养老服务中心236个，比2021年增加31个，养老床位达到4.52万张。

洛阳市统计局
2023年3月15日
"""


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("2022年末人口707.9万人，比2021年增加0.8万人", {2022}),
        ("较2020年末下降3个百分点", set()),
        ("与2019年同期相比，客流增长12%", set()),
        ("产量是2015年的两倍", set()),
        ("2021—2023年建成90个", {2021, 2022, 2023}),
        ("从2021年的185个增加到236个", {2021}),
        ("二〇二二年建成", {2022}),
        ("2023版惠民保不加价", {2023}),
    ],
)
def test_a_year_that_is_compared_with_is_not_told_of(text: str, years: set[int]) -> None:
    """比, 较, 与…相比 and 是…的两倍 set another year beside; a span tells of all its years."""
    assert own_years(text) == years


def test_what_a_sentence_leaves_open_is_told_around_it() -> None:
    """By its paragraph or its title; 今年 is the year of the issue; a start leaves its end open."""
    assert told_years(["比2021年增加31个", "", "2022年通报"]) == {2022}
    assert told_years(["今年建成9个"], 2024) == {2024}
    assert told_years(["从2021年的185个增加到236个", "2022年通报"]) == {2021, 2022}


def test_a_day_that_bounds_whom_something_holds_for_leaves_its_year_open() -> None:
    """2023年12月31日前退休的, in a notice of 2024, is told of 2024 too."""
    notice = ["每月增加32元", "2023年12月31日前退休的人员，从2024年1月1日起调整", "2024年的通知"]
    assert 2024 in told_years(notice)
    assert told_years(["增加32元", "2023年12月31日前退休的人员", "2024年的通知"]) == {2023, 2024}
    assert told_years(["增加32元", "2023年12月31日召开会议", "2024年的通知"]) == {2023}


def ask(home: Path, tmp_path: Path, question: str) -> Answer:
    folder = tmp_path / "bulletins"
    folder.mkdir()
    (folder / "luoyang.txt").write_text(REPORT, "utf-8")
    library = Library(home, WordEncoder())
    library.sync(folder)
    return word_chain(library).invoke(Request(question))


def test_a_report_compared_with_the_year_before_is_of_its_own_year(
    home: Path, tmp_path: Path
) -> None:
    """The centres of 2022 are told, though their sentence names 2021 alone."""
    answer = ask(home, tmp_path, "洛阳市2022年建成了多少个养老服务中心")
    assert answer.reason is not Reason.PERIOD
    assert answer.hits[0].unit.number == 2


@pytest.mark.parametrize("year", [2021, 2023])
def test_neither_the_year_before_nor_that_of_the_print_has_its_figure(
    home: Path, tmp_path: Path, year: int
) -> None:
    """236 are those of 2022: not of 2021, and not of 2023 when it was signed."""
    answer = ask(home, tmp_path, f"洛阳市{year}年建成了多少个养老服务中心")
    assert answer.reason is Reason.PERIOD


@pytest.mark.parametrize(
    ("question", "plain"),
    [
        ("三門峽建成了多少個老年助餐場所", "三门峡建成了多少个老年助餐场所"),
        ("漯河養老服務機構與醫療衛生機構簽約率", "漯河养老服务机构与医疗卫生机构签约率"),
        ("乾县著名的养老院", "乾县著名的养老院"),
    ],
)
def test_traditional_characters_are_read_as_simplified_ones(question: str, plain: str) -> None:
    """What simplified text writes too (乾县, 著名) stays."""
    assert simplified(question) == plain
