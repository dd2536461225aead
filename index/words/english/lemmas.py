"""Forms in which a dictionary may list an English word: British and American, singular, infinitive.

The rules detach endings in the manner of WordNet's morphy (Miller 1990): every form that a rule
allows is offered, and the dictionary decides which of them is a word.
"""

import re
from collections.abc import Container, Iterator

_WORD = re.compile(r"[A-Za-zÀ-ɏ]+(?:'[A-Za-zÀ-ɏ]+)?|\d+(?:[.,]\d+)*")
_IRREGULAR = dict(
    pair.split(":")
    for pair in (
        "men:man women:woman children:child people:people feet:foot teeth:tooth mice:mouse "
        "lives:life wives:wife built:build held:hold made:make took:take taken:take gave:give "
        "given:give went:go gone:go came:come sent:send spent:spend led:lead met:meet paid:pay "
        "said:say told:tell taught:teach brought:bring bought:buy thought:think found:find "
        "kept:keep left:leave lost:lose meant:mean ran:run saw:see seen:see sold:sell sat:sit "
        "stood:stand understood:understand won:win wrote:write written:write began:begin "
        "begun:begin broke:break broken:break chose:choose chosen:choose drew:draw drawn:draw "
        "drove:drive driven:drive fell:fall fallen:fall fought:fight flew:fly grew:grow grown:grow "
        "knew:know known:know rose:rise risen:rise spoke:speak spoken:speak stole:steal "
        "threw:throw thrown:throw wore:wear worn:wear laid:lay lent:lend felt:feel got:get "
        "heard:hear became:become underwent:undergo undertook:undertake undertaken:undertake "
        "oversaw:oversee overseen:oversee sought:seek shown:show struck:strike swore:swear "
        "ate:eat eaten:eat drunk:drink sang:sing sung:sing hidden:hide bore:bear born:bear "
        "shot:shoot slept:sleep caught:catch dealt:deal fed:feed forbade:forbid "
        "better:good best:good worse:bad worst:bad data:data criteria:criterion "
        "phenomena:phenomenon analyses:analysis crises:crisis bases:base dying:die lying:lie "
        "older:old oldest:old elder:elderly eldest:elderly"
    ).split()
)
# Ending, what stands in its place; tried in this order.
_DETACH = (
    ("'s", ""), ("s'", "s"), ("ies", "y"), ("ves", "f"), ("ves", "fe"), ("ses", "s"), ("xes", "x"),
    ("zes", "z"), ("ches", "ch"), ("shes", "sh"), ("oes", "o"), ("s", ""), ("ied", "y"),
    ("ed", "e"), ("ed", ""), ("ing", "e"), ("ing", ""), ("ier", "y"), ("iest", "y"), ("er", "e"),
    ("er", ""), ("est", "e"), ("est", ""), ("ily", "y"), ("ly", ""),
)  # fmt: skip
# British ending, American ending; tried both ways.
_SPELLING = (
    ("isation", "ization"), ("ise", "ize"), ("ising", "izing"), ("ised", "ized"),
    ("yse", "yze"), ("our", "or"), ("oured", "ored"), ("ouring", "oring"), ("tre", "ter"),
    ("ence", "ense"), ("ogue", "og"), ("programme", "program"), ("ller", "ler"), ("lled", "led"),
    ("lling", "ling"), ("aeo", "eo"), ("grey", "gray"), ("lment", "llment"), ("age", "aging"),
    ("ageing", "aging"), ("bour", "bor"), ("bours", "bors"), ("bourhood", "borhood"),
)  # fmt: skip
_SHORTEST = 3  # letters of a word that something was detached from


def english_words(text: str) -> list[str]:
    """Words and numbers of an English text in lower case, in order; hyphens part words, and
    a thousands separator goes.

    >>> english_words("Lvliang's 1,575 day-care centres")
    ["lvliang's", '1575', 'day', 'care', 'centres']
    """
    return [word.lower() for word in cased_words(text)]


def cased_words(text: str) -> list[str]:
    """As english_words, in the case in which they were written: what a name is known by."""
    return [match[0].replace(",", "") for match in _WORD.finditer(text.replace("’", "'"))]


def word_spans(text: str) -> list[tuple[int, int]]:
    """Where in a text its cased_words stand."""
    return [match.span() for match in _WORD.finditer(text.replace("’", "'"))]


def forms(word: str) -> Iterator[str]:
    """Forms that a dictionary may list the word under, likeliest first, the word itself included.

    >>> list(forms("centres"))[:4]
    ['centres', 'centers', 'centre', 'center']
    """
    seen: set[str] = set()
    for bare in (word, *_bare(word)):
        for form in (bare, *_respelt(bare)):
            if form not in seen:
                seen.add(form)
                yield form


def lemma(word: str, known: Container[str]) -> str:
    """The first form of the word that is known; the word without 's if none is."""
    return next((form for form in forms(word) if form in known), word.removesuffix("'s"))


def _bare(word: str) -> Iterator[str]:
    """The word less its endings; `stopped` gives stop too."""
    if word in _IRREGULAR:
        yield _IRREGULAR[word]
    for ending, instead in _DETACH:
        stem = word.removesuffix(ending)
        if stem == word or len(stem) < _SHORTEST:
            continue
        if ending == "s" and stem.endswith(("s", "u", "i")):
            continue
        yield stem + instead
        if not instead and len(stem) > _SHORTEST and stem[-1] == stem[-2]:
            yield stem[:-1]


def _respelt(word: str) -> Iterator[str]:
    """The word as the other side of the Atlantic spells it."""
    for british, american in _SPELLING:
        for old, new in ((british, american), (american, british)):
            for tail in ("", "s"):
                stem = word.removesuffix(old + tail)
                if stem != word and (len(stem) > 1 or len(old) > _SHORTEST):
                    yield stem + new + tail
