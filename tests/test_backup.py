"""A data directory goes into one file and comes back from it, whole."""

import json
import shutil
import sqlite3
import subprocess
import sys
import zipfile
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from zipfile import ZipFile, ZipInfo

import pytest
from command import Command
from damage import DAMAGES, deleted, emptied
from doubles import WordEncoder, word_chain, write_bulletin

from corpus.errors import CallError, LibraryError, WorkError
from index.library import Library
from rag.chain import Request
from ui.server.accounts import add_user, user_names
from ui.store.collections_file import COLLECTIONS, Collections
from ui.store.conversations import Conversations
from ui.store.feedback import Feedback, Opinion
from ui.store.page_database import Store
from ui.upkeep.backup import MANIFEST, back_up
from ui.upkeep.restore import restore

QUESTION = "开封建成老年食堂多少个"


@pytest.fixture
def full(home: Path, folder: Path, encoder: WordEncoder, tmp_path: Path) -> Path:
    """A data directory with bulletins of every origin, a conversation, an opinion and a user."""
    library = Library(home, encoder)
    library.sync(folder)
    write_bulletin(tmp_path / "puyang.txt", "濮阳市", "全市改造家庭床位310张。")
    library.add(tmp_path / "puyang.txt")
    library.remove("xinxiang")
    answer = word_chain(library).invoke(Request(QUESTION))
    library.close()
    store = Store(home / "conversations.sqlite")
    conversation, number = Conversations(store).append("li", None, QUESTION, answer)
    Feedback(store).record("li", conversation, number, good=True)
    add_user(home / "users.json", "li", "a long password")
    (home / "uploads").mkdir()
    (home / "uploads" / "passing.txt").write_text("an upload")
    return home


@pytest.fixture
def kept(full: Path, tmp_path: Path) -> Path:
    """A backup of it."""
    back_up(full, tmp_path / "kept.zip")
    return tmp_path / "kept.zip"


def texts(home: Path) -> dict[str, bytes]:
    """The bulletins of a data directory by their places."""
    files = (path for path in (home / "bulletins").rglob("*") if path.is_file())
    return {path.relative_to(home).as_posix(): path.read_bytes() for path in files}


def test_what_was_kept_comes_back(
    full: Path, kept: Path, folder: Path, encoder: WordEncoder, tmp_path: Path
) -> None:
    """Bulletins, conversations, opinions and users are as they were; the index is made anew, and
    what was taken out by hand stays out.
    """
    again = tmp_path / "again"
    restore(kept, again)
    assert texts(again) == texts(full)
    assert not (again / "index").exists()
    store, before = Store(again / "conversations.sqlite"), Store(full / "conversations.sqlite")
    (summary,) = Conversations(store).listed("li")
    assert Conversations(store).exchanges("li", summary.id) == Conversations(before).exchanges(
        "li", summary.id
    )
    opinions: list[Opinion] = list(Feedback(store).opinions())
    assert opinions == list(Feedback(before).opinions())
    assert len(opinions) == 1
    assert user_names(again / "users.json") == ["li"]
    library = Library(again, encoder)
    library.sync(folder)
    assert [entry.id for entry in library.entries()] == ["kaifeng", "puyang"]


def test_what_is_given_to_groups_comes_back(full: Path, tmp_path: Path) -> None:
    """With the mark that keeps folders closed where the file is lost afterwards."""
    Collections(full / COLLECTIONS).give("保密", "office")
    back_up(full, tmp_path / "given.zip")
    restore(tmp_path / "given.zip", tmp_path / "again")
    again = Collections(tmp_path / "again" / COLLECTIONS)
    assert again.given() == {"保密": ("office",)}
    again.path.unlink()
    with pytest.raises(LibraryError, match="backup"):
        again.sight("li")


def test_a_backup_is_for_its_owner_alone(kept: Path) -> None:
    """The file cannot be read by others: it holds conversations and hashed passwords."""
    assert kept.stat().st_mode & 0o077 == 0


def test_a_backup_holds_neither_index_nor_passing_files(kept: Path) -> None:
    """What a start makes anew is left out, and so are locks."""
    names = ZipFile(kept).namelist()
    assert not [name for name in names if name.startswith(("index", "uploads"))]
    assert not [name for name in names if name.endswith((".lock", "-wal", "-shm"))]


def test_the_commands_tell_what_they_did(
    full: Path, jianbao: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Backup and restore print a line each; the restored library answers."""
    file = str(tmp_path / "kept.zip")
    done = jianbao("backup", file)
    assert (done.status, done.err) == (0, "")
    assert done.out.startswith("已备份 kept 6 个文件 files")
    monkeypatch.setenv("JIANBAO_HOME", str(tmp_path / "again"))
    done = jianbao("restore", file)
    assert (done.status, done.err) == (0, "")
    assert done.out.startswith("已恢复 restored 6 个文件 files")
    assert "310张" in jianbao("ask", "濮阳改造家庭床位多少张").out


def test_users_elsewhere_are_told(
    full: Path, jianbao: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file of users outside of the data directory is not in the backup, and a line says so."""
    monkeypatch.setenv("JIANBAO_AUTH", str(tmp_path / "users.json"))
    assert "users.json lies outside" in jianbao("backup", str(tmp_path / "kept.zip")).err


# Adds bulletins and conversations without end, in a process of its own.
WRITER = """
import sys
from pathlib import Path
sys.path.insert(0, sys.argv[3])
from doubles import WordEncoder, word_chain, write_bulletin
from index.library import Library
from rag.chain import Request
from ui.store.conversations import Conversations
from ui.store.page_database import Store

home, room = Path(sys.argv[1]), Path(sys.argv[2])
library, store = Library(home, WordEncoder()), Store(home / "conversations.sqlite")
answer = word_chain(library).invoke(Request("开封建成老年食堂多少个"))
for n in range(10_000):
    write_bulletin(room / f"new{n}.txt", "濮阳市", f"全市改造家庭床位{n}张。")
    library.add(room / f"new{n}.txt")
    Conversations(store).append("li", None, f"{n}", answer)
    print(n, flush=True)
"""


def test_a_backup_while_another_process_writes_is_consistent(
    full: Path, tmp_path: Path, encoder: WordEncoder
) -> None:
    """Every bulletin in it is whole and has its sum, the conversations hold together, and nothing
    that was told as done before is missing.
    """
    tests = str(Path(__file__).parent)
    writer = subprocess.Popen(
        [sys.executable, "-c", WRITER, full, tmp_path, tests],
        stdout=subprocess.PIPE, text=True, cwd=Path(tests).parent,
    )  # fmt: skip
    try:
        assert writer.stdout is not None
        for n in range(3):
            done = int(writer.stdout.readline())
            back_up(full, tmp_path / f"{n}.zip")
            restore(tmp_path / f"{n}.zip", tmp_path / f"again{n}")
            added = tmp_path / f"again{n}" / "bulletins" / "added"
            assert {f"new{i}.txt" for i in range(done + 1)} <= {p.name for p in added.iterdir()}
            database = tmp_path / f"again{n}" / "conversations.sqlite"
            with closing(sqlite3.connect(database)) as db:
                assert db.execute("PRAGMA integrity_check").fetchone() == ("ok",)
                assert not db.execute("PRAGMA foreign_key_check").fetchall()
            assert len(Conversations(Store(database)).listed("li")) >= done + 2
            library = Library(tmp_path / f"again{n}", encoder)
            assert library.sync(tmp_path / "bulletins").damaged == {}
    finally:
        writer.kill()
        writer.communicate()


def test_a_backup_is_not_written_over_another_file(full: Path, tmp_path: Path) -> None:
    """A file that is there is the caller's mistake, and stays."""
    (tmp_path / "there.zip").write_text("mine")
    with pytest.raises(CallError, match="is there already"):
        back_up(full, tmp_path / "there.zip")
    with pytest.raises(CallError, match="lies in the data directory"):
        back_up(full, full / "kept.zip")
    assert (tmp_path / "there.zip").read_text() == "mine"


def test_a_damaged_database_is_not_kept(full: Path, tmp_path: Path) -> None:
    """A backup of damaged conversations fails with a sentence and leaves no file."""
    database = full / "conversations.sqlite"
    database.write_bytes(database.read_bytes()[:9000])
    with pytest.raises(WorkError, match="jianbao doctor"):
        back_up(full, tmp_path / "kept.zip")
    assert not list(tmp_path.glob("kept.zip*"))


def test_a_restore_needs_an_empty_data_directory(full: Path, kept: Path, tmp_path: Path) -> None:
    """What is there is not touched; an empty folder will do."""
    with pytest.raises(CallError, match="is not empty"):
        restore(kept, full)
    (tmp_path / "bare").mkdir()
    assert restore(kept, tmp_path / "bare").files == 6


@pytest.mark.parametrize("damage", [one for one in DAMAGES if one is not deleted])
def test_a_damaged_backup_is_refused_whole(
    damage: Callable[[Path], None], kept: Path, tmp_path: Path
) -> None:
    """Nothing is restored from a file that lost bytes."""
    damage(kept)
    with pytest.raises(WorkError, match="cannot be restored"):
        restore(kept, tmp_path / "again")
    assert not (tmp_path / "again").exists() or not list((tmp_path / "again").iterdir())


def test_a_file_that_is_none_is_told(tmp_path: Path) -> None:
    """A missing file is the caller's mistake, another file no backup."""
    with pytest.raises(CallError, match="no such file"):
        restore(tmp_path / "none.zip", tmp_path / "again")
    emptied(tmp_path / "none.zip")
    with pytest.raises(WorkError, match="cannot be restored"):
        restore(tmp_path / "none.zip", tmp_path / "again")


def forged(path: Path, name: str, data: bytes = b"x", mode: int = 0o100600) -> Path:
    """A backup of one file, its sum right."""
    import hashlib

    info = ZipInfo(name)
    info.external_attr = mode << 16
    info.compress_type = zipfile.ZIP_DEFLATED
    files = {name: {"size": len(data), "sha256": hashlib.sha256(data).hexdigest()}}
    with ZipFile(path, "w") as archive:
        archive.writestr(info, data)
        archive.writestr(MANIFEST, json.dumps({"format": 1, "files": files}))
    return path


@pytest.mark.parametrize(
    ("name", "mode"),
    [
        ("/etc/cron.d/evil", 0o100600),
        ("../evil", 0o100600),
        ("bulletins/../../evil", 0o100600),
        ("bulletins//evil", 0o100600),
        ("./evil", 0o100600),
        ("C:/evil", 0o100600),
        ("bulletins\\..\\..\\evil", 0o100600),
        ("bulletins/", 0o040700),
        ("bulletins/link.txt", 0o120777),
        ("bulletins/device", 0o020600),
        ("bulletins/pipe", 0o010600),
        ("index/current", 0o100600),
    ],
)
def test_a_backup_that_means_harm_is_refused(name: str, mode: int, tmp_path: Path) -> None:
    """Names that lead outside, links, devices, and an index that is not ours write nothing."""
    before = sorted(path.name for path in tmp_path.iterdir())
    file = forged(tmp_path / "forged.zip", name, mode=mode)
    with pytest.raises(WorkError, match="cannot be restored"):
        restore(file, tmp_path / "again")
    assert sorted(path.name for path in tmp_path.iterdir()) == [*before, "forged.zip"]


def test_a_bomb_is_refused(tmp_path: Path) -> None:
    """A small file that would become a large one is refused before it does."""
    bomb = forged(tmp_path / "bomb.zip", "bulletins/bomb.txt", b"\0" * (80 * 2**20))
    assert bomb.stat().st_size < 2**20
    with pytest.raises(WorkError, match=r"would become 83,88\d,\d+ bytes"):
        restore(bomb, tmp_path / "again")


@pytest.mark.parametrize("manifest", [b"[]", b"{", b'{"format": 2, "files": {}}', b'{"format": 1}'])
def test_a_list_of_files_that_cannot_be_is_told(manifest: bytes, tmp_path: Path) -> None:
    """An archive with another list, or of another format, is no backup."""
    with ZipFile(tmp_path / "odd.zip", "w") as archive:
        archive.writestr(MANIFEST, manifest)
    with pytest.raises(WorkError, match="cannot be restored"):
        restore(tmp_path / "odd.zip", tmp_path / "again")


def test_a_file_beside_the_list_is_refused(tmp_path: Path, kept: Path) -> None:
    """What the list does not name is not restored, nor what does not have its sum."""
    with ZipFile(shutil.copy(kept, tmp_path / "more.zip"), "a") as archive:
        archive.writestr("bulletins/added/more.txt", "more")
    with pytest.raises(WorkError, match="not in both"):
        restore(tmp_path / "more.zip", tmp_path / "again")
    with ZipFile(tmp_path / "other.zip", "w") as other:
        other.writestr("users.json", "{}")
        listed = {"users.json": {"size": 2, "sha256": "0" * 64}}
        other.writestr(MANIFEST, json.dumps({"format": 1, "files": listed}))
    with pytest.raises(WorkError, match="does not have its SHA-256"):
        restore(tmp_path / "other.zip", tmp_path / "again")
    assert not list((tmp_path / "again").iterdir())
