"""Bounds of a search as conditions in Milvus's own words."""

from collections.abc import Sequence

from index.scope import Scope, begun_at, ids_below, unended_at


def literal(value: str | int) -> str:
    """A value in a condition; whatever a user writes stays inside its quotes."""
    if isinstance(value, int):
        return str(value)
    escaped = value.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + escaped.replace("\n", "\\n").replace("\r", "\\r") + '"'


def among(field: str, values: Sequence[str] | Sequence[int]) -> str:
    """The condition that a field has one of these values."""
    return f"{field} in [{', '.join(map(literal, values))}]"


def inside(scope: Scope) -> str:
    """A scope as a condition on rows with bulletin, kind, places and date; "" where it is open."""
    parts: list[str] = []
    if scope.bulletins is not None:
        parts.append(among("bulletin", scope.bulletins))
    if scope.kinds is not None:
        parts.append(among("kind", [kind.value for kind in scope.kinds]))
    if scope.places is not None:
        # a code opens with that of the division around it
        around = [f"places like {literal(f'% {place.code}%')}" for place in scope.places]
        parts.append(f"({' or '.join(around)})" if around else among("bulletin", []))
    if scope.since is not None:
        early = among("date", begun_at(scope.since))
        parts.append(f"(date >= {literal(scope.since)} or {early})")
    if scope.until is not None:
        late = among("date", ("", *unended_at(scope.until)))
        parts.append(f"(date <= {literal(scope.until)} and not ({late}))")
    if scope.closed:
        ends = [tuple(map(literal, ids_below(folder))) for folder in scope.closed]
        below = [f"(bulletin >= {first} and bulletin < {last})" for first, last in ends]
        shared = f" or {among('bulletin', scope.shared)}" if scope.shared else ""
        parts.append(f"(not ({' or '.join(below)}){shared})")
    return " and ".join(parts)
