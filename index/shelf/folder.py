"""The bulletin files of a folder that is served or evaluated, and of all folders within it."""

import os
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from corpus.bulletin_id import id_of
from corpus.errors import CallError
from corpus.formats.registry import SUFFIXES
from index.shelf.stored_name import check_name

MAX_DEPTH = 32  # folders in each other; an archive has some five
_PASSING = ("~$", ".~")  # what Word and WPS put beside a document that is open
_SYSTEM = frozenset({"thumbs.db", "desktop.ini", "__macosx", "$recycle.bin"})


@dataclass(slots=True)
class Tree:
    """The bulletin files below a folder, by id. `skipped` tells by place in the tree why a file or
    a folder is none; `unread` names what could not be looked at: what is held of it stays.
    """

    files: dict[str, Path] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)  # by id, the file's place in the tree
    skipped: dict[str, str] = field(default_factory=dict)
    failed: dict[str, str] = field(default_factory=dict)
    unread: list[str] = field(default_factory=list)

    def may_hold(self, name: str) -> bool:
        """Whether a file of this name may be there without being seen."""
        return any(name == one or name.startswith(f"{one}/") for one in self.unread)


def bulletin_tree(
    folder: Path, held: Collection[str] = (), fold: Callable[[str], str] = str
) -> Tree:
    """All bulletin files below a folder. Of two of one id the one whose name is among those `held`
    is taken, else the first by name. Ids that are one when folded are of one bulletin, under the id
    that is held: `fold` is that of the file system that keeps them.

    :raises CallError: no such folder, or no bulletin file in it.
    """
    if not folder.is_dir():
        raise CallError(f"{folder}: no such folder; name a folder of bulletins")
    tree = Tree()
    known = {fold(id_of(name)): id_of(name) for name in held}
    found = list(_files(folder, "", tree, frozenset()))
    found.sort(key=lambda one: (_kept_name(one[0]) not in held, one))
    for name, path in found:
        try:
            check_name(name)
        except CallError as error:
            tree.failed[ascii(name)] = f"{str(path)!a}: left out ({error})"
            tree.unread.append(name)
            continue
        bulletin_id = known.get(fold(id_of(name)), id_of(name))
        if bulletin_id in tree.files:
            other = tree.names[bulletin_id]
            tree.skipped[name] = (
                f"同名文件已取 {other}，请改名 has the id of {other}; rename one of them"
            )
            continue
        known[fold(bulletin_id)] = bulletin_id
        tree.files[bulletin_id] = path
        tree.names[bulletin_id] = f"{bulletin_id}{path.suffix.lower()}"
    if not tree.files:
        raise CallError(f"{folder}: no bulletin in it; put {', '.join(SUFFIXES)} files there")
    tree.files = dict(sorted(tree.files.items()))
    return tree


def _kept_name(name: str) -> str:
    """What the shelf calls a file: its suffix in lower case."""
    return f"{id_of(name)}{Path(name).suffix.lower()}"


def bulletin_files(folder: Path) -> dict[str, Path]:
    """The bulletin files below a folder by their place in it, in order.

    :raises CallError: see bulletin_tree.
    """
    tree = bulletin_tree(folder)
    return {tree.names[bulletin_id]: path for bulletin_id, path in tree.files.items()}


def files_below(folder: Path) -> list[Path]:
    """Whatever has the name of a bulletin file below a folder; none where that is not there."""
    return [path for _, path in _files(folder, "", Tree(), frozenset())]


def _files(
    folder: Path, place: str, tree: Tree, above: frozenset[tuple[int, int]]
) -> Iterator[tuple[str, Path]]:
    """Files of a kind that is read, with their places; `above` are the folders around this one, so
    that a link that leads back ends there.
    """
    try:
        stat = folder.stat()
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError as error:
        tree.failed[place] = (
            f"{folder}: left out ({error.strerror or error}); mend its rights (无法读取文件夹)"
        )
        tree.unread.append(place)
        return
    around = above | {(stat.st_dev, stat.st_ino)}
    for entry in entries:
        name = f"{place}/{entry.name}" if place else entry.name
        if reason := _passed_over(entry.name):
            tree.skipped[name] = reason
        elif _is_folder(entry):
            if _leads_back(entry, around) or len(around) > MAX_DEPTH:
                tree.skipped[name] = "文件夹绕回自身或太深 leads back to itself, or too deep"
            else:
                yield from _files(folder / entry.name, name, tree, around)
        elif Path(entry.name).suffix.lower() in SUFFIXES:
            yield name, folder / entry.name
        else:
            kind = Path(entry.name).suffix or "没有后缀 no suffix"
            tree.skipped[name] = f"不支持这种文件（{kind}） not a kind of file that is read"


def _passed_over(name: str) -> str:
    """Why a file or a folder of this name is no bulletin whatever it holds; "" where it may be."""
    if name.startswith(_PASSING):
        return "文档打开时的临时文件 there while a document is open"
    if name.startswith(".") or name.lower() in _SYSTEM:
        return "隐藏文件或系统文件 hidden, or the system's own"
    return ""


def _is_folder(entry: "os.DirEntry[str]") -> bool:
    try:
        return entry.is_dir()
    except OSError:  # a link in a circle
        return False


def _leads_back(entry: "os.DirEntry[str]", around: frozenset[tuple[int, int]]) -> bool:
    """Whether a folder is one of those around it, by a link."""
    if not entry.is_symlink():
        return False
    try:
        stat = Path(entry.path).stat()
    except OSError:
        return True
    return (stat.st_dev, stat.st_ino) in around
