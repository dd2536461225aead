"""The tables of a catalogue in SQLite: their columns, each once, and what makes and fills them."""

import json
from collections.abc import Collection, Mapping
from dataclasses import asdict
from typing import Any

from index.keys import unit_key
from index.passages import Indexed
from index.records import Entry
from index.store.unit_values import entry_from, values_of
from index.words import lexical

SCHEMA_VERSION = 3

_BULLETINS = {
    "id": "TEXT PRIMARY KEY",
    "sha256": "TEXT NOT NULL",
    "size": "INTEGER NOT NULL",
    "mtime_ns": "INTEGER NOT NULL",
    "origin": "TEXT NOT NULL",
    "title": "TEXT NOT NULL",
    "date": "TEXT",
    "places": "TEXT NOT NULL",
    "articles": "INTEGER NOT NULL",
    "paragraphs": "INTEGER NOT NULL",
    "doubtful": "INTEGER NOT NULL",
    "losses": "TEXT NOT NULL",
}
_ROW = {"row": "INTEGER PRIMARY KEY"}  # given by SQLite
_UNITS = {
    "key": "TEXT NOT NULL UNIQUE",
    "bulletin": "TEXT NOT NULL REFERENCES bulletins(id)",
    "position": "INTEGER NOT NULL",
    "passages": "INTEGER NOT NULL",
    "kind": "TEXT NOT NULL",
    "place": "TEXT NOT NULL",
    "places": "TEXT NOT NULL",
    "text": "TEXT NOT NULL",  # nothing reads it: it stays as long as the schema does
    "length": "INTEGER NOT NULL",
}


def _table(name: str, columns: Mapping[str, str]) -> str:
    return f"CREATE TABLE {name} ({', '.join(map(' '.join, columns.items()))})"


def _insertion(name: str, columns: Collection[str]) -> str:
    values = ", ".join(f":{column}" for column in columns)
    return f"INSERT INTO {name} ({', '.join(columns)}) VALUES ({values})"  # nosec B608 # our names


# Statements, one at a time: executescript would commit on its own.
SCHEMA = (
    "CREATE TABLE manifest (key TEXT PRIMARY KEY, value TEXT NOT NULL)",
    _table("bulletins", _BULLETINS),
    _table("units", _ROW | _UNITS),
    "CREATE INDEX units_by_bulletin ON units(bulletin)",
    "CREATE INDEX units_by_kind ON units(kind, key, passages)",
    "CREATE INDEX units_by_place ON units(places) WHERE places != ''",
    "CREATE TABLE totals (units INTEGER NOT NULL, length INTEGER NOT NULL)",
    "INSERT INTO totals VALUES (0, 0)",
    *lexical.SCHEMA,
)
INSERT_BULLETIN = _insertion("bulletins", _BULLETINS)
INSERT_UNIT = _insertion("units", _UNITS)


def bulletin_row(entry: Entry) -> dict[str, Any]:
    """The row of a bulletin, by column."""
    row = asdict(entry)
    return row | {name: json.dumps(row[name], ensure_ascii=False) for name in ("places", "losses")}


def entry_of_row(row: Mapping[str, Any]) -> Entry:
    """What a row of the table of bulletins says."""
    values = {**row} | {name: json.loads(row[name]) for name in ("places", "losses")}
    return entry_from(values)


def unit_row(entry: Entry, unit: Indexed) -> dict[str, Any]:
    """The row of a unit, by column; its date is in that of its bulletin."""
    key = unit_key(entry.id, entry.sha256, unit.position)
    return {"key": key, "text": unit.text, **values_of(entry, unit)}


def marks(values: Collection[object]) -> str:
    """Places for values in a statement."""
    return ",".join("?" * len(values))
