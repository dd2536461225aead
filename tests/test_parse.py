"""A bulletin file is read into numbered, typed units: by hand for five, by property for all."""

import hashlib
import re
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from strategies import files

import corpus
from corpus.bulletin import NUMBERED, Bulletin, Doubt, Kind
from corpus.citation_label import citation_label
from corpus.errors import BulletinError, CallError
from corpus.formats.plain_text import decode
from corpus.parse import parse, read_bulletin
from corpus.text.reading_text import is_blank, read
from corpus.text.torn_figures import sets_digits_apart

BULLETINS = Path(corpus.__file__).parent / "bulletins"
SERIES = "“积极应对人口老龄化　加快发展养老服务”联动监督专辑"
PAGE_NUMBER = re.compile(r"—\s*\d+\s*—")


@dataclass(frozen=True)
class Truth:
    """What a person finds in a bulletin; `ends` holds first and last words by paragraph number."""

    series: str | None
    date: str | None
    titles: list[str]
    places: list[str]
    contributors: list[str | None]
    paragraphs: int
    ends: dict[int, tuple[str, str]]
    certain: dict[str, str]


TRUTHS = {
    "henan-017-anyang-jiaozuo": Truth(
        series=f"{SERIES}（十七）",
        date=None,
        titles=[
            "安阳：唱好全省养老服务主旋律　奏响安阳联动监督合奏曲",
            "焦作：真监督解决真问题　提升养老服务水平",
        ],
        places=["安阳市", "焦作市"],
        contributors=["安阳市人大社会建设委员会", "焦作山阳区人大常委会"],
        paragraphs=11,
        ends={
            1: ("近年来，安阳市老龄化", "奏响安阳联动监督合奏曲。"),
            2: ("一是高位谋划推动，", "抓实落细联动监督工作。"),
            5: ("四是强化业务培训，", "“任务是啥、朝哪去干”"),
            6: ("五是上下联动发力，", "能够按期完成各项任务。"),
            7: ("养老服务工作关系千家万户", "贡献安阳人大力量。"),
            8: ("连日来，焦作市山阳区", "助推养老服务水平不断提升。"),
            9: ("为全面摸清全区", "共发放调查问卷297份，形成调研报告9篇。"),
            11: ("4月28日，山阳区十一届", "推进医养结合。"),
        },
        certain={"151%": "15.1%"},
    ),
    "henan-047-hebi": Truth(
        series=f"{SERIES}（四十七）",
        date=None,
        titles=["鹤壁：以人大联动监督之力　守护最美“夕阳红”"],
        places=["鹤壁市"],
        contributors=["鹤壁市人大社会建设委员会"],
        paragraphs=13,
        ends={
            1: ("今年以来，市人大常委会", "创新做法和工作成效。"),
            2: ("（一）提升站位，高位推动。", "并决定开展居家社区养老服务立法。"),
            3: ("（二）汇聚合力，开门监督。", "做到有的放矢。"),
            5: ("（四）严肃交办、务求实效。", "11月份将提请省人大常委会审查批准。"),
            8: ("（三）服务供给能力明显提升。", "已运营180家助餐机构，完成省定任务的1125%。"),
            13: ("（三）抓好法规贯彻实施。", "守护最美“夕阳红”。"),
        },
        certain={},
    ),
    "henan-052-luohe": Truth(
        series=f"{SERIES}（五十二）",
        date=None,
        titles=["漯河：落实联动监督　满足人民期待　绘出老有所养幸福图"],
        places=["漯河市"],
        contributors=["漯河市人大社会建设委员会"],
        paragraphs=7,
        ends={
            1: ("积极应对人口老龄化，事关", "共绘老有所养幸福图。"),
            2: ("漯河市人大常委会认真落实“报告+审议意见+问题清单”交办", "由人民来评价。"),
            3: ("认真落实重点建议“四方协商”办理机制。", "居家养老服务能力的提升。"),
            4: ("认真落实民生实事督办工作机制。", "让代表真满意、人民享实惠。"),
            7: ("在养老服务联动监督工作开展中，", "提高老年人生活质量。"),
        },
        certain={},
    ),
    "henan-053-sanmenxia": Truth(
        series=f"{SERIES}（五十三）",
        date=None,
        titles=["三门峡：在助推养老服务发展中彰显人大力量"],
        places=["三门峡市"],
        contributors=["三门峡市人大社会建设委员会"],
        paragraphs=11,
        ends={
            1: ("截至2023年底，三门峡市常住人口202万，", "解决老年人的“急难愁盼”巡诊把脉。"),
            2: ("“积极应对人口老龄化，加快", "监督工作提出明确要求。"),
            6: ("为使联动监督更加精准有效", "实现建议高质量办结、相关问题有效解决。"),
            7: ("“人大对养老服务工作开展监督，", "不时表达着内心的激动。"),
            8: ("习近平总书记强调，", "着力凝聚养老工作发展合力。"),
            9: ("在市委、市政府主要领导密切", "将于今年11月提请省人大常委会审查批准。"),
            10: ("监督目的在于推动工作落实，", "监督刚性促进问题切实解决。"),
            11: ("目前，省人大常委会明确交办", "其他工作正在积极有序推进。"),
        },
        certain={"444万人": "44.4万人", "2198%": "21.98%", "744%": "74.4%"},
    ),
    "lvliang-2025-11-28": Truth(
        series=None,
        date="2025-11-28",
        titles=[
            "养老服务直抵“家门口”——吕梁市人大常委会跟踪监督全市养老服务体系建设和全过程",
            "科技创新激活“新引擎”——吕梁市人大常委会跟踪监督为科技发展注入新活力",
        ],
        places=["吕梁市", "吕梁市"],
        contributors=[None, None],
        paragraphs=34,
        ends={
            1: ("“我们有电子病历、", "惠及民生的生动缩影。"),
            2: ("2024年10月30日，市四届", "美好愿景照进现实。"),
            8: ("中阳县金罗镇尧峪村幸福小院", "吃饭、聊天，热闹得很！”"),
            16: ("“养老服务体系建设和全过程，", "筑牢民生根基。"),
            17: ("科技是国家强盛之基，", "实现新突破的要求。"),
            21: ("调研结束后，市人大常委会教科文卫", "第三十一次会议审议。"),
            24: ("人才引进“筑高地”，", "注入了澎湃动能。"),
            34: ("科技创新浪潮涌，", "注入源源不断的创新动力。"),
        },
        certain={},
    ),
}


@pytest.fixture(scope="module", params=TRUTHS)
def shipped(request: pytest.FixtureRequest) -> tuple[Bulletin, Truth]:
    """Each shipped bulletin with the truth about it."""
    return read_bulletin(BULLETINS / f"{request.param}.txt"), TRUTHS[request.param]


def test_the_issue_is_known_by_series_and_date(shipped: tuple[Bulletin, Truth]) -> None:
    """The masthead names the series with its number, and the imprint states the date."""
    bulletin, truth = shipped
    assert (bulletin.series, bulletin.date) == (truth.series, truth.date)
    assert bulletin.title == (truth.series or truth.titles[0])


def test_articles_have_their_title_place_and_contributor(shipped: tuple[Bulletin, Truth]) -> None:
    """Titles are whole though they wrap, and places are the cities of the articles."""
    bulletin, truth = shipped
    assert [article.title for article in bulletin.articles] == truth.titles
    assert [article.place for article in bulletin.articles] == truth.places
    assert [article.contributor for article in bulletin.articles] == truth.contributors


def test_paragraphs_are_those_of_the_page(shipped: tuple[Bulletin, Truth]) -> None:
    """A person counts as many, and they begin and end with the same words."""
    bulletin, truth = shipped
    assert len(bulletin.paragraphs) == truth.paragraphs
    for number, (first, last) in truth.ends.items():
        text = bulletin.paragraphs[number - 1].text
        assert (text[: len(first)], text[-len(last) :]) == (first, last)


def test_paragraphs_hold_no_page_number_and_no_masthead(shipped: tuple[Bulletin, Truth]) -> None:
    """What belongs to the page or the issue stands in units of its own."""
    bulletin, _ = shipped
    for paragraph in bulletin.paragraphs:
        assert not PAGE_NUMBER.search(paragraph.text)
        assert "联动监督专辑" not in paragraph.text
        assert "供稿" not in paragraph.text
        assert "\n" not in paragraph.text


def test_only_proved_figures_are_certainly_damaged(shipped: tuple[Bulletin, Truth]) -> None:
    """Sanmenxia: 44.4 / 202 = 21.98%; Anyang: 811 / 5376 = 15.1%; a sound file has no doubts."""
    bulletin, truth = shipped
    figures = [figure for unit in bulletin.units for figure in unit.figures]
    certain = {f.text: f.suggestion for f in figures if f.doubt is Doubt.CERTAIN}
    assert certain == truth.certain


@pytest.mark.parametrize("bulletin_id", ["henan-052-luohe", "lvliang-2025-11-28"])
def test_a_sound_file_gets_no_doubts(bulletin_id: str) -> None:
    """A decimal point in print, or too few figures to tell, leave every figure as it is."""
    bulletin = read_bulletin(BULLETINS / f"{bulletin_id}.txt")
    assert not any(figure.doubt for unit in bulletin.units for figure in unit.figures)


@pytest.mark.parametrize(
    ("bulletin_id", "number", "words"),
    [
        ("henan-017-anyang-jiaozuo", 6, "走访群众、实地检查等多种方式，"),
        ("henan-053-sanmenxia", 6, "卢氏县针对地域面积大、养老服务机构设置分散特点，"),
        ("henan-053-sanmenxia", 9, "提请省人大常委会审查批准。"),
        ("lvliang-2025-11-28", 8, "提供集生活、娱乐于一体的活动场所，"),
        ("lvliang-2025-11-28", 21, "提交市四届人大常委会第三十一次会议审议。"),
        ("lvliang-2025-11-28", 24, "促进转型发展，提供了坚实支撑，"),
    ],
    ids=["page number", "page number", "page break", "column", "picture", "column end"],
)
def test_a_sentence_torn_by_the_page_is_whole(bulletin_id: str, number: int, words: str) -> None:
    """Page numbers, pictures and columns leave no seam in the sentences that they tore."""
    assert words in read_bulletin(BULLETINS / f"{bulletin_id}.txt").paragraphs[number - 1].text


def test_the_kinds_of_a_newspaper_page_are_told_apart() -> None:
    """Two articles with title and byline, two captions, a note, six headings, the imprint."""
    bulletin = read_bulletin(BULLETINS / "lvliang-2025-11-28.txt")
    assert Counter(unit.kind for unit in bulletin.units) == {
        Kind.TITLE: 2,
        Kind.BYLINE: 2,
        Kind.HEADING: 6,
        Kind.PARAGRAPH: 34,
        Kind.CAPTION: 2,
        Kind.EDITOR_NOTE: 1,
        Kind.PAGE_CREDIT: 6,
    }


def test_sections_are_the_headings_above() -> None:
    """Points under 二、主要成效 stand in that section, and the opening in none."""
    bulletin = read_bulletin(BULLETINS / "henan-047-hebi.txt")
    sections = [unit.section for unit in bulletin.paragraphs]
    assert sections == [
        (),
        *[("一、主要做法",)] * 4,
        *[("二、主要成效",)] * 5,
        *[("三、下步打算",)] * 3,
    ]


def test_what_belongs_to_the_issue_belongs_to_no_article() -> None:
    """Masthead and recipients carry no article, place or section; the rest of an article does."""
    bulletin = read_bulletin(BULLETINS / "henan-017-anyang-jiaozuo.txt")
    articles = {unit.kind: unit.article for unit in bulletin.units}
    assert articles[Kind.MASTHEAD] is None
    assert articles[Kind.DISTRIBUTION] is None
    assert articles[Kind.PAGE_NUMBER] is None
    assert [unit.article for unit in bulletin.paragraphs] == [0] * 7 + [1] * 4
    assert [unit.place for unit in bulletin.paragraphs] == ["安阳市"] * 7 + ["焦作市"] * 4
    report, send = (unit for unit in bulletin.units if unit.kind is Kind.DISTRIBUTION)
    assert report.text.startswith("报：全国人大社会建设委员会\n省人大常委会主任")
    assert send.text.endswith("\n各省辖市人大常委会、济源示范区人大工委")
    assert bulletin.title_of(report) == bulletin.series
    assert bulletin.title_of(bulletin.paragraphs[10]) == bulletin.articles[1].title


def test_the_sources_list_every_bulletin_with_its_digest() -> None:
    """The row of each file in SOURCES.md holds the sha256 of its bytes."""
    rows = (BULLETINS / "SOURCES.md").read_text("utf-8").splitlines()
    paths = sorted(BULLETINS.glob("*.txt"))
    assert [path.stem for path in paths] == sorted(TRUTHS)
    for path in paths:
        digest = hashlib.sha256(path.read_bytes()).hexdigest()
        assert any(path.name in row and digest in row for row in rows), path.name
        assert read_bulletin(path).sha256 == digest


def test_a_bulletin_is_named_after_its_file(tmp_path: Path) -> None:
    """The id is the stem, in any script; without title and masthead it is the title too."""
    path = tmp_path / "三门峡 53.txt"
    path.write_text("全市已经建成老年助餐场所一百八十处。\n", encoding="utf-8")
    bulletin = read_bulletin(path)
    assert (bulletin.id, bulletin.title, bulletin.articles) == ("三门峡 53", "三门峡 53", ())
    assert bulletin.title_of(bulletin.units[0]) == "三门峡 53"


@pytest.mark.parametrize(
    "data",
    [
        b"2024\n",
        "养老服务\n一、主要做法\n—５—\n".encode(),
        "　\u200b\n".encode(),
        "\ufeff\n".encode(),
    ],
    ids=["a number", "headings", "no ink", "a mark"],
)
def test_a_file_without_a_paragraph_is_refused(data: bytes) -> None:
    """Text that holds no running text is no bulletin, and the error names the file."""
    with pytest.raises(BulletinError, match=r"^a\.txt: no paragraph"):
        parse(data, "a", "a.txt")


def test_binary_and_missing_files_are_refused_by_name(tmp_path: Path) -> None:
    """Errors name the path that was given."""
    path = tmp_path / "scan.txt"
    path.write_bytes(b"%PDF-1.7\0")
    with pytest.raises(BulletinError, match="scan"):
        read_bulletin(path)
    with pytest.raises(CallError, match="missing"):
        read_bulletin(tmp_path / "missing.txt")


BODY = "会议听取了工作报告，并就有关问题开展专题询问。\n"


@pytest.mark.parametrize(
    ("text", "place"),
    [
        (f"灵宝市：养老服务提质\n{BODY}", "灵宝市"),
        (f"河南：养老服务提质\n{BODY}", "河南省"),
        (f"养老服务提质\n{BODY}（漯河市人大供稿）\n", "漯河市"),
        (f"养老服务提质\n鹤壁市人大常委会在鹤壁调研，赴成都学习。\n{BODY}", "鹤壁市"),
        (f"养老服务提质\n会议在郑州召开，安阳、鹤壁、漯河交流经验。\n{BODY}", "河南省"),
        (f"养老服务提质\n{BODY}", None),
    ],
    ids=["a county", "a province", "the credit", "most named", "peers", "none named"],
)
def test_the_place_of_an_article_is_named_in_title_credit_or_most_often(
    text: str, place: str | None
) -> None:
    """Title and credit are asked first; the body counts where one city has the majority,
    peers in a list for what is around them.
    """
    bulletin = parse(text.encode(), "a")
    assert bulletin.articles[0].place == place
    assert bulletin.paragraphs[0].place == place


@pytest.mark.parametrize(
    ("line", "date"),
    [
        ("２０２５年１月８日", "2025-01-08"),
        ("2025 年 11 月 28 日 星期五", "2025-11-28"),
        ("2025年6月31日", None),
    ],
)
def test_the_date_of_the_imprint_is_iso(line: str, date: str | None) -> None:
    """Full-width digits and blanks are read; a day that no calendar has is no date."""
    assert parse(f"{BODY}{line}\n".encode(), "a").date == date


def test_a_citation_names_title_and_paragraph() -> None:
    """Book-title marks inside a title become the inner ones; what has no number names its kind."""
    assert citation_label("三门峡：助餐", 9, Kind.PARAGRAPH) == "《三门峡：助餐》第9段"
    assert citation_label("检查《条例》", None, Kind.DISTRIBUTION) == "《检查〈条例〉》报送单位"


def assert_whole(data: bytes, bulletin: Bulletin) -> None:
    """What holds for every bulletin, whatever its file."""
    text = decode(data, bulletin.id)
    covered = Counter(
        i for unit in bulletin.units for piece in unit.pieces for i in range(piece.start, piece.end)
    )
    ink = {i for i, char in enumerate(text) if not is_blank(char)}
    assert ink <= covered.keys(), "a character is in no unit"
    assert set(covered.values()) == {1}, "a character is in two units"
    assert [unit.number for unit in bulletin.paragraphs] == [
        number + 1 for number in range(len(bulletin.paragraphs))
    ]
    starts = [unit.span.start for unit in bulletin.units]
    assert starts == sorted(starts)
    for unit in bulletin.units:
        assert (unit.number is not None) == (unit.kind in NUMBERED)
        assert unit.text
        as_printed = read(unit.source, digits_apart=sets_digits_apart(text)).text
        # a row of a table reads under the names of its columns
        assert unit.text == as_printed or unit.kind in (Kind.TABLE, Kind.CAPTION)
        pieces = "".join(text[piece.start : piece.end] for piece in unit.pieces)
        assert "".join(unit.source.split()) == "".join(pieces.split())
        assert all(unit.text[f.start : f.end] == f.text for f in unit.figures)
        assert all((f.doubt is None) == (f.why is None) for f in unit.figures)
        assert unit.article is None or 0 <= unit.article < len(bulletin.articles)


def test_shipped_bulletins_are_whole(shipped: tuple[Bulletin, Truth]) -> None:
    """Every character that leaves ink is in one unit, numbers run from 1, figures cite the text."""
    bulletin, _ = shipped
    assert_whole((BULLETINS / f"{bulletin.id}.txt").read_bytes(), bulletin)


def test_parsing_is_deterministic(shipped: tuple[Bulletin, Truth]) -> None:
    """The same bytes give the same bulletin, so numbers cited today are right tomorrow."""
    bulletin, _ = shipped
    assert parse((BULLETINS / f"{bulletin.id}.txt").read_bytes(), f"{bulletin.id}.txt") == bulletin


@settings(deadline=None, max_examples=200)
@given(files())
@example("人口202万，60岁以上444万人，占2198%，已完成744%。")
@example("编者按\n\n\n\n\u200b\n第12期\n" + "养老服务" * 12)
def test_any_text_is_refused_or_read_whole(text: str) -> None:
    """Whatever the lines, the file is no bulletin, or the same holds as for the shipped ones."""
    data = text.encode("utf-8", "replace")
    try:
        bulletin = parse(data, "soup")
    except BulletinError:
        return
    assert_whole(data, bulletin)
    assert parse(data, "soup") == bulletin
