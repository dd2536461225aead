"""How many units hold a token, counted once as long as nothing is written: to count a common one
takes milliseconds, and a search asks for the same ones several times.
"""

from collections.abc import Callable, Hashable, Mapping, Sequence

COUNTED_TOKENS = 50_000  # frequencies remembered, some 5 MB


class TokenCounts:
    """The counts of one index. Safe to use from several threads."""

    def __init__(self) -> None:
        self._known: tuple[Hashable, dict[str, int]] = (None, {})  # in which state, how many

    def of(
        self,
        tokens: Sequence[str],
        state: Hashable,
        count: Callable[[Sequence[str]], Mapping[str, int]],
    ) -> dict[str, int]:
        """How many units hold each token, in this state of the index; `count` tells of those that
        are asked for the first time, and may leave out what none holds.
        """
        at, known = self._known  # read once: another thread asks something else
        if at != state or len(known) > COUNTED_TOKENS:
            known = {}
            self._known = (state, known)
        if fresh := [token for token in dict.fromkeys(tokens) if token not in known]:
            known.update({**dict.fromkeys(fresh, 0), **count(fresh)})
        return {token: known[token] for token in tokens}
