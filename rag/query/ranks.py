"""Which places of an order are asked for: the first, the last, the second, the first three, all."""

import re
from dataclasses import dataclass

from corpus.figures.quantities import whole_number
from rag.query.asking import FIRST

GREAT, SMALL = "多高大长强快", "少低小短弱慢"
_N = r"(?P<n>[一二两三四五六七八九十]{1,2}|\d{1,2})"
_ALSO_N = _N.replace("<n>", "<m>")
_EACH_GREAT, _EACH_SMALL = f"[{GREAT}]", f"[{SMALL}]"


@dataclass(frozen=True, slots=True)
class Rank:
    """Of things in order, those from the `first` to the `last`, counted from 1 at the greatest, or
    at the least; a `last` of None is all of them. `words` are the ones that ask: 最多, 倒数第二.
    """

    words: str
    greatest: bool
    first: int = 1
    last: int | None = 1


@dataclass(frozen=True, slots=True)
class _Asked:
    """Words that ask for a rank; `n` in them is `first` and `last`, or the last alone. Some ask
    for one only `among` things, of which it is asked who or which.
    """

    words: re.Pattern[str]
    greatest: bool
    whole: bool = False
    up_to: bool = False
    among: bool = False


# 最多可报 and 最少得留 are limits, 第一季度 a time, 最高人民法院 a name: none asks for a rank.
_ASKED = (
    _Asked(re.compile(rf"(?:从|由){_EACH_SMALL}到{_EACH_GREAT}|升序"), False, whole=True),
    _Asked(re.compile(rf"(?:从|由){_EACH_GREAT}到{_EACH_SMALL}|降序|排[个一]?[一个]?[序队]|排列"
                      r"|排一?下?名(?!第)|排名(?!第)"), True, whole=True),
    _Asked(re.compile(rf"倒数第{_N}|倒着数第{_ALSO_N}"), False),
    _Asked(re.compile(rf"(?:最后|末|后){_N}[名位]"), False, up_to=True),
    _Asked(re.compile(rf"前{_N}(?:[名位]|(?=的?(?:是|有|都)))"), True, up_to=True),
    _Asked(re.compile(rf"第{_N}{_EACH_SMALL}"), False),
    _Asked(re.compile(rf"第{_N}{_EACH_GREAT}|(?:排名?|居|位列|名列|位居)第{_ALSO_N}"),
           True),
    _Asked(re.compile(rf"最{_EACH_SMALL}(?![年得要应须需可能不按留给多几])|垫底|最末|排?在?最后(?:一名|的是)"
                      r"|\b(?:fewest|least|lowest|smallest)\b", re.IGNORECASE), False),
    _Asked(re.compile(rf"最{_EACH_GREAT}(?!可以|[可能不报补领奖给多几]|人民|法院|检察)|居首|榜首|领先|打头"
                      r"|\b(?:most|largest|highest)\b", re.IGNORECASE), True),
    # 两市谁的助餐点更多, 鹤壁和安阳哪个多
    _Asked(re.compile(rf"更?{_EACH_GREAT}(?:一?[些点])?(?=[呢啊？?。]*$)"), True, among=True),
    _Asked(re.compile(rf"更?{_EACH_SMALL}(?:一?[些点])?(?=[呢啊？?。]*$)"), False, among=True),
)  # fmt: skip
_AMONG = re.compile(r"谁家?|哪(?:一?[个家边座]|[市县区])")

# In time; 最早的简报 asks of the bulletins themselves, and is told before.
_EARLIEST = re.compile(
    r"最[早先]|率先|(?:谁|哪[个家座])(?:省|市|县|区)?(?:先|第一个|头一个)(?![进后锋])|\bearliest\b",
    re.IGNORECASE,
)
_WHO_PLAIN = re.compile(r"谁家?|哪家")
_OF_SEVERAL = re.compile(r"哪|谁|先后|\bwh(?:ich|o)\b", re.IGNORECASE)
_LATEST = re.compile(
    r"最[晚迟]|(?:谁|哪[个家座])(?:省|市|县|区)?最后(?=[^一二三四五六七八九十])|\blatest\b"
)


def rank_asked(question: str) -> Rank | None:
    """The rank that a question asks for; None of another question.

    >>> rank_asked("竣工率倒数第二的是哪个市")
    Rank(words='倒数第二', greatest=False, first=2, last=2)
    >>> rank_asked("三市按数量由多到少排序").last is None
    True
    """
    found = _found(question, among=bool(_AMONG.search(question)))
    if found is None:
        return None
    asked, match = found
    numbers = [text for text in match.groupdict().values() if text]
    number = whole_number(numbers[0]) if numbers else 1
    last = None if asked.whole else number
    return Rank(match[0], asked.greatest, 1 if asked.up_to or asked.whole else number, last)


def plainly(question: str) -> str:
    """A question for the first or the last of an order in plain words: 倒数第一是谁家 asks which
    city is the least.

    >>> plainly("竣工率倒数第一是谁家"), plainly("助餐点数谁垫底"), plainly("谁主持了会议")
    ('竣工率最低的是哪个市', '助餐点数哪个市最少', '谁主持了会议')
    """
    rank = rank_asked(question)
    if rank is None or rank.words.startswith("最") or (rank.first, rank.last) != (1, 1):
        return question
    if not _WHO_PLAIN.search(question):
        return question
    share = "率" in question or "比例" in question or "占比" in question
    most = ("最高" if share else "最多") if rank.greatest else ("最低" if share else "最少")
    before, _, behind = question.partition(rank.words)
    of = "的" if behind.startswith("是") else ""
    return _WHO_PLAIN.sub("哪个市", f"{before}{most}{of}{behind}")


def latest_asked(question: str) -> bool | None:
    """Whether of several the last in time is asked for; False where it is the first, None where
    neither is.

    >>> latest_asked("哪个市最早启动"), latest_asked("三家谁最晚完成"), latest_asked("有多少家")
    (False, True, None)
    """
    if not _OF_SEVERAL.search(question):
        return None
    if _LATEST.search(question):
        return True
    return False if _EARLIEST.search(question) or FIRST.search(question) else None


def without_rank(question: str, *, among: bool = False) -> tuple[str, str] | None:
    """What stands before and behind the words that ask for a rank, `among` things or of all; None
    of another question.
    """
    found = _found(question, among=among)
    return (question[: found[1].start()], question[found[1].end() :]) if found else None


def _found(question: str, *, among: bool) -> tuple[_Asked, re.Match[str]] | None:
    for asked in _ASKED:
        if asked.among and not among:
            continue
        if match := asked.words.search(question):
            return asked, match
    return None
