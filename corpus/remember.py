"""What was made of a text before, for the next one who asks."""

from collections.abc import Callable
from functools import lru_cache, wraps
from typing import Concatenate, ParamSpec, TypeVar

LONGEST = 4_000  # characters: a long paragraph. A file may hold millions without a full stop.

P = ParamSpec("P")
T = TypeVar("T")
OfText = Callable[Concatenate[str, P], T]


def remembered(texts: int) -> Callable[[OfText[P, T]], OfText[P, T]]:
    """Decorate a function of a text that gives the same result each time, one that nobody changes:
    those of the latest `texts` texts of at most LONGEST characters are kept.
    """

    def decorate(function: OfText[P, T]) -> OfText[P, T]:
        kept = lru_cache(maxsize=texts)(function)

        @wraps(function)
        def call(text: str, /, *args: P.args, **kwargs: P.kwargs) -> T:
            if len(text) > LONGEST:
                return function(text, *args, **kwargs)
            return kept(text, *args, **kwargs)  # type: ignore[arg-type] # lru_cache forgets P

        return call

    return decorate
