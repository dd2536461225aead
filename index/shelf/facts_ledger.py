"""What was set by hand of each bulletin: `<home>/bulletins/set-by-hand.jsonl`, apart from its text.

A line a change, the last one of an id counts. Lines are only appended, so that a crash or a power
cut costs the last one at the most; a line that is damaged is passed over.
"""

import json
import os
from dataclasses import asdict
from pathlib import Path

from corpus.hand_facts import NO_FACTS, HandFacts
from index.shelf.shelf_errors import cannot_read, cannot_write

LEDGER = "set-by-hand.jsonl"


class FactsLedger:
    """The file of what was set by hand."""

    def __init__(self, root: Path) -> None:
        """`root` is the folder that it lies in; the file is made with the first change."""
        self._path = root / LEDGER
        self._read: tuple[tuple[int, int], dict[str, HandFacts]] | None = None

    def known(self) -> dict[str, HandFacts]:
        """By id, what was set; ids of which nothing is set any more are left out.

        :raises LibraryError: the file cannot be read.
        """
        try:
            stat = self._path.stat()
            version = stat.st_size, stat.st_mtime_ns
            read = self._read
            if read is None or read[0] != version:
                lines = self._path.read_text("utf-8", "replace").split("\n")
                read = self._read = version, _told(lines)
        except FileNotFoundError:
            return {}
        except OSError as error:
            raise cannot_read(self._path, error) from error
        return dict(read[1])

    def note(self, bulletin_id: str, facts: HandFacts) -> None:
        """Know these facts of a bulletin from now on, on the disk when it returns.

        :raises LibraryError: the file cannot be written.
        """
        line = json.dumps({"id": bulletin_id, **asdict(facts)}, ensure_ascii=False)
        try:
            torn = self._path.exists() and self._path.read_bytes()[-1:] not in (b"", b"\n")
            with self._path.open("a", encoding="utf-8") as file:
                file.write(("\n" if torn else "") + line + "\n")
                file.flush()
                os.fsync(file.fileno())
        except OSError as error:
            raise cannot_write(self._path, error) from error


def _told(lines: list[str]) -> dict[str, HandFacts]:
    told: dict[str, HandFacts] = {}
    for line in lines:
        try:
            values = json.loads(line)
            bulletin_id = str(values.pop("id"))
            told[bulletin_id] = _facts_of(values)
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
            continue  # torn, or noise
    return {i: facts for i, facts in told.items() if facts != NO_FACTS}


def _facts_of(values: dict[str, object]) -> HandFacts:
    """Facts as JSON keeps them; TypeError where one is no text."""
    if not all(value is None or isinstance(value, str) for value in values.values()):
        raise TypeError(values)
    return HandFacts(**values)  # type: ignore[arg-type] # each is a text or None
