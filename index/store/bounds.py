"""A scope in SQL: which rows of the table of units are inside."""

import json
from collections.abc import Sequence

from index.scope import Scope, begun_at, ids_below, unended_at


def rows_inside(where: str) -> str:
    """A condition on the table of units as a subquery of its rows; "" where it is open."""
    return f"SELECT row FROM units WHERE {where}" if where else ""  # nosec B608 # as condition


def condition(scope: Scope) -> tuple[str, list[str]]:
    """A scope as a condition on the table of units, "" where it is open, with its parameters: what
    users give stands in these alone.
    """
    parts: list[str] = []
    bounds: list[str] = []

    def among(column: str, names: Sequence[str]) -> None:
        parts.append(f"{column} IN ({','.join('?' * len(names))})")
        bounds.extend(names)

    def dated(within: str, *days: str) -> None:
        parts.append(f"bulletin IN (SELECT id FROM bulletins WHERE {within})")  # nosec B608 # only ?
        bounds.extend(days)

    if scope.bulletins is not None:
        among("bulletin", scope.bulletins)
    if scope.kinds is not None:
        among("kind", scope.kinds)
    if scope.places is not None:
        # A code opens with that of the division around it. Rows by themselves, so that SQLite reads
        # the index of places alone, not every unit with its text.
        named = " OR ".join(["places LIKE ?"] * len(scope.places)) or "0"
        within = f"SELECT row FROM units WHERE places != '' AND ({named})"  # nosec B608 # only ?
        parts.append(f"row IN ({within})")
        bounds.extend(f"% {place.code}%" for place in scope.places)
    if scope.since is not None:
        early = begun_at(scope.since)
        dated(f"date >= ? OR date IN ({','.join('?' * len(early))})", scope.since, *early)
    if scope.until is not None:
        late = unended_at(scope.until)
        dated(f"date <= ? AND date NOT IN ({','.join('?' * len(late))})", scope.until, *late)
    if scope.closed:
        # A key opens with the id of its bulletin, and an index of keys is read without any text.
        below = " OR ".join(["(key >= ? AND key < ?)"] * len(scope.closed))
        bounds += [end for folder in scope.closed for end in ids_below(folder)]
        shared = " OR bulletin IN (SELECT value FROM json_each(?))" if scope.shared else ""
        parts.append(f"(NOT ({below}){shared})")
        bounds += [json.dumps(scope.shared)] if scope.shared else []
    return " AND ".join(parts), bounds
