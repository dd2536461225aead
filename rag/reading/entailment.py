"""The seam to whatever tells if a source supports a sentence."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol, runtime_checkable

# The probability from which a claim counts as supported: see eval/README.md for what it strikes.
SUPPORTED_FROM = 0.5


@dataclass(frozen=True, slots=True)
class Claim:
    """A sentence and the text that is cited for it."""

    text: str
    source: str


@runtime_checkable
class Entailment(Protocol):
    """Checks sentences against their sources; the same call always gives the same result."""

    def supported(self, claims: Sequence[Claim]) -> tuple[float, ...]:
        """The probability, 0 to 1, that each claim follows from its source, in their order.

        :raises ModelError: the model cannot be loaded.
        """
        ...
