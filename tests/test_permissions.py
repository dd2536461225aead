"""Every door is tried in every role; SECURITY.md has the table of what was seen."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from command import Command
from doubles import library_of, word_chain
from house import ROOT
from web_server import own_users, served

from corpus.errors import CallError, LibraryError
from index.library import Library
from ui.page.chat_page import build_page
from ui.server.accounts import SignIn, add_user, set_role, user_roles
from ui.server.mcp_server import mcp_server
from ui.server.office_pages import Office
from ui.server.programs import Programs
from ui.server.rights import needed_by, needs
from ui.server.server import application
from ui.server.server_metrics import Metrics
from ui.server.sign_in_ways import SignInWays
from ui.store.api_keys import KEYS, ApiKeys
from ui.store.audit import AUDIT, Audit
from ui.store.conversations import Conversations
from ui.store.feedback import Feedback
from ui.store.page_database import Store
from ui.store.roles import AccessRole
from ui.store.usage_counts import USAGE, UsageCounts
from ui.store.usage_report import usage_report

PASSWORD = "简报 correct horse"
SECURITY = ROOT / "SECURITY.md"
BEGIN, END = "<!-- permissions -->\n", "<!-- /permissions -->\n"
SEEN = ROOT / "build" / "permissions.md"
ELSEWHERE = {"X-Forwarded-For": "192.0.2.7"}
OPEN, NOBODY = "no sign-in 不设登录", "nobody 未登录"
CALLERS = (OPEN, NOBODY, *AccessRole, *(f"key: {role}" for role in AccessRole))
FOR_EDITORS = {
    "添加文件 add files": "jb-files", "替换或跳过 replace or skip": "jb-added",
    "移除、设定 remove, set by hand": "jb-entries", "设定日期、地区、刊名 set facts": "jb-facts",
}  # fmt: skip
# Addresses, with a request that does as little as can be once it is let in.
DOORS: dict[str, tuple[str, dict[str, Any]]] = {
    "GET /health": ("GET", {}),
    "GET /login": ("GET", {}),
    "GET /password": ("GET", {}),
    "POST /password": ("POST", {"data": {"new": "a", "again": "b"}}),
    "GET /": ("GET", {}),
    "GET /config": ("GET", {}),
    "GET /export/x.txt": ("GET", {}),
    "GET /original?bulletin=kaifeng": ("GET", {}),
    "GET /original/page.png?bulletin=kaifeng&unit=0&page=1": ("GET", {}),
    "GET /records": ("GET", {}),
    "GET /records/export.csv": ("GET", {}),
    "GET /statistics": ("GET", {}),
    "GET /statistics/export.csv": ("GET", {}),
    "GET /gradio_api/info": ("GET", {}),
    "POST /gradio_api/call/retrieve": ("POST", {"json": {"data": []}}),
    "POST /gradio_api/call/ask": ("POST", {"json": {"data": []}}),
    "POST /gradio_api/upload": ("POST", {"files": {"files": ("x.txt", b"x")}}),
    "POST /gradio_api/component_server": ("POST", {"json": {}}),
    "POST /gradio_api/run/predict": ("POST", {"json": {"data": []}}),
    "GET /v1/models": ("GET", {}),
    "POST /v1/chat/completions": ("POST", {"json": {}}),
    "POST /retrieval": ("POST", {"json": {}}),
    "POST /mcp": ("POST", {"json": {}}),
    "GET /docs": ("GET", {}),
    "GET /metrics": ("GET", {}),
    "GET /metrics (from another machine)": ("GET", {"headers": ELSEWHERE}),
}


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data directory with a user of each role, named so, and one of before there were roles."""
    home = tmp_path_factory.mktemp("permissions")
    users = home / "users.json"
    for role in AccessRole:
        add_user(users, role, PASSWORD, role)
    add_user(users, "old", PASSWORD)
    kept = json.loads(users.read_text("utf-8"))
    del kept["old"]["role"]
    users.write_text(json.dumps(kept), "utf-8")
    return home


@pytest.fixture(scope="module")
def library(home: Path) -> Iterator[Library]:
    with library_of(home, kaifeng=("开封市", "全市建成老年食堂52个。")) as library:
        yield library


@pytest.fixture(scope="module")
def callers(home: Path, library: Library) -> Iterator[dict[str, httpx.Client]]:
    """A client for each of CALLERS and one for the user "old", at two servers over one library."""
    store, keys, chain = Store(home / "talk.sqlite"), ApiKeys(home / KEYS), word_chain(library)

    counts = UsageCounts(home / USAGE)
    office = Office(
        Audit(home / AUDIT), lambda _, *days: usage_report(counts, Feedback(store), {}, *days)
    )

    def app(sign_in: SignInWays | None) -> Any:
        return application(
            build_page(library, chain, store), Conversations(store), sign_in=sign_in,
            mcp=mcp_server(library, chain), metrics=Metrics(library), library=library,
            programs=Programs(library, chain), keys=keys, office=office,
        )  # fmt: skip

    with served(app(None)) as free, served(app(own_users(home / "users.json"))) as guarded:

        def client(url: str, **headers: str) -> httpx.Client:
            # a connection for each request: the server ends one that is idle for long
            return httpx.Client(base_url=url, headers=headers, trust_env=False, timeout=60,
                                limits=httpx.Limits(max_keepalive_connections=0))  # fmt: skip

        known = {OPEN: client(free), NOBODY: client(guarded), "old": client(guarded)}
        for role in AccessRole:
            secret = keys.add(role, role)
            known |= {role: client(guarded)}
            known |= {f"key: {role}": client(guarded, Authorization=f"Bearer {secret}")}
        for name in ("old", *AccessRole):
            sent = known[name].post("/login", data={"name": name, "password": PASSWORD})
            assert sent.status_code == 303
        yield known


@pytest.fixture(scope="module")
def config(callers: dict[str, httpx.Client]) -> dict[str, Any]:
    """What the page says of its events."""
    told: dict[str, Any] = callers[OPEN].get("/config").json()
    return told


def let_in(response: httpx.Response) -> bool:
    """Whether a request came through, whatever came of it then."""
    return response.status_code not in (401, 403) and response.headers.get("location") != "/login"


def opens(client: httpx.Client, door: str) -> bool:
    method, sent = DOORS[door]
    return let_in(client.request(method, door.split()[1], **sent))


def triggers(client: httpx.Client, event: int, name: str) -> bool:
    """Whether an event of the page is taken; nothing is sent that it could work on."""
    body = {"data": [], "fn_index": event, "session_hash": f"page of {name}"}
    return let_in(client.post("/gradio_api/queue/join", json=body))


def events_of(config: dict[str, Any], target: str | None) -> list[int]:
    """Numbers of the events that an element has, of None all those that no editor alone has."""
    ids = {c["id"]: c["props"].get("elem_id") for c in config["components"]}
    own = [(d, {ids.get(t[0]) for t in d["targets"]}) for d in config["dependencies"]]
    return [
        d["id"]
        for d, at in own
        if d["backend_fn"] and (target in at if target else not at & set(FOR_EDITORS.values()))
    ]


def test_security_md_has_the_table_of_what_was_seen(
    callers: dict[str, httpx.Client], config: dict[str, Any]
) -> None:
    """A door that is new, or opens to another role, changes the table: it is read before it is
    committed.
    """
    rows = {door: [opens(callers[who], door) for who in CALLERS] for door in DOORS}
    kinds = {"页面其他操作 the page's other events": None, **FOR_EDITORS}
    for name, target in kinds.items():
        events = events_of(config, target)
        assert events
        # each event in the least role, and one of them in the others
        some = {who: events if AccessRole.READER in who else events[:1] for who in CALLERS}
        tried = [{triggers(callers[who], one, who) for one in some[who]} for who in CALLERS]
        assert all(len(outcomes) == 1 for outcomes in tried), name
        rows[name] = [outcomes.pop() for outcomes in tried]
    head = ["door", *CALLERS]
    lines = [head, ["---"] * len(head), *(
        [f"`{door}`" if door in DOORS else door, *("✓" if seen else "–" for seen in row)]
        for door, row in rows.items()
    )]  # fmt: skip
    table = "".join(f"| {' | '.join(line)} |\n" for line in lines)
    told = SECURITY.read_text("utf-8").partition(BEGIN)[2].partition(END)[0]
    if told != table:
        SEEN.parent.mkdir(exist_ok=True)
        SEEN.write_text(table, "utf-8")
    assert told == table, f"read {SEEN} and, where it is meant, put it into SECURITY.md"


def test_a_user_of_an_older_file_does_what_was_done_before(
    callers: dict[str, httpx.Client], config: dict[str, Any], home: Path
) -> None:
    """The role is editor: whoever signed in asked, added and removed."""
    assert user_roles(home / "users.json")["old"] is AccessRole.EDITOR
    for target in (None, *FOR_EDITORS.values()):
        assert all(triggers(callers["old"], one, "old") for one in events_of(config, target))


def test_a_role_is_another_from_the_next_request_on(
    callers: dict[str, httpx.Client], home: Path
) -> None:
    """The session goes on."""
    client = callers["old"]
    upload = "POST /gradio_api/upload"
    assert opens(client, upload)
    set_role(home / "users.json", "old", AccessRole.READER)
    assert not opens(client, upload)
    assert opens(client, "GET /")
    set_role(home / "users.json", "old", AccessRole.EDITOR)


def test_a_reader_is_told_which_role_it_takes(callers: dict[str, httpx.Client]) -> None:
    """And how an administrator gives it."""
    told = callers[AccessRole.READER].post("/gradio_api/upload").json()["detail"]
    assert "权限不够" in told
    assert "jianbao user role NAME editor" in told


def test_a_reader_is_shown_nothing_to_change(
    callers: dict[str, httpx.Client], config: dict[str, Any]
) -> None:
    """Neither the place for files nor the boxes by which bulletins are picked."""
    event, _ = events_of(config, "jb-watch")  # the other shows what a page begins with
    for role in (AccessRole.READER, AccessRole.EDITOR):
        page = {"session_hash": f"looks {role}"}
        body = {"data": [[], [], None], "fn_index": event, **page}
        callers[role].post("/gradio_api/queue/join", json=body)
        told = ""
        with callers[role].stream("GET", "/gradio_api/queue/data", params=page) as lines:
            for told in lines.iter_lines():
                if "process_completed" in told:
                    break
        files, _, table, *_ = json.loads(told.removeprefix("data: "))["output"]["data"]
        assert files.get("visible", True) is (role is AccessRole.EDITOR)
        assert ('jb-pick" hidden' in table) is (role is AccessRole.READER)


@pytest.mark.parametrize(
    "way",
    [
        "//gradio_api/upload", "/gradio_api//upload", "/gradio_api/upload/", "/gradio_api/%75pload",
        "/upload", "/queue/join", "/gradio_api/call/v2/add",
    ],
)  # fmt: skip
def test_another_spelling_of_a_door_opens_no_more(
    callers: dict[str, httpx.Client], way: str
) -> None:
    """What is not known is for editors to change."""
    url = str(callers[AccessRole.READER].base_url).rstrip("/") + way
    files = {"files": ("x.txt", b"x")}
    assert callers[AccessRole.READER].post(url, files=files).status_code == 403


def test_an_event_without_a_mark_is_for_readers() -> None:
    """One that is marked is for its role."""

    @needs(AccessRole.EDITOR)
    def marked() -> None: ...

    assert (needed_by(marked), needed_by(print)) == (AccessRole.EDITOR, AccessRole.READER)


def test_another_password_leaves_the_role(tmp_path: Path) -> None:
    """A new user has the one that is asked for."""
    path = tmp_path / "users.json"
    add_user(path, "li", PASSWORD, AccessRole.READER)
    add_user(path, "li", PASSWORD + "!")
    assert user_roles(path) == {"li": AccessRole.READER}
    assert SignIn(path).role("nobody") is None
    with pytest.raises(CallError, match="no user"):
        set_role(path, "han", AccessRole.ADMIN)


def test_a_role_that_is_none_lets_nobody_in(tmp_path: Path) -> None:
    """A file that was written by hand wrongly is named."""
    path = tmp_path / "users.json"
    add_user(path, "li", PASSWORD)
    path.write_text(path.read_text("utf-8").replace("editor", "boss"), "utf-8")
    with pytest.raises(LibraryError, match="boss"):
        SignIn(path).role("li")


def test_the_command_shows_and_changes_roles(
    jianbao: Command, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """At its making, later, and in the list."""
    import io

    monkeypatch.setenv("JIANBAO_AUTH", str(tmp_path / "users.json"))
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{PASSWORD}\n"))
    assert jianbao("user", "add", "li", "--role", "reader").status == 0
    assert jianbao("user", "role", "li").out == "li: reader\n"
    assert jianbao("user", "role", "li", "admin").out == "li: admin\n"
    assert json.loads(jianbao("user", "list", "--json").out) == {"name": "li", "role": "admin"}
    assert jianbao("user", "role", "han", "admin").status == 2
