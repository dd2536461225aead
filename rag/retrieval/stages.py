"""Which parts of the search are on: all, except where an ablation asks what each is worth."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Stages:
    """Words and meaning find units; kinds, places and periods weigh them; reading orders the first;
    with wording all is done for the official words of the question too.

    Without words and meaning nothing is found.
    """

    words: bool = True
    meaning: bool = True
    kinds: bool = True
    places: bool = True
    reading: bool = True
    wording: bool = True


ALL_STAGES = Stages()
AS_FOUND = Stages(reading=False)  # the order of both indexes: for many questions in little time


def stages_of(*, rerank: bool) -> Stages:
    """All stages, or those before the reading."""
    return ALL_STAGES if rerank else AS_FOUND
