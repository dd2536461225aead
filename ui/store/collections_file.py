"""Which folders of the library are given to which groups, and who is in them.

A folder at the top of the library's tree that is given to no group is open to all who may ask.
"""

import re
from collections.abc import Collection, Iterable
from pathlib import Path

from corpus.errors import CallError
from index.sight import WHOLE, Sight, sight_without
from ui.store.sqlite_file import SqliteFile

COLLECTIONS = "collections.sqlite"  # its name in the data directory
SCHEMA = 1
_TABLES = """
CREATE TABLE given (
    folder TEXT NOT NULL, team TEXT NOT NULL, PRIMARY KEY (folder, team)
) STRICT;
CREATE TABLE members (
    who TEXT NOT NULL, team TEXT NOT NULL, PRIMARY KEY (who, team)
) STRICT;
"""
_TROUBLE = (
    "what is given to whom cannot be read or kept ({error}); bring the file back from a backup "
    "(分组授权无法读写)"
)
_GROUP = re.compile(r"[\w.@:-]{1,80}")
_FOLDER = re.compile(r"[^/\\\0]{1,200}")


class Collections:
    """The rights on folders of a data directory; changes hold at once, also for a server that
    runs. Members are called as requests have it: a user by name, a key as `key:NAME`.
    """

    def __init__(self, path: Path) -> None:
        """`path` is the file (COLLECTIONS in the data directory); the first right makes it."""
        self.path = path
        self._file = SqliteFile(path, _TABLES, SCHEMA, _TROUBLE)

    def give(self, folder: str, group: str) -> None:
        """Let a group see a folder; from the first group on it is closed to all others.

        :raises CallError: the folder is none at the top of a tree, or no group is called so.
        :raises LibraryError: the file cannot be used.
        """
        if not _FOLDER.fullmatch(folder) or folder in (".", ".."):
            raise CallError(
                f"{folder!r}: name a folder at the top of the library's tree, without / "
                "(请写资料库最上一层的文件夹名)"
            )
        with self._file.work() as db:
            db.execute("INSERT OR IGNORE INTO given VALUES (?, ?)", (folder, checked_group(group)))

    def take(self, folder: str, group: str, *, may_open: bool = False) -> None:
        """Let a group see a folder no more. With the last group the folder is open to all again:
        that must be meant, as `may_open` says.

        :raises CallError: the group does not have it, or is the last one and that is not meant.
        :raises LibraryError: the file cannot be used.
        """
        groups = self.given().get(folder, ())
        if group not in groups:
            raise CallError(
                f"{folder!r} is not given to {group!r}; jianbao collection list shows what is given"
            )
        if len(groups) == 1 and not may_open:
            raise CallError(
                f"{group!r} is the last group that has {folder!r}: without it all could read the "
                "folder. Give it to another group first, or take it with --open "
                "(这是最后一个组，收回后所有人可见；确要公开请加 --open)"
            )
        with self._file.work() as db:
            db.execute("DELETE FROM given WHERE folder = ? AND team = ?", (folder, group))

    def given(self) -> dict[str, tuple[str, ...]]:
        """By folder, in order, the groups that have it; of those that any has.

        :raises LibraryError: the file cannot be used.
        """
        return self._by("SELECT folder, team FROM given ORDER BY folder, team")

    def members(self) -> dict[str, tuple[str, ...]]:
        """By user or key, in order, the groups of each; of those that are in any.

        :raises LibraryError: the file cannot be used.
        """
        return self._by("SELECT who, team FROM members ORDER BY who, team")

    def put_into(self, who: str, groups: Collection[str]) -> None:
        """Let a user or a key be in these groups and in no others.

        :raises CallError: a group cannot be called so.
        :raises LibraryError: the file cannot be used.
        """
        rows = [(who, checked_group(group)) for group in sorted(set(groups))]
        if not rows and not self.path.exists():
            return
        with self._file.work() as db:
            db.execute("DELETE FROM members WHERE who = ?", (who,))
            db.executemany("INSERT INTO members VALUES (?, ?)", rows)

    def sight(self, who: str, told: Iterable[str] = ()) -> Sight:
        """What a user or a key may see: `told` are groups that are known from elsewhere.

        :raises LibraryError: the file cannot be used.
        """
        if not self.path.exists():
            return WHOLE
        own = {*self.members().get(who, ()), *told}
        return sight_without(f for f, groups in self.given().items() if own.isdisjoint(groups))

    def _by(self, query: str) -> dict[str, tuple[str, ...]]:
        if not self.path.exists():
            return {}
        found: dict[str, list[str]] = {}
        with self._file.work() as db:
            for one, group in db.execute(query):
                found.setdefault(one, []).append(group)
        return {one: tuple(groups) for one, groups in found.items()}


def checked_group(group: str) -> str:
    """The name of a group.

    :raises CallError: no group can be called so.
    """
    if not _GROUP.fullmatch(group):
        raise CallError(f"group {group!r}: use 1 to 80 letters, digits or . _ - @ :")
    return group
