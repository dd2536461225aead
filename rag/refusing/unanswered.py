"""What is refused before anything is looked for: a question that leans on a conversation that there
is not, and a text that only a language model could write.
"""

import re

from rag.query.leaning import says_nothing_alone
from rag.query.question import Query
from rag.refusing.reasons import Reason
from rag.refusing.refusal import Refusal

_WORD = re.compile(r"[^\W_]")  # without one a question asks for nothing
_REWRITES = re.compile(
    r"(?:翻译?|译)(?:成|为|一下|这)|(?:帮|替|给|请)我?.{0,4}翻译|(?:帮|替|给|请|把|将).{0,24}(?:润色|改写|扩写|仿写|换(?:一)?[种个]说法)"
    r"|^(?:润色|改写|扩写|翻译)"
    r"|\b(?:translate|rewrite|rephrase|paraphrase|polish)\b"
    r" (?:this|it|the|that|these|what|your|my)",
    re.IGNORECASE,
)


def refused_unread(query: Query, *, model: bool) -> Refusal | None:
    """The refusal of a question that no bulletin need be read for; `model` says whether there is
    one that writes.
    """
    if not _WORD.search(query.understood):
        return Refusal(Reason.SILENT, in_english=bool(query.terms))
    if not query.before and says_nothing_alone(query.understood):
        return Refusal(Reason.UNCLEAR, in_english=bool(query.terms))
    if not model and _REWRITES.search(query.understood):
        return Refusal(Reason.MODEL, in_english=bool(query.terms))
    return None
