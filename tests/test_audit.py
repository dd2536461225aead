"""Records of who did what: added, read, dropped by age, and never changed."""

import csv
import io
import json
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from datetime import UTC, datetime, timedelta
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import Any

import httpx
import pytest
from command import Command
from doubles import WordEncoder, library_of, word_chain, write_bulletin
from web_server import own_users, served

from corpus.errors import CallError, LibraryError
from index.library import Library
from rag.settings import read_settings
from ui.page.chat_page import build_page
from ui.page.intake import as_chosen, taken_in
from ui.server.accounts import FAILURES, add_user
from ui.server.asked_questions import question_in
from ui.server.programs import Programs
from ui.server.server import application
from ui.store.api_keys import KEYS, ApiKeys
from ui.store.audit import AUDIT, Actor, Audit, AuditEntry, Deed, RecordsSought
from ui.store.conversations import Conversations
from ui.store.library_records import record_added, record_changes
from ui.store.page_database import Store
from ui.store.roles import AccessRole
from ui.views.added_view import Asked, IntakeChoice
from ui.views.audit_view import HEADS, audit_csv

PASSWORD = "简报 correct horse"
LI = Actor("li", "192.0.2.7")
START = datetime(2026, 3, 1, 8, 30, tzinfo=UTC)


@pytest.fixture
def audit(tmp_path: Path) -> Audit:
    return Audit(tmp_path / AUDIT)


def told(entries: Sequence[AuditEntry]) -> list[tuple[str, str, str]]:
    """Who, what and what to, of each record."""
    return [(one.actor.who, one.deed, one.thing) for one in entries]


def test_a_record_says_who_when_from_where_and_what(tmp_path: Path) -> None:
    """In the order in which things were done; readable to the server's user alone."""
    audit = Audit(tmp_path / AUDIT, clock=lambda: START)
    audit.record(LI, Deed.REMOVED, "2024/第1期", "sha256 ab")
    (one,) = audit.entries()
    assert (one.at, one.actor, one.deed, one.thing, one.detail) == (
        START, LI, "removed", "2024/第1期", "sha256 ab",
    )  # fmt: skip
    assert audit.path.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit SET who = 'han'",
        "DELETE FROM audit",
        "DELETE FROM audit WHERE number = 1",
        "INSERT OR REPLACE INTO audit VALUES (1, '2026', 'han', '', 'removed', '', '')",
        "REPLACE INTO audit VALUES (1, '2026', 'han', '', 'removed', '', '')",
        "INSERT INTO audit VALUES (1, '', '', '', '', '', '') ON CONFLICT DO UPDATE SET who = 'h'",
    ],
)
def test_what_is_recorded_is_never_changed(audit: Audit, statement: str) -> None:
    """The database itself refuses, whatever a program sends it."""
    audit.record(LI, Deed.REMOVED, "a")
    with closing(sqlite3.connect(audit.path)) as db, pytest.raises(sqlite3.IntegrityError) as error:
        db.execute(statement)
    assert "never" in str(error.value)
    assert told(audit.entries()) == [("li", "removed", "a")]


def test_records_go_by_age_alone(tmp_path: Path) -> None:
    """After the days that are set, which a record tells; without days none goes."""
    now = [START]
    forever, month = (Audit(tmp_path / AUDIT, days, lambda: now[0]) for days in (0, 30))
    forever.record(LI, Deed.SIGNED_IN)
    now[0] = START + timedelta(days=29)
    month.record(LI, Deed.SIGNED_OUT)
    assert len(month.entries()) == 2
    now[0] = START + timedelta(days=31)
    forever.record(LI, Deed.EXPORTED)
    assert len(month.entries()) == 3
    month.record(LI, Deed.SIGNED_IN)
    assert [one.deed for one in month.entries()] == [
        "signed out", "exported", "records rotated", "signed in",
    ]  # fmt: skip
    with closing(sqlite3.connect(month.path)) as db, pytest.raises(sqlite3.IntegrityError):
        db.execute("DELETE FROM audit")


def test_records_are_chosen_by_time(tmp_path: Path) -> None:
    """From a moment on, and up to another; a file that is not there is not made."""
    now = [START]
    audit = Audit(tmp_path / AUDIT, clock=lambda: now[0])
    assert audit.entries() == []
    assert not audit.path.exists()
    for hour in range(3):
        now[0] = START + timedelta(hours=hour)
        audit.record(LI, Deed.ASKED, str(hour))
    hours = START + timedelta(hours=1), START + timedelta(hours=2)
    between = audit.entries(RecordsSought(*hours))
    assert [one.thing for one in between] == ["1"]


def test_a_file_that_is_none_is_named(audit: Audit) -> None:
    """With what mends it: nothing is done without a record."""
    audit.path.write_bytes(b"no database at all" * 100)
    with pytest.raises(LibraryError, match="backup"):
        audit.record(LI, Deed.SIGNED_IN)


def test_csv_is_for_a_spreadsheet(audit: Audit) -> None:
    """Heads in both languages; what a user typed is no formula there."""
    audit.record(LI, Deed.ASKED, "/", '=HYPERLINK("http://evil.example")')
    head, row = csv.reader(io.StringIO(audit_csv(audit.entries())))
    assert tuple(head) == HEADS
    assert row[1:4] == ["li", "192.0.2.7", "提问 asked"]
    assert row[5].startswith("'=")


@pytest.mark.parametrize(
    "sent",
    [
        {"data": ["多少", "", ""]},
        {"query": "多少"},
        {"messages": [{"role": "user", "content": "多少"}]},
        {"messages": [{"role": "user", "content": [{"type": "text", "text": "多少"}]}]},
        {"method": "tools/call", "params": {"name": "ask", "arguments": {"question": "多少"}}},
    ],
)
def test_a_question_is_found_in_every_door_s_own_form(sent: dict[str, Any]) -> None:
    """The page's, Dify's, OpenAI's in two forms, MCP's."""
    assert question_in(sent) == "多少"
    assert [question_in(x) for x in (None, [], {"data": {}}, {"params": 1})] == [""] * 4


# What the server records


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with library_of(tmp_path, kaifeng=("开封市", "全市建成老年食堂52个。")) as library:
        yield library


@pytest.fixture(scope="module")
def home_of_server(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data directory with users of two roles."""
    home = tmp_path_factory.mktemp("recorded")
    add_user(home / "users.json", "li", PASSWORD, AccessRole.READER)
    add_user(home / "users.json", "han", PASSWORD, AccessRole.EDITOR)
    return home


@pytest.fixture(scope="module")
def server(home_of_server: Path) -> Iterator[str]:
    """A server with sign-in and keys; questions are recorded."""
    home = home_of_server
    (home / "bulletins").mkdir()
    write_bulletin(home / "bulletins" / "kaifeng.txt", "开封市", "全市建成老年食堂52个。")
    library, audit = Library(home / "library", WordEncoder()), Audit(home / AUDIT)
    library.sync(home / "bulletins")
    store, chain = Store(home / "talk.sqlite"), word_chain(library)
    app = application(
        build_page(library, chain, store, audit=audit), Conversations(store),
        sign_in=own_users(home / "users.json"), programs=Programs(library, chain),
        keys=ApiKeys(home / KEYS), audit=audit, record_questions=True,
    )  # fmt: skip
    with served(app) as url:
        yield url
    library.close()


@pytest.fixture
def records(server: str, home_of_server: Path) -> Callable[[], list[AuditEntry]]:
    """Tells the records that a test has made at the server."""
    audit = Audit(home_of_server / AUDIT)
    before = len(audit.entries())
    return lambda: audit.entries()[before:]


def client(url: str, **headers: str) -> httpx.Client:
    unkept = httpx.Limits(max_keepalive_connections=0)  # the server ends what is idle for long
    return httpx.Client(base_url=url, headers=headers, trust_env=False, timeout=60, limits=unkept)


def test_the_server_records_who_comes_and_does_what(
    server: str, records: Callable[[], list[AuditEntry]], home_of_server: Path
) -> None:
    """Sign-in, its failures with no name that nobody has, what is not allowed, keys, questions."""
    one = client(server)
    for name, password in (("li", "wrong word"), (PASSWORD, "li"), ("li", PASSWORD)):
        one.post("/login", data={"name": name, "password": password})
    one.post("/gradio_api/upload", files={"files": ("x.txt", b"x")})
    keys = ApiKeys(home_of_server / KEYS)
    good, gone = keys.add("dify"), keys.add("gone")
    keys.revoke("gone")
    asked = {"model": "jianbao", "messages": [{"role": "user", "content": "你好"}]}
    for key in (good, gone, "jb-nothing"):
        by = client(server, Authorization=f"Bearer {key}")
        by.post("/v1/chat/completions", json=asked)
    one.get("/logout")
    number = next(key.id for key in keys.listed() if key.name == "gone")
    assert told(records()) == [
        ("li", "sign-in failed", ""),
        ("", "sign-in failed", ""),
        ("li", "signed in", ""),
        ("li", "not allowed", "/gradio_api/upload"),
        ("key:dify", "asked", "/v1/chat/completions"),
        ("key:gone", "key refused", number),
        ("li", "signed out", ""),
    ]
    assert {entry.actor.origin for entry in records()} == {"127.0.0.1"}
    assert "你好" in [entry.detail for entry in records()]
    assert not any(secret in str(records()) for secret in (PASSWORD, good[16:], gone[16:]))


def test_a_locked_name_is_recorded_once(
    server: str, records: Callable[[], list[AuditEntry]]
) -> None:
    """Guesses without end do not fill the disk; the log has them."""
    one = client(server)
    for _ in range(FAILURES + 3):
        one.post("/login", data={"name": "han", "password": "wrong word"})
    deeds = [entry.deed for entry in records()]
    assert deeds == ["sign-in failed"] * (FAILURES - 1) + ["sign-in locked"]


def test_what_the_page_changes_is_recorded_with_its_hash(
    library: Library, audit: Audit, tmp_path: Path
) -> None:
    """New, again, replaced; and what is held under another name."""
    record = partial(record_added, audit, LI)

    def take(path: Path) -> str:
        one = taken_in(library, path, record)
        if isinstance(one, Asked):
            as_chosen(library, one, IntakeChoice.TAKE, record)
        return sha256(path.read_bytes()).hexdigest()

    path = tmp_path / "xinxiang.txt"
    write_bulletin(path, "新乡市", "全市培训640人次。")
    first = take(path)
    take(path)
    twin = tmp_path / "twin.txt"
    twin.write_bytes(path.read_bytes())
    take(twin)
    write_bulletin(path, "新乡市", "全市培训641人次。")
    second = take(path)
    assert told(audit.entries()) == [("li", "added", "xinxiang"), ("li", "added", "twin"),
                           ("li", "replaced", "xinxiang")]  # fmt: skip
    assert [entry.detail for entry in audit.entries()] == [
        f"sha256 {first}",
        f"sha256 {first}, held as xinxiang",
        f"sha256 {second}, before {first}",
    ]


def test_what_a_folder_changes_is_recorded_with_its_hash(
    library: Library, audit: Audit, tmp_path: Path
) -> None:
    """What came, what is another, what went; a sync that changes nothing leaves no record."""
    folder = tmp_path / "bulletins"
    before = {entry.id: entry.sha256 for entry in library.entries()}
    write_bulletin(folder / "xinxiang.txt", "新乡市", "全市培训640人次。")
    record_changes(audit, folder, library.sync(folder))
    write_bulletin(folder / "xinxiang.txt", "新乡市", "全市培训641人次，不是640人次。")
    (folder / "kaifeng.txt").unlink()
    record_changes(audit, folder, library.sync(folder))
    record_changes(audit, folder, library.sync(folder))
    assert [(one.deed, one.thing) for one in audit.entries()] == [
        ("added", "xinxiang"), ("replaced", "xinxiang"), ("removed", "kaifeng"),
    ]  # fmt: skip
    assert audit.entries()[-1].detail == f"sha256 {before['kaifeng']}"
    assert {one.actor for one in audit.entries()} == {Actor("", str(folder))}


# The command line


def test_commands_are_recorded(
    jianbao: Command, home: Path, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What changes bulletins, users and keys, by the name of whoever runs them."""
    monkeypatch.setenv("JIANBAO_BULLETINS", str(folder))
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{PASSWORD}\n"))
    more = tmp_path / "luohe.txt"
    write_bulletin(more, "漯河市", "全市建成助餐点155个。")
    for command in (
        "add luohe.txt",
        "set luohe --date 2024-03-12",
        "remove luohe",
        "user add li",
        "user role li reader",
        "user remove li",
        "key add dify",
        "key revoke dify",
    ):
        words = command.replace("luohe.txt", str(more)).split()
        assert jianbao(*words).status == 0, command
    done = jianbao("audit", "--json")
    lines = [json.loads(line) for line in done.out.splitlines()]
    assert [(line["what"], line["object"]) for line in lines] == [
        ("added", "kaifeng"), ("added", "xinxiang"), ("added", "luohe"), ("metadata set", "luohe"),
        ("removed", "luohe"), ("user added", "li"), ("role set", "li"), ("user removed", "li"),
        ("key added", "dify"), ("key revoked", "dify"),
    ]  # fmt: skip
    assert {line["from"] for line in lines[2:]} == {"command line"}
    table = tmp_path / "records.csv"
    assert jianbao("audit", "--since", "2026-01-01", "--csv", str(table)).status == 0
    assert table.read_bytes().startswith(b"\xef\xbb\xbf")
    assert len(list(csv.reader(io.StringIO(table.read_text("utf-8-sig"))))) == len(lines) + 1
    assert "10 records, from 2026-01-01" in jianbao("audit").out.splitlines()[-1]
    assert jianbao("audit", "--since", "2999-01-01").out == ""
    assert jianbao("audit", "--since", "yesterday").status == 2


def test_settings_bound_the_records() -> None:
    """All are kept, without questions, unless it is set otherwise."""
    assert (read_settings({}).audit_days, read_settings({}).audit_questions) == (0, False)
    given = {"JIANBAO_AUDIT_DAYS": "180", "JIANBAO_AUDIT_QUESTIONS": "1"}
    assert (read_settings(given).audit_days, read_settings(given).audit_questions) == (180, True)
    with pytest.raises(CallError, match="AUDIT_DAYS"):
        read_settings({"JIANBAO_AUDIT_DAYS": "half a year"})
