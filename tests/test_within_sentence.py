"""One sentence may hold all that is reckoned with: summands, a list in order, a rise."""

from dataclasses import replace

import pytest
from doubles import evidence_of

from corpus.bulletin import Span
from rag.answering.reckoning import Addend, reckoned, reckoning_of
from rag.answering.within_sentence import figures_beside, terms_within
from rag.query.question import understand
from rag.reading.evidence import Evidence
from rag.writing.verify import unsupported

HOMES = "新建成1家机构，累计建成双证齐全机构7家，正在建设6家（明年投用），谋划建设4家。"
RATES = "资金支出率由高到低排序，依次是甲州市49.25%、沧州市48.1%、衡水市33.2%。"


def terms(question: str, item: Evidence, *things: str) -> list[Addend]:
    query = understand(question)
    asked = reckoning_of(query)
    assert asked is not None
    return terms_within(query, asked, [item], things)


def told(question: str, text: str, *things: str) -> str:
    asked = reckoning_of(understand(question))
    assert asked is not None
    line = reckoned(asked, terms(question, evidence_of(text), *things), []).line
    assert unsupported(line, [text]) == []
    return line


def test_every_thing_is_added_by_its_own_figure() -> None:
    """7 + 6 + 4 = 17; what is new is no part of what there is."""
    line = told("建成的加在建的加谋划的一共几家", HOMES, "建成", "在建", "谋划")
    assert line == "合计17家（7家＋6家＋4家＝17家，按原文数字计算）"


def test_of_a_list_that_says_how_many_they_are_all_are_added_or_none() -> None:
    """七类 of which six are named beside a figure make no sum."""
    text = "技术中心达到50家，工程中心达到30家，设计中心达到20家。"
    assert len(terms("技术、工程、设计这三类中心合计多少家", evidence_of(text))) in (0, 3)
    assert terms("技术、工程、设计、检测这四类中心合计多少家", evidence_of(text)) == []


def test_the_nearer_figure_is_the_surer() -> None:
    """Of sentences that semicolons join, the one that has both by itself."""
    text = "第一次来就业的有7.1万人；自主创业成功的有1.5万人，由此带动就业6.1万人。"
    item = evidence_of(text)
    own = replace(item, span=Span(text.index("自主"), len(text)))
    found = terms("创业成功的人数和带动就业的人数相差多少", own, "创业成功", "带动就业")
    assert [term.figure.text for term in found] == ["1.5万人", "6.1万人"]


def test_an_order_is_of_all_sentences_that_semicolons_join() -> None:
    """The first of them has not the most."""
    text = "甘谷县有30张床位、武山县有50张床位、秦安县有40张床位；清水县有90张床位。"
    item = evidence_of(text)
    first = replace(item, span=Span(0, text.index("；") + 1))
    found = terms("哪个县的床位最多", first)
    assert {term.figure.text for term in found} >= {"90张床位", "50张床位"}


def test_what_a_figure_counts_may_stand_behind_it() -> None:
    """1575 centres and 21 works."""
    text = "全市建成1575个农村日间照料中心（小院）、21个城镇幸福工程。"
    line = told("两样加起来多少个", text, "农村照料中心", "城镇幸福工程")
    assert line.startswith("合计1596个（1575个＋21个＝1596个")


def test_sentences_joined_by_semicolons_are_one() -> None:
    """The name of the thing stands at what was added."""
    text = "众创空间新增42家，达到105家；孵化器新增21家，达到110家。"
    line = told("众创空间和孵化器一共多少家", text, "众创空间", "孵化器")
    assert line.startswith("合计215家（105家＋110家")


def test_without_a_list_the_words_of_the_question_name_the_figures() -> None:
    """主线支线 has no joint."""
    assert told("主线支线拢共几条", "开通主线5条，支线24条。").startswith("合计29条")


def test_a_sum_needs_a_figure_for_every_thing() -> None:
    """One of two is no sum."""
    assert terms("食堂和学校一共几家", evidence_of("建成食堂5家。"), "食堂", "学校") == []


@pytest.mark.parametrize(
    ("question", "line"),
    [
        ("支出率最高的是哪个市", "沧州市最高：48.1%"),
        ("支出率倒数第一是哪个市", "衡水市倒数第一：33.2%"),
    ],
)
def test_a_list_is_ranked(question: str, line: str) -> None:
    """Names stand before their figures."""
    text = RATES.replace("甲州市49.25%、", "") + "邢台市40%。"
    text = "依次是沧州市48.1%、邢台市40%、衡水市33.2%。"
    assert told(question, text) == line


def test_kinds_of_things_are_ranked_too() -> None:
    """Not only places."""
    text = "重点实验室达到115家、技术中心达到300家、企业中心达到540家。"
    assert told("哪类定得最多", text) == "企业中心最多：540家"


def test_a_figure_in_brackets_is_of_what_stands_before_them() -> None:
    """甲县（90%） as well as 甲县90%."""
    text = "支出比例较高的有：滦南县（90%）、承德县（86.43%）、深州市（80%）。"
    assert told("支出比例最高的是哪个县", text) == "滦南县最高：90%"


def test_two_things_of_a_sentence_are_set_against_each_other() -> None:
    """By the words that only one of them has, in the order of the question."""
    text = "生活补助标准为：小学1000元，初中1250元，特教1500元。"
    line = "初中多250元（1250元－1000元＝250元，按原文数字计算）"
    assert told("小学和初中的补助差多少", text) == line
    assert told("补助，初中的是不是比小学的多", text) == f"是，{line}"


def test_a_rise_in_one_sentence_is_its_difference() -> None:
    """39 - 2 = 37."""
    text = "建立家庭病床由去年的2张提升到目前的39张。"
    assert told("家庭病床比去年多了几张", text).startswith("之后多37张（39张－2张＝37张")
    assert terms("家庭病床多了几张", evidence_of("有家庭病床39张，护理床2张。")) == []


def test_of_two_rises_the_one_that_is_named() -> None:
    """What it is said of stands before both of its figures."""
    text = "新增食堂7个、运营率由原来的76%提升至96%，新增学校41个、运营率由原来的66%提升至84%。"
    assert told("学校的运营率提高了多少个百分点", text).startswith("之后多18个百分点（84%－66%")


def test_of_these_means_of_what_was_counted_before() -> None:
    """10个中心，其中7个已完成: seven of the centres."""
    item = evidence_of("推动10个养老服务中心建设，其中7个已完成改造。")
    ten, seven = figures_beside(understand("已完成的养老服务中心有几个"), item)
    assert "养老服务中心" in ten.around
    assert "养老服务中心" in seven.around
    assert ("已完成" in ten.around, "已完成" in seven.around) == (False, True)
