"""What an English question asks for: the kind of answer, and the unit of a number."""

import re

# The kinds by the name that Wants has for them. Asking words first, wherever they stand; who, when
# and which also begin clauses (those who live alone), so the first one of the question decides.
_COMPARISON = re.compile(
    r"\bcompare[ds]?\b|\bcomparison\b|\bversus\b|\bvs\b|\bdiffer(?:s|ence|ences|ent)?\b"
    r"|\brespectively\b|\b(?:each|both) (?:city|cities|place|places|of)\b"
    r"|\bwhich (?:city|county|district|place) \w+ (?:\w+ )?(?:more|most|fewer|fewest|less)\b",
    re.I,
)
_CATALOGUE = re.compile(
    r"\b(?:which|what|how many|list)\b.{0,20}\b(?:bulletins?|documents?|sources?)\b"
    r".{0,20}\b(?:have|has|hold|there|library|available|contain)\b",
    re.I,
)
_ASKING = re.compile(
    r"(?P<number>\bhow (?:many|much|old|long|far|large|big|high|often)\b|\bwhat (?:is |was |are )?"
    r"(?:the )?(?:\w+ )?(?:number|percentage|percent|share|proportion|ratio|rate|amount|total)\b"
    r"|\bby how\b)"
    r"|(?P<date>\bwhen\b|\b(?:what|which|between which|between what) (?:day|date|month|year)s?\b"
    r"|\bin (?:what|which) (?:year|month)\b)"
    r"|(?P<person>\bwho(?:se|m)?\b|\bwhat(?:'s| is| was) the name\b)"
    r"|(?P<way>\bwhy\b|\bhow\b|\bwhat (?:\w+ )?(?:methods?|ways?|reasons?|causes?)\b)"
    r"|(?P<list>\bwhich\b|\blist\b|\bname\b(?! of)|\bwhat (?:are|were|kinds?|types?|\w+s)\b"
    r"|\bwhat (?:\w+ )?(?:measures|steps|problems|services|areas)\b)",
    re.I,
)
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


def english_wants(question: str, places: int) -> str:
    """The kind of answer, as Wants names it; two places make a comparison.

    >>> english_wants("How many people who live alone?", 0), english_wants("Who was it?", 0)
    ('number', 'person')
    """
    if _CATALOGUE.search(question):
        return "catalogue"
    if places > 1 or (places == 0 and _COMPARISON.search(question)):
        return "comparison"
    asked = _ASKING.search(question)
    return (asked.lastgroup or "fact") if asked else "fact"


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
