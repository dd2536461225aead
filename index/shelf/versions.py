"""What bulletins held before they were replaced: a file for each version, named by its content.

<home>/bulletins/versions/2024/第1期@3fa9c0d1e2b4.pdf is 2024/第1期.pdf as it was when the SHA-256
of its bytes began so. An answer that cites it opens it by that.
"""

import re
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

from corpus.formats.registry import SUFFIXES
from index.shelf.stored_name import is_name, shelf_path
from index.shelf.whole_file import write_file

SHORT = 12  # hex digits that tell versions of a bulletin apart; the keys of its units have as many
_SUM = re.compile(rf"[0-9a-f]{{{SHORT}}}")


def short_sum(digest: str) -> str:
    """What a version is called by, from the SHA-256 of its bytes in hex."""
    return digest[:SHORT]


def is_short_sum(text: str) -> bool:
    """Whether a text can be what a version is called by; an address may hold anything."""
    return bool(_SUM.fullmatch(text))


class Versions:
    """The folder of replaced versions. A file in it is never changed."""

    def __init__(self, root: Path) -> None:
        """`root` is the folder; it is made with the first version."""
        self._root = root

    def keep(self, name: str, data: bytes, *, durable: bool = True) -> None:
        """Keep the bytes that a file of this name held.

        :raises OSError: it cannot be written.
        """
        target = self._path(name, short_sum(sha256(data).hexdigest()))
        if not target.exists():
            target.parent.mkdir(parents=True, exist_ok=True)
            write_file(target, data, durable=durable)

    def read(self, bulletin_id: str, short: str) -> tuple[str, bytes] | None:
        """Name and bytes of a version of a bulletin; None where it is not kept, or is damaged.

        :raises OSError: it cannot be read.
        """
        if not is_short_sum(short):
            return None
        for path, suffix in self._of(bulletin_id):
            if path.stem.endswith(f"@{short}"):
                data = path.read_bytes()
                if short_sum(sha256(data).hexdigest()) == short:
                    return f"{bulletin_id}{suffix}", data
        return None

    def of(self, bulletin_id: str) -> list[str]:
        """What the kept versions of a bulletin are called by, the latest to be replaced first."""
        paths = sorted(
            (path for path, _ in self._of(bulletin_id)), key=lambda p: -p.stat().st_mtime
        )
        return [path.stem[-SHORT:] for path in paths]

    def _of(self, bulletin_id: str) -> Iterator[tuple[Path, str]]:
        """The versions of a bulletin, each with the suffix of its file."""
        if not is_name(f"{bulletin_id}.txt"):  # it may be anything: an address names it
            return
        like = self._path(f"{bulletin_id}.txt", "")
        if not like.parent.is_dir():
            return
        for path in like.parent.iterdir():
            opening, short = path.stem[:-SHORT], path.stem[-SHORT:]
            known = opening == like.stem and _SUM.fullmatch(short)
            if known and path.suffix in SUFFIXES:
                yield path, path.suffix

    def _path(self, name: str, short: str) -> Path:
        plain = shelf_path(self._root, name)
        return plain.with_name(f"{plain.stem}@{short}{plain.suffix}")
