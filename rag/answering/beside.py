"""The caution that stands beside a sentence with a doubtful figure, in its line and apart from it.

The sentence stays as printed; that a figure in it may be wrong follows its marker in brackets. What
the figure should be is left to the warning: in an answer stand figures of the source alone.
"""

import re
from collections.abc import Sequence

from corpus.bulletin import Doubt, Figure

_FORM = re.compile(r"（[^（）]{1,200}漏小数点[^（）]*，请核对）")


def beside(figures: Sequence[Figure]) -> str:
    """What is said beside a sentence with these figures; "" where none is doubtful.

    >>> from dataclasses import replace
    >>> from corpus.figures.quantities import find_figures
    >>> figure = replace(find_figures("444万人")[0], doubt=Doubt.CERTAIN, suggestion="44.4万人")
    >>> beside([figure])
    '（444万人原文漏小数点，请核对）'
    """
    doubtful: dict[str, Figure] = {one.text: one for one in figures if one.doubt}
    if not doubtful:
        return ""
    sure = [one.text for one in doubtful.values() if one.doubt is Doubt.CERTAIN]
    unsure = [one.text for one in doubtful.values() if one.doubt is not Doubt.CERTAIN]
    told = [f"{'、'.join(sure)}原文漏小数点"] if sure else []
    told += [f"{'、'.join(unsure)}原文可能漏小数点"] if unsure else []
    return f"（{'；'.join(told)}，请核对）"


def besides_in(text: str) -> tuple[str, ...]:
    """These cautions in the text of an answer of which nothing else was kept, each once.

    >>> besides_in("60岁以上444万人[1]（444万人原文漏小数点，请核对）")
    ('（444万人原文漏小数点，请核对）',)
    """
    return tuple(dict.fromkeys(_FORM.findall(text)))


def without_besides(text: str) -> str:
    """The text of such an answer without them; of an Answer see Answer.plain.

    >>> without_besides("60岁以上444万人[1]（444万人原文漏小数点，请核对）")
    '60岁以上444万人[1]'
    """
    return _FORM.sub("", text)
