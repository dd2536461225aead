"""What a line says of the issue."""

import pytest

from corpus.layout import imprint


@pytest.mark.parametrize(
    "text",
    [
        "“积极应对人口老龄化”联动监督专辑 (四十七)",
        "人大工作简报",
        "第１２期",
        "（总第八十期）",
        "养老专报（增刊一）",
        "简　　报",
        "2025年第3期（总第40期）",
        "人大简报　第12期",
        "人大工作参考　第3期",
        "人大简报（2025）第12期",
    ],
)
def test_the_name_of_a_series_or_issue_is_a_masthead(text: str) -> None:
    """…专辑, …简报 and 第N期 name an issue."""
    assert imprint.is_masthead(text)


@pytest.mark.parametrize(
    "text", ["简报印发各县市区", "第十二次会议", "编印了" + "专题" * 30 + "简报", "举办培训班第3期"]
)
def test_a_line_about_a_series_is_no_masthead(text: str) -> None:
    """The words must close a short line, or number the issue at its head."""
    assert not imprint.is_masthead(text)


@pytest.mark.parametrize("text", ["报:全国人大", "发：各处室", "抄送：市政府", "主送 : 市委"])
def test_a_line_that_addresses_recipients_opens_a_distribution_list(text: str) -> None:
    """报, 发, 抄送 and their like before a colon address recipients."""
    assert imprint.is_distribution(text)


@pytest.mark.parametrize("text", ["报告：全面摸清底数", "发挥作用：一是", "上报:市政府"])
def test_words_that_begin_alike_address_nobody(text: str) -> None:
    """The word must stand alone at the head of the line."""
    assert not imprint.is_distribution(text)


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("２０２５年11月28日", True),
        ("2025 年 11 月 28 日 星期五", True),
        ("责编：冯海砚", False),
        ("星期五", False),
        ("政教专刊部主办", False),
        ("共印 120 份", False),
        ("（共印一百二十份）", False),
        ("某市人大常委会办公室编印", False),
        ("某市人大常委会办公室　２０２５年３月１２日印发", False),
        ("2025年3月12日　某市人大常委会研究室编", False),
        ("内部资料　注意保存", False),
        ("机密★1年", False),
    ],
)
def test_the_imprint_of_a_page_is_known_line_by_line(text: str, date: bool) -> None:
    """Editors, publisher, weekday and date are page credits; only the date is a date line."""
    assert imprint.is_imprint(text) or imprint.is_furniture(text)
    assert imprint.is_date_line(text) is date


def test_a_date_inside_a_sentence_is_no_imprint() -> None:
    """The date line holds a date and nothing else."""
    assert not imprint.is_imprint("2025年11月28日，市人大常委会召开会议")


@pytest.mark.parametrize(
    "text",
    [
        "办公室编印了三期简报",
        "机密文件管理办法",
        "内部资料显示，全市有食堂15个",
        "十二年",
        "★",
        "市政府办公室2025年3月12日印发的通知",
    ],
)
def test_words_of_an_imprint_in_a_sentence_make_none(text: str) -> None:
    """The whole line must be an imprint; what lasts twelve years is none."""
    assert not imprint.is_imprint(text)


@pytest.mark.parametrize(
    ("text", "organ"),
    [
        ("某市人大常委会办公室　　2025年3月12日", "某市人大常委会办公室"),
        ("二〇二五年三月十二日 某市人民政府", "某市人民政府"),
        ("某市人大常委会办公室编", "某市人大常委会办公室"),
        ("某市委办公室2025年3月12日印发", "某市委办公室"),
        ("2025年3月12日印发", None),
        ("责任编辑：王某", None),
    ],
)
def test_the_imprint_names_its_organ(text: str, organ: str | None) -> None:
    """Blanks and the date beside it are no part of the name."""
    assert imprint.publisher_in(text) == organ
