"""A figure with the words beside it that make it more or less: 近200个, 超过5%, 73%以上."""

import re

from corpus.bulletin import Figure

BEFORE_CHARS, BEHIND_CHARS = 4, 2
# 签约30个, 节约5万元 and 最近3年 have another 约 and 近.
_BEFORE = re.compile(
    r"(?:将近|接近|大约|(?<![签节预违履制条公特合相])约|(?<![最附邻靠临远新])近|超过?|逾|突破"
    r"|不少于|不低于|至少|不超过|不足|最多|最低|最高)了?$"
)
_BEHIND = re.compile(r"^(?:以上|以下|以内|之内|左右|上下|内(?![容部外设]))")


def qualified(text: str, figure: Figure) -> str:
    """The words of a text that tell how much: the figure, with what stands right beside it."""
    before = _BEFORE.search(text[max(0, figure.start - BEFORE_CHARS) : figure.start])
    behind = _BEHIND.search(text[figure.end : figure.end + BEHIND_CHARS])
    end = figure.end + (behind.end() if behind else 0)
    return text[figure.start - (len(before[0]) if before else 0) : end]
