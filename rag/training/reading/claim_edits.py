"""What an edit of a sentence is given, and what edits share.

An edit takes a sentence and what stands around it, and gives the changed one, None where there is
nothing that it could change.
"""

import random
import re
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Around:
    """The sentence as it was, its whole document, other sentences of it, and the chance."""

    said: str
    document: str
    others: tuple[str, ...]
    chance: random.Random


Edit = Callable[[str, Around], str | None]
CLAUSE = re.compile(r"[，；]")


def one_changed(
    pattern: re.Pattern[str], said: str, around: Around, changed: Callable[[re.Match[str]], str]
) -> str | None:
    """The sentence with one match of a pattern changed."""
    found = list(pattern.finditer(said))
    if not found:
        return None
    one = around.chance.choice(found)
    return different(said, said[: one.start()] + changed(one) + said[one.end() :])


def different(said: str, made: str) -> str | None:
    """What was made, if it is another sentence and not an empty one."""
    return made if made != said and made.strip("。 ") else None
