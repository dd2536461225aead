"""What is reckoned with is found where the reader points, by names, or as the only figures."""

from dataclasses import replace

from doubles import evidence_of

from rag.answering.begun_terms import begun_terms
from rag.answering.pointed_terms import pointed_terms
from rag.answering.reckoned_terms import terms_of
from rag.answering.reckoning import Addend, Reckoning, reckoned, reckoning_of
from rag.query.operations import Operation, things_against
from rag.query.question import understand
from rag.reading.evidence import Evidence, Part
from rag.reading.reader import Point

ROADS = "通车里程3499公里，其中县道21条370公里，乡道236条1207公里，村道1922公里。"
FUNDS = "主力资金净流出206.97万元，游资净流出14.61万元，散户净流入221.58万元。"


def at(text: str, told: dict[str, float]) -> Evidence:
    """A text in which words that answer begin at these figures, with these probabilities."""
    points = tuple(Point(text.index(words), share) for words, share in told.items())
    return replace(evidence_of(text), points=points)


def figures(terms: list[Addend]) -> list[str]:
    """The terms as printed."""
    return [term.figure.text for term in terms]


def asked_of(question: str) -> Reckoning:
    """What a question wants reckoned."""
    asked = reckoning_of(understand(question))
    assert asked is not None
    return asked


def test_all_at_which_the_reader_begins_an_answer_are_added() -> None:
    """206.97 + 14.61 = 221.58, though no word of the question names the second."""
    question = "两路资金合计净流出多少万元"
    item = at(FUNDS, {"206.97": 0.55, "14.61": 0.4, "221.58": 0.03})
    terms = begun_terms(understand(question), asked_of(question), [item])
    assert figures(terms) == ["206.97万元", "14.61万元"]
    assert reckoned(asked_of(question), terms, []).line.startswith("合计221.58万元")


def test_a_reader_that_begins_at_one_figure_tells_no_terms() -> None:
    """What is likely is one figure; or nothing is."""
    query, asked = understand("两路资金合计多少万元"), asked_of("两路资金合计多少万元")
    for told in ({"206.97": 0.9, "14.61": 0.05}, {"206.97": 0.2, "14.61": 0.15}):
        assert begun_terms(query, asked, [at(FUNDS, told)]) == []
    assert begun_terms(query, asked, []) == []


def test_a_difference_has_the_two_likeliest() -> None:
    """206.97 - 14.61 = 192.36."""
    question = "主力比游资多流出多少万元"
    item = at(FUNDS, {"206.97": 0.45, "14.61": 0.35, "221.58": 0.2})
    assert figures(begun_terms(understand(question), asked_of(question), [item])) == [
        "206.97万元",
        "14.61万元",
    ]


def thing(label: str, question: str, focus: str) -> Part:
    """A thing that was asked about by itself, and what the reader pointed at."""
    return Part(understand(question), (evidence_of(ROADS, focus),), label)


def test_each_thing_has_the_figure_that_the_reader_points_at() -> None:
    """The name stands before the other figure: 乡道236条1207公里."""
    things = [thing("县道", "县道多少公里", "370公里"), thing("乡道", "乡道多少公里", "1207公里")]
    assert figures(pointed_terms(things)) == ["370公里", "1207公里"]


def test_no_figure_is_taken_twice() -> None:
    """Of 分别 the reader pointed at the first for both: the second has what is left, in order."""
    text = "甲所、乙所的持股分别增加9.76个百分点、9.55个百分点。"
    parts = [
        Part(understand(f"{name}增加几个百分点"), (evidence_of(text, "9.76"),), name)
        for name in ("甲所", "乙所")
    ]
    assert figures(pointed_terms(parts)) == ["9.76个百分点", "9.55个百分点"]


def test_a_thing_without_a_figure_leaves_the_sum_open() -> None:
    """Nothing points at a figure of the 机场, and nothing names one."""
    things = [thing("县道", "县道多少公里", "370公里"), thing("机场", "机场多少公里", "通车")]
    assert pointed_terms(things) == []


def test_the_only_two_figures_are_set_against_each_other() -> None:
    """104 - 70 = 34; with a third of their kind it stays open."""
    question = "电梯比计划多装了几台"
    query, asked = understand(question), asked_of(question)
    two = evidence_of("2021年计划装70台，年底装成104台。")
    three = evidence_of("2021年计划装70台，年底装成104台，拆了3台。")
    terms = terms_of(query, asked, [two])
    assert reckoned(asked, terms, []).line.startswith("相差34台（104台－70台＝34台")
    assert terms_of(query, asked, [three]) == []


def test_so_many_as_are_counted_are_added() -> None:
    """109.6 + 7.7 + 4.3 = 121.6, and not the total behind them."""
    text = "在此之上再加三笔：补助109.6亿元，上年结转7.7亿元，调入资金4.3亿元，总量就是490.7亿元。"
    question = "另外加的那三笔合计多少亿元"
    asked = asked_of(question)
    terms = terms_of(understand(question), asked, [evidence_of(text)])
    assert reckoned(asked, terms, []).line.startswith("合计121.6亿元")


def test_what_is_set_against_by_a_word_is_asked_about_by_itself() -> None:
    """Of growth over a year before nothing is another thing."""
    assert things_against("文化遗产比自然遗产多多少处？") == [
        ("文化遗产", "文化遗产有多少处"),
        ("自然遗产", "自然遗产有多少处"),
    ]
    assert things_against("床位比上年多多少张") == []
    assert asked_of("文化遗产比自然遗产多多少处").operation is Operation.DIFFERENCE


def test_points_lie_in_figures() -> None:
    """A figure has the probability of all places inside it at which an answer begins."""
    item = replace(evidence_of(FUNDS), points=(Point(7, 0.3), Point(9, 0.1), Point(0, 0.5)))
    assert item.figures[0].text == "206.97万元"
    assert abs(item.begun_at(item.figures[0]) - 0.4) < 1e-9


def test_a_share_sets_nothing_against_anything() -> None:
    """占比不能低于多少 asks for a bound."""
    assert reckoning_of(understand("县区教育经费占比不能低于多少？")) is None
