"""An answer opens with the figure, date or name that was asked for, and says how sure it is."""

from dataclasses import replace

import pytest
from doubles import evidence_of

from corpus.bulletin import Doubt, Figure
from corpus.figures.quantities import find_figures
from rag.answering.sureness import LIKELY_FROM, SURE_FROM, Sureness, sureness_of
from rag.answering.telling import Line, told
from rag.answering.value import value_of
from rag.query.question import understand
from rag.reading.evidence import Evidence

MEALS = "全市建成并投入使用老年助餐场所180个，服务老年人3万余人。"


def opening(question: str, item: Evidence) -> str:
    return value_of(understand(question), item)


@pytest.mark.parametrize(
    ("question", "text", "focus", "value"),
    [
        ("建成了多少个老年助餐场所", MEALS, "180", "180个"),
        ("服务了多少老年人", MEALS, "3万", "3万余人"),
        ("什么时候闭幕", "会议历时三天，2023年6月29日闭幕。", "2023年6月29日", "2023年6月29日"),
        ("建成了多少个", MEALS, "", "180个"),  # the only one in this unit
        ("什么时候完成", "另有5家正在加快推进，2025年7月完成。", "", "2025年7月"),
        ("省级资金多少万元", "其中中央资金110万元、省级资金46万元，均已到位。", "", "46万元"),
        ("谁主持了会议", "会议由市人大常委会副主任易明同志主持，各县市派人参加。", "易明", "易明"),
        # as much more or less as the source says
        ("占多少", "选择居家养老的占90%以上，比去年有所上升。", "90%", "90%以上"),
        ("投入增长了百分之几", "研发投入增长率均超过了5%，比去年快。", "5%", "超过了5%"),
        ("有多少家企业", "全县入驻近200家企业，带动就业3万人。", "200家", "近200家"),
        ("有多少个项目", "现场集中签约30个项目，总投资80亿元。", "30个", "30个"),
        ("节省了多少万元", "比上一年节约50万元，群众都很满意。", "50万", "50万元"),
        ("去了多少人", "选派干部5人多次走访，解决问题30个。", "5人", "5人"),
        # what it has become, and what there was where that is asked for
        ("运营率升到多少", "运营率由原来的66%提升至84%，社区都有。", "66%", "84%"),
        ("运营率原来是多少", "运营率由原来的66%提升至84%，社区都有。", "66%", "66%"),
        ("示范村总共几个", "又申报3个示范村，全市达到16个。", "3个示范村，全市达到16个", "16个"),
        ("座谈会开了几回", "查看机构172家，召开座谈会26次，反馈问题84项。", "172家", "26次"),
        ("总投资多少亿", "目前共储备项目23个、总投资33.4亿元。", "23个、总投资33.4亿", "33.4亿元"),
        # whatever is asked for, by the words that the reader points at
        ("第四组去的是哪个镇", "第四组来到大瑶镇，看了三家企业。", "大瑶镇", "大瑶镇"),
        ("离县城多远", "村子东距县城18公里，西距乡政府5公里。", "18公里", "18公里"),
        ("收入至少是平均工资的几倍", "应当达到平均工资的一点五倍以上，逐年提高。", "一点五倍以上",
         "一点五倍以上"),
        ("新建了什么", "新建12个社区食堂，惠及老人3万人。", "12个社区食堂", "12个社区食堂"),
        ("降低了多少个百分点", "利率下调0.5个百分点，企业受益。", "0.5个百分点", "0.5个百分点"),
        ("审批时限多少日", "审批时限压到一百零五日，比原来短。", "一百零五日", "一百零五日"),
        # how long in words that are no figure to count with
        ("提前多少天报告", "应当在终止服务六十日前报告民政部门。", "六十日前", "六十日"),
        ("连续多少年第一", "考核在全省连拿13年第一，今年有望再拿。", "13年第一", "13年"),
        ("建议叫什么名字", "将“建设食堂的建议”列为重点，已有人办。", "食堂", "建设食堂的建议"),
    ],
)  # fmt: skip
def test_the_words_that_answer_open_the_answer(
    question: str, text: str, focus: str, value: str
) -> None:
    """A figure with its unit, as printed, though the reader may point at its digits alone."""
    assert opening(question, evidence_of(text, focus)) == value


@pytest.mark.parametrize(
    ("question", "item"),
    [
        ("有哪些做法", evidence_of(MEALS, "180")),  # a list is no value
        ("建成了多少", evidence_of(MEALS)),  # the reader cannot tell, nor can the unit
        ("建成了多少个", evidence_of(MEALS, "180", share=0.4)),  # another may hold it as well
        ("建成了多少", evidence_of(MEALS, "老年助餐")),  # no figure where one is asked for
        ("建成了多少", evidence_of(MEALS, "180个，服务老年人3万")),  # two of them
        ("建成了多少个", evidence_of("建成180个。", "180")),  # read as fast by itself
        ("谁参加了培训", evidence_of("4月1日，市直22家部门负责同志参加培训。", "4月1日")),  # no day
        ("他是什么职务", evidence_of("市委副书记、市长李明在调研时指出，要抓紧办。", "副书记")),
        (
            "有哪个问题",
            evidence_of("调研发现，设施少，人手紧，还要再看。", "设施少，人手紧"),
        ),  # a clause
        ("审批时限是多少日", evidence_of("会议12日至14日召开，代表都到了。", "12日至14日")),  # days
        ("修了多少年", evidence_of("这条路1987年动工，如今已经通车。", "1987年")),
        (
            "打造的是什么",
            evidence_of("打造“一站式”服务中心，群众都说好。", "一站式”服务中心"),
        ),  # half a name
        (
            "问题是什么",
            evidence_of(
                "群众反映食堂少、路远、价高，共有30人提到，还有多人反映床位不够用、没人管。",
                "食堂少、路远、价高，共有30人提到，还有多人反映床位不够用",
            ),
        ),
        ("小学比中学多多少所", evidence_of("全区有小学12所，中学5所，都已改造。", "12所")),
        ("支持了多少个项目", evidence_of("下达资金3000万元，全部用于项目建设。", "3000万元")),
        # 9成 is no number of persons, and what one has is not by how much it has more
        ("甲校比乙校多几个人", evidence_of("甲校的223人，占了名单的9成，其余来自乙校。", "9成")),
        (
            "工业利用率比城市的高几个百分点",
            evidence_of("利用率提高到70.7%，其中工业利用率达到80.9%。", "80.9%"),
        ),
        # 公共 is no whole
        ("一共建了几个", evidence_of("建成公共设施30个、食堂12个，方便群众。", "30个、食堂12个")),
    ],
)
def test_where_none_stands_out_the_sentence_stands_alone(question: str, item: Evidence) -> None:
    """Better no value than one that may be another's."""
    assert opening(question, item) == ""


@pytest.mark.parametrize(
    ("question", "text", "words"),
    [
        ("投入增长超过5%了吗", "投入增长率均超过了5%，高于往年。", "是，超过5%"),
        ("投入增长不到5%吗", "投入增长率均超过了5%，高于往年。", "不是，超过5%"),
        ("选择居家的超过90%吗", "选择居家养老的占90%以上。", "是，超过90%"),
        ("投入增长超过5%了吗", "投入增长率为5%，与往年相同。", "没有，正好5%"),
    ],
)
def test_what_is_more_than_its_figure_is_over_a_bound(question: str, text: str, words: str) -> None:
    """As the source says it: 超过了5% is more than 5%."""
    assert opening(question, evidence_of(text)) == words


def test_a_doubtful_figure_opens_nothing() -> None:
    """It stands in its sentence, with the caution beside it."""
    figure = Figure("180个", MEALS.index("180"), MEALS.index("180") + 4, 180.0, "个")
    doubtful = replace(figure, doubt=Doubt.POSSIBLE)
    assert opening("建成了多少个", evidence_of(MEALS, "180", figures=[figure])) == "180个"
    assert opening("建成了多少个", evidence_of(MEALS, "180", figures=[doubtful])) == ""


def test_a_doubtful_figure_is_not_told_by_another_of_its_sentence() -> None:
    """A place named once counts for all that follows: the sound figure is of something else."""
    text = "三门峡市常住人口202万，其中60岁以上人口444万人，占总人口的2198%。"
    sound, *doubtful = find_figures(text)
    figures = [sound, *(replace(one, doubt=Doubt.CERTAIN) for one in doubtful)]
    for question, focus in (
        ("三门峡60岁以上的有多少人", "444万人"),
        ("三门峡老人占比多少", "2198%"),
    ):
        assert opening(question, evidence_of(text, focus, figures=figures)) == ""


def test_the_value_stands_before_the_first_line() -> None:
    """Text and value agree, also while the answer grows."""
    lines = [Line("开封市：", evidence_of(MEALS)), Line("", evidence_of(MEALS))]
    grown = list(told(understand("建成了多少个"), lines, [], value="180个"))
    assert [answer.value for answer in grown] == ["180个", "180个"]
    assert grown[0].text == f"180个。开封市：{MEALS}[1]"


def test_sureness_falls_with_the_probability() -> None:
    """From .9 on certain, from .65 on likely, below to be looked at."""
    told_of = [sureness_of(share) for share in (1.0, SURE_FROM, 0.89, LIKELY_FROM, 0.64, 0.0)]
    assert told_of == [*[Sureness.SURE] * 2, *[Sureness.LIKELY] * 2, *[Sureness.UNSURE] * 2]
