"""What place an article is about is read from its words, and none is invented."""

import pytest
from place_measure import SETS, labels, verdict

from corpus.parse import parse
from corpus.text.places import place_named

BODY = (
    "县人大常委会围绕养老服务开展专题调研，推动政府加大投入，养老服务体系逐步健全，群众反映较好。"
)


def place(*lines: str) -> str | None:
    """The place of the first paragraph."""
    return parse("\n".join(lines).encode(), "a").paragraphs[0].place


@pytest.mark.parametrize(
    "title",
    [
        "新安县2023年养老服务工作情况通报",
        "洛阳市新安县：小食堂办出大民生",
        "河南新安县人大常委会视察助餐工作",
    ],
)
def test_a_county_bulletin_is_about_the_county(title: str) -> None:
    """Its place is the county, whether or not the city is named beside it."""
    assert place(title, BODY) == "新安县"


def test_headings_name_no_place_across_words() -> None:
    """重大安全, 幸福安康 and 适应城市 leave their paragraphs with the article's city."""
    lines = ["洛阳市人大常委会关于民生工作的审议意见"]
    for heading in ("一、坚决防范重大安全事故", "二、增进群众幸福安康", "三、适应城市发展新要求"):
        lines += [heading, "全市新建应急救援站46个，配备专职救援队员812名，实现乡镇全覆盖。"]
    found = parse("\n\n".join(lines).encode(), "a")
    assert {unit.place for unit in found.units} == {"洛阳市"}


def test_a_heading_about_another_place_leads_there_only_if_it_opens_with_it() -> None:
    """三、学习郑州经验 in a bulletin of 洛阳市 tells of 洛阳市; 涧西区 is a part of it."""
    found = parse(
        "\n\n".join(
            ["洛阳市推进养老服务", "一、学习郑州经验", BODY, "二、涧西区先行一步", BODY]
        ).encode(),
        "a",
    )
    assert [unit.place for unit in found.paragraphs] == ["洛阳市", "涧西区"]


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("8月10日，夏邑县卫健委举办义诊。县委副书记到场。全县已有五十个村参加。", "夏邑县"),
        ("新华社石家庄8月15日电 涿州市双塔中学的校长带领教师清理淤泥，预计如期开学。", "涿州市"),
        ("7月31日，湖南省人大司法监督专家库成立大会在长沙召开。省人大常委会副主任出席。", "湖南省"),
        ("新华社北京7月24日电 全国人大常委会近日启动执法检查，检查组将分赴各地开展工作。", None),
        ("韩国多地出现可疑包裹，来自中国台湾。首尔市接到报警，韩国警方介入，韩国政府回应。", None),
        ("省委、省政府部署扩岗补助工作，各地要及时向省人力资源社会保障厅报告有关情况。", None),
    ],
    ids=["county", "dateline", "venue", "national", "abroad", "unnamed"],
)  # fmt: skip
def test_a_text_without_a_title_is_about_what_it_names_most(text: str, named: str | None) -> None:
    """Where it was written or held, countries abroad and unnamed provinces tell nothing."""
    assert place(text) == named


def test_a_list_over_places_is_about_each_in_turn() -> None:
    """A point that opens with a place is about it; the article is about none."""
    lines = ["关于典型经验做法的通报", f"1.河北省{BODY}", f"2.江苏省东海县{BODY}"]
    found = parse("\n".join(lines).encode(), "a")
    assert found.articles[0].place is None
    assert [unit.place for unit in found.paragraphs] == ["河北省", "东海县"]


def test_the_labels_name_places_that_there_are() -> None:
    """Every code of the measurement is one of the country's, and right answers are told right."""
    sets = [labels(path) for path in sorted(SETS.glob("*.tsv"))]
    rows = {name: right for one in sets for name, right in one.items()}
    assert len(rows) == sum(map(len, sets)) >= 390
    assert verdict("4103", ("410323",)) == "around"
    assert verdict("4103", ("-",)) == "invented"
    codes = {code for right in rows.values() for code in right} - {"-"}
    luoyang = place_named("洛阳市")
    assert luoyang is not None
    assert all(code.isdecimal() and len(code) in (2, 4, 6) for code in codes)
