"""Marks that count headings and points, and which rule knows which of them."""

import pytest

from corpus.text import list_marks

SERIES = ["一是A；二是B", "（一）A（二）B", "第一，A第二，B", "1.A2.B", "①A②B"]
OPENINGS = [  # a line, and the rules that know what it begins with
    ("一、基本情况", "HEADING POINT TOLD_POINT RUN_IN"),
    ("（一）指导思想", "POINT TOLD_POINT RUN_IN"),
    ("(3)加强监管", "POINT"),
    ("1.加大投入", "POINT NUMBERED TOLD_POINT"),
    ("２、完善机制", "POINT NUMBERED TOLD_POINT"),
    ("①明确责任", "POINT"),
    ("一是高位推动", "POINT TOLD_POINT RUN_IN"),
    ("第一，高位推动", "TOLD_POINT"),
    ("首先，高位推动", "TOLD_POINT"),
    ("第二章　养老服务", "HEADING POINT"),
    ("第三十二条　国家鼓励", "POINT ARTICLE"),
    ("附件1", "HEADING ATTACHMENT"),
    ("【编者按】", "HEADING"),
    ("2024年全市", ""),
    ("一批老人", ""),
]


@pytest.mark.parametrize(("line", "rules"), OPENINGS)
def test_a_rule_knows_its_marks(line: str, rules: str) -> None:
    """Headings are opened by other marks than points, and statutes have their own."""
    names = ("HEADING", "POINT", "NUMBERED", "ARTICLE", "ATTACHMENT", "TOLD_POINT", "RUN_IN")
    knowing = {name for name in names if getattr(list_marks, name).match(line)}
    assert knowing == set(rules.split())


def test_levels_run_from_the_part_to_the_point() -> None:
    """Part, chapter, 一、 and （一） stand under each other in this order."""
    headings = ["第一编　总则", "第二章　服务", "三、成效", "（四）监管"]
    found = [
        [bool(mark.match(text)) for mark in list_marks.LEVELS].index(True) for text in headings
    ]
    assert found == [0, 1, 2, 3]


@pytest.mark.parametrize(
    "text", ["一是A；二是B", "（一）A（二）B", "第一，A第二，B", "1.A2.B", "①A②B"]
)
def test_a_sentence_counts_in_one_series(text: str) -> None:
    """Each series finds both its marks, and no other one does."""
    found = [[match["n"] for match in series.finditer(text)] for series in list_marks.SERIES]
    assert sorted(map(len, found)) == [0, 0, 0, 0, 2]
