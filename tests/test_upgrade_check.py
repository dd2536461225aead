"""`jianbao upgrade`: what is to come is told, kept before, and refused where it leads back."""

import sqlite3
import tarfile
from contextlib import closing
from hashlib import sha256
from pathlib import Path
from zipfile import ZipFile

import pytest
from command import Command
from doubles import WordEncoder, word_chain, write_bulletin
from keep_index import KEPT, PRESENT

from corpus.errors import LibraryError
from index.found_index import TRIED, ReadingTime, reading_time
from index.generation import VERSIONS
from index.library import Library
from rag.chain import Request
from rag.settings import read_settings
from ui.store.api_keys import KEYS, ApiKeys
from ui.store.audit import AUDIT, Actor, Audit, Deed
from ui.store.collections_file import COLLECTIONS, Collections
from ui.store.conversations import Conversations
from ui.store.page_database import CONVERSATIONS, Store
from ui.store.sqlite_file import schema_of
from ui.store.usage_counts import USAGE, UsageCounts, UsageKind
from ui.upkeep.upgrade_plan import plan_upgrade
from ui.upkeep.written_by import refuse_newer

OLDER = sorted(path.name for path in KEPT.glob("*.tar.xz") if path.name != PRESENT)


@pytest.fixture
def kept(home: Path, request: pytest.FixtureRequest) -> Path:
    """A data directory as the versions of that name left it."""
    with tarfile.open(KEPT / request.param) as archive:
        archive.extractall(home.parent, filter="data")
    return home


def contents(home: Path) -> dict[str, str]:
    """Every lasting file with its sum."""
    passing = (".lock", "-wal", "-shm")
    return {
        str(path.relative_to(home)): sha256(path.read_bytes()).hexdigest()
        for path in home.rglob("*")
        if path.is_file() and not path.name.endswith(passing)
    }


def newer(path: Path) -> None:
    """Let a database be one of a later version."""
    with closing(sqlite3.connect(path)) as db:
        db.execute("PRAGMA user_version = 99")


@pytest.mark.parametrize("kept", OLDER, indirect=True)
def test_the_check_tells_what_is_made_anew_and_changes_nothing(
    kept: Path, jianbao: Command
) -> None:
    """Which version was found and which is known, how long, how much room; no file is another. Of
    the time it tells what was measured, and what was not.
    """
    before = contents(kept)
    done = jianbao("upgrade", "--check")
    assert (done.status, done.err) == (0, "")
    assert "the index is made anew of 1 份简报" in done.out
    assert "jianbao upgrade" in done.out
    assert all(
        word in done.out for word in ("reading and embedding about", "room", "free", "backup")
    )
    assert "measured 1 份" in done.out
    assert "counted like them" not in done.out
    assert "writing the index comes on top" in done.out
    assert "→ 索引 index" in done.out
    assert contents(kept) == before


@pytest.mark.parametrize("kept", OLDER[-1:], indirect=True)
def test_an_upgrade_keeps_a_backup_before_it_begins(
    kept: Path, jianbao: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The backup comes back as it was, under the version before; then there is nothing to do."""
    Store(kept / CONVERSATIONS).check()
    Conversations(Store(kept / CONVERSATIONS)).begin("li", "问")
    monkeypatch.setenv("JIANBAO_BULLETINS", str(kept / "bulletins" / "synced"))
    before = (kept / "index" / "current").read_text()
    texts = {n: s for n, s in contents(kept).items() if n.startswith("bulletins/synced")}
    done = jianbao("upgrade")
    assert (done.status, done.err) == (0, "")
    assert (kept / "index" / "current").read_text() != before
    (backup,) = kept.parent.glob("home-before-*.zip")
    with ZipFile(backup) as archive:
        assert CONVERSATIONS in archive.namelist()
        assert {n: sha256(archive.read(n)).hexdigest() for n in texts} == texts
    deeds = [one.deed for one in Audit(kept / AUDIT).entries()]
    assert deeds == [Deed.EXPORTED, Deed.REBUILT]
    again = jianbao("upgrade", "--check")
    assert (again.status, "nothing to do" in again.out) == (0, True)
    assert "52" in jianbao("ask", "全市建成老年食堂多少个").out


@pytest.mark.parametrize("kept", OLDER[-1:], indirect=True)
def test_without_a_backup_nothing_is_upgraded(kept: Path, jianbao: Command) -> None:
    """One sentence, and the index before stays."""
    before = contents(kept)
    nowhere = kept.parent / "none" / "before.zip"
    for file, status, told in ((kept / "inside.zip", 2, "outside"), (nowhere, 1, "--backup FILE")):
        done = jianbao("upgrade", "--backup", str(file))
        assert (done.status, len(done.err.splitlines())) == (status, 1)
        assert told in done.err
        assert contents(kept) == before


@pytest.mark.parametrize("name", [CONVERSATIONS, AUDIT, KEYS, USAGE, COLLECTIONS])
@pytest.mark.parametrize("kept", [PRESENT], indirect=True)
def test_what_a_newer_version_wrote_is_refused_with_the_way_back(
    kept: Path, jianbao: Command, name: str
) -> None:
    """Each database, by the check, by the upgrade and by the server; its bytes stay as they are."""
    Store(kept / CONVERSATIONS).check()
    Conversations(Store(kept / CONVERSATIONS)).begin("li", "问")
    Audit(kept / AUDIT).record(Actor("li", ""), Deed.ASKED)
    ApiKeys(kept / KEYS).add("dify")
    Collections(kept / COLLECTIONS).give("内部", "office")
    UsageCounts(kept / USAGE).add([(UsageKind.ASKED, "")])
    refuse_newer(kept)
    newer(kept / name)
    before = contents(kept)
    for command in (["upgrade", "--check"], ["upgrade"], ["serve"]):
        done = jianbao(*command)
        assert (done.status, len(done.err.splitlines())) == (1, 1)
        assert all(word in done.err for word in ("newer version", "99", "jianbao restore FILE"))
    assert contents(kept) == before
    assert schema_of(kept / name) == 99


@pytest.mark.parametrize("kept", [PRESENT], indirect=True)
def test_an_index_of_a_newer_version_is_refused(kept: Path, jianbao: Command) -> None:
    """It is no loss: this version makes its own of the kept files, where that is wanted."""
    library = Library(kept, WordEncoder())
    library._index.catalogue.set_manifest({**VERSIONS, "parser": VERSIONS["parser"] + 1})
    library.close()
    before = (kept / "index" / "current").read_text()
    for command in (["upgrade", "--check"], ["upgrade"]):
        done = jianbao(*command)
        assert (done.status, "✗ 索引 index parser" in done.out) == (1, True)
        assert "jianbao sync --rebuild" in done.err
    assert (kept / "index" / "current").read_text() == before


def test_answers_of_a_newer_shape_are_refused(home: Path, folder: Path) -> None:
    """The database is the same then, what is kept in it is not."""
    library = Library(home, WordEncoder())
    library.sync(folder)
    answer = word_chain(library).invoke(Request("开封建成老年食堂多少个"))
    library.close()
    Conversations(Store(home / CONVERSATIONS)).append("li", None, "问", answer)
    refuse_newer(home)
    with closing(sqlite3.connect(home / CONVERSATIONS)) as db:
        db.execute("UPDATE exchanges SET answer = json_set(answer, '$.shape', 99)")
        db.commit()
    with pytest.raises(LibraryError, match=r"answers 99, this program knows .*jianbao restore"):
        refuse_newer(home)


@pytest.mark.parametrize("kept", [PRESENT], indirect=True)
def test_an_index_of_another_model_is_made_anew(kept: Path) -> None:
    """Its versions are the same, its vectors are not to be compared with those of this model."""
    given = {"JIANBAO_HOME": str(kept), "JIANBAO_EMBEDDING_MODEL": "table"}
    plan = plan_upgrade(read_settings(given))
    assert (plan.remade, plan.other_model, plan.fits) == (True, True, True)
    assert (plan.reading.tried, plan.reading.seconds > 0) == (1, True)


def test_of_many_bulletins_some_tell_the_time(home: Path, tmp_path: Path) -> None:
    """From the small to the large; that the others are counted like them is known."""
    (tmp_path / "tree").mkdir()
    for number in range(1, 41):
        write_bulletin(tmp_path / f"tree/{number}.txt", "开封市", "全市建成老年食堂52个。" * number)
    library = Library(home, WordEncoder())
    library.sync(tmp_path / "tree")
    library.close()
    told = reading_time(home, WordEncoder())
    assert TRIED <= told.tried < 40
    assert told.seconds > 0
    assert reading_time(tmp_path / "none", WordEncoder()) == ReadingTime(0, 0.0)


def test_an_empty_data_directory_needs_nothing(home: Path, jianbao: Command) -> None:
    """And is not made by looking at it."""
    done = jianbao("upgrade", "--check")
    assert (done.status, "nothing to do" in done.out) == (0, True)
    assert not home.exists()
