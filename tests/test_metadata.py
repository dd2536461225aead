"""What a bulletin says of itself is read, and what it does not say is None."""

import pytest

from corpus.bulletin import Bulletin
from corpus.parse import parse, read_bulletin
from rag.settings import shipped_bulletins

BODY = "全市人大代表深入基层一线开展专题调研，面对面听取群众的意见建议，取得了较好的成效。"


def bulletin(*lines: str) -> Bulletin:
    return parse("\n".join(lines).encode(), "a")


def test_the_henan_series_is_read_with_issue_and_recipients() -> None:
    """专辑（十七） is issue 17; the list behind 报 and 发 names who receives it."""
    issue = read_bulletin(shipped_bulletins() / "henan-017-anyang-jiaozuo.txt")
    assert issue.issue == 17
    assert issue.recipients[0] == "全国人大社会建设委员会"
    assert "各省辖市人大常委会、济源示范区人大工委" in issue.recipients
    assert (issue.date, issue.publisher) == (None, None)


def test_an_article_about_a_district_names_it_beside_its_city() -> None:
    """Shanyang's article is about 焦作市 and its 山阳区."""
    _, article = read_bulletin(shipped_bulletins() / "henan-017-anyang-jiaozuo.txt").articles
    assert (article.place, article.district) == ("焦作市", "山阳区")
    assert article.contributor == "焦作山阳区人大常委会"


def test_a_newspaper_page_is_dated_by_its_imprint() -> None:
    """The date is told with the line that it was read from, and the publisher beside it."""
    page = read_bulletin(shipped_bulletins() / "lvliang-2025-11-28.txt")
    assert (page.date, page.date_source) == ("2025-11-28", "2025年11月28日")
    assert page.publisher == "政教专刊部"


def test_a_letter_is_dated_by_the_line_under_it() -> None:
    """A signature and a date in Han numerals close a letter; its number is no series."""
    letter = bulletin(
        "关于开封市养老服务工作的函", "开政函〔2024〕7号", BODY, "开封市人民政府办公厅",
        "二〇二四年十月十五日",
    )  # fmt: skip
    assert letter.date == "2024-10-15"
    assert letter.series is None
    assert [unit.kind.value for unit in letter.units[-2:]] == ["byline", "byline"]


RECIPIENTS = ("报：省人大常委会办公厅", "发：各县（区）人大常委会")


@pytest.mark.parametrize(
    ("head", "foot"),
    [
        (["人大简报", "第12期", "某市人大常委会办公室　　2025年3月12日"], ["（共印50份）"]),
        (["简　报", "2025年第12期（总第90期）", "某市人大常委会办公室", "2025年3月12日", "★"], []),
        (["内部资料　注意保存", "人大工作参考　第12期", "总第90期", "————————"],
         ["某市人大常委会办公室　2025年3月12日印发", "共印50份"]),
        (["人大简报（2025）第12期", "二〇二五年三月十二日　某市人大常委会办公室编印", "目　录",
          "扎实推进养老服务……1"], ["责任编辑：王某"]),
    ],
    ids=["one line", "two lines", "printed by", "contents"],
)  # fmt: skip
def test_a_red_head_is_read_as_what_it_says(head: list[str], foot: list[str]) -> None:
    """Of a printed bulletin the head is no part of its title, and the foot no recipient."""
    issue = bulletin(*head, "扎实推进养老服务", "——某市的做法", BODY, *RECIPIENTS, *foot)
    assert (issue.issue, issue.date, issue.publisher) == (
        12, "2025-03-12", "某市人大常委会办公室",
    )  # fmt: skip
    assert [article.title for article in issue.articles] == ["扎实推进养老服务——某市的做法"]
    assert [unit.text for unit in issue.paragraphs] == [BODY]
    assert issue.recipients == ("省人大常委会办公厅", "各县（区）人大常委会")


def test_an_organ_and_a_date_under_a_text_sign_it() -> None:
    """On one line as on two; the issue has no publisher from that."""
    signed = bulletin("人大简报", "扎实推进养老服务", BODY, "某市人大常委会办公室 2025年3月12日")
    assert (signed.units[-1].kind.value, signed.date) == ("byline", "2025-03-12")
    assert signed.publisher is None


@pytest.mark.parametrize(
    ("masthead", "issue"),
    [
        ("人大工作简报（第12期）", 12),
        ("第三十一期", 31),
        ("养老简报", None),
        ("养老简报（总第90期） 第12期", 12),
        ("养老简报（2025）", None),
    ],
)
def test_the_issue_is_read_in_digits_and_numerals(masthead: str, issue: int | None) -> None:
    """A masthead without a number has no issue."""
    assert bulletin(masthead, "开封市：聚力养老", BODY).issue == issue


def test_sections_about_other_places_have_their_own_place() -> None:
    """Where headings name cities, their paragraphs are about those; the article about none."""
    digest = bulletin(
        "各地养老见闻：两地的做法", "一、开封：食堂开进小区", BODY, "二、新乡：培训护理员", BODY
    )
    assert digest.articles[0].place is None
    assert [unit.place for unit in digest.paragraphs] == ["开封市", "新乡市"]


def test_nothing_is_guessed() -> None:
    """A text that names no place, date or issue has none."""
    plain = bulletin("扎实推进养老服务", BODY)
    assert (plain.series, plain.issue, plain.date, plain.publisher) == (None, None, None, None)
    assert (plain.recipients, plain.articles[0].place) == ((), None)
