"""Two things of one place or of none set side by side, or a list of them added up."""

import re

from corpus.text.places import find_places
from rag.query.asked_alone import asked_alone, without_comparing
from rag.query.asking import COMPARING
from rag.query.operations import SUM_WORDS, Operation, operation_of

_SPOT = re.compile(r"[路街镇乡村]")  # a thing with a place of its own, which no list has
# 农村的和城镇的，两样加起来多少个; what stands before the list is said of all.
_ADDED = re.compile(
    rf"^(?P<head>(?:[^，,]*[，,：:])*)(?P<list>[^，,：:？?]+?)[，,]?(?:这?[两二三四五六七八几](?:样|项|类|个|者|种|块|处|部分)(?:目标|数)?)?"
    rf"(?:都|全)?(?:{SUM_WORDS})+(?:一?共|起来)?(?:有|是|为)?(?P<tail>[^，,]*?(?:多少|几).*)$"
)
_ADDING = re.compile(r"再?加上?|和|与|跟|同|及|以及|、|再?算上")
_PAIR = re.compile(
    r"^(?P<left>[^，,。？?]{2,24}?)(?:和|与|跟|同|、)(?P<right>[^，,。？?]{2,24}?)"
    r"(?:这?[两二][份个家地项种类件处样][^，,]{0,4})?"
    rf"(?P<tail>(?:[，,]|都|各|分别|相比|相?差|哪|谁|有[什啥多]).*|(?:{COMPARING.pattern}).*)$"
)


def sides_of_pair(question: str) -> list[tuple[str, str]]:
    """Name and question of two things of one place or of none: A和B各…, A和B差多少."""
    found = _PAIR.match(question)
    if found is None:
        return []
    operation = operation_of(question)
    differ = operation is Operation.DIFFERENCE and "差" in found["tail"]
    if not (differ or COMPARING.search(found["tail"])):
        return []
    left, right, tail = found["left"], found["right"], found["tail"]
    if right[0].isdigit() or "、" in right:  # 跟2021年比 is no second thing; A、B、C are three
        return []
    if "的" in right and "的" not in left:  # 方山和涟源的局长: whose 的 belongs to both
        left += right[right.index("的") :]
    place = find_places(left)
    if place and place[0].end < len(left) and not find_places(right) and not _SPOT.search(right):
        right = f"{left[place[0].start : place[0].end]}{right}"
    texts = [(thing, without_comparing(f"{thing}{tail}")) for thing in (left, right)]
    return [(thing, asked_alone(text, operation)) for thing, text in texts] if differ else texts


def sides_of_sum(question: str) -> list[tuple[str, str]]:
    """Name and question of each thing of a list that is added up: 建成的加在建的一共几家."""
    found = _ADDED.match(question)
    if found is None:
        return []
    head, listed = found["head"] or "", found["list"]
    place = find_places(listed)
    if not head and place and place[0].start == 0:
        head, listed = listed[: place[0].end], listed[place[0].end :].lstrip("的")
    things = [thing.strip("的") for thing in _ADDING.split(listed) if thing.strip("的")]
    if len(things) < 2 or any(len(thing) < 2 for thing in things):
        return []
    whose = things[-1][things[-1].find("的") :] if "的" in things[-1] else ""
    if any("的" in thing for thing in things[:-1]):
        whose = ""  # 省内和省外录取的新生: of both, where the first has no 的 of its own
    whole = [*(f"{thing}{whose}" for thing in things[:-1]), things[-1]]
    return [
        (one, f"{head}{asked}{found['tail']}") for one, asked in zip(things, whole, strict=True)
    ]
