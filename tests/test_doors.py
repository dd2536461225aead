"""The doors of the server, tried from outside over real HTTP: what is another's stays shut."""

import os
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import httpx
import pytest
from doubles import library_of, word_chain, write_bulletin
from web_server import own_users, served

from index.library import Library
from ui.page.chat_page import build_page
from ui.server.accounts import add_user
from ui.server.owner import BROWSER_COOKIE
from ui.server.server import application
from ui.server.session_cookie import SESSION_COOKIE
from ui.server.uploads import FOLDER, MAX_BODY, private_folder
from ui.store.conversations import Conversations
from ui.store.feedback import Feedback
from ui.store.page_database import Store

PASSWORD = "简报 correct horse"
QUESTION = "开封市建成了多少个老年食堂"
SECRET = "全市秘密事项共有77件，任何人不得对外说起，也不得写入简报。"
FOREIGN = {"origin": "http://evil.example"}


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A data directory with one bulletin, private uploads, and a secret beside the library."""
    home = tmp_path_factory.mktemp("doors")
    before = os.environ.get(FOLDER)
    private_folder(home)
    write_bulletin(home / "secret.txt", "秘密市", SECRET)
    add_user(home / "users.json", "li", PASSWORD)
    add_user(home / "users.json", "han", PASSWORD)
    yield home
    os.environ.pop(FOLDER)
    if before is not None:
        os.environ[FOLDER] = before


@pytest.fixture(scope="module")
def library(home: Path) -> Iterator[Library]:
    """A library that these tests may change."""
    with library_of(home, kaifeng=("开封市", "全市建成老年食堂52个，惠及老人3万人。")) as library:
        yield library


@pytest.fixture(scope="module")
def store(home: Path) -> Store:
    """The database behind both servers."""
    return Store(home / "conversations.sqlite")


@pytest.fixture(scope="module")
def address(library: Library, store: Store) -> Iterator[str]:
    """The page without sign-in, on loopback."""
    page = build_page(library, word_chain(library), store)
    with served(application(page, Conversations(store))) as url:
        yield url


@pytest.fixture(scope="module")
def guarded(home: Path, library: Library, store: Store) -> Iterator[str]:
    """The page with sign-in."""
    page = build_page(library, word_chain(library), store)
    app = application(page, Conversations(store), sign_in=own_users(home / "users.json"))
    with served(app) as url:
        yield url


def browser(url: str) -> httpx.Client:
    """A browser with cookies of its own, that has been at the page."""
    client = httpx.Client(base_url=url, trust_env=False, timeout=30)
    client.get("/")
    return client


def signed_in(url: str, name: str) -> httpx.Client:
    """A browser whose user has signed in."""
    client = browser(url)
    assert client.post("/login", data={"name": name, "password": PASSWORD}).status_code == 303
    return client


def event(client: httpx.Client, target: str) -> dict[str, Any]:
    """The event of the page that listens to an element."""
    config = client.get("/config").json()
    ids = [c["id"] for c in config["components"] if c["props"].get("elem_id") == target]
    found: dict[str, Any] = next(
        d for d in config["dependencies"] if any(t[0] in ids for t in d["targets"])
    )
    return found


def joined(
    client: httpx.Client, target: str, data: list[Any], session: str, said: Any = None
) -> httpx.Response:
    """The page's own event, sent by hand."""
    body = {"data": data, "fn_index": event(client, target)["id"], "session_hash": session}
    return client.post("/gradio_api/queue/join", json={**body, "event_data": said})


def outcome(client: httpx.Client, session: str) -> str:
    """What the server tells a session, up to the end of its event."""
    told = ""
    with client.stream("GET", "/gradio_api/queue/data", params={"session_hash": session}) as lines:
        for line in lines.iter_lines():
            told += line
            if "process_completed" in line:
                break
    return told


def ask(client: httpx.Client, session: str) -> str:
    """Ask on the page, in the conversation that the session shows; what came of it."""
    data: list[Any] = [QUESTION, "", "", [], [], "", ""]
    assert joined(client, "jb-question", data, session).status_code == 200
    return outcome(client, session)


def kept_by(client: httpx.Client, store: Store, session: str) -> str:
    """The conversation that a question has just begun."""
    assert "52个" in ask(client, session)
    with store.work() as db:
        (newest,) = db.execute("SELECT id FROM conversations ORDER BY rowid DESC").fetchone()
    return str(newest)


# Another's conversation, feedback and files


def test_a_conversation_is_exported_to_its_browser_alone(address: str, store: Store) -> None:
    """Another browser, one without cookies and one with a made-up secret find nothing."""
    mine = browser(address)
    conversation = kept_by(mine, store, "one")
    export = f"/export/{conversation}.txt"
    assert "52个" in mine.get(export).text
    for other in (browser(address), httpx.Client(base_url=address, trust_env=False)):
        missing = other.get(export)
        assert missing.status_code == 404
        assert missing.json() == other.get("/export/nothing.txt").json()
    forged = {"cookie": f"{BROWSER_COOKIE}={'A' * 43}"}
    assert httpx.get(address + export, headers=forged, trust_env=False).status_code == 404


def test_a_page_is_its_own_browsers_alone(address: str, store: Store) -> None:
    """Who has learned its number neither reads its answers, nor asks, judges or ends it there."""
    mine, other = browser(address), browser(address)
    conversation = kept_by(mine, store, "two")
    before = mine.get(f"/export/{conversation}.txt").text
    thumb = {"number": 1, "good": 1}
    tried = [
        other.get("/gradio_api/queue/data?session_hash=two"),
        other.get("/gradio_api/queue/data?session_hash=mine&session_hash=two"),
        other.get("/gradio_api/heartbeat/two"),
        joined(other, "jb-question", [QUESTION, "", "", [], [], "", ""], "two"),
        joined(other, "jb-now", [conversation], "two", thumb),
        other.post("/gradio_api/cancel", json={"session_hash": "two", "fn_index": 0,
                                               "event_id": "x"}),
        other.post("/gradio_api/component_server", json={"session_hash": "two", "data": "",
                                                         "component_id": 1, "fn_name": "x"}),
    ]  # fmt: skip
    assert [response.status_code for response in tried] == [403] * len(tried)
    assert mine.get(f"/export/{conversation}.txt").text == before
    assert not list(Feedback(store).opinions())
    joined(other, "jb-now", [conversation], "its own", thumb)
    assert "no such conversation" in outcome(other, "its own")
    assert not list(Feedback(store).opinions())
    joined(mine, "jb-now", [conversation], "two", thumb)
    outcome(mine, "two")
    assert len(list(Feedback(store).opinions())) == 1


def test_a_conversation_is_not_continued_by_its_id(address: str, store: Store) -> None:
    """Who names another's conversation is told that there is none, and adds nothing to it."""
    conversation = kept_by(browser(address), store, "three")
    other = browser(address)
    data: list[Any] = [QUESTION, conversation, "", [], [], "", ""]
    joined(other, "jb-question", data, "four")
    assert "no such conversation" in outcome(other, "four")
    with store.work() as db:
        count = "SELECT count(*) FROM exchanges WHERE conversation = ?"
        assert db.execute(count, (conversation,)).fetchone() == (1,)


def test_a_user_never_sees_what_another_user_keeps(guarded: str, store: Store) -> None:
    """Also in the same browser, after one signed out and the other signed in."""
    client = signed_in(guarded, "li")
    export = f"/export/{kept_by(client, store, 'five')}.docx"
    assert client.get(export).status_code == 200
    client.get("/logout")
    assert client.get(export).status_code == 401
    client.post("/login", data={"name": "han", "password": PASSWORD})
    assert client.get(export).status_code == 404
    assert signed_in(guarded, "li").get(export).status_code == 200


def test_a_session_that_nobody_has_tells_nothing(address: str) -> None:
    """Neither the stream of a page's events nor the result of a call is had by guessing."""
    client = browser(address)
    for guess in ("/gradio_api/queue/data?session_hash=guess", "/gradio_api/call/ask/guess"):
        with client.stream("GET", guess, timeout=5) as response:
            try:
                told = response.read().decode()
            except httpx.RemoteProtocolError:  # broken off: the session is not there
                told = ""
        assert "data" not in told.lower() or "52个" not in told


@pytest.mark.parametrize("door", ["/gradio_api/file=", "/gradio_api/file/", "/file=", "/file/"])
def test_an_uploaded_file_is_never_handed_out(address: str, door: str) -> None:
    """Not even to who uploaded it: files come in, and answers go out by /export alone."""
    mine = browser(address)
    (path,) = mine.post("/gradio_api/upload", files={"files": ("a.txt", b"mine")}).json()
    for client in (mine, browser(address)):
        assert client.get(door + path).status_code == 404


# Paths


def encodings(path: str) -> list[str]:
    """A path as the web may write it."""
    percent = quote(path, safe="")
    up = "../" * 12
    return [
        path, percent, quote(percent, safe=""), up + path, quote(up, safe="") + percent,
        up.replace(".", "%2e") + path, up.replace("/", "%5c") + path, "....//" * 12 + path,
        "..%c0%af" * 12 + path, f"file://{path}", f"{path}%00.txt", f"kaifeng.txt/{up}{path}",
    ]  # fmt: skip


DOORS = (
    "/gradio_api/file=", "/gradio_api/file/", "/file=", "/static/", "/assets/", "/svelte/",
    "/gradio_api/custom_component/1/client/component/", "/gradio_api/proxy=", "/export/", "/",
    "/gradio_api/stream/", "/theme.css/", "/gradio_api/call/", "/gradio_api/heartbeat/../",
)  # fmt: skip


@pytest.mark.parametrize("door", DOORS)
def test_no_path_leads_out(address: str, home: Path, door: str) -> None:
    """Neither the database, nor the users, nor a file of the system, in any encoding."""
    targets = (home / "users.json", home / "conversations.sqlite", Path("/etc/passwd"))
    with socket.create_connection(("127.0.0.1", int(address.rsplit(":", 1)[1]))) as raw:
        for target in targets:
            for path in encodings(str(target)):
                # By hand: a client would tidy the path before it is sent.
                request = f"GET {door}{path} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"
                raw.sendall(request.encode())
                head, body = answered(raw)
                assert head.split()[1] in {b"400", b"403", b"404", b"405", b"422"}, path
                for content in (b"scrypt", b"SQLite format", b"root:"):
                    assert content not in body, path


def answered(raw: socket.socket) -> tuple[bytes, bytes]:
    """The head and the body of a response with a length."""
    got = b""
    while b"\r\n\r\n" not in got:
        got += raw.recv(65536)
    head, _, body = got.partition(b"\r\n\r\n")
    length = next(
        int(line.split(b":")[1])
        for line in head.lower().splitlines()
        if line.startswith(b"content-length")
    )
    while len(body) < length:
        body += raw.recv(65536)
    return head, body


@pytest.mark.parametrize(
    "name",
    ["../../../escaped.txt", "..%2f..%2fescaped.txt", "/etc/escaped.txt", "..\\..\\escaped.txt",
     ".", "..", "a/../../escaped.txt", "\u2025/escaped.txt", "escaped.txt\0.pdf"],
)  # fmt: skip
def test_an_upload_stays_in_its_folder(address: str, home: Path, name: str) -> None:
    """Whatever the file is called; the folder is for the server's user alone."""
    boundary = "x" * 20
    body = (
        f'--{boundary}\r\nContent-Disposition: form-data; name="files"; filename="{name}"\r\n'
        f"Content-Type: text/plain\r\n\r\nescaped\r\n--{boundary}--\r\n"
    )
    kind = {"content-type": f"multipart/form-data; boundary={boundary}"}
    sent = browser(address).post("/gradio_api/upload", content=body.encode(), headers=kind)
    uploads = (home / "uploads").resolve()
    if sent.status_code == 200:
        assert all(Path(path).resolve().is_relative_to(uploads) for path in sent.json())
    assert uploads.stat().st_mode & 0o077 == 0
    outside = [p for p in home.rglob("*escaped*") if not p.resolve().is_relative_to(uploads)]
    assert not outside
    assert not Path("/etc/escaped.txt").exists()


@pytest.mark.parametrize("key", ["path", "url", "both"])
@pytest.mark.parametrize("wanted", ["file", "link", "web"])
def test_only_uploads_are_taken_in(
    address: str, home: Path, library: Library, key: str, wanted: str
) -> None:
    """A request that names a file of the server, a link to one, or an address, adds nothing."""
    link = home / "uploads" / "link.txt"
    if not link.exists():
        link.symlink_to(home / "secret.txt")
    named = {"file": str(home / "secret.txt"), "link": str(link),
             "web": f"{address}/theme.css"}[wanted]  # fmt: skip
    file = {"meta": {"_type": "gradio.FileData"}, "orig_name": "a.txt"}
    file["path"] = named if key in ("path", "both") else "missing.txt"
    if key in ("url", "both"):
        file["url"] = named
    sent = joined(browser(address), "jb-files", [[file]], f"{key}-{wanted}")
    assert sent.status_code == 403
    assert [entry.id for entry in library.entries()] == ["kaifeng"]


def test_what_is_uploaded_is_taken_in(address: str, library: Library) -> None:
    """The same request with an uploaded file adds it: the tests above try the real door."""
    client = browser(address)
    text = "新乡市：扎实推进养老服务\n新乡市人大常委会高度重视养老服务工作。\n全市培训640人次。\n"
    (path,) = client.post(
        "/gradio_api/upload", files={"files": ("xinxiang.txt", text.encode())}
    ).json()
    file = {"path": path, "orig_name": "xinxiang.txt", "meta": {"_type": "gradio.FileData"}}
    assert joined(client, "jb-files", [[file], None], "upload").status_code == 200
    outcome(client, "upload")
    assert "xinxiang" in [entry.id for entry in library.entries()]
    library.remove("xinxiang")


def test_uploads_go_when_the_server_stops(library: Library, store: Store) -> None:
    """What the library took in it has copied; the rest is nobody's."""
    page = build_page(library, word_chain(library), store)
    with served(application(page, Conversations(store))) as url:
        sent = browser(url).post("/gradio_api/upload", files={"files": ("b.txt", b"stays?")})
        (path,) = sent.json()
        assert Path(path).read_bytes() == b"stays?"
    assert not Path(path).exists()


def test_an_upload_is_bounded(address: str, home: Path) -> None:
    """What is larger than a bulletin can be is refused and not kept."""
    large = b"x" * (51 * 2**20)
    sent = browser(address).post("/gradio_api/upload", files={"files": ("large.txt", large)})
    assert sent.status_code == 413
    assert not list((home / "uploads").rglob("large.txt"))


def test_a_request_is_bounded(address: str) -> None:
    """More than a page ever sends is refused before it is read as JSON."""
    body = b'{"data": ["' + b"x" * MAX_BODY + b'"]}'
    kind = {"content-type": "application/json"}
    sent = browser(address).post("/gradio_api/call/ask", content=body, headers=kind)
    assert sent.status_code == 413


# Pages of other sites


@pytest.mark.parametrize("path", ["/gradio_api/call/ask", "/gradio_api/queue/join", "/login"])
@pytest.mark.parametrize(
    "origin", ["http://evil.example", "null", "http://127.0.0.1:1", "http://["]
)
def test_a_page_of_another_site_asks_nothing(address: str, path: str, origin: str) -> None:
    """Whatever it sends is refused, and it may read no refusal."""
    sent = httpx.post(address + path, json={}, headers={"origin": origin}, trust_env=False)
    assert sent.status_code == 403
    assert "access-control-allow-origin" not in sent.headers


def test_a_page_of_another_site_uploads_nothing(address: str, home: Path) -> None:
    """A form needs no leave of the browser to be sent; the server refuses it."""
    before = set((home / "uploads").rglob("*"))
    files = {"files": ("a.txt", b"foreign")}
    sent = httpx.post(f"{address}/gradio_api/upload", files=files, headers=FOREIGN, trust_env=False)
    assert sent.status_code == 403
    assert set((home / "uploads").rglob("*")) == before


@pytest.mark.parametrize("host", ["evil.example", "evil.example:7860", "127.0.0.1.evil", ""])
def test_a_name_made_to_mean_this_machine_is_refused(address: str, host: str) -> None:
    """DNS rebinding: a foreign name in Host gets nothing from a server on loopback."""
    for path in ("/", "/config", "/gradio_api/info"):
        answer = httpx.get(address + path, headers={"host": host}, trust_env=False)
        assert answer.status_code == 400


@pytest.mark.parametrize("host", ["localhost", "LOCALHOST:1", "127.0.0.1", "[::1]:7860"])
def test_the_names_of_this_machine_are_served(address: str, host: str) -> None:
    """Whatever the port, as a tunnel may have another."""
    assert httpx.get(address, headers={"host": host}, trust_env=False).status_code == 200


def test_a_proxy_may_have_another_name_where_users_sign_in(guarded: str) -> None:
    """A foreign name without a session gets the form, and nothing else."""
    answer = httpx.get(f"{guarded}/config", headers={"host": "office.example"}, trust_env=False)
    assert answer.status_code == 401


# Sign-in over HTTP


def test_nothing_but_the_form_is_had_without_a_session(guarded: str) -> None:
    """Every address of the application, asked as it is declared."""
    client = httpx.Client(base_url=guarded, trust_env=False)
    for path in ("/config", "/gradio_api/info", "/gradio_api/openapi.json", "/theme.css",
                 "/gradio_api/queue/data?session_hash=a", "/export/a.txt", "/gradio_api/file=a",
                 "/openapi.json", "/login/", "/LOGIN", "/static/img/logo.svg",
                 "/gradio_api/heartbeat/a", "/login/../config"):  # fmt: skip
        assert client.get(path).status_code in {401, 404}, path
    for path in ("/gradio_api/call/ask", "/gradio_api/queue/join", "/gradio_api/upload", "/login/"):
        assert client.post(path, json={}).status_code == 401, path


def test_a_window_whose_session_has_ended_is_led_to_the_form(guarded: str) -> None:
    """What a browser opens by its address: a source leads back to itself, the way out does not."""
    window = {"accept": "text/html,application/xhtml+xml,*/*;q=0.8"}
    with httpx.Client(base_url=guarded, trust_env=False, headers=window) as client:
        told = {path: client.get(path) for path in ("/logout", "/source/a?page=2")}
    assert {answer.status_code for answer in told.values()} == {303}
    assert told["/logout"].headers["location"] == "/login"
    assert told["/source/a?page=2"].headers["location"] == "/login?next=%2Fsource%2Fa%3Fpage%3D2"


def test_signing_in_makes_a_new_session(guarded: str) -> None:
    """A session put into the browser before (fixation) is worth nothing after."""
    planted = "planted" * 6
    client = httpx.Client(base_url=guarded, trust_env=False, cookies={SESSION_COOKIE: planted})
    assert client.get("/config").status_code == 401
    entered = client.post("/login", data={"name": "li", "password": PASSWORD})
    cookies = entered.headers.get_list("set-cookie")
    (cookie,) = [one for one in cookies if one.startswith(f"{SESSION_COOKIE}=")]
    assert planted not in cookie
    assert {"httponly", "samesite=lax", "path=/"} <= set(cookie.lower().split("; "))
    known = {"cookie": f"{SESSION_COOKIE}={planted}"}
    assert httpx.get(f"{guarded}/config", headers=known, trust_env=False).status_code == 401


@pytest.mark.parametrize("path", ["/", "/config", "/login", "/export/a.txt", "/nothing"])
@pytest.mark.parametrize("which", ["address", "guarded"])
def test_every_response_is_told_to_be_careful(
    which: str, path: str, request: pytest.FixtureRequest
) -> None:
    """Pages, data and refusals alike; framed by nobody."""
    headers = httpx.get(str(request.getfixturevalue(which)) + path, trust_env=False).headers
    assert "frame-ancestors 'none'" in headers["content-security-policy"]
    assert "default-src 'self'" in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "same-origin"


def test_the_configuration_names_no_folder(address: str, home: Path) -> None:
    """What every browser gets says nothing of where things are kept."""
    client = browser(address)
    told = client.get("/config").text + client.get("/").text
    assert str(home) not in told
    assert str(Path(__file__).parent.parent) not in told
