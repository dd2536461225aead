"""Text that was copied from a page of the web or of print: its buttons, its links, its cover."""

import pytest

from corpus.bulletin import Kind, Unit
from corpus.parse import parse


def units(text: str, kind: Kind = Kind.PARAGRAPH) -> list[str]:
    """The units of a kind, as they read."""
    return [unit.text for unit in parse(text.encode(), "a.txt").units if unit.kind is kind]


BROKEN = """关于批准市级决算的决议

市人大常委会听取了关于
2022年市级决算的报告
，审查了决算草案。会议同意
市财政经济委员会
的审查报告。

全市一般公共预算收入310.6
亿元，增长4.2%，其中
税收收入
占比达到六成八。
"""


def test_paragraphs_broken_at_links_are_whole() -> None:
    """A line that a closing mark opens goes on, and so do others where blank lines part text."""
    assert units(BROKEN) == [
        "市人大常委会听取了关于2022年市级决算的报告，审查了决算草案。会议同意市财政经济委员会的审查报告。",
        "全市一般公共预算收入310.6亿元，增长4.2%，其中税收收入占比达到六成八。",
    ]


def test_a_link_is_joined_where_no_blank_line_parts_paragraphs() -> None:
    """Without blank lines the link and what a mark opens are put back, and nothing else."""
    text = "关于养老服务的决定\n常委会审议通过了\n养老服务条例\n，自明年起施行。\n条例共七章。\n"
    assert units(text) == ["常委会审议通过了养老服务条例，自明年起施行。", "条例共七章。"]


@pytest.mark.parametrize(
    "bar",
    ["打印\n关闭窗口\n分享\n", "【字体：\n大\n中\n小\n】\n收藏\n", "返回列表\n[打印]\n全屏\n"],
)
def test_buttons_of_a_page_are_no_title(bar: str) -> None:
    """The title is the first line that is none of the page's own, and the day is the text's."""
    text = (
        f"{bar}2022年东川县政府工作报告\n2022年2月9日在东川县第十八届人民代表大会第一次会议上\n"
        "来源：县政府办\n时间：2022-02-21\n县长　李某某\n各位代表，现在向大会报告政府工作。\n"
    )
    bulletin = parse(text.encode(), "a.txt")
    assert bulletin.articles[0].title == "2022年东川县政府工作报告"
    assert bulletin.date == "2022-02-09"
    assert [unit.text for unit in bulletin.paragraphs] == ["各位代表，现在向大会报告政府工作。"]


def test_the_date_of_the_page_is_taken_where_the_text_has_none() -> None:
    """What a page says of its publication is better than no day."""
    text = "打印\n关于托育服务的通报\n时间：2023-05-06\n全县新建托位480个，工作进展总体顺利。\n"
    assert parse(text.encode(), "a.txt").date == "2023-05-06"


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("二O二二年八月十九日", "2022-08-19"),
        ("二◯二一年十月廿二日", "2021-10-22"),
        ("2023.07.04", "2023-07-04"),
        ("2O23年7月4日", "2023-07-04"),
        ("2021年11月26日下午", "2021-11-26"),
        ("中華民國110年5月7日", "2021-05-07"),
    ],
)
def test_a_letter_is_dated_by_its_last_line(line: str, day: str) -> None:
    """However a day is written, the organ and the day under a text sign it."""
    text = f"关于养老工作的函\n\n全县新增护理床位480张，培训护工85名。\n\n某县民政局\n{line}\n"
    bulletin = parse(text.encode(), "a.txt")
    assert bulletin.date == day
    assert [unit.kind for unit in bulletin.units[-2:]] == [Kind.BYLINE, Kind.BYLINE]


def test_organs_on_a_cover_stand_apart() -> None:
    """Each organ under the title of a cover is a line of its own, and so is the month."""
    from prints import EM, pdf, rows

    body = "全县养老服务工作由县人大常委会持续监督，各街道按照年度计划推进落实，工作进展总体顺利。"
    cover = [
        (150, 200, 24, "F1", "东川县托育服务报告"),
        (220, 400, 16, "F1", "东川县卫生健康局"),
        (220, 424, 16, "F1", "东川县统计局"),
        (230, 448, 16, "F1", "二〇二二年六月"),
    ]
    found: list[Unit] = list(parse(pdf(cover, rows([body], 40)), "a.pdf").units)
    assert EM < 16
    assert [(unit.kind, unit.text) for unit in found] == [
        (Kind.TITLE, "东川县托育服务报告"),
        (Kind.BYLINE, "东川县卫生健康局"),
        (Kind.BYLINE, "东川县统计局"),
        (Kind.BYLINE, "二〇二二年六月"),
        (Kind.PARAGRAPH, body),
    ]
