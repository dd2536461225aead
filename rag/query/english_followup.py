"""An English question that leans on the conversation, completed from the question before it."""

import re
from collections.abc import Sequence

from index.words.english.english_places import find_english_places
from index.words.english.lemmas import cased_words, word_spans
from rag.query.english_terms import is_english
from rag.query.followup import complete

_BARE = re.compile(
    r"^(?:and|but|then|so)?\s*(?:what|how)?\s*(?:about)?\s*(?:in|for|of|with)?\s*", re.I
)
_LEANS = re.compile(r"\b(?:it|its|they|their|them|there|that (?:city|county|place))\b", re.I)


def chained_english(questions: Sequence[str]) -> str:
    """The last question, in English, completed from those before it in either language."""
    understood = questions[0]
    for question in questions[1:]:
        finish = complete_english if is_english(question) else complete
        understood = finish(question, understood)
    return understood


def complete_english(question: str, before: str) -> str:
    """An English question completed from the one before it, or unchanged if it stands by itself.

    >>> complete_english("And in Luohe?", "How many beds did Hebi add?")
    'How many beds did Luohe add?'
    >>> complete_english("And in Luohe?", "鹤壁新增了多少张床位")
    '漯河新增了多少张床位'
    """
    words = cased_words(question)
    named = find_english_places(words)
    spans = word_spans(question)
    if len(named) == 1:
        start, end = spans[named[0].start][0], spans[named[0].end - 1][1]
        rest = _BARE.sub("", question[:start], count=1) + question[end:]
        if rest.strip(" ?.!,"):
            return question
        if not is_english(before):
            return complete(f"{named[0].places[0].short}呢", before)
        return _with_place(before, question[start:end])
    if named or not _LEANS.search(question) or not is_english(before):
        return question
    known = find_english_places(cased_words(before))
    if not known:
        return f"{question.rstrip(' ?')} ({before})"
    where = word_spans(before)
    place = before[where[known[0].start][0] : where[known[-1].end - 1][1]].removesuffix("'s")
    return f"{question.rstrip(' ?')} ({place})?"


def _with_place(before: str, name: str) -> str:
    """The question before, about another place."""
    known = find_english_places(cased_words(before))
    if not known:
        return f"{name}: {before}"
    spans = word_spans(before)
    start, end = spans[known[0].start][0], spans[known[-1].end - 1][1]
    possessive = "'s" if before[start:end].endswith("'s") else ""
    return before[:start] + name + possessive + before[end:]
