"""Rows of Milvus: the fields of bulletins and units, and what is read from them again."""

import json
from dataclasses import asdict
from hashlib import blake2b

from index.keys import unit_key
from index.passages import Indexed
from index.records import Entry
from index.store.milvus.milvus_collections import KEY, LONGEST_TEXT, NO_VECTOR, VECTOR, Row
from index.store.unit_values import entry_from, values_of
from index.words.sparse import unit_weights

PART_CHARS = LONGEST_TEXT // 4  # characters that fit one value, whatever they are
BULLETIN_FIELDS = {"sha256": str, "entry": list[str]}
UNIT_FIELDS = {
    "unit": str, "bulletin": str, "position": int, "passages": int, "kind": str, "place": str,
    "places": str, "date": str, "length": int, "text": list[str], "body": list[str],
    "context": list[str],
}  # fmt: skip


def bulletin_row(entry: Entry) -> Row:
    """The row of a bulletin."""
    told = json.dumps(asdict(entry), ensure_ascii=False)
    return {KEY: entry.id, "sha256": entry.sha256, "entry": parts_of(told), VECTOR: NO_VECTOR}


def entry_of_row(row: Row) -> Entry:
    """What the row of a bulletin says."""
    return entry_from(json.loads("".join(row["entry"])))


def unit_row(entry: Entry, unit: Indexed, mean_length: float) -> Row:
    """The row of a unit; `mean_length` is the tokens of one on average."""
    key = unit_key(entry.id, entry.sha256, unit.position)
    return {
        KEY: row_number(key),
        "unit": key,
        "text": parts_of(unit.text),
        "body": parts_of(unit.body),
        "context": parts_of(unit.context),
        VECTOR: unit_weights(unit.body, unit.context, mean_length) or NO_VECTOR,
        **values_of(entry, unit),
    }


def row_number(key: str) -> int:
    """The number that stands for the unit of this key."""
    return int.from_bytes(blake2b(key.encode(), digest_size=8).digest()) >> 1


def parts_of(text: str) -> list[str]:
    """A text of any length as values that fit."""
    return [text[start : start + PART_CHARS] for start in range(0, len(text), PART_CHARS)]
