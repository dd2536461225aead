"""Lost decimal points are known by their file and proved by arithmetic."""

import pytest

from corpus.bulletin import Doubt, Figure
from corpus.figures.damage import Setting, mark
from corpus.figures.quantities import find_figures
from corpus.parse import parse

CERTAIN, POSSIBLE = Doubt.CERTAIN, Doubt.POSSIBLE
WIDE = str.maketrans("0123456789%", "０１２３４５６７８９％")


def all_lost(text: str) -> tuple[Figure, ...]:
    """The figures of a paragraph whose file lost all its points."""
    figures = find_figures(text)
    return mark(text, figures, Setting(lost=frozenset(range(len(figures)))))


def doubts(text: str) -> dict[str, tuple[Doubt | None, str | None]]:
    """Doubt and suggestion of each figure of a paragraph whose file lost its points."""
    return {f.text: (f.doubt, f.suggestion) for f in all_lost(text)}


def why(text: str, figure: str) -> str:
    (reason,) = (f.why for f in all_lost(text) if f.text == figure)
    return reason or ""


def in_file(text: str, *, wide: bool = True) -> dict[str, Doubt | None]:
    """Doubts of the figures of a file, in full-width digits or in narrow ones."""
    data = (text.translate(WIDE) if wide else text).encode()
    return {f.text: f.doubt for unit in parse(data, "a.txt").units for f in unit.figures}


@pytest.mark.parametrize(
    ("text", "lost"),
    [
        ("去年投入744万元,比重上升114个百分点,建成项目202个.", True),
        ("去年投入744万元,比重上升1.4个百分点,占7.4%,建成202个.", False),
        ("去年投入744万元,同比增长35%,建成项目202个.", False),
        ("去年投入744万元,完成年度计划的118%,引资2351万元,造林365公顷.", False),
        ("去年投入744万元,产量增长2198%,建成项目202个.", True),
        ("去年受理42715万件,投入744万元,建成项目202个.", True),
        ("全年受理42.15万件,投入744万元,增长163%,建成项目202个.", False),
        ("去年投入744万元，增长168%，受益人口202万。", False),
    ],
    ids=[
        "114 points",
        "points kept",
        "nothing unusual",
        "a plan fulfilled",
        "a growth of thousands",
        "a huge number",
        "one point kept",
        "marks of a sound text",
    ],
)
def test_a_file_that_drops_points_is_known_by_figures_that_are_hardly_ever_whole(
    text: str, lost: bool
) -> None:
    """Whole amounts prove nothing, however many; what is kept speaks against, and so do marks and
    digits as they should be.
    """
    assert (in_file(text)["744万元"] is POSSIBLE) is lost


def test_wide_and_narrow_digits_have_habits_of_their_own() -> None:
    """The font of the full-width digits lost its points; the narrow digits of the same file kept
    theirs, and their whole numbers are whole.
    """
    text = (
        "投入７４４万元,上升１１４个百分点,占２１９８％,建成项目２０２个.\n"
        "另据统计,投入835万元,占7.4%,增长5.25%,引资3.1亿元,支出2.2亿元.\n"
    )
    found = {f.text: f.doubt for u in parse(text.encode(), "a.txt").units for f in u.figures}
    assert found["744万元"] is POSSIBLE
    assert found["835万元"] is None


@pytest.mark.parametrize("point", [".", "．"])
def test_a_few_points_that_survive_hide_nothing(point: str) -> None:
    """Most points of the file are gone: what cannot be is certain, the rest possible."""
    text = (
        "南阳市老龄化程度加深,６０岁以上老年人口１８７５２万人,占总人口的１３４７％,"
        f"６５岁以上占２２８１％,床位增长８{point}５％,参保２０３５万人.\n"
    )
    data = f"关于南阳市养老服务工作情况的报告\n\n{text}".encode()
    found = {f.text: f for u in parse(data, "a.txt").units for f in u.figures}
    assert found["18752万人"].doubt is CERTAIN
    assert (found["1347%"].doubt, found["1347%"].suggestion) == (CERTAIN, "13.47%")
    assert found["2281%"].doubt is CERTAIN
    assert found["2035万人"].doubt is POSSIBLE
    assert "多处" in (found["2035万人"].why or "")
    assert found["8.5%"].doubt is None


@pytest.mark.parametrize(
    "text",
    [
        # 96: rates of one size, one of them behind 总量
        "主要预期目标是：全市生产总值增长5%左右，居民消费价格涨幅2%左右，城镇调查失业率5%以内，"
        "进出口增长2%左右，研发投入总量增长5%以上。",
        "去年工业增长12%，服务业增长8%，农业增长4%，投资总额增长24%。",
        # 97: a sound file that gives every amount whole
        "一九九六年，全市完成财政收入1235万元，完成工业总产值5675万元，人均纯收入达到1236元，"
        "新修公路235公里，粮食总产量达到1486万公斤，造林面积1235公顷，完成年度计划的118%。",
        "全乡完成税收1127万元，乡镇企业产值8653万元，修渠127公里，退耕1327公顷，增长154%。",
        "上半年新增贷款125亿元，余额1234亿元，其中涉农贷款345亿元，小微贷款231亿元。",
        "今年计划投资235亿元，力争达到300亿元，去年完成165亿元，总额比上年增加23.5亿元。",
    ],
)
@pytest.mark.parametrize("wide", [True, False])
def test_a_sound_file_has_no_doubts(text: str, wide: bool) -> None:
    """Rates add up to nothing, targets are no parts, and whole numbers are whole."""
    assert set(in_file(text, wide=wide).values()) == {None}


def test_a_share_that_its_parts_give_is_proved() -> None:
    """As printed 444 of 202 were 2198%; 44.4 / 202 = 0.2198, so two points are missing."""
    text = "常住人口202万，60岁以上人口444万人，占总人口的2198%"
    assert doubts(text) == {
        "202万": (None, None),  # what proves another is sound
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
    (figure,) = all_lost(text)
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
    assert [(f.text, f.value, f.start) for f in all_lost(text)] == [
        (f.text, f.value, f.start) for f in plain
    ]
