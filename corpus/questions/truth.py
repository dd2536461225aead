"""A question with its truth: what is asked, after which conversation, and what answers it."""

from dataclasses import dataclass
from typing import TypedDict


class Turn(TypedDict):
    """A message of the conversation so far: role is "user" or "assistant"."""

    role: str
    content: str


@dataclass(frozen=True, slots=True)
class Question:
    """A question with its truth. `evidence` are quotes of the source; an answer is right if it
    holds an alternative of every group of `must` and nothing of `must_not`. Without `scored` the
    file gave no truth, and the question only gets a prediction.
    """

    id: str
    question: str
    type: str = ""
    lang: str = "zh"
    history: tuple[Turn, ...] = ()
    answerable: bool = True
    bulletins: tuple[str, ...] = ()
    evidence: tuple[str, ...] = ()
    must: tuple[tuple[str, ...], ...] = ()
    must_not: tuple[str, ...] = ()
    scored: bool = True
