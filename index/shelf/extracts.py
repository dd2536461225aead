"""What recognition read of scanned files, kept beside them: a page takes seconds to recognise.

<home>/recognised/<sha256 of the file>.json

It can be made anew from the files at any time, so a kept text that cannot be read is made again.
"""

import json
from dataclasses import asdict
from hashlib import sha256
from pathlib import Path
from typing import Any

from corpus.bulletin import Kind, Loss, Span, TableValue
from corpus.extract import extract
from corpus.extracted import Extracted
from index.shelf.whole_file import write_file

VERSION = 1  # of what is kept: raised when the same picture would be read otherwise


class Extracts:
    """The kept texts of one library."""

    def __init__(self, home: Path) -> None:
        self._folder = home / "recognised"

    def read(self, data: bytes, suffix: str, name: str) -> Extracted:
        """As corpus.extract.extract, from what is kept if the same bytes were recognised before.

        :raises BulletinError: as extract does.
        """
        path = self._folder / f"{sha256(data).hexdigest()}.json"
        try:
            return _from_values(json.loads(path.read_bytes()))
        except (OSError, ValueError, KeyError, TypeError):  # not there, or not whole
            extracted = extract(data, suffix, name)
        if extracted.recognised:
            self._keep(path, extracted)
        return extracted

    def _keep(self, path: Path, extracted: Extracted) -> None:
        """Keep a text; where the disk is full it is recognised once more the next time."""
        try:
            self._folder.mkdir(exist_ok=True)
            values = {"version": VERSION, **asdict(extracted), "joins": sorted(extracted.joins)}
            write_file(path, json.dumps(values, ensure_ascii=False).encode(), durable=False)
        except OSError:
            path.unlink(missing_ok=True)


def _from_values(values: dict[str, Any]) -> Extracted:
    """:raises ValueError: it was kept by another version."""
    if values["version"] != VERSION:
        raise ValueError(f"version {values['version']}, not {VERSION}")
    return Extracted(
        text=values["text"],
        pages=tuple(values["pages"]),
        kinds={int(start): Kind(kind) for start, kind in values["kinds"].items()},
        joins=frozenset(values["joins"]),
        whole=values["whole"],
        readings={int(start): reading for start, reading in values["readings"].items()},
        values={
            int(start): tuple(TableValue(**one) for one in cells)
            for start, cells in values["values"].items()
        },
        losses=tuple(Loss(**loss) for loss in values["losses"]),
        recognised=tuple(Span(**span) for span in values["recognised"]),
        unsure=tuple(Span(**span) for span in values["unsure"]),
    )
