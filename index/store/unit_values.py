"""Units and bulletins as databases keep them: values by name, and what is read from them again."""

from collections.abc import Iterable, Mapping
from typing import Any

from corpus.bulletin import Kind, Loss
from index.passages import Indexed
from index.records import Entry, Found

Values = Mapping[str, Any]  # a unit's, by the names of `bounds_of` and `values_of`


def entry_from(values: Values) -> Entry:
    """What the catalogue says of a bulletin, from its values as JSON keeps them."""
    losses = tuple(Loss(**loss) for loss in values["losses"])
    return Entry(**{**values, "places": tuple(values["places"]), "losses": losses})


def bounds_of(entry: Entry, unit: Indexed) -> dict[str, str]:
    """What a scope looks at; the date of an undated bulletin is ""."""
    return {
        "bulletin": entry.id,
        "kind": unit.kind.value,
        # between blanks: ' 14 ' finds 14 itself, ' 14' also what lies within it
        "places": "".join(f" {code}" for code in unit.places),
        "date": entry.date or "",
    }


def values_of(entry: Entry, unit: Indexed) -> dict[str, Any]:
    """All but the unit's keys and its words."""
    return {
        **bounds_of(entry, unit),
        "position": unit.position,
        "passages": len(unit.passages),
        "place": unit.place or "",
        "length": unit.length,
    }


def found(values: Values, row: int, score: float) -> Found:
    """A unit with the score that a search gave it; `row` is its row in the catalogue."""
    return Found(
        bulletin=values["bulletin"],
        position=values["position"],
        score=score,
        row=row,
        kind=Kind(values["kind"]),
        place=values["place"] or None,
        places=tuple(values["places"].split()),
    )


def best_first(hits: Iterable[Found]) -> list[Found]:
    """Units by score, those of one score in the order of their bulletins."""
    return sorted(hits, key=lambda hit: (-hit.score, hit.bulletin, hit.position))
