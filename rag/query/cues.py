"""The kind of thing that a question asks for, and whether a sentence holds one."""

import re
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

# By kind: what a question asks it with, and what a sentence that answers has.
_KINDS: tuple[tuple[str, str, str], ...] = (
    ("number", r"多少|几[^乎]|人数|数量|[率比]例?[是为有多达]|how many|how much",
     r"\d|[一二三四五六七八九十百千万两]+[个名位家次条项种]"),
    ("measure", r"多[长高大重远深宽快]|几[年岁米天月]|多少[年岁米天元]|面积|距离",
     r"\d[\d.,]*\s*[万亿千百多余]*\s*(?:年|岁|米|公里|平方|天|元|度|吨|公斤|小时|分钟|个?月)"),
    ("date", r"什么时候|何时|哪一?[年天月日]|几[月号日年]|时间|年份|when\b",
     r"\d{4}\s*年|\d{1,2}\s*月|\d{1,2}\s*日|世纪|年代|[年月]底|[上中下]旬"),
    ("person", r"谁|哪位|何人|什么人|名字|哪个人|who\b",
     r"主任|书记|[市县区省部局院校会队]长|主席|总统|委员|先生|女士|·|教授|导演|说|人|家"),
    ("place", r"哪里|哪儿|何处|何地|地方|位于|哪[个座]?[省市县区国州城镇]|在哪|where\b",
     r"[省市县区镇村州国路街岛湾港山河]|位于|地处|境内"),
    ("reason", r"为什么|为何|原因|怎么会|why\b",
     r"因为|由于|因此|因而|所以|为了|导致|原因|使得|故"),
    ("way", r"如何|怎么|怎样|办法|措施|方式|how\b",
     r"通过|采[取用]|利用|以.{1,20}[为来]|建立|实行|推"),
    ("list", r"哪些|哪[几两三四五]|有什么|包括|分别|which\b",
     r"、.*、|包括|分别|以及|等|[一二三]是"),
    ("name", r"叫什么|什么名|称[为作]?什么|被称|又名|别[名称]|哪部|哪本",
     r"《|“|叫做?|称为|名为|又称|简称"),
    ("definition", r"定义|什么是|是什么[?？]?$|含义|指的?是?什么|what is",
     r"是指|指的?是|是一|即|，是|意为|就是"),
    ("quality", r"特[点征色]|影响|作用|意义|优点|功能|评价|贡献|成就", r"、|可以|能够?|具有|使|是"),
    ("organ", r"哪[个家](?:公司|单位|部门|机构|学校|大学|球队)|什么(?:公司|单位|部门|机构|组织)",
     r"公司|委员会|局|厅|部|院|大学|集团|协会|队|党"),
    ("permission",
     r"能不能|可不可以|[可能].{1,14}[吗不]|行不行|[让准]不[让准]|允许|[要用得该]不[要用得该]|必须|算不算|违",
     r"可以|不得|应当|不予|允许|禁止|必须|不承担|免除?|无须|无需|鼓励|责令|方可"),
    ("frequency", r"多久|多长时间|几[年天月]一|隔|几[回次趟]|频率|[一每]回",
     r"每[年月周日季天个半]|定期|次|[月季年周]度?[督报例调]|日内|个月内|年内|小时"),
    ("money", r"钱|费|元|花|掏|资金|经费|罚|赔|补[贴助]|报销|收入|投",
     r"元|资金|经费|投资|费用|罚款|补[助贴]|报销|投入|免费"),
    ("state", r"咋样|怎么?样|[够好难多满行]不[够好难多满行]|管用|情况|毛病|问题|缺|短板",
     r"较[高低弱差少多大]|不够|不足|不高|不强|薄弱|缺|短板|滞后|有待|改善|提高|满意|良好|充分|完善|[明显]显|问题"),
    ("speech", r"说|讲|话|[咋怎]么?看|评价|觉得|认为|要求|强调|反映|感受",
     r"[“：]|说|表示|认为|指出|强调|要求|介绍|感慨|坦言|希望|建议|提出"),
    ("plan", r"下一步|打算|往后|今后|接下来|准备|计划|明年|将来|以后|目标",
     r"将|下一步|计划|力争|拟|预计|到20\d\d年|今后|即将|争取|目标|要"),
    ("rise", r"涨|增|升|提高|多了|新增", r"增长|增加|上升|提升|提高|新增|上涨|增至"),
    ("fall", r"降|减|跌|少了|缩|回落", r"下降|减少|降低|回落|下滑|压减|缩短|降至|降了"),
    ("done", r"了没|完成|进展|哪一步|弄完|建成|好了|改好|到位|办[妥完好]|[了过]吗",
     r"已|完成|建成|全部|到位|实现|达到|推进|通过|正在"),
)  # fmt: skip
_ASKED = [re.compile(asked, re.IGNORECASE) for _, asked, _ in _KINDS]
_HELD = [re.compile(held) for _, _, held in _KINDS]
REMEMBERED = 8192  # sentences; both wordings of a question read the same ones, and the next does
NAMES = tuple(name for name, _, _ in _KINDS)


def question_cues(question: str) -> NDArray[np.float32]:
    """By kind, whether a question asks for it: 1 or 0, float32 of shape (len(NAMES),)."""
    return np.array([bool(asked.search(question)) for asked in _ASKED], dtype=np.float32)


@lru_cache(REMEMBERED)
def answer_cues(text: str) -> tuple[float, ...]:
    """By kind, whether a text holds one: 1 or 0."""
    return tuple(float(bool(held.search(text))) for held in _HELD)
