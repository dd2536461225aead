"""What has to be known before a reckoned result is used."""

import re
from collections.abc import Sequence

from rag.answering.answer import Caution
from rag.answering.reckoning import Addend, Reckoning, amount

_PLANNED = re.compile(r"选定|计划|谋划|拟|正在建设|在建|预计|目标|力争|将")


def cautions_of(asked: Reckoning, terms: Sequence[Addend]) -> list[Caution]:
    """What has to be known before a result is used."""
    found = []
    doubtful = [term.figure.text for term in terms if term.figure.doubt]
    if doubtful:
        told = "、".join(doubtful)
        found.append(Caution("computed", f"参与计算的{told}原文存疑，结果仅供参考"))
    units = dict.fromkeys(amount(term.figure).unit for term in terms)
    if len(units) > 1:
        told = "、".join(units)
        found.append(Caution("computed", f"各处的计量单位不同（{told}），请核对口径"))
    planned = [term for term in terms if _PLANNED.search(_clause(term))]
    if 0 < len(planned) < len(terms):
        told = "、".join(term.figure.text for term in planned)
        found.append(Caution("definition", f"其中{told}是选定、计划或在建的数，与其余口径不同"))
    if any(term.figure.approximate or term.figure.high is not None for term in terms):
        found.append(Caution("computed", "其中有约数或区间，结果是约数"))
    if asked.of_many and len({term.item.hit.text for term in terms}) == len(terms):
        # of one text that ranks its own all are known
        found.append(Caution("computed", f"仅据资料库中有此数字的{len(terms)}处"))
    return found


def _clause(term: Addend) -> str:
    """The words before a figure in its clause."""
    text = term.item.hit.text[term.item.span.start : term.figure.start]
    return re.split(r"[，。；：、]", text)[-1]
