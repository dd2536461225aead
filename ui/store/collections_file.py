"""Which folders of the library are given to which groups, and who is in them.

A folder at the top of the library's tree that is given to no group is open to all who may ask. As
a file that is lost would say that of every folder, a mark beside it tells that some are given:
where there is the mark and nothing is given, nobody is told what may be seen.
"""

import re
from collections.abc import Collection, Iterable
from pathlib import Path

from corpus.errors import CallError, LibraryError
from index.shelf.whole_file import write_file
from index.sight import WHOLE, Sight, sight_without
from ui.store.sqlite_file import SqliteFile

COLLECTIONS = "collections.sqlite"  # its name in the data directory
IN_USE = "collections.in-use"  # name of the mark, beside it
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
_LOST = (
    "{path} gives nothing, though folders were given to groups: it is lost, and nothing is shown "
    "to any but administrators. Take {name} out of a backup (a ZIP file) and put it there; without "
    "one, stop the server, remove {mark} and give the folders anew: jianbao collection give "
    "(授权记录丢失，除管理员外暂不开放；请从备份中取回该文件)"
)
_MARK = (
    "有文件夹只授权给部分组。collections.sqlite 丢失时，凭本文件除管理员外一律不开放，请勿删除。\n"
    "Folders are given to groups. Where collections.sqlite is lost, this file keeps everything "
    "closed to all but administrators: leave it here.\n"
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
        self._mark = path.with_name(IN_USE)
        self._file = SqliteFile(path, _TABLES, SCHEMA, _TROUBLE)

    def give(self, folder: str, group: str) -> None:
        """Let a group see a folder; from the first group on it is closed to all others.

        :raises CallError: the folder is none at the top of a tree, or no group is called so.
        :raises LibraryError: the file cannot be used, or is lost.
        """
        if not _FOLDER.fullmatch(folder) or folder in (".", ".."):
            raise CallError(
                f"{folder!r}: name a folder at the top of the library's tree, without / "
                "(请写资料库最上一层的文件夹名)"
            )
        self.given()  # else one folder would take the place of all that were given
        with self._file.work() as db:
            db.execute("INSERT OR IGNORE INTO given VALUES (?, ?)", (folder, checked_group(group)))
        self.remember()

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
            if db.execute("SELECT 1 FROM given").fetchone() is None:
                self._mark.unlink(missing_ok=True)

    def given(self) -> dict[str, tuple[str, ...]]:
        """By folder, in order, the groups that have it; of those that any has.

        :raises LibraryError: the file cannot be used, or is lost.
        """
        marked = self._mark.exists()
        given = self._by("SELECT folder, team FROM given ORDER BY folder, team")
        if marked and not given:
            name, mark = self.path.name, self._mark
            raise LibraryError(_LOST.format(path=self.path, name=name, mark=mark))
        return given

    def remember(self) -> None:
        """Set the mark where something is given, as earlier versions did not.

        :raises LibraryError: the file cannot be used, or is lost.
        """
        if self.given() and not self._mark.exists():
            try:
                write_file(self._mark, _MARK.encode())
            except OSError as error:
                raise LibraryError(f"{self._mark}: {_TROUBLE.format(error=error)}") from error

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

        :raises LibraryError: the file cannot be used, or is lost.
        """
        given = self.given()
        if not given:
            return WHOLE
        own = {*self.members().get(who, ()), *told}
        return sight_without(f for f, groups in given.items() if own.isdisjoint(groups))

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
