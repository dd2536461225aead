"""Dify's metadata conditions as bounds of a search: which bulletins, which kinds of unit.

What is asked of a bulletin is looked up in the catalogue before the search, so that its bounds are
those of the index and a caller gets as many records as there are.
"""

from collections.abc import Callable, Iterable, Sequence
from typing import Literal

from pydantic import BaseModel, Field

from corpus.bulletin import Kind
from corpus.errors import CallError
from index.records import Entry
from index.scope import Scope

Value = str | int | float | list[str] | None
# What a bulletin says of itself, by the name that records give it; several values for its places.
_OF_BULLETINS: dict[str, Callable[[Entry], tuple[str, ...]]] = {
    "bulletin": lambda entry: (entry.id,),
    "issue": lambda entry: (entry.title,),
    "date": lambda entry: (entry.date,) if entry.date else (),
    "place": lambda entry: entry.places,
}
KIND = "kind"


class Condition(BaseModel):
    """A condition on one field; on several, where any of them must meet it."""

    name: str | list[str]
    comparison_operator: str
    value: Value = None


class MetadataCondition(BaseModel):
    """Conditions, all of which must hold, or any."""

    logical_operator: Literal["and", "or"] | None = "and"
    conditions: list[Condition] | None = Field(default_factory=list)


def scope_of_conditions(
    asked: MetadataCondition | None, entries: Sequence[Entry], within: Sequence[str] | None = None
) -> Scope:
    """The part of a library that meets the conditions, among the bulletins `within` (None: all).

    :raises CallError: a field or an operator is unknown, a value does not fit it, or `or` stands
        between conditions on bulletins and on kinds.
    """
    conditions = (asked.conditions if asked else None) or []
    every = asked is None or asked.logical_operator != "or"
    on_kinds = [one for one in conditions if one.name == KIND or one.name == [KIND]]
    on_bulletins = [one for one in conditions if one not in on_kinds]
    if on_kinds and on_bulletins and not every:
        raise CallError(f"metadata_condition: or between {KIND} and other fields; ask twice")
    joined: Callable[[Iterable[bool]], bool] = all if every else any
    bulletins, kinds = within, None
    if on_bulletins:
        bulletins = [
            entry.id for entry in entries
            if (within is None or entry.id in within)
            and joined(_met_by(one, entry) for one in on_bulletins)
        ]  # fmt: skip
    if on_kinds:
        kinds = tuple(
            kind for kind in Kind if joined(_holds(one, (kind.value,)) for one in on_kinds)
        )
    return Scope(bulletins=None if bulletins is None else tuple(bulletins), kinds=kinds)


def _met_by(condition: Condition, entry: Entry) -> bool:
    names = [condition.name] if isinstance(condition.name, str) else condition.name
    for name in names:
        if name not in _OF_BULLETINS:
            known = ", ".join([*_OF_BULLETINS, KIND])
            raise CallError(f"metadata_condition: no field {name!r}; there are {known}")
    return any(_holds(condition, _OF_BULLETINS[name](entry)) for name in names)


def _holds(condition: Condition, own: tuple[str, ...]) -> bool:
    """Whether the values of a field meet a condition: any of them, or, of a `not`, none."""
    operator = condition.comparison_operator
    if operator in ("empty", "not empty", "null", "not null"):
        return bool(own) == operator.startswith("not")
    positive, negated = operator.removeprefix("not "), operator.startswith("not ")
    if operator in ("is not", "≠"):
        positive, negated = "is", True
    if positive not in _TESTS:
        known = "empty, not empty, is not, ≠, not contains, not in, " + ", ".join(_TESTS)
        raise CallError(f"metadata_condition: no operator {operator!r}; there are {known}")
    wanted = condition.value
    values = wanted if isinstance(wanted, list) else [] if wanted is None else [str(wanted)]
    if not values:
        raise CallError(f"metadata_condition: {operator!r} needs a value")
    met = any(_TESTS[positive](one, value) for one in own for value in values)
    return met != negated


# Dates are compared as they are written, the year first.
_TESTS: dict[str, Callable[[str, str], bool]] = {
    "contains": lambda own, value: value in own,
    "start with": lambda own, value: own.startswith(value),
    "end with": lambda own, value: own.endswith(value),
    "is": lambda own, value: own == value,
    "=": lambda own, value: own == value,
    "in": lambda own, value: own == value,
    "before": lambda own, value: own < value,
    "<": lambda own, value: own < value,
    "after": lambda own, value: own > value,
    ">": lambda own, value: own > value,
    "≤": lambda own, value: own <= value,
    "≥": lambda own, value: own >= value,
}
