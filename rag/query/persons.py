"""Names of persons, told by their surnames, and the offices beside them."""

import re

from corpus.text.surnames import SURNAMES

_OFFICES = (
    "常委会副主任|常委会主任|副(?:主任|书记|市长|县长|区长|省长|组长|局长|秘书长|院长|主席)"
    "|书记|市长|县长|区长|省长|部长|主任|组长|局长|厅长|处长|科长|镇长|乡长|校长|秘书长|委员长|主席|院长"
    "|检察长|委员|代表|负责人"
)
TITLE = re.compile(rf"(?<!总)(?:{_OFFICES})")
NAME = rf"[{''.join(sorted(SURNAMES))}][\u4e00-\u9fff]{{1,2}}"
PERSON = re.compile(
    rf"(?:{_OFFICES}|记者|同志|教授|院士|医生|老师){NAME}|{NAME}(?:同志|代表|委员|主任|书记|说|表示|介绍|告诉|认为)"
)
# What follows a name of two characters and would be taken for the third one.
_BEHIND = "表介说告认强指率主出带等在作听对是为就将向到深参要的、，。；：同和与及宣"
_NAMED = re.compile(
    rf"(?:{_OFFICES}|记者|同志|教授|院士|医生|老师)(?P<name>{NAME})|^(?P<alone>{NAME})[。]?$"
)
_NO_NAME = re.compile(r"[市县区镇乡村]")


def persons(text: str) -> list[str]:
    """The persons that a text names beside an office, or that it consists of, each once.

    >>> persons("副县长王军表示"), persons("宋红梅。")
    (['王军'], ['宋红梅'])
    """
    found: dict[str, None] = {}
    for match in _NAMED.finditer(text):
        name = match["name"] or match["alone"]
        name = name[:2] if name[2:] and name[2] in _BEHIND else name
        if not _NO_NAME.search(name):
            found[name] = None
    return list(found)
