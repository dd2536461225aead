"""The kind of thing that a question asks for, and whether a sentence holds one."""

import re

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
)  # fmt: skip
_ASKED = [re.compile(asked, re.IGNORECASE) for _, asked, _ in _KINDS]
_HELD = [re.compile(held) for _, _, held in _KINDS]
NAMES = tuple(name for name, _, _ in _KINDS)


def question_cues(question: str) -> NDArray[np.float32]:
    """By kind, whether a question asks for it: 1 or 0, float32 of shape (len(NAMES),)."""
    return np.array([bool(asked.search(question)) for asked in _ASKED], dtype=np.float32)


def answer_cues(text: str) -> list[float]:
    """By kind, whether a text holds one: 1 or 0."""
    return [float(bool(held.search(text))) for held in _HELD]
