"""Wrong premises: the question takes for granted what the bulletins do not say.

Asked why a regulation was withdrawn, the sentences about the regulation look like an answer. What
betrays the question is its verb: an act that undoes, stops or blames something, and of which the
sources say nothing.
"""

from collections.abc import Sequence

# Acts that undo, stop, refuse, blame or lessen; the words of a row can stand for one another.
_ACTS = (
    "取消 撤销 撤回 撤掉 撤出 收回 拿掉 拿下 去掉 剔除 废止 作废",
    "停止 停办 停了 停掉 暂停 叫停 中止 终止 中断 停工 停业 不办了 不搞了",
    "关闭 关停 关掉 关门 关张 倒闭 拆除 拆掉 拆了",
    "否决 退回 驳回 打回 没通过 没有通过 未通过 不通过 不同意 反对 拒绝",
    "推迟 延期 延后 搁置 拖延 改期",
    "批评 通报 问责 处分 处罚 罚款 约谈",
    "罢免 免职 撤职 辞职 辞去 下台 开除",
    "拖欠 欠薪 挪用 贪污 亏损 破产 烂尾",
    "砍掉 削减 压缩 缩减 裁减 裁掉",
    "合并 撤并 改名 更名",
)
_ENGLISH = (
    ("cancel", "withdr", "revok", "repeal", "scrap", "abolish"),
    ("stop", "suspend", "halt", "discontinu"),
    ("shut", "clos", "demolish"),
    ("reject", "veto", "refus", "oppos", "sent back", "send back"),
    ("postpon", "delay"),
    ("critici", "punish", "blam", "fine "),
    ("dismiss", "resign", "sack", "fired"),
    ("embezzl", "bankrupt"),
    ("cut ", "slash", "reduc"),
    ("merg", "renam"),
)
_ROWS = tuple((tuple(row.split()), english) for row, english in zip(_ACTS, _ENGLISH, strict=True))


def unstated_act(question: str, texts: Sequence[str]) -> str | None:
    """The act that a question takes for granted and none of the texts speaks of, as the question
    has it; None if it takes none for granted, or a text speaks of it.

    >>> unstated_act("三门峡为啥把条例撤回来了", ["条例将于11月提请审查批准。"])
    '撤回'
    """
    plain = question.lower()
    for words, english in _ROWS:
        named = next((w for w in words if w in question), None)
        spoken = next((w for w in english if w in plain), None) if question.isascii() else None
        if (named or spoken) and not any(word in text for word in words for text in texts):
            return named or (spoken or "").strip()
    return None
