"""A question for a yes or a no is answered with one, where the sentence decides it."""

import pytest
from doubles import evidence_of

from index.library import Library
from rag.answering.judged_claim import OPEN
from rag.answering.verdict import NOT_YET, verdict
from rag.query.claims import Ask, claim_of
from rag.query.question import understand


@pytest.mark.parametrize(
    ("question", "statement", "ask"),
    [
        ("条例是不是已经施行了？", "条例已经施行了", Ask.HOLDS),
        ("是否列入了民生实事", "列入了民生实事", Ask.HOLDS),
        ("食堂建成了没有", "食堂建成了", Ask.DONE),
        ("食堂有没有免费午餐", "食堂有免费午餐", Ask.IS_THERE),
        ("材料里有没有提到花了多少钱", "花了多少钱", Ask.SAID),
        ("养老金今年涨不涨", "养老金今年涨", Ask.VERB),
        ("食堂是去年建成的，对吗", "食堂是去年建成的", Ask.HOLDS),
        ("食堂申报了16个，对不对", "食堂申报了16个", Ask.HOLDS),
        ("有10个部门参加，是不是", "有10个部门参加", Ask.HOLDS),
        ("测评是不是涉及12个部门", "测评涉及12个部门", Ask.HOLDS),
    ],
)
def test_a_question_for_a_verdict_is_a_claim(question: str, statement: str, ask: Ask) -> None:
    """Without the words that ask."""
    claim = claim_of(question)
    assert claim is not None
    assert (claim.statement, claim.ask) == (statement, ask)


def test_a_meeting_is_no_modal() -> None:
    """培训会是4月开的吗 is answered with 是 or 不是, 会补吗 with 会 or 不会."""
    held, will = claim_of("培训会是4月11日开的吗"), claim_of("明年会补发吗")
    assert held is not None
    assert will is not None
    assert ((held.yes, held.no), (will.yes, will.no)) == (("是", "不是"), ("会", "不会"))


@pytest.mark.parametrize(
    "question",
    [
        "建成了多少个吗",
        "谁主持的会",
        "有哪些做法",
        "总结一下，好不好",
        "时间差不多是什么时候",
        "想在家养老的人多不多",
        "路远不远",
        "主持这次会议的副主任是",
    ],
)
def test_what_asks_for_something_claims_nothing(question: str) -> None:
    """Nor does a polite tail."""
    assert claim_of(question) is None


@pytest.mark.parametrize(
    ("question", "text", "words"),
    [
        ("食堂建成了200个，对吗", "全市建成食堂180个。", "不是，180个"),
        ("食堂建成了180个，对吗", "全市建成食堂180个。", "是"),
        ("会议是6月开的吗", "会议7月29日召开。", "不是，7月29日"),
        ("各县的养老院是不是全投用了", "除甲市外，其余均已投用。", "不是全部"),
        ("外地的车可以进城吗", "外地的车不得进城。", "不可以"),
        ("老人坐公交要不要钱", "老人免费乘坐公交。", "不要钱"),
        ("退休的人跟着涨不涨", "退休的人不参加调整。", "不涨"),
        ("条例通过了吗", "条例将于11月提请审查。", NOT_YET),
        ("条例批准了没有", "完善条例，确保11月份审查批准。", NOT_YET),
        ("改造做完了吗", "改造已完成74%，计划于6月逐步完成。", NOT_YET),
        ("启动的项目是不是全部竣工了", "已启动项目34个，竣工项目5个。", "不是全部"),
        ("食堂十个都建完了吗", "全市推动十个食堂建设，其中7个已完成。", "没有全部"),
        ("食堂是否列入民生实事", "食堂列入重点民生实事。", "是"),
        ("是否开展了巡回法庭", "组织代表走进食堂。", OPEN),
        ("干部们激动没激动", "负责人不时表达着内心的激动。", OPEN),
    ],
)
def test_a_verdict_is_what_the_sentence_decides(
    library: Library, question: str, text: str, words: str
) -> None:
    """By figures, dates, exceptions, opposites, denials and plans; else it is left open."""
    query = understand(question)
    assert verdict(query, evidence_of(text), 0.7, library.likeness) == words


def test_whether_there_is_something_is_for_the_reader_to_say(library: Library) -> None:
    """Where it is sure that a sentence answers, there is."""
    query = understand("有没有护士上门换药")
    item = evidence_of("签约服务里有护士上门随访。")
    assert verdict(query, item, 0.9, library.likeness) == "有"
    assert verdict(query, item, 0.55, library.likeness) == OPEN
    other = evidence_of("签约服务不断细化，试点推广电子健康档案。")
    assert verdict(query, other, 0.9, library.likeness) == OPEN  # it does not speak of it


@pytest.mark.parametrize(
    ("question", "text", "focus", "words"),
    [
        # a denial that the reader points at, though in other words than the question's
        ("特岗老师能不能算进支教名额", "教师岗位计划不列入选派范围。", "不列入", "不能"),
        ("好心救人弄伤了是不是不用赔", "救助人不承担民事责任。", "不承担民事责任", "是"),
        # another rank
        ("空气质量是不是全省第一", "空气质量只排在黄山后面，居第二。", "居第二", "不是"),
        # at least so much where it is asked whether that is done
        ("预算完成六成了吗", "年初预算半年完成了59.74%。", "59.74%", "没有，59.74%"),
        ("预算完成六成了吗", "年初预算半年完成了61.2%。", "61.2%", "是，61.2%"),
        ("失业率控制在4%以内了吗", "登记失业率为5.2%。", "5.2%", "没有，5.2%"),
        ("覆盖了80%的村了吗", "覆盖的村不足85%。", "85%", OPEN),
        ("快递量是全省第1吗", "快递量居全省第一。", "居全省第一", OPEN),
        ("选派了第一书记吗", "选派了第一书记，引入第三方评估。", "第三方评估", OPEN),
        # a slogan denies nothing
        ("整改要求落实了吗", "整改要求不折不扣落实到位。", "不折不扣落实到位", "是"),
        # what the reader points at is another in its stead
        ("食盐应急的牵头单位是省商务厅吗", "食盐应急牵头部门：工业和信息化厅，成员：省商务厅。",
         "工业和信息化厅", OPEN),
        ("是不是省商务厅牵头制定的", "办法由省财政厅牵头制定。", "省财政厅", OPEN),
    ],
)  # fmt: skip
def test_what_the_reader_points_at_decides(
    library: Library, question: str, text: str, focus: str, words: str
) -> None:
    """Where it is sure that the sentence answers."""
    item = evidence_of(text, focus)
    assert verdict(understand(question), item, 0.95, library.likeness) == words


def test_other_questions_have_no_verdict(library: Library) -> None:
    """They open with their value."""
    assert verdict(understand("建成了几个"), evidence_of("建成3个。"), 1.0, library.likeness) == ""
