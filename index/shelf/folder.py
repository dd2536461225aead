"""The bulletin files of a folder that is served or evaluated."""

from itertools import pairwise
from pathlib import Path

from corpus.errors import CallError
from corpus.formats.registry import SUFFIXES


def bulletin_files(folder: Path) -> list[Path]:
    """Bulletin files right in a folder, in order of name.

    :raises CallError: no such folder, none in it, or two of them would have the same id.
    """
    if not folder.is_dir():
        raise CallError(f"{folder}: no such folder; name a folder of bulletins")
    files = sorted(
        path for path in folder.iterdir() if path.suffix.lower() in SUFFIXES and not path.is_dir()
    )
    if not files:
        raise CallError(f"{folder}: no bulletin in it; put {', '.join(SUFFIXES)} files there")
    for first, second in pairwise(files):
        if first.stem == second.stem:
            raise CallError(f"{first} and {second} have the same id; rename one of them")
    return files
