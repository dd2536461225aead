"""The tool that damages documents damages them as the bulletins of the Henan kind are."""

import random

from lossy_copies import torn, without_points

from corpus.parse import parse

TEXT = (
    "2023年，全市常住人口202.5万人，60岁以上人口44.4万人，占总人口的21.98%，与2021年相比上升2.58个"
    "百分点。\n全市已建成养老机构180个，投入7.44万元（其中补助3.1万元），参加培训的护理人员有640人次。"
)
POINTS = ["202.5", "44.4", "21.98", "2.58", "7.44", "3.1"]


def test_a_dropped_point_is_known_by_its_place_and_the_true_number() -> None:
    """At each place the file has the number's digits in a row, full-width."""
    file, drops = without_points(TEXT, random.Random(1))
    assert 0 < len(drops) < len(POINTS)
    assert {drop.true for drop in drops} < set(POINTS)
    for drop in drops:
        whole, decimals = drop.true.split(".")
        start, end = drop.offset - len(whole), drop.offset + len(decimals)
        assert "".join(str(int(c)) for c in file[start:end]) == whole + decimals


def test_only_the_points_differ_from_a_torn_copy() -> None:
    """Without its points a torn copy has the same characters, wrapped a little later."""
    file, _ = without_points(TEXT, random.Random(1))
    assert "".join(file.replace(".", "").split()) == "".join(
        torn(TEXT, random.Random(1)).replace(".", "").split()
    )


def test_a_torn_copy_has_the_paragraphs_of_the_document() -> None:
    """Wrapping, widths and marks are what reading mends, in a text of more than a few lines."""
    text = f"关于养老服务工作情况的报告\n{TEXT}\n{TEXT}"
    clean = [unit.text for unit in parse(text.encode(), "a.txt").units]
    assert [u.text for u in parse(torn(text, random.Random(1)).encode(), "a.txt").units] == clean
