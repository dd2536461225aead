"""The unit that an English question asks a number in."""

import re

# Units that English tells by a noun behind "how many" or by the kind of quantity.
_UNITS = (
    ("%", r"percent|per cent|percentage|share|proportion|ratio|rate|%"),
    ("元", r"yuan|rmb|money|budget|fund(?:s|ing)?|subsid(?:y|ies)|cost|spend|spent|invest\w*"
           r"|expenditure|revenue|paid|pay|allowance"),
    ("平方米", r"square met(?:er|re)s?"),
    ("公里", r"kilomet(?:er|re)s?|km"),
    ("岁", r"years old|how old|aged?"),
    ("个月", r"months"),
    ("天", r"days"),
    ("小时", r"hours"),
    ("年", r"years"),
    ("人", r"people|persons|residents|seniors|workers|deputies|nurses|carers|caregivers"
           r"|volunteers|members|students|children|elders|chair\w+|staff|villagers|officials"),
    ("张", r"beds"),
    ("家", r"companies|enterprises|firms|institutions"),
)  # fmt: skip
# Units asked for right behind the asking word only: of "how many homes for people" it is homes.
_COUNTED = re.compile(r"\bhow (?:many|much|old|long)(?P<what>(?:\W+\w+){0,3})", re.I)
_SHARE = re.compile(
    r"\b(?:what|which)\W+(?:\w+\W+){0,3}(?:percent\w*|share|proportion|rate)\b", re.I
)


def english_unit(question: str) -> str:
    """The unit that a number is asked in, as Chinese writes it; "" where that is left open.

    >>> english_unit("What percentage of people?"), english_unit("How many day-care centres?")
    ('%', '')
    """
    if _SHARE.search(question):
        return "%"
    counted = _COUNTED.search(question)
    if counted is None:
        return ""
    money = counted[0].lower().startswith("how much")
    where = question[counted.start() :] if money else counted[0]
    first = [(match.start(), unit) for unit, words in _UNITS
             if (match := re.search(rf"\b(?:{words})\b(?!['’])", where, re.I))]  # fmt: skip
    return min(first)[1] if first else ""
