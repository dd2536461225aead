"""Keys of units and of their passages, the same in all databases."""

from collections.abc import Iterator


def unit_key(bulletin_id: str, sha256: str, position: int) -> str:
    """Key of a unit; a changed file has other keys, so old vectors never match."""
    return f"{bulletin_id}@{sha256[:12]}#{position}"


def passage_keys(unit: str, passages: int) -> Iterator[str]:
    """Keys of the passages of the unit with this key, by their number."""
    return (f"{unit}/{n}" for n in range(passages))


def unit_of(passage: str) -> str:
    """Key of the unit that a passage belongs to, by the passage's key."""
    return passage.rpartition("/")[0]


def bulletin_of(key: str) -> str:
    """Id of the bulletin that a unit or a passage belongs to, by its key."""
    return key.rpartition("@")[0]
