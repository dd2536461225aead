"""Papers that once told a wrong figure, place or date are read rightly, each kind of them.

The cases beside the project are walked where they lie there; kinds that they showed have files of
their own here and in the tests of each format.
"""

from dataclasses import dataclass
from pathlib import Path

import pytest

from corpus.bulletin import Bulletin, Kind
from corpus.errors import BulletinError
from corpus.parse import parse, read_bulletin

CASES = Path(__file__).parents[2] / "shared" / "cases"
ELDERLY = "洛阳：人大监督助推养老服务提质"


@dataclass(frozen=True)
class Right:
    """What is right for a case: `says` stand in its paragraphs, `never` nowhere in what is read;
    `losses` is how many are told; `refused` the words of the error, where it must not be read.
    """

    file: str
    says: tuple[str, ...] = ()
    never: tuple[str, ...] = ()
    title: str | None = None
    date: str | None = None
    place: str | None = None
    losses: int = 0
    refused: str | None = None


TABLE = (
    Right("01.auto-numbering.docx", ("（一）加快老年助餐点建设，年内新增助餐点36个",)),
    Right("02.null-relationship.docx", ("新增学位2600个",)),
    Right("03.strict-ooxml.docx", ("新增学位2600个",)),
    Right("04.footnotes.docx", ("共计1875人", "残疾人就业率为61%，高于")),
    Right("05.sdt-textbox-rows.docx", ("城西街道：床位92张", "总床位不少于120张")),
    Right("06.tracked-changes.docx", ("整治道路18公里，投入资金260万元",)),
    Right("07.altchunk.docx", ("发现隐患46处，当场整改31处",)),
    Right("08.table-only.docx", ("关于增设公交站点的建议：承办单位：市交通局",)),
    Right("09.table-cells.docx", ("税收收入：金额15767万元，比上年增长18.64%",), ("1576718",)),
    Right("10.nested-table.docx", ("县水利局：明细：办结：12件，续办：3件",)),
    Right("12.omml.docx", ("执行率=支出÷预算=92.5%",)),
    Right("14.superscript-notes.docx", ("已建成助餐点180个", "23.46万人"), ("1802",)),
    Right("16.missing-part.docx", ("新增学位2600个",)),
    Right("17.heading-crossword-place.txt", ("应急救援站46个",), place="洛阳市"),
    Right("20.gbk-euc-h.pdf", ("助餐场所236个",), title=ELDERLY),
    Right("21.unigb-not-embedded.pdf", ("助餐场所236个",), title=ELDERLY),
    Right("22.kangxi-radicals.txt", ("老年助餐场所236个",), ("⽼",), title=ELDERLY),
    Right("23.superscript-notes.pdf", ("户籍人口143.62万人", "助餐场所180个"), ("1143.62",)),
    Right("24.vertical-writing.pdf", ("助餐场所二百三十六个",), title=ELDERLY),
    Right("25a.rotate90.pdf", ("养老服务资金5230万元",)),
    Right("25b.sideways-no-rotate.pdf", ("养老服务资金5230万元",)),
    Right("25c.sideways-second-page.pdf", ("助餐场所236个", "养老服务资金5230万元")),
    Right("26.fake-bold.pdf", ("助餐场所236个",), ("助助",)),
    Right("27a.watermark-diagonal.pdf", ("助餐场所236个",), ("办公室",)),
    Right("27b.watermark-horizontal.pdf", ("助餐场所236个",), ("办公室",), losses=1),
    Right("28.digits-without-code-table.pdf", ("助餐场所\ufffd\ufffd\ufffd个",), losses=1),
    Right("29a.owner-password.pdf", ("助餐场所236个",)),
    Right("29b.user-password.pdf", refused="under a password"),
    Right("30.cross-page.pdf", ("群众满意率达到96.5%。",), title="洛阳人大简报　第12期"),
    Right("31.two-columns.pdf", ("累计服务老年人41.6万人次。",), title=ELDERLY),
    Right("32.ocr-layer-spaced.pdf", ("累计服务老年人41.6万人次",)),
    Right("33.table-two-pages.pdf", ("涧西区：助餐场所46个，投入资金358万元，比上年增长12.4%",
                                     "新安县：助餐场所18个，投入资金142万元，比上年增长6.4%")),
    Right("34.three-line-table.pdf", ("涧西区：助餐场所46个，投入资金358万元",), ("4635812",)),
    Right("35.cover-page.pdf", title="2023年洛阳市养老服务发展报告"),
    Right("36.one-row-table.pdf", ("人口：涧西46.21，西工38.30",), ("46.2138",)),
    Right("40a.utf16-le-bom.txt", ("助餐场所236个",), title=ELDERLY),
    Right("40b.utf16-le-no-bom.txt", refused="binary"),
    Right("41.big5.txt", refused="neither UTF-8 nor GB18030"),
    Right("42.gb18030-rare.txt", ("综合整治长度为12.6公里",)),
    Right("43a.utf8-cut-mid-character.txt", ("获得感\ufffd",), losses=1),
    Right("43b.utf8-one-bad-byte.txt", ("安排\ufffd专项资金1860万元",), losses=1),
    Right("43c.gbk-cut-mid-character.txt", ("获得感\ufffd",), losses=1),
    Right("44a.digits-spaced.txt", ("生产总值达到5675.2亿元", "31862元", "8.7万人")),
    Right("45.lines-broken-at-links.txt", ("生产总值达到5675.2亿元", "“十四五”规划")),
    Right("47.pasted-toolbar.txt", title="2024年洛阳市政府工作报告", date="2024-01-18"),
    Right("48.roc-year.txt", ("據點236處",), date="2023-11-20"),
    Right("50.very-long-line.txt", ("助餐场所236个",)),
    Right("51.unicode-separators.txt", ("获得感。",), title=ELDERLY),
    Right("52.form-feed-pages.txt", ("获得感。",), title=ELDERLY),
    Right("53.markdown.txt", ("西工区：助餐场所38，资金291万元",), ("**", "|"), title=ELDERLY),
    *(Right(f"54{n}.date.txt", date="2024-03-15") for n in "abcdefghij"),
    Right("54k.date.txt", date="2024-03-25"),
    Right("54l.fullwidth-O.txt", date="2005-03-15"),
    Right("54m.latin-O.txt", date="2005-03-15"),
    Right("60.gbk-declared-gb2312-rare.html", ("镕同志带领代表",), date="2024-03-15"),
    Right("61.declares-gb2312-is-utf8.html", ("助餐场所236个",), title=ELDERLY),
    Right("62.ordered-list.html", ("3.加快助餐场所建设", "9.健全监管机制")),
    Right("64.inline-in-layout-table.html", ("助餐场所236个",), ("首页",), title=ELDERLY),
    Right("65.collapsed-details.html", ("助餐场所236个",), losses=1),
    Right("66.frameset.html", refused="frames"),
    Right("67.mhtml-saved-as.html", ("助餐场所236个",), title=ELDERLY),
    Right("68.word-saved-html.html", ("一、完善助餐设施，年内新增36处。",), title=ELDERLY),
    Right("69.br-paragraphs.html", ("助餐场所236个",), title=ELDERLY),
    Right("71.table-numbers.html", ("税收收入：金额15767万元，增长18.64%", "增长-2.1%")),
    Right("72.same-class-hot.html", ("助餐场所236个",), title=ELDERLY),
    Right("73.link-paragraphs.html", ("近年来，洛阳市人大常委会", "助餐场所236个")),
    Right("74.noscript-lazy.html", ("近年来，洛阳市人大常委会",), ("document.write",), losses=1),
    Right("75.gov-table-head.html", date="2005-07-14", place="洛阳市",
          title="洛阳市人民政府办公室关于全市养老服务建议办理情况的答复"),
    Right("83.base.txt", ("助餐场所236个",), place="洛阳市"),
    Right("94.compared-with-last-year.txt", ("常住人口707.9万人",), place="洛阳市"),
    Right("95.county-bulletin.txt", ("助餐场所46个",), place="新安县"),
    Right("96.target-false-alarm.txt", ("总量增长5%以上",), place="洛阳市"),
    Right("97.fullwidth-whole-numbers.txt", ("财政收入1235万元",), place="洛阳市"),
    Right("98.notes-marks-and-citations.txt", ("243.6亿元",), ("[3]",)),
    Right("99b.doc-renamed.docx", refused="old .doc"),
)  # fmt: skip
NO_DOUBT = ("96.target-false-alarm.txt", "97.fullwidth-whole-numbers.txt")


@pytest.mark.skipif(not CASES.is_dir(), reason="the cases lie beside the project")
@pytest.mark.parametrize("right", TABLE, ids=lambda right: right.file)
def test_a_case_is_read_as_in_the_table(right: Right) -> None:
    """Figures, places, dates and titles are those of the paper, or it is said what was lost."""
    if right.refused:
        with pytest.raises(BulletinError, match=right.refused):
            read_bulletin(CASES / right.file)
        return
    bulletin = read_bulletin(CASES / right.file)
    paragraphs = "\n".join(unit.text for unit in bulletin.paragraphs)
    everything = "\n".join(unit.text for unit in bulletin.units)
    assert [said for said in right.says if said not in paragraphs] == []
    assert [never for never in right.never if never in everything] == []
    assert len(bulletin.losses) == right.losses
    for expected, found in ((right.title, bulletin.title), (right.date, bulletin.date),
                            (right.place, next(iter(bulletin.places), None))):  # fmt: skip
        assert expected in (None, found)
    if right.file in NO_DOUBT:
        assert not any(figure.doubt for unit in bulletin.units for figure in unit.figures)


@pytest.mark.skipif(not CASES.is_dir(), reason="the cases lie beside the project")
def test_every_case_stands_in_the_table() -> None:
    """Those of formats that are not read yet, or are read elsewhere, aside."""
    files = {path.name for path in CASES.iterdir()} - {"README.md"}
    assert files - {right.file for right in TABLE} == set()


def read(text: str) -> Bulletin:
    """A bulletin of plain text."""
    return parse(text.encode(), "a.txt")


def body(text: str) -> Bulletin:
    """A bulletin of one sentence that is to be read."""
    return read(f"关于民生工作的通报\n\n{text}\n")


@pytest.mark.parametrize(
    ("source", "figures"),
    [
        ("全县投入扶贫资金1 860万元，受益2.3万人。", ["2.3万人"]),
        ("发放补贴2,3 60万元，建房3 120套。", ["2,360万元"]),
        ("全年发放高龄津贴1 286 500元，惠及86户。", ["1286500元", "86户"]),
        ("东皇镇 12 8.6% 46个，其余各镇未报。", ["46个"]),
        ("2 0 2 2 年完成投资1 , 2 3 6 万元，修路8 7 公里。", ["1,236万元", "87公里"]),
        ("完成项目12 6个，培训护工85名。", ["85名"]),
        ("移动用户4 1230万户，快递业务36亿件。", ["36亿件"]),
    ],
)
def test_a_torn_number_is_whole_or_none(source: str, figures: list[str]) -> None:
    """What cannot be put together with certainty is no figure: never the end of one."""
    (unit,) = body(source).paragraphs
    assert [figure.text for figure in unit.figures] == figures


@pytest.mark.parametrize(
    ("source", "values"),
    [
        ("非税收入增长-2.1%，税收增长3.4%。", [-2.1, 3.4]),
        ("气温-5℃至-3℃，降水12毫米。", [-5, -3, 12]),
        ("每村5个-10个，共3-5批。", [5, 10, 3]),
        ("粮食产量同比−1.1%（扣除价格因素-0.8%）。", [-1.1, -0.8]),
    ],
)
def test_a_minus_belongs_to_its_figure(source: str, values: list[float]) -> None:
    """A mark between two figures is one of a range."""
    (unit,) = body(source).paragraphs
    assert [figure.value for figure in unit.figures] == values


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("许昌市人大常委会视察简报\n\n一、打造海城市民公园\n\n全市建成公园5个。\n", "许昌市"),
        ("焦作市2021年教育统计简报\n\n全市在校生12.6万人，专任教师8900人。\n", "焦作市"),
        ("关于城市管理的决定\n2022年6月28日平舆县第十五届人民代表大会常务委员会第三次会议通过\n"
         "为了加强城市管理，改善城市环境，作如下决定。\n", "平舆县"),
        ("关于托育工作的函\n\n新增托位480个，培训85人。\n\n临颍县民政局\n2023年6月8日\n", "临颍县"),
    ],
)  # fmt: skip
def test_a_text_is_of_its_series_or_its_signer(text: str, place: str) -> None:
    """Where neither title nor paragraphs name a place; never of words that look like one."""
    assert read(text).places == (place,)


def test_headings_name_districts_behind_their_city() -> None:
    """【重庆璧山】 is the district, though it lacks its ending."""
    bulletin = read(
        "旧房改造简讯选登\n\n【重庆璧山】看一老一小\n\n代表小组走进两个社区，提出建议12条。\n\n"
        "【浙江萧山】开推进会\n\n街道梳理民生实事，改造面积1.2万平方米。\n"
    )
    assert [unit.place for unit in bulletin.paragraphs] == ["璧山区", "萧山区"]


@pytest.mark.parametrize(
    "bar",
    ["首页\n>\n政务公开\n>\n正文\n字体：\n大\n中\n小\n", "返回\n收藏本页\n【打印】\n【关闭】\n",
     "设为首页\n加入收藏\n首页\n»\n工作动态\n"],
)  # fmt: skip
def test_the_path_through_a_site_is_no_title(bar: str) -> None:
    """The first line of the text itself is."""
    text = (
        f"{bar}2023年沁阳市民政工作总结\n发布时间：2024-01-30\n"
        "2023年，全市民政系统坚持为民解困，各项工作取得新成效。\n全年发放低保金4860万元。\n"
    )
    assert read(text).articles[0].title == "2023年沁阳市民政工作总结"


def test_a_title_that_stands_twice_is_told_once() -> None:
    """Once as the page names it, once as the paper below prints it."""
    title = "国务院办公厅对十届全国人大四次会议第七千号建议的答复"
    bulletin = read(f"{title}\n{title[:14]}\n{title[14:]}\n\n你们提出的建议收悉，现答复如下。\n")
    assert bulletin.articles[0].title == title


@pytest.mark.parametrize("line", ["（此件公开发布）", "(此件删减后公开)", "（此件发至县级）"])
def test_how_a_paper_may_be_passed_on_is_no_heading(line: str) -> None:
    """It belongs to the paper, not to its text."""
    bulletin = read(f"关于民生工作的通报\n\n全县新增托位480个。\n\n{line}\n")
    assert bulletin.units[-1].kind is Kind.PAGE_CREDIT


@pytest.mark.parametrize(
    ("source", "read_as"),
    [
        ("申报条件1.遵守法律，品行良好；2.身体健康，能够履职。", "申报条件1.遵守法律"),
        ("详见附件：老年人口统计表.xlsx。", "统计表.xlsx"),
        ("截至2023年.全县建成助餐点36个。", "截至2023年。全县"),
    ],
)
def test_a_point_is_read_for_what_it_is(source: str, read_as: str) -> None:
    """Behind the number of a point, before a file's ending; elsewhere a full stop."""
    (unit,) = body(source).paragraphs
    assert read_as in unit.text


def test_markdown_with_lines_under_its_headings_is_read() -> None:
    """Its second way of headings; points with figures are text."""
    bulletin = read(
        "养老服务情况\n===\n\n主要成效\n---\n\n1. 建成**养老机构**86家。\n2. 新增床位*1200*张。\n\n"
        "| 乡镇 | 床位（张） |\n|:---|---:|\n| 东皇 | 120 |\n"
    )
    assert [unit.text for unit in bulletin.paragraphs] == [
        "1.建成养老机构86家。", "2.新增床位1200张。", "东皇：床位120张"
    ]  # fmt: skip
