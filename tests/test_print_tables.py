"""Every figure of a printed table keeps its row and the name of its column."""

from prints import EM, Text, pdf, rows, rule, table

from corpus.bulletin import Kind
from corpus.parse import parse

HEAD = ["街道", "床位（张）", "补贴（万元）", "增长（%）"]
BODY = [["城关", "212", "1340.5", "8.1"], ["东城", "96", "871.2", "-2.4"]]
READ = ["城关：床位212张，补贴1340.5万元，增长8.1%", "东城：床位96张，补贴871.2万元，增长-2.4%"]
SIDES = [100.0, 200.0, 300.0, 400.0, 490.0]
TEXT = "全县养老服务工作由县人大常委会持续监督，各街道按照年度计划推进落实，工作进展总体顺利。"


def readings(data: bytes, kind: Kind = Kind.TABLE) -> list[str]:
    """The units of a kind, as they read."""
    return [unit.text for unit in parse(data, "a.pdf").units if unit.kind is kind]


def page(cells: list[list[str]], top: float = 200, pitch: float = 20) -> list[Text]:
    """A page with a paragraph and a table under it."""
    return [*rows([TEXT], 40), *table(cells, SIDES, top, pitch)]


def uprights(top: float, bottom: float, sides: list[float] = SIDES) -> str:
    """The upright rules of a table."""
    return "".join(rule(x, top, x, bottom) for x in sides)


def levels(*heights: float) -> str:
    """The level rules of a table."""
    return "".join(rule(SIDES[0], y, SIDES[-1], y) for y in heights)


def test_a_ruled_table_is_read_by_its_columns() -> None:
    """Every figure stands under the name of its column, with the unit that the name gives."""
    drawn = levels(200, 220, 240, 260) + uprights(200, 260)
    assert readings(pdf(page([HEAD, *BODY]), drawn=drawn)) == READ


def test_a_table_whose_rules_part_columns_only_has_rows() -> None:
    """Without level rules between the rows, figures under each other in a cell tell them."""
    drawn = levels(200, 220, 260) + uprights(200, 260)
    assert readings(pdf(page([HEAD, *BODY]), drawn=drawn)) == READ


def test_a_three_line_table_is_read_by_its_columns() -> None:
    """Rules above, under the head and below are enough."""
    assert readings(pdf(page([HEAD, *BODY]), drawn=levels(200, 220, 260))) == READ


def test_narrow_columns_without_rules_stay_apart() -> None:
    """Figures that stand nearer than two characters to each other are still two."""
    sides = [100.0, 135.0, 162.0, 189.0]
    cells = [
        ["季度", "老人", "场所", "护工"],
        ["一季", "121", "340", "58"],
        ["二季", "133", "352", "61"],
    ]
    data = pdf([*rows([TEXT], 40), *table(cells, sides, 200)])
    assert readings(data) == ["一季：老人121，场所340，护工58", "二季：老人133，场所352，护工61"]


def test_two_columns_of_text_are_no_table() -> None:
    """Rows of two columns stand beside each other; they are read one column after the other."""
    text = TEXT * 3
    data = pdf(rows([text], 18, x=60) + rows([text], 18, x=320))
    assert readings(data, Kind.PARAGRAPH) == [text, text]


def test_an_empty_cell_leaves_its_column_empty() -> None:
    """A figure behind an empty cell stays under its own name, with rules and without."""
    cells = [HEAD, BODY[0], ["东城", "96", "", "-2.4"], ["西城", "71", "402.6", "3.3"]]
    expected = [READ[0], "东城：床位96张，增长-2.4%", "西城：床位71张，补贴402.6万元，增长3.3%"]
    ruled = levels(200, 220, 240, 260, 280) + uprights(200, 280)
    assert readings(pdf(page(cells), drawn=ruled)) == expected
    assert readings(pdf(page(cells))) == expected


def test_a_head_over_two_columns_names_both() -> None:
    """Where no rule parts two places, one cell spans them."""
    cells = [["街道", "养老", "", "增长（%）"], ["", "床位（张）", "补贴（万元）", ""], *BODY]
    drawn = levels(200, 240, 260, 280) + rule(200, 220, 400, 220)
    drawn += uprights(200, 280, [100, 200, 400, 490]) + rule(300, 220, 300, 280)
    assert readings(pdf(page(cells), drawn=drawn)) == [
        "城关：养老床位212张，养老补贴1340.5万元，增长8.1%",
        "东城：养老床位96张，养老补贴871.2万元，增长-2.4%",
    ]


def test_a_name_on_two_lines_is_one_name() -> None:
    """A cell's second line goes on in it, and makes no row of its own."""
    cells = [HEAD, ["城关", "212", "1340.5", "8.1"], ["东城", "96", "871.2", "-2.4"]]
    texts = [*page(cells, pitch=32), (104, 200 + 32 + 27, EM, "F1", "街道")]
    drawn = levels(200, 232, 264, 296) + uprights(200, 296)
    assert readings(pdf(texts, drawn=drawn)) == [READ[0].replace("城关", "城关街道"), READ[1]]


def test_a_table_goes_on_over_the_page() -> None:
    """On the next page the names hold, whether they are printed again or not."""
    first, last = page([HEAD, BODY[0]], top=700), table([BODY[1]], SIDES, 80)
    again = table([HEAD, BODY[1]], SIDES, 80)
    assert READ[0] in readings(pdf(first, last))
    longer = table([BODY[1], ["西城", "71", "402.6", "3.3"]], SIDES, 80)
    west = "西城：床位71张，补贴402.6万元，增长3.3%"
    assert readings(pdf(first, longer)) == [*READ, west]
    assert readings(pdf(first, again)) == READ


def test_the_unit_above_a_table_counts_its_figures() -> None:
    """单位：万元 above a table is the unit of the figures in it."""
    cells = [["项目", "预算", "决算"], ["助餐", "860", "812.4"], ["托育", "120", "97.5"]]
    texts = [*page(cells), (400, 190, EM, "F1", "单位：万元")]
    assert readings(pdf(texts, drawn=levels(200, 220, 260) + uprights(200, 260, SIDES[:4]))) == [
        "助餐：预算860万元，决算812.4万元",
        "托育：预算120万元，决算97.5万元",
    ]
