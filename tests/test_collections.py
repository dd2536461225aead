"""A folder that is given to a group is there for the group alone, at every door; SECURITY.md has
the table of what was seen.
"""

import json
import re
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

import httpx
import pytest
from command import Command
from damage import deleted, emptied, halved
from doubles import WordEncoder, WordReader, word_chain, write_bulletin
from house import ROOT
from web_server import own_users, served

from corpus.errors import CallError, LibraryError, WorkError
from index.library import Library
from index.sight import WHOLE, Sight
from ui.page.chat_page import build_page
from ui.server.accounts import add_user
from ui.server.mcp_server import mcp_server
from ui.server.programs import Programs
from ui.server.server import application
from ui.server.server_metrics import Metrics
from ui.server.sights import sight_behind
from ui.server.sign_in_ways import SignInWays
from ui.store.api_keys import KEYS, ApiKeys
from ui.store.collections_file import COLLECTIONS, IN_USE, Collections
from ui.store.conversations import Conversations
from ui.store.page_database import Store
from ui.store.roles import AccessRole

PASSWORD = "简报 correct horse"
SECURITY, TABLE = ROOT / "SECURITY.md", ROOT / "build" / "collections.md"
BEGIN, END = "<!-- collections -->\n", "<!-- /collections -->\n"
GROUP, FOLDER, HIDDEN = "养老组", "保密", "保密/kaifeng"
QUESTION = "建成多少个老年食堂"  # nothing of what it is told apart by
# What only what lies in the folder says, or only an answer about it.
TELLING = ("52个", "开封", "没有这一页", '"bulletins":2')
OPEN = "no sign-in 不设登录"
USERS = {
    "reader, in the group 组内": AccessRole.READER, "reader 组外": AccessRole.READER,
    "editor 组外": AccessRole.EDITOR, "admin": AccessRole.ADMIN,
}  # fmt: skip
PROGRAMS = ("key, in the group 组内", "key 组外")
CALLERS = (OPEN, *USERS, *PROGRAMS)
INSIDE = {OPEN, "reader, in the group 组内", "admin", "key, in the group 组内"}


@dataclass(frozen=True)
class Caller:
    """Somebody at the doors, with what the page says of its events."""

    client: httpx.Client
    config: dict[str, Any]
    name: str

    def post(self, url: str, **sent: Any) -> str:
        return told(self.client.post(url, json=sent))

    def event(self, target: str | None, event: str, data: list[Any], **more: Any) -> str:
        """What comes of an event of the page: of an element, or of the page itself."""
        ids = {c["id"]: c["props"].get("elem_id") for c in self.config["components"]}
        number = next(
            d["id"]
            for d in self.config["dependencies"]
            if d["backend_fn"] and (target, event) in [(ids.get(t), e) for t, e in d["targets"]]
        )
        page = {"session_hash": f"page of {self.name} {target} {event}"}
        body = {"data": data, "fn_index": number, **page, **more}
        address = f"{self.client.base_url}?bulletin={quote(HIDDEN)}"
        sent = self.client.post("/gradio_api/queue/join", json=body, headers={"Referer": address})
        if sent.status_code != 200:
            return told(sent)
        lines = []
        with self.client.stream("GET", "/gradio_api/queue/data", params=page) as stream:
            for line in stream.iter_lines():
                lines.append(line)
                if "process_completed" in line or "close_stream" in line:
                    break
        return plain("\n".join(lines))

    def gradio(self, name: str, *data: Any) -> str:
        sent = self.client.post(f"/gradio_api/call/{name}", json={"data": list(data)})
        if sent.status_code != 200:
            return told(sent)
        return told(self.client.get(f"/gradio_api/call/{name}/{sent.json()['event_id']}"))

    def chat(self, question: str) -> str:
        said = [{"role": "user", "content": question}]
        return self.post("/v1/chat/completions", model="jianbao", messages=said)

    def retrieval(self, knowledge: str) -> str:
        setting = {"top_k": 9}
        return self.post("/retrieval", knowledge_id=knowledge, query=QUESTION,
                         retrieval_setting=setting)  # fmt: skip

    def tool(self, name: str) -> str:
        call = {"jsonrpc": "2.0", "id": 1, "method": "tools/call",
                "params": {"name": name, "arguments": {"question": QUESTION}}}  # fmt: skip
        accept = {"Accept": "application/json, text/event-stream"}
        return told(self.client.post("/mcp", json=call, headers=accept))

    def source(self) -> str:
        panel = next(
            c["id"] for c in self.config["components"] if c["props"].get("elem_id") == "jb-panel"
        )
        return self.post("/gradio_api/component_server", session_hash=f"page of {self.name}",
                         component_id=panel, fn_name="open_source",
                         data=f"/?bulletin={HIDDEN}&paragraph=1")  # fmt: skip


def plain(text: str) -> str:
    """A text with its escaped characters as they are."""
    return re.sub(r"\\u([0-9a-f]{4})", lambda m: chr(int(m[1], 16)), text)


def told(response: httpx.Response) -> str:
    return plain(response.text)


DOORS: dict[str, Callable[[Caller], str]] = {
    "`GET /config`": lambda c: told(c.client.get("/config")),
    "`GET /`": lambda c: told(c.client.get("/")),
    "`GET /health`": lambda c: told(c.client.get("/health")),
    "`GET /original`": lambda c: told(c.client.get("/original", params={"bulletin": HIDDEN})),
    "`GET /original/page.png`": lambda c: told(
        c.client.get("/original/page.png", params={"bulletin": HIDDEN, "unit": 0, "page": 1})
    ),
    "页面：打开 the page as it opens": lambda c: c.event(None, "load", []),
    "页面：表格和菜单 table and menus": lambda c: c.event("jb-watch", "stale", [[], [], None]),
    "页面：提问 a question on the page": lambda c: c.event(
        "jb-question", "submit", [QUESTION, "", "", [], [], "", ""]
    ),
    "页面：限定范围 limits": lambda c: c.event("jb-since", "change", [[HIDDEN], [], "", ""]),
    "页面：设定表单 form of facts": lambda c: c.event(
        "jb-entries", "facts", [], event_data={"id": HIDDEN}
    ),
    "页面：原文 source": Caller.source,
    "`/gradio_api/call/retrieve`": lambda c: c.gradio(
        "retrieve", QUESTION, 9, None, None, None, None, None, False
    ),
    "`/gradio_api/call/retrieve`, by its id": lambda c: c.gradio(
        "retrieve", QUESTION, 9, [HIDDEN], None, None, None, None, True
    ),
    "`/gradio_api/call/ask`": lambda c: c.gradio("ask", QUESTION, *[None] * 5),
    "`/v1/chat/completions`": lambda c: c.chat(QUESTION),
    "`/v1`：有哪些简报 which bulletins": lambda c: c.chat("资料库里有哪些简报？"),
    "`/v1`：拒答所列 what a refusal names": lambda c: c.chat("洛阳建成了多少座桥"),
    "`/retrieval`": lambda c: c.retrieval("jianbao"),
    "`/retrieval`, by its id": lambda c: c.retrieval(HIDDEN),
    "`/mcp` retrieve": lambda c: c.tool("retrieve"),
    "`/mcp` ask": lambda c: c.tool("ask"),
}


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("collections")


@pytest.fixture(scope="module")
def collections(home: Path) -> Collections:
    """A folder for one group, with a user and a key in it."""
    collections = Collections(home / COLLECTIONS)
    collections.give(FOLDER, GROUP)
    collections.put_into("user0", [GROUP])
    collections.put_into("key:key0", [GROUP])
    return collections


@pytest.fixture(scope="module")
def library(home: Path) -> Iterator[Library]:
    folder = home / "bulletins"
    (folder / FOLDER).mkdir(parents=True)
    write_bulletin(folder / f"{HIDDEN}.txt", "开封市", "全市建成老年食堂52个，惠及老人3万人。")
    write_bulletin(folder / "xinxiang.txt", "新乡市", "全市培训护理员640人次，开设课程12门。")
    library = Library(home / "library", WordEncoder())
    library.sync(folder)
    yield library
    library.close()


@pytest.fixture(scope="module")
def callers(home: Path, library: Library, collections: Collections) -> Iterator[dict[str, Caller]]:
    """Each of CALLERS, at two servers over one library."""
    store, keys, chain = Store(home / "talk.sqlite"), ApiKeys(home / KEYS), word_chain(library)
    reader = WordReader()

    def app(sign_in: SignInWays | None) -> Any:
        return application(
            build_page(library, chain, store, reader=reader), Conversations(store),
            sign_in=sign_in, mcp=mcp_server(library, chain, reader=reader),
            metrics=Metrics(library), library=library,
            programs=Programs(library, chain, reader), keys=keys, collections=collections,
        )  # fmt: skip

    for number, role in enumerate(USERS.values()):
        add_user(home / "users.json", f"user{number}", PASSWORD, role)
    with served(app(None)) as free, served(app(own_users(home / "users.json"))) as guarded:

        def client(url: str, **headers: str) -> httpx.Client:
            return httpx.Client(base_url=url, headers=headers, trust_env=False, timeout=120,
                                limits=httpx.Limits(max_keepalive_connections=0))  # fmt: skip

        known = {OPEN: client(free)}
        for number, name in enumerate(USERS):
            known[name] = client(guarded)
            sent = {"name": f"user{number}", "password": PASSWORD}
            assert known[name].post("/login", data=sent).status_code == 303
        for number, name in enumerate(PROGRAMS):
            known[name] = client(guarded, Authorization=f"Bearer {keys.add(f'key{number}')}")
        # each page numbers its elements anew, and keys are not shown it
        config = {name: known[name].get("/config").json() for name in (OPEN, next(iter(USERS)))}
        inside = config.pop(next(iter(USERS)))
        yield {
            name: Caller(own, config.get(name, inside), str(n))
            for n, (name, own) in enumerate(known.items())
        }


def test_security_md_has_the_table_of_what_came_through(callers: dict[str, Caller]) -> None:
    """What lies in the folder reaches its group and administrators, and by no door anybody else."""
    rows = {
        door: [any(word in through(callers[who]) for word in TELLING) for who in CALLERS]
        for door, through in DOORS.items()
    }
    outside = [n for n, who in enumerate(CALLERS) if who not in INSIDE]
    assert not [door for door, seen in rows.items() if any(seen[n] for n in outside)]
    head = ["what lies in a folder of a group", *CALLERS]
    lines = [head, ["---"] * len(head)]
    lines += [[door, *("✓" if seen else "–" for seen in row)] for door, row in rows.items()]
    table = "".join(f"| {' | '.join(line)} |\n" for line in lines)
    kept = SECURITY.read_text("utf-8").partition(BEGIN)[2].partition(END)[0]
    if kept != table:
        TABLE.parent.mkdir(exist_ok=True)
        TABLE.write_text(table, "utf-8")
    assert kept == table, f"read {TABLE} and, where it is meant, put it into SECURITY.md"


def test_the_others_get_what_is_theirs(callers: dict[str, Caller]) -> None:
    """By the same doors, of the folders that are open."""
    outside = callers["reader 组外"]
    assert "640人次" in outside.chat("培训护理员多少人次")
    assert "新乡" in outside.event("jb-watch", "stale", [[], [], None])
    assert '"bulletins":1' in told(outside.client.get("/health"))
    assert outside.client.get("/original", params={"bulletin": "xinxiang"}).status_code == 200


def test_an_editor_removes_nothing_that_is_not_seen(
    callers: dict[str, Caller], library: Library
) -> None:
    """It is answered as where there is no such bulletin."""
    callers["editor 组外"].event("jb-entries", "remove", [], event_data={"ids": [HIDDEN]})
    assert library.kept.entry(HIDDEN).id == HIDDEN


def test_rights_hold_from_the_next_request_on(
    callers: dict[str, Caller], collections: Collections
) -> None:
    """The same question is answered by what may be seen now, not by what was found before; and what
    was cited once opens no more.
    """
    other = callers["reader 组外"]
    assert "52个" not in other.chat(QUESTION)
    collections.put_into("user1", [GROUP])
    assert "52个" in other.chat(QUESTION)
    assert "52个" in told(other.client.get("/original", params={"bulletin": HIDDEN}))
    collections.put_into("user1", [])
    assert "52个" not in other.chat(QUESTION)
    assert "52个" not in other.source()
    assert other.client.get("/original", params={"bulletin": HIDDEN}).status_code == 404


def test_where_what_was_given_is_lost_administrators_alone_see_anything(
    callers: dict[str, Caller], collections: Collections
) -> None:
    """A file that is gone opens nothing: all others get a sentence, can sign in and out, and see
    what is theirs when it is back.
    """
    aside = collections.path.with_suffix(".aside")
    collections.path.rename(aside)
    try:
        for who, caller in callers.items():
            seen = {door for door, through in DOORS.items() if "新乡" in through(caller)}
            assert bool(seen) is (who in (OPEN, "admin")), (who, seen)
        other = callers["reader 组外"].client
        page, health = other.get("/"), other.get("/health")
        assert (page.status_code, health.status_code) == (503, 503)
        assert "请联系管理员" in page.text
        assert "请联系管理员" in callers["key 组外"].chat(QUESTION)
        assert other.get("/login").status_code == 303
        assert httpx.get(f"{other.base_url}/login", trust_env=False).status_code == 200
    finally:
        aside.rename(collections.path)
    assert other.get("/").status_code == 200
    assert "640人次" in callers["reader 组外"].chat("培训护理员多少人次")


@pytest.mark.parametrize("damage", [emptied, halved, deleted])
def test_a_file_that_lost_what_was_given_opens_nothing(
    damage: Callable[[Path], None], tmp_path: Path
) -> None:
    """It is told with the mend, and nothing takes its place by mistake."""
    own = Collections(tmp_path / COLLECTIONS)
    for number in range(150):  # more than a page of the file
        own.give(f"文件夹{number}", "a")
    before, kept = own.sight("li"), own.path.read_bytes()
    damage(own.path)
    for _ in range(2):
        with pytest.raises(LibraryError, match="backup"):
            own.sight("li", told=["a"])
        with pytest.raises(LibraryError, match="backup"):
            own.give("文件夹0", "b")
        with suppress(LibraryError):
            own.put_into("li", ["a"])
    own.path.write_bytes(kept)
    assert own.sight("li") == before


def test_what_an_earlier_version_gave_is_remembered_too(tmp_path: Path) -> None:
    """From the start of a server on; when all is open again there is nothing to be lost."""
    own, mark = Collections(tmp_path / COLLECTIONS), tmp_path / IN_USE
    own.remember()
    assert not mark.exists()
    own.give("甲", "a")
    mark.unlink()
    assert own.sight("li") == Sight(("甲",))
    own.remember()
    assert mark.exists()
    own.take("甲", "a", may_open=True)
    own.path.unlink()
    assert own.sight("li") == WHOLE


def test_a_request_of_which_nobody_told_sees_nothing() -> None:
    """A door that was built beside the others fails, and opens nothing."""
    with pytest.raises(WorkError):
        sight_behind({})


def test_the_last_group_is_taken_only_where_that_is_meant(tmp_path: Path) -> None:
    """For then the folder is open to all."""
    own = Collections(tmp_path / COLLECTIONS)
    assert own.sight("li") == WHOLE
    assert not own.path.exists()
    own.give("甲", "a")
    own.give("甲", "b")
    own.put_into("li", ["b"])
    assert (own.sight("li"), own.sight("han")) == (WHOLE, Sight(("甲",)))
    assert own.sight("han", told=["a"]) == WHOLE
    own.take("甲", "b")
    assert own.sight("li") == Sight(("甲",))
    with pytest.raises(CallError, match="--open"):
        own.take("甲", "a")
    with pytest.raises(CallError, match="not given"):
        own.take("甲", "c")
    own.take("甲", "a", may_open=True)
    assert own.sight("han") == WHOLE


@pytest.mark.parametrize("folder", ["", "甲/乙", "..", "/"])
def test_only_folders_at_the_top_are_given(tmp_path: Path, folder: str) -> None:
    """And groups have names that a command line takes."""
    own = Collections(tmp_path / COLLECTIONS)
    with pytest.raises(CallError, match="top of the library"):
        own.give(folder, "a")
    with pytest.raises(CallError, match="group"):
        own.give("甲", "a b")


def test_the_commands_give_and_put_into_groups(
    jianbao: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Users and keys; a key that is revoked leaves its groups, so that its next one has none."""
    monkeypatch.setenv("JIANBAO_HOME", str(tmp_path / "own"))
    assert "no such folder" in jianbao("collection", "give", "甲", "a").err
    assert jianbao("user", "group", "li", "a", "b").out == "li: a, b\n"
    assert jianbao("user", "group", "li", "--none").out == "li: 无 none\n"
    assert jianbao("key", "add", "wiki", "--group", "a").status == 0
    assert jianbao("key", "group", "wiki").out == "key:wiki: a\n"
    listed = jianbao("collection", "list", "--json").out.splitlines()
    assert list(map(json.loads, listed)) == [
        {"folder": "甲", "groups": ["a"]}, {"member": "key:wiki", "groups": ["a"]}
    ]  # fmt: skip
    assert jianbao("key", "revoke", "wiki").status == 0
    assert jianbao("collection", "list").out == "甲: a\n"
    assert jianbao("collection", "take", "甲", "a").status == 2
    assert jianbao("collection", "take", "甲", "a", "--open").out == "甲: open to all 所有人可见\n"
    assert jianbao("key", "group", "nobody").status == 2
