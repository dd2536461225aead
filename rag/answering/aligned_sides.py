"""The sides of a comparison made to speak of the same thing, each in words of its own."""

import math
from collections.abc import Sequence
from dataclasses import replace

from index.library import Library
from rag.reading.evidence import Evidence, Part

READ = 12  # sentences of a side that are looked at, best first
# What likeness to the surest side's sentence is worth: a cosine of 1 makes e**ALIKE of a share.
ALIKE = 3.0


def aligned(library: Library, parts: Sequence[Part]) -> list[Part]:
    """The parts with their evidence in the order of how well it answers and how much it is like the
    best sentence of the surest part: places that report on one task do so in like words. The same
    words tell of one side only.
    """
    told = [part for part in parts if part.evidence]
    if len(told) < 2:
        return list(parts)
    anchor = max(told, key=lambda part: part.evidence[0].share)
    taken = [anchor.evidence[0]]
    found = []
    for part in parts:
        if part is not anchor and part.evidence:
            left = [i for i in part.evidence if not any(_same_words(i, one) for one in taken)]
            part = replace(part, evidence=tuple(_like(library, anchor.evidence[0], left)))
            taken += part.evidence[:1]
        found.append(part)
    return found


def _like(library: Library, anchor: Evidence, items: Sequence[Evidence]) -> list[Evidence]:
    """The best of some evidence with shares by likeness too, best first."""
    read = items[:READ]
    if not read:
        return []
    cosines = library.closeness(anchor.quote, [item.quote for item in read])
    shares = [
        item.share * math.exp(ALIKE * max(cosine, 0.0))
        for item, cosine in zip(read, cosines, strict=True)
    ]
    total = sum(shares)
    rescored = [replace(i, share=share / total) for i, share in zip(read, shares, strict=True)]
    return sorted(rescored, key=lambda item: -item.share)


def _same_words(item: Evidence, other: Evidence) -> bool:
    """Whether two are one sentence, and not by different words of it the answers."""
    if (item.hit.bulletin, item.hit.position, item.span.start) != (
        other.hit.bulletin, other.hit.position, other.span.start,
    ):  # fmt: skip
        return False
    one, two = item.focus, other.focus
    return one is None or two is None or one.overlaps(two)
