"""What whoever waits is told of the way from question to answer: three stages."""

from enum import StrEnum

from rag.trace import Step


class Stage(StrEnum):
    """A stage, with its name on the page."""

    SEARCH = "search", "检索"
    READ = "read", "阅读"
    ANSWER = "answer", "作答"

    def __new__(cls, value: str, _chinese: str) -> "Stage":
        """A member; `value` is its name in JSON."""
        member = str.__new__(cls, value)
        member._value_ = value
        return member

    def __init__(self, _value: str, chinese: str) -> None:
        self.chinese = chinese


class Progress:
    """The stage that an answer has come to. It only goes forward: what is looked into before the
    search belongs to it, and reading one side goes on while another is searched for.
    """

    def __init__(self) -> None:
        self._searched = False
        self.stage = Stage.SEARCH

    def take(self, step: Step) -> Stage:
        """The stage now that a step is taken."""
        self._searched |= step is Step.SEARCH
        if step is Step.ANSWER:
            self.stage = Stage.ANSWER
        elif step is Step.EVIDENCE and self._searched and self.stage is Stage.SEARCH:
            self.stage = Stage.READ
        return self.stage
