"""What a chat model writes stands only as its source says it: figure, unit, name, tone and all."""

from collections.abc import Iterator, Sequence

import pytest
from doubles import ToldSupport
from llm_server import Script, llm_server

from corpus.bulletin import Kind, Span, Unit
from corpus.figures.quantities import find_figures
from index.library import Library
from rag.answering.answer import Answer
from rag.chain import Request, answer_chain
from rag.reading.entailment import CitedSentence, is_supported
from rag.settings import Settings, read_settings
from rag.writing.chat_model import chat_model
from rag.writing.claim_check import objections
from rag.writing.objections import Fault

BUILT = "三门峡建成了多少个老年助餐场所"
BOTH = "三门峡和漯河各有多少个老年助餐场所"
WHO = "谁督办了新建三门峡市养老中心项目"
OLD = "三门峡有多少老年人口，占比多少"


def unit(text: str, place: str | None = None) -> Unit:
    """A paragraph."""
    whole = (Span(0, len(text)),)
    figures = tuple(find_figures(text))
    return Unit(Kind.PARAGRAPH, 1, text, text, whole, None, 0, place, (), figures)


def faults(claim: str, *texts: str) -> set[str]:
    """What is wrong with a sentence on these paragraphs."""
    return {one.fault.value for one in objections(claim, [unit(text) for text in texts])}


SOURCE = (
    "今年上半年，全市投入资金860万元，新建社区食堂42个，改造老旧小区15个，惠及老年人近3万人，工程完成率98%。"
    "县委书记张建国到现场督导，县长李志强主持召开推进会。计划到年底再建成社区食堂20个。部分食堂尚未配备厨师。"
)


@pytest.mark.parametrize(
    "claim",
    [
        "全市新建社区食堂42个。",
        "投入资金860万元，新建社区食堂42个。",
        "投入860万元。",
        "改造了15个老旧小区。",
        "惠及老年人近3万人。",
        "惠及老年人近三万人。",
        "惠及老年人近30000人。",
        "工程完成率为98%。",
        "工程完成率为百分之九十八。",
        "县委书记张建国到现场督导。",
        "县长李志强主持召开推进会。",
        "计划到年底再建成社区食堂20个。",
        "到年底还将建成社区食堂20个。",
        "部分食堂尚未配备厨师。",
        "新建社区食堂和改造老旧小区共57个。",
        "新建社区食堂比改造老旧小区多27个。",
    ],
)
def test_what_the_source_says_stands(claim: str) -> None:
    """In its own words or in others, with figures written another way, summed or subtracted."""
    assert faults(claim, SOURCE) == set()


@pytest.mark.parametrize(
    ("claim", "fault"),
    [
        ("全市新建社区食堂24个。", "figure"),
        ("全市新建社区食堂42万个。", "unit"),
        ("投入资金42万元，新建社区食堂860个。", "unit"),
        ("投入资金860元。", "unit"),
        ("新建社区食堂15个，改造老旧小区42个。", "bound"),
        ("新建社区食堂超过42个。", "about"),
        ("新建社区食堂不足42个。", "about"),
        ("惠及老年人超过3万人。", "about"),
        ("工程完成率不到98%。", "about"),
        ("没有新建社区食堂42个。", "denied"),
        ("食堂已配备厨师。", "denied"),
        ("计划新建社区食堂42个。", "planned"),
        ("到年底已再建成社区食堂20个。", "planned"),
        ("食堂全部尚未配备厨师。", "extent"),
        ("全市率先新建社区食堂42个。", "first"),
        ("由于资金短缺，全市新建社区食堂42个。", "cause"),
        ("县长张建国到现场督导。", "office"),
        ("县委书记李志强主持召开推进会。", "office"),
        ("县委书记王建军到现场督导。", "office"),
        ("新建社区食堂和改造老旧小区共58个。", "figure"),
        ("依据《社区食堂管理办法》，新建社区食堂42个。", "document"),
        ("3月5日，全市新建社区食堂42个。", "date"),
        ("学校放假时间另行通知，请家长周知。", "words"),
    ],
)
def test_what_it_does_not_say_is_objected_to(claim: str, fault: str) -> None:
    """And for the right reason, which is shown with the sentence."""
    assert fault in faults(claim, SOURCE)


def test_a_figure_belongs_to_the_place_that_has_it() -> None:
    """Of two cited paragraphs each lends its figures to its own place."""
    cited = [unit("全市建成食堂42个。", "开封市"), unit("全市建成食堂31个。", "新乡市")]
    assert objections("开封建成食堂42个，新乡建成食堂31个。", cited) == []
    (one, *_) = objections("开封建成食堂31个，新乡建成食堂42个。", cited)
    assert one.fault is Fault.PLACE


def test_every_fault_is_told_in_two_languages() -> None:
    """None can be added without either."""
    for fault in Fault:
        assert fault.chinese
        assert fault.english.isascii()


def test_a_judge_is_asked_what_nothing_else_objects_to() -> None:
    """It strikes what it does not find supported, and saves nothing that is wrong anyway."""
    judge = ToldSupport({"全市新建社区食堂42个。": 0.9, "改造了15个老旧小区。": 0.2})
    cited = [unit(SOURCE)]
    assert objections("全市新建社区食堂42个。", cited, judge) == []
    assert [one.fault for one in objections("改造了15个老旧小区。", cited, judge)] == [
        Fault.MEANING
    ]
    objections("全市新建社区食堂24个。", cited, judge)
    assert judge.asked == ["全市新建社区食堂42个。", "改造了15个老旧小区。"]


def test_a_sentence_on_two_paragraphs_is_judged_in_one_batch() -> None:
    """Against each of them and both together: the best counts."""

    class Together:
        batches = 0

        def support(self, claims: Sequence[CitedSentence]) -> list[float]:
            self.batches += 1
            return [0.8 if "甲" in one.source and "乙" in one.source else 0.1 for one in claims]

    judge = Together()
    assert is_supported(judge, "甲和乙", ["甲", "乙"])
    assert not is_supported(judge, "甲和乙", ["甲"])
    assert judge.batches == 2


# Replies of a scripted model over HTTP, on the shipped bulletins


@pytest.fixture
def server() -> Iterator[tuple[Settings, Script]]:
    with llm_server() as (url, script):
        settings = read_settings({"JIANBAO_LLM_MODEL": "m", "JIANBAO_LLM_BASE_URL": url})
        yield settings, script


def answered(
    library: Library, server: tuple[Settings, Script], question: str, reply: str
) -> Answer:
    """What becomes of a reply."""
    server[1].pieces = list(reply)
    return answer_chain(library, chat_model(server[0])).invoke(Request(question))


@pytest.mark.parametrize(
    ("question", "reply", "told"),
    [
        (
            BUILT,
            "- 三门峡建成并投入使用老年助餐场所**180个**[1]。",
            "- 三门峡建成并投入使用老年助餐场所180个。[1]",
        ),
        (BUILT, "1. 三门峡建成老年助餐场所180个。【1】", "1. 三门峡建成老年助餐场所180个。[1]"),
        (BUILT, "三门峡建成老年助餐场所180个①。", "三门峡建成老年助餐场所180个。[1]"),
        (
            BUILT,
            "投入744万元，建成并投入使用老年助餐场所180个[1,1]。",
            "投入744万元，建成并投入使用老年助餐场所180个。[1]",
        ),
        (
            BUILT,
            "| 地区 | 老年助餐场所 |\n| --- | --- |\n| 三门峡 | 180个[1] |\n",
            "三门峡：180个[1]",
        ),
        (BUILT, "主要情况如下：\n- 任务完成率100%[1]。", "- 任务完成率100%。[1]"),
        (
            BUILT,
            "14家乡镇敬老院成功转型为区域性养老服务中心[1]。",
            "14家乡镇敬老院成功转型为区域性养老服务中心。[1]",
        ),
        (
            BOTH,
            "三门峡180个，漯河155个，合计335个[1][2]。",
            "三门峡180个，漯河155个，合计335个。[1][2]",
        ),
        (
            BOTH,
            "三门峡的老年助餐场所比漯河多25个[1][2]。",
            "三门峡的老年助餐场所比漯河多25个。[1][2]",
        ),
        (
            OLD,
            "三门峡老年人口44.4万人，占总人口的21.98%[1]。",
            "三门峡老年人口44.4万人，占总人口的21.98%。[1]",
        ),
    ],
)
def test_a_right_reply_is_told(
    library: Library, server: tuple[Settings, Script], question: str, reply: str, told: str
) -> None:
    """In whatever form it is written; a figure that is proven damaged also as it was."""
    answer = answered(library, server, question, reply)
    assert answer.struck == ()
    assert answer.text == told


@pytest.mark.parametrize(
    ("question", "reply", "fault"),
    [
        (BUILT, "没有建成老年助餐场所，180个均未投入使用[1]。", "denied"),
        (BUILT, "投入180万元，建成老年助餐场所744个[1]。", "unit"),
        (BUILT, "任务完成率不足100%[1]。", "about"),
        (WHO, "三门峡市长范付中亲自督办新建三门峡市养老中心[1]。", "office"),
        (BUILT, "三门峡计划建成老年助餐场所180个[1]。", "planned"),
        (BUILT, "三门峡建成老年助餐场所超过180个[1]。", "about"),
        (BUILT, "三门峡建成老年助餐场所大约180个[1]。", "about"),
        (BUILT, "三门峡在全省率先建成老年助餐场所180个[1]。", "first"),
        (BUILT, "由于资金紧张，三门峡建成老年助餐场所180个[1]。", "cause"),
        (BUILT, "180家乡镇敬老院成功转型区域性养老服务中心[1]。", "bound"),
        (BUILT, "三门峡服务老年助餐180人次[1]。", "unit"),
        (BUILT, "投入744万元实施2022年重点民生实事项目[1]。", "figure"),
        (BUILT, "三门峡建成老年助餐场所180个[9]。", "marker"),
        (BUILT, "三门峡建成老年助餐场所180个。", "marker"),
        (BUILT, "漯河建成老年助餐场所180个[1]。", "place"),
        (BOTH, "三门峡155个，漯河180个[1][2]。", "place"),
        (BOTH, "三门峡180个，漯河155个，合计345个[1][2]。", "figure"),
        (BOTH, "| 地区 | 场所 |\n|---|---|\n| 三门峡 | 155个[1] |\n", "figure"),
        (OLD, "三门峡老年人口54.4万人[1]。", "figure"),
    ],
)
def test_a_wrong_reply_is_struck(
    library: Library, server: tuple[Settings, Script], question: str, reply: str, fault: str
) -> None:
    """The source's own sentences stand in; what was struck is kept with its reason, as data."""
    answer = answered(library, server, question, reply)
    assert fault in {name for one in answer.struck for name in one.faults}
    assert reply.split("[")[0].strip("|\n -") not in answer.text
    assert answer.citations
    assert any(warning.kind == "model" for warning in answer.warnings)
    assert answer.as_dict()["struck"] == [one.as_dict() for one in answer.struck]


def test_beside_a_right_sentence_a_wrong_one_is_replaced(
    library: Library, server: tuple[Settings, Script]
) -> None:
    """The answer says that it was corrected, and keeps what was struck."""
    reply = "三门峡建成老年助餐场所180个[1]。漯河没有选定老年助餐服务点位155个[2]。"
    answer = answered(library, server, BOTH, reply)
    assert "已更正" in " ".join(warning.text for warning in answer.warnings)
    assert [one.text for one in answer.struck] == ["漯河没有选定老年助餐服务点位155个[2]。"]
    assert {c.bulletin for c in answer.citations} == {"henan-053-sanmenxia", "henan-052-luohe"}


def test_a_no_in_other_words_is_a_refusal(
    library: Library, server: tuple[Settings, Script]
) -> None:
    """资料未提及 as much as the words that the prompt asks for."""
    assert answered(library, server, BUILT, "资料未提及。").refused
