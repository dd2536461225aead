"""Lost decimal points are known by their file and proved by arithmetic."""

import pytest

from corpus.bulletin import Doubt, Figure
from corpus.figures.damage import lost_points, mark
from corpus.figures.quantities import find_figures

CERTAIN, POSSIBLE = Doubt.CERTAIN, Doubt.POSSIBLE


def doubts(text: str) -> dict[str, tuple[Doubt | None, str | None]]:
    """Doubt and suggestion of each figure of a paragraph whose file lost its points."""
    return {f.text: (f.doubt, f.suggestion) for f in mark(text, find_figures(text), lost=True)}


def why(text: str, figure: str) -> str:
    (reason,) = (f.why for f in mark(text, find_figures(text), lost=True) if f.text == figure)
    return reason or ""


@pytest.mark.parametrize(
    ("text", "lost"),
    [
        ("投入744万元,完成744%,人口202万.", True),
        ("投入744万元,完成74.4%,人口202万.", False),
        ("投入744万元,完成７４.４％,人口202万.", False),
        ("投入744万元,完成744%.", False),
        ("投入74万元,完成74%,人口20万.", False),
        ("建成744个,完成202项,走访995人.", False),
        ("投入744万元，完成744%，人口202万。", False),
    ],
    ids=[
        "three figures",
        "a point",
        "a wide point",
        "two figures",
        "two digits",
        "counts",
        "sound",
    ],
)
def test_a_file_lost_its_points_if_measured_figures_have_none(text: str, lost: bool) -> None:
    """Three measured figures of three digits, not one digit.digit, and marks of bad extraction are
    no chance; a sound text can do without points.
    """
    assert lost_points(text, list(find_figures(text))) is lost


def test_a_share_that_its_parts_give_is_proved() -> None:
    """As printed 444 of 202 were 2198%; 44.4 / 202 = 0.2198, so two points are missing."""
    text = "常住人口202万，60岁以上人口444万人，占总人口的2198%"
    assert doubts(text) == {
        "202万": (POSSIBLE, None),
        "60岁": (None, None),
        "444万人": (CERTAIN, "44.4万人"),
        "2198%": (CERTAIN, "21.98%"),
    }
    assert "44.4÷202=21.98%" in why(text, "444万人")


def test_a_share_alone_is_repaired_where_the_parts_fit_as_printed() -> None:
    """811 / 5376 = 0.1509, which 15.1% states; that both lost a point cannot be proved."""
    text = "常住人口5376万人，其中65岁及以上811万人，占全市总人口的151%"
    assert doubts(text)["151%"] == (CERTAIN, "15.1%")
    assert doubts(text)["5376万人"] == doubts(text)["811万人"] == (POSSIBLE, None)


@pytest.mark.parametrize(
    ("text", "share", "repaired"),
    [
        ("改造已完成744%", "744%", "74.4%"),
        ("占总数的151%", "151%", "15.1%"),
        ("覆盖率达到2198%", "2198%", "21.98%"),
        ("入住率为1000%", "1000%", "100%"),
        ("占总数的123%，人口900万。占地500万亩、700万亩", "123%", "12.3%"),
        ("人口0万，老人5万，占151%", "151%", "15.1%"),
        ("人口300万，老人500万，占151%", "151%", "15.1%"),
    ],
    ids=["done", "part", "coverage", "the whole", "parts behind", "empty whole", "no fit"],
)
def test_a_part_over_its_whole_is_proved_damaged(text: str, share: str, repaired: str) -> None:
    """What is done, covered or part of a whole cannot pass 100%: the fewest places are cut off."""
    assert doubts(text)[share] == (CERTAIN, repaired)
    assert f"{share}大于100%" in why(text, share)


def test_a_share_is_proved_from_its_own_sentence_only() -> None:
    """44.4 / 202 = 21.98%, but the figures stand in another sentence, so they prove nothing."""
    text = "人口202万，老人444万人。参保率高，占2198%"
    assert doubts(text)["2198%"] == (CERTAIN, "21.98%")
    assert doubts(text)["444万人"] == (POSSIBLE, None)


@pytest.mark.parametrize(
    "text",
    [
        "完成省定任务的1125%",
        "增长率为151%",
        "资产负债率达到151%",
        "任务完成率为1125%",
        "占总数的123456%",
    ],
    ids=["fulfilment", "growth", "debt", "rate of fulfilment", "beyond two places"],
)
def test_a_share_that_may_pass_100_is_only_possible(text: str) -> None:
    """A task can be done to 112.5%; nothing proves which figure was meant."""
    (figure,) = mark(text, find_figures(text), lost=True)
    assert (figure.doubt, figure.suggestion) == (POSSIBLE, None)


@pytest.mark.parametrize(
    "text",
    ["建成180个场所", "走访995人", "7万元", "50%", "2000万元", "完成率100%", "百分之一百五十一"],
    ids=["count", "people", "one digit", "two digits", "round", "the whole", "in words"],
)
def test_counts_and_round_figures_are_safe(text: str) -> None:
    """Nobody counts 99.5 people; 2000 with a lost point would end in a nought; words lose none."""
    assert doubts(text)[find_figures(text)[0].text] == (None, None)


def test_a_share_in_words_is_no_proof() -> None:
    """Numerals in words have no point to lose, even where they pass 100%."""
    text = "已完成百分之一百五十一"
    assert doubts(text) == {"百分之一百五十一": (None, None)}


def test_a_long_figure_keeps_all_its_digits_when_repaired() -> None:
    """1234567 / 9876543 = 0.125, printed as 125%: 12.5% is suggested and the rest left alone."""
    text = "资金9876543万元，其中1234567万元，占125%"
    assert doubts(text)["125%"] == (CERTAIN, "12.5%")
    text = "资金1234567万元，其中7654321万元，占620%"  # 765432.1 / 1234567 = 0.62
    assert doubts(text)["7654321万元"] == (CERTAIN, "765432.1万元")


def test_marking_changes_neither_text_nor_value() -> None:
    """The figure is shown as printed; the repair is only suggested."""
    text = "人口202万，老人444万人，占2198%"
    plain: tuple[Figure, ...] = find_figures(text)
    assert [(f.text, f.value, f.start) for f in mark(text, plain, lost=True)] == [
        (f.text, f.value, f.start) for f in plain
    ]
