"""What a text calls a place once it has named it: 德清 for 德清县, a town of it for the place.

In running text the name of a county without its ending may be any word. It is the place behind the
name of what it lies in (苏州相城), where an organ bears it (商州公安分局), and where the text names
the place in full elsewhere. A town or village that stands behind a place (古蔺县皇华镇) is in it
wherever the text tells of it again.
"""

import re
from collections.abc import Collection, Iterator, Sequence

from corpus.text.bare_names import bare, bare_places, common_word, places_of_stem
from corpus.text.gazetteer import AMBIGUOUS, COUNTY
from corpus.text.places import Mention, Place, ancestors, covers, stands_as_word
from corpus.text.segmentation import is_word

LONGEST = 6  # characters of a county's name without its ending, the longest that is looked for
_ORGAN = re.compile(
    r"([一-鿿]{2,3})(?=公安|警方|法院|检察院|交警|消防|海关|融媒|税务|人社|市场监管局)"
)
_TOWN = re.compile(
    r"[^个各全等多余乡镇村区某的\W\da-zA-Z]{1,3}?(?:街道|社区|[镇乡村])(?![镇村]|[干居]部)"
)


def with_local_names(text: str, named: Sequence[Mention]) -> list[Mention]:
    """The mentions of a text and those by its own short names, from left to right, without
    overlaps.
    """
    found = _Found(named)
    found.add(_behind(text, named))
    found.add(_organs(text, named))
    found.add(_again(text, found.mentions))
    found.add(_towns(text, found.mentions))
    return found.mentions


def inner_names(text: str, named: Sequence[Mention]) -> list[Mention]:
    """The mentions of a line and the counties that stand without their ending behind them."""
    found = _Found(named)
    found.add(_behind(text, named))
    return found.mentions


class _Found:
    """Mentions so far; none is added that overlaps one."""

    def __init__(self, named: Sequence[Mention]) -> None:
        self.mentions = list(named)
        self._taken = {at for one in named for at in range(one.start, one.end)}

    def add(self, more: Iterator[Mention]) -> None:
        """Add what lies apart from all others."""
        for one in list(more):
            span = range(one.start, one.end)
            if self._taken.isdisjoint(span):
                self._taken.update(span)
                self.mentions.append(one)
        self.mentions.sort(key=lambda one: one.start)


def _behind(text: str, named: Sequence[Mention]) -> Iterator[Mention]:
    """Counties that stand without their ending right behind what they lie in."""
    for mention in named:
        at = mention.end
        for length in range(LONGEST, 1, -1):
            stem = text[at : at + length]
            if len(stem) < length or common_word(stem):
                continue
            inside = [p for p in bare_places([stem], mention.place) if p.name != stem]
            if len(inside) == 1 and stands_as_word(text, at, at + length, beside=True):
                yield Mention((inside[0],), at, at + length)
                break


def _organs(text: str, named: Sequence[Mention]) -> Iterator[Mention]:
    """Counties whose organs bear their name without its ending, of which there is one in the
    country, or in what the text names.
    """
    around = {mention.place for mention in named}
    for found in _ORGAN.finditer(text):
        for stem in (found[1], found[1][1:]):
            places = [] if len(stem) < 2 or common_word(stem) else places_of_stem(stem)
            inside = [p for p in places if not around.isdisjoint((p, *ancestors(p)))]
            chosen = places if len(places) == 1 else inside
            start = found.end(1) - len(stem)
            if len(chosen) == 1 and stands_as_word(text, start, found.end(1)):
                yield Mention((chosen[0],), start, found.end(1))
                break


def _again(text: str, named: Sequence[Mention]) -> Iterator[Mention]:
    """Where a county that the text has named stands without its ending, or a district whose name is
    a word stands without its city (市中区).
    """
    names: dict[str, set[Place]] = {}
    for mention in named:
        name, stem = mention.place.name, bare(mention.place.name)
        if name in AMBIGUOUS:
            names.setdefault(name, set()).add(mention.place)
        elif len(mention.place.code) == COUNTY and not common_word(stem) and stem != name:
            names.setdefault(stem, set()).add(mention.place)
    single = {name: tuple(places) for name, places in names.items() if len(places) == 1}
    for start, end in _occurrences(text, single):
        if stands_as_word(text, start, end):
            yield Mention(single[text[start:end]], start, end)


def _towns(text: str, named: Sequence[Mention]) -> Iterator[Mention]:
    """Where a town or village is named that stands behind a place elsewhere."""
    homes: dict[str, set[Place]] = {}
    for mention in named:
        town = _TOWN.match(text, mention.end)
        if town and not is_word(town[0]):
            homes.setdefault(town[0], set()).add(mention.place)
    behind = {mention.end for mention in named}
    inner = {town: _innermost(places) for town, places in homes.items()}
    for start, end in _occurrences(text, inner):
        if start not in behind and (place := inner[text[start:end]]) is not None:
            yield Mention((place,), start, end)


def _innermost(places: Collection[Place]) -> Place | None:
    """The one of some places that lies in all others."""
    return next((p for p in places if all(covers(other, p) for other in places)), None)


def _occurrences(text: str, names: Collection[str]) -> Iterator[tuple[int, int]]:
    """Where names stand in a text, the longer first, without overlaps: one pass for all of them."""
    heads: dict[str, list[str]] = {}
    for name in sorted(names, key=len, reverse=True):
        heads.setdefault(name[:2], []).append(name)
    at = 0
    while heads and at < len(text) - 1:
        found = (n for n in heads.get(text[at : at + 2], ()) if text.startswith(n, at))
        if name := next(found, ""):
            yield at, at + len(name)
        at += len(name) or 1
