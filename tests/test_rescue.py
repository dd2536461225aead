"""Damaged conversations are told, and what can still be read of them is moved to a new file."""

from collections.abc import Callable
from pathlib import Path

import pytest
from command import Command
from damage import DAMAGES, deleted, emptied, halved, overwritten
from doubles import word_chain
from ports import free_port

from corpus.errors import LibraryError
from index.library import Library
from rag.answering.answer import Answer
from rag.chain import Request
from ui.store.conversations import Conversations
from ui.store.feedback import Feedback
from ui.store.page_database import Store

COUNT = 40  # conversations: some pages of the database


@pytest.fixture(scope="module")
def answer(library: Library) -> Answer:
    """A real answer."""
    return word_chain(library).invoke(Request("三门峡建成了多少个老年助餐场所"))


@pytest.fixture
def path(home: Path, answer: Answer) -> Path:
    """A database with conversations and an opinion on each."""
    store = Store(home / "conversations.sqlite")
    for n in range(COUNT):
        conversation, number = Conversations(store).append("li", None, f"问题{n}", answer)
        Feedback(store).record("li", conversation, number, good=True)
    return store.path


def readable(path: Path) -> int:
    """How many conversations can be listed and opened; checks that all of them can."""
    conversations = Conversations(Store(path))
    listed = conversations.listed("li")
    assert all(len(conversations.exchanges("li", one.id)) <= 1 for one in listed)
    list(Feedback(Store(path)).opinions())
    return len(listed)


@pytest.mark.parametrize("damage", DAMAGES)
def test_damaged_conversations_are_told_and_rescued(
    damage: Callable[[Path], None], path: Path, jianbao: Command
) -> None:
    """The check names the command, and after it everything that is listed can be opened."""
    damage(path)
    told = ""
    try:
        Store(path).check()
    except LibraryError as error:
        told = str(error)
    if damage in (emptied, deleted):  # as if there never were any
        assert (told, readable(path)) == ("", 0)
        return
    if told:
        assert "run: jianbao rescue" in told
        done = jianbao("rescue")
        assert (done.status, done.err) == (0, "")
        assert len(list(path.parent.glob("conversations.sqlite.damaged-*"))) == 1
    Store(path).check()
    assert readable(path) > 0


def test_a_torn_page_costs_only_what_stood_on_it(path: Path, jianbao: Command) -> None:
    """What lies before and what lies behind the damage is rescued."""
    page = 4096
    data = path.read_bytes()
    middle = len(data) // 2 // page * page
    path.write_bytes(data[:middle] + b"\xaa" * page + data[middle + page :])
    with pytest.raises(LibraryError, match="jianbao rescue"):
        Store(path).check()
    assert jianbao("rescue").status == 0
    assert readable(path) >= COUNT * 3 // 4


def test_a_server_does_not_start_over_damaged_conversations(path: Path, jianbao: Command) -> None:
    """Serve ends with one line that names the command, rather than lose answers later."""
    halved(path)
    done = jianbao("serve", "--port", str(free_port()))
    assert done.status == 1
    assert done.err.count("\n") == 1
    assert "run: jianbao rescue" in done.err


def test_of_a_file_that_is_no_database_nothing_is_rescued(path: Path, jianbao: Command) -> None:
    """The file is set aside and a new one made."""
    path.write_bytes(b"no database at all, " * 500)
    assert jianbao("rescue").out.startswith("已抢救 rescued 0 conversations")
    assert readable(path) == 0


def test_sound_conversations_are_kept_as_they_are(path: Path, jianbao: Command) -> None:
    """A rescue of a file that is whole loses nothing."""
    assert jianbao("rescue").out.startswith(f"已抢救 rescued {COUNT} conversations，{COUNT} exchan")
    assert readable(path) == COUNT


def test_where_there_is_nothing_to_rescue_that_is_told(jianbao: Command) -> None:
    """Without conversations the call is off."""
    done = jianbao("rescue")
    assert (done.status, done.err.count("\n")) == (2, 1)


def test_a_damaged_file_of_users_is_told_with_a_mend_that_works(
    home: Path, jianbao: Command
) -> None:
    """The message says to move it away first: a name cannot be added to what cannot be read."""
    home.mkdir()
    (home / "users.json").write_text('{"li": {"salt": "zz"}}')
    overwritten(home / "users.json")
    done = jianbao("user", "list")
    assert done.status == 1
    assert "move it away, then make one with jianbao user add" in done.err
