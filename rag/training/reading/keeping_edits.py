"""Edits that leave true what a sentence says: shorter, or in other words."""

import re

from corpus.text.numerals import han
from rag.training.reading.claim_edits import CLAUSE, Around, Edit, different, one_changed

_LISTED = re.compile(r"、[^、，。；：“”（）()《》]{2,12}(?=、)")
_BRACKETS = re.compile(r"（[^（）]{1,40}）|\([^()]{1,40}\)")
_LEADING_TIME = re.compile(r"^[^，]{0,14}(?:年|月|日|以来|期间|目前|当天|日前|近日)，")
_FIGURE = re.compile(r"(?<![\d.第])(\d+(?:\.\d+)?)(%|万)?(?![\d.年月日号届期])")
# Words for which another stands as well, either way.
_ALIKE = """
    超过 多于 逾，不足 少于 不到，增长 增加 上升，下降 减少 降低
    建成 建好 修建完成，开展 进行 组织，召开 举行 举办，获得 得到 取得
    目前 现在 当前，位于 坐落于 地处，包括 包含 其中有，达到 达
    全部 所有 全都，部分 一部分 有些，应当 应该 须，提高 提升 增强
    设立 设置 成立，任命 委任，通过 表决通过，使用 利用
    提供 供给 给予，群众 居民 老百姓，儿童 孩子，老年人 老人 长者
    学生 在校生，教师 老师，企业 公司，医院 医疗机构
    投入 花了 拿出，帮助 协助 帮，开始 启动，结束 完结
    表示 说 指出，强调 着重指出，负责人 主管，价格 价钱
    居住 住，购买 买 购置，免费 不收费 无偿，共 总共 一共
    累计 总计 合计，每年 一年，此外 另外，由于 因为
    因此 所以，立即 马上，必须 一定要，禁止 不得 不准
    允许 准许 可以
"""
ALIKE = tuple(tuple(group.split()) for group in re.split("[，\n]", _ALIKE) if group.strip())


def shortened(said: str, around: Around) -> str | None:
    """Without some of its later clauses, or without one in the middle."""
    clauses = CLAUSE.split(said.rstrip("。"))
    if len(clauses) < 3:
        return None
    if around.chance.random() < 0.5:
        kept = clauses[: around.chance.randrange(2, len(clauses))]
    else:
        out = around.chance.randrange(1, len(clauses))
        kept = [one for n, one in enumerate(clauses) if n != out]
    return "，".join(kept) + "。"


def unbracketed(said: str, around: Around) -> str | None:
    """Without what stands in brackets."""
    return different(said, _BRACKETS.sub("", said))


def fewer_listed(said: str, around: Around) -> str | None:
    """Without one of the things that it lists."""
    return one_changed(_LISTED, said, around, lambda _: "")


def without_time(said: str, around: Around) -> str | None:
    """Without the time that it opens with."""
    return different(said, _LEADING_TIME.sub("", said))


def reworded(said: str, around: Around) -> str | None:
    """With a word or two for which another stands as well."""
    groups = [(word, group) for group in ALIKE for word in group if word in said and len(word) > 1]
    if not groups:
        return None
    for word, group in around.chance.sample(groups, min(2, len(groups))):
        said = said.replace(word, around.chance.choice([one for one in group if one != word]), 1)
    return said


def written_otherwise(said: str, around: Around) -> str | None:
    """With a figure written another way: 3 as 三, 50% as 百分之五十, 30000 as 3万."""
    return one_changed(_FIGURE, said, around, _otherwise)


def _otherwise(figure: re.Match[str]) -> str:
    digits, behind = figure[1], figure[2] or ""
    value = float(digits)
    if behind == "%" and value == int(value) and value <= 100:
        return f"百分之{han(int(value))}"
    if behind == "万":
        return f"{round(value * 10_000)}"
    if not behind and value == int(value) and value < 100:
        return han(int(value))
    if not behind and value >= 10_000 and value % 100 == 0:
        return f"{value / 10_000:g}万"
    return figure[0]


KEEPING: dict[str, Edit] = {
    "shortened": shortened, "unbracketed": unbracketed, "fewer listed": fewer_listed,
    "without time": without_time, "reworded": reworded, "written otherwise": written_otherwise,
}  # fmt: skip
