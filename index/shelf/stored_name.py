"""Names of kept files: a place in a tree, as ids have it, and where that lies on the shelf.

On the shelf a folder whose name holds a point or ends in a tilde has a tilde more, so that the
folder 第1期.txt never stands in the way of the file 第1期.txt.
"""

import os
import unicodedata
from pathlib import Path, PurePosixPath

from corpus.errors import CallError

MAX_NAME_BYTES = 200  # file systems take 255; what is written beside the name needs some
MAX_PLACE_BYTES = 1_000  # of a name with its folders; systems take 4,096 with all above them
_MARK = "~"
_PARTS = ("\\", "\0")  # what parts folders elsewhere, and what ends a name


def check_name(name: str) -> None:
    """Whether a file's name, or its place in a tree with "/" between, can be an id: printable, in
    UTF-8, not too long, no part of it a way out of the tree.

    :raises CallError: it cannot.
    """
    if not is_name(name):
        shown = os.fsencode(name)[:60].decode("utf-8", "backslashreplace")
        raise CallError(
            f"{shown!r}: this file name cannot be an id; rename the file "
            "(文件名或文件夹名不能用作编号，请改名)"
        )


def is_name(name: str) -> bool:
    """See check_name."""
    *folders, file = name.split("/")
    parts = [*folders, PurePosixPath(file).stem]
    size = len(os.fsencode(name))
    return size <= MAX_PLACE_BYTES and all(map(_is_part, parts)) and _fits(*folders, file)


def shelf_path(root: Path, name: str) -> Path:
    """Where a file of this name lies under a folder of the shelf."""
    *folders, file = name.split("/")
    return root.joinpath(*map(_on_shelf, folders), file)


def shelf_name(root: Path, path: Path) -> str:
    """The name of a file that lies there under a folder of the shelf: what shelf_path was given."""
    *folders, file = path.relative_to(root).parts
    return "/".join([*(folder.removesuffix(_MARK) for folder in folders), file])


def tells_case_apart(folder: Path) -> bool:
    """Whether the file system of a folder that is there tells A from a."""
    return not folder.with_name(folder.name.swapcase()).exists()


def folded(name: str) -> str:
    """What two names have in common that a file system without cases takes for one."""
    return unicodedata.normalize("NFC", name).casefold()


def _is_part(part: str) -> bool:
    plain = part.isprintable() and part.strip() == part and part not in ("", ".", "..")
    return plain and not any(mark in part for mark in _PARTS)


def _fits(*parts: str) -> bool:
    return all(len(os.fsencode(part)) <= MAX_NAME_BYTES for part in parts)


def _on_shelf(folder: str) -> str:
    return folder + _MARK if "." in folder or folder.endswith(_MARK) else folder
