"""What is refused before anything is looked for: a question that leans on a conversation that there
is not, and a text that only a language model could write.
"""

import re

from rag.query.intents import Aspect
from rag.query.leaning import says_nothing_alone
from rag.query.question import Query
from rag.query.rewriting import rewrite_order
from rag.refusing.reasons import Reason
from rag.refusing.refusal import Refusal

_WORD = re.compile(r"[^\W_]")  # without one a question asks for nothing


def refused_unread(query: Query, *, model: bool) -> Refusal | None:
    """The refusal of a question that no bulletin need be read for; `model` says whether there is
    one that writes.
    """
    if not _WORD.search(query.understood):
        return Refusal(Reason.SILENT, in_english=bool(query.terms))
    if not query.before and says_nothing_alone(query.understood):
        return Refusal(Reason.UNCLEAR, in_english=bool(query.terms))
    if not model and _is_order(query):
        return Refusal(Reason.MODEL, in_english=bool(query.terms))
    return None


def _is_order(query: Query) -> bool:
    """Whether something is to be put in other words; what is nothing but an order is one with any
    encoder, unless a summary or a draft is wanted, which the source's sentences make.
    """
    if query.aspect is not None:
        return query.aspect is Aspect.REWRITE
    return rewrite_order(query.question) is not None
