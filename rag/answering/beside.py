"""The caution that stands beside a sentence with a doubtful figure, in its line and apart from it.

The sentence stays as printed; what may be wrong with it follows its marker in brackets.
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
    '（444万人原文漏小数点，疑为44.4万人，请核对）'
    """
    doubtful: dict[str, Figure] = {one.text: one for one in figures if one.doubt}
    if not doubtful:
        return ""
    sure = [_told(one) for one in doubtful.values() if one.doubt is Doubt.CERTAIN]
    unsure = [one.text for one in doubtful.values() if one.doubt is not Doubt.CERTAIN]
    told = sure + ([f"{'、'.join(unsure)}原文可能漏小数点"] if unsure else [])
    return f"（{'；'.join(told)}，请核对）"


def without_besides(text: str) -> str:
    """An answer without these cautions: what it says in the words of its sources.

    >>> without_besides("60岁以上444万人[1]（444万人原文漏小数点，疑为44.4万人，请核对）")
    '60岁以上444万人[1]'
    """
    return _FORM.sub("", text)


def is_beside(text: str, caution: str) -> bool:
    """Whether an answer has a warning about a figure beside its sentence already; the warning opens
    with the figure.
    """
    figure = caution.partition("：")[0]
    return any(figure in found for found in _FORM.findall(text))


def _told(figure: Figure) -> str:
    meant = f"，疑为{figure.suggestion}" if figure.suggestion else ""
    return f"{figure.text}原文漏小数点{meant}"
