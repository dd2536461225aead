"""Everyday words of a question as the official words that bulletins have for them."""

import re
from functools import cache
from importlib.resources import files

WORDS_FILE = "everyday.tsv"  # a line: everyday words, tab, official ones with blanks between them


def official_wording(question: str) -> str:
    """The question with its everyday words replaced by official ones, all that may be meant; "" if
    it has none.

    >>> official_wording("看病贵怎么办") != ""
    True
    """
    pattern, words = lexicon()
    text, count = pattern.subn(lambda match: f" {words[match[0]]} ", question)
    return text.strip() if count else ""


@cache
def lexicon() -> tuple[re.Pattern[str], dict[str, str]]:
    """The everyday words as one pattern, longest first, and what stands for each."""
    lines = files("rag.query").joinpath(WORDS_FILE).read_text("utf-8").splitlines()
    words = dict(line.split("\t") for line in lines)
    longest_first = sorted(words, key=lambda word: (-len(word), word))
    return re.compile("|".join(map(re.escape, longest_first))), words
