"""The questions that sections of a bulletin answer: what one of them tells, what it is about."""

from corpus.bulletin import Unit
from corpus.text.list_marks import TOLD_POINT


def asked_of_section(place: str, heading: Unit) -> str:
    """The question for what stands under a heading of a bulletin from a place."""
    return f"{place}的{TOLD_POINT.sub('', heading.text).strip()}有哪些？"


def asked_of_whole(place: str) -> str:
    """The question for what a bulletin from a place is about."""
    return f"{place}的简报主要讲了什么？"
