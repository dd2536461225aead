"""The pages of records and statistics: what they show, and that they change nothing."""

import csv
import io
import re
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import httpx
import pytest
from doubles import WordEncoder, WordReader, word_chain, write_bulletin
from web_server import own_users, served

from index.library import Library
from rag.chain import Request
from ui.page.chat_page import build_page
from ui.server.accounts import add_user
from ui.server.observed import observed
from ui.server.office_pages import ROWS, Office
from ui.server.programs import Programs
from ui.server.server import application
from ui.server.usage_observer import UsageObserver
from ui.store.api_keys import KEYS, ApiKeys
from ui.store.audit import AUDIT, Actor, Audit, Deed
from ui.store.conversations import Conversations
from ui.store.feedback import Feedback
from ui.store.page_database import Store
from ui.store.roles import AccessRole
from ui.store.usage_counts import USAGE, UsageCounts
from ui.store.usage_report import usage_report

PASSWORD = "简报 correct horse"
LI, HAN = Actor("li", "192.0.2.7"), Actor("han", "192.0.2.8")
ANSWERED, REFUSED = "开封建成老年食堂多少个", "吕梁市的高铁站什么时候通车"


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data directory with an editor and an admin, named so."""
    home = tmp_path_factory.mktemp("office")
    for role in AccessRole:
        add_user(home / "users.json", role, PASSWORD, role)
    return home


@pytest.fixture(scope="module")
def visitors(home: Path) -> Iterator[Callable[[AccessRole], httpx.Client]]:
    """Signs in at a server of which a question was asked that has an answer and one that has none,
    and gives a client.
    """
    (home / "bulletins").mkdir()
    write_bulletin(home / "bulletins" / "kaifeng.txt", "开封市", "全市建成老年食堂52个。")
    library = Library(home / "library", WordEncoder())
    library.sync(home / "bulletins")
    store, audit, counts = (
        Store(home / "talk.sqlite"),
        Audit(home / AUDIT),
        UsageCounts(home / USAGE),
    )
    usage = UsageObserver(counts)
    chain = observed(word_chain(library), [usage])
    for question in (ANSWERED, REFUSED):
        list(chain.stream(Request(question)))
    for number in range(2 * ROWS + 5):
        audit.record(LI, Deed.ADDED, f"<b>{number}</b>", "=1+1")
    audit.record(HAN, Deed.REMOVED, "gone")
    titles = {entry.id: entry.title for entry in library.entries()}
    office = Office(audit, lambda _, *days: usage_report(counts, Feedback(store), titles, *days))
    app = application(
        build_page(library, chain, store, reader=WordReader(), audit=audit, usage=usage),
        Conversations(store), sign_in=own_users(home / "users.json"), audit=audit, office=office,
        programs=Programs(library, chain), keys=ApiKeys(home / KEYS),
    )  # fmt: skip
    with served(app) as url:

        def visitor(role: AccessRole) -> httpx.Client:
            unkept = httpx.Limits(max_keepalive_connections=0)
            one = httpx.Client(base_url=url, trust_env=False, timeout=60, limits=unkept)
            assert one.post("/login", data={"name": role, "password": PASSWORD}).status_code == 303
            return one

        yield visitor
    library.close()


Visitors = Callable[[AccessRole], httpx.Client]


def numbers(page: str) -> list[int]:
    """The numbers of the records that a page shows."""
    return [int(one) for one in re.findall(r"<tr><td>(\d+)</td>", page)]


def test_records_are_leafed_through_latest_first(visitors: Visitors, home: Path) -> None:
    """Every record once, whatever is added meanwhile; a reader or an editor sees none of them."""
    admin = visitors(AccessRole.ADMIN)
    seen: list[int] = []
    address: str | None = "/records"
    while address:
        page = admin.get(address)
        assert page.status_code == 200
        Audit(home / AUDIT).record(HAN, Deed.SIGNED_IN)
        seen += numbers(page.text)
        found = re.search(r'rel="next" href="([^"]+)"', page.text)
        address = found[1].replace("&amp;", "&") if found else None
    assert seen == sorted(set(seen), reverse=True)
    assert len(seen) > 2 * ROWS
    assert seen[-1] == 1
    for role in (AccessRole.READER, AccessRole.EDITOR):
        assert visitors(role).get("/records").status_code == 403


@pytest.mark.parametrize("way", ["//records", "/records/", "/Records", "/%72ecords", "/records//"])
def test_another_spelling_opens_no_records(visitors: Visitors, way: str) -> None:
    """Whatever it leads to, an editor sees none of them."""
    editor = visitors(AccessRole.EDITOR)
    sent = editor.get(str(editor.base_url).rstrip("/") + way, follow_redirects=True)
    assert sent.status_code in (403, 404)
    assert "审计记录" not in sent.text


def test_records_are_chosen_by_time_name_and_kind(visitors: Visitors) -> None:
    """What is written wrongly is told beside the form; what is typed stands there as text alone."""
    admin, today = visitors(AccessRole.ADMIN), date.today().isoformat()
    chosen = admin.get("/records", params={"kind": "removed", "who": "ha", "since": today}).text
    assert "共1条" in chosen
    assert "<td>gone</td>" in chosen
    assert '<option value="removed" selected>' in chosen
    assert "共0条" in admin.get("/records", params={"until": "2020-01-01"}).text
    assert "共0条" in admin.get("/records", params={"who": "%"}).text
    for wrong in ({"since": "yesterday"}, {"before": "<i>"}):
        told = admin.get("/records", params=wrong)
        assert (told.status_code, 'role="alert"' in told.text) == (422, True)
        assert "<i>" not in told.text
    assert "&lt;b&gt;" in admin.get("/records", params={"who": "li", "kind": "added"}).text
    assert admin.get("/records/export.csv", params={"since": "yesterday"}).status_code == 422


def test_an_export_of_records_is_recorded(visitors: Visitors, home: Path) -> None:
    """With what was chosen and by whom; the table runs nothing in a spreadsheet."""
    admin = visitors(AccessRole.ADMIN)
    sent = admin.get("/records/export.csv", params={"who": "li", "kind": "added"})
    assert sent.headers["content-disposition"].startswith("attachment")
    rows = list(csv.reader(io.StringIO(sent.content.decode("utf-8-sig"))))
    assert len(rows) == 2 * ROWS + 6
    assert rows[1][5] == "'=1+1"
    last = Audit(home / AUDIT).entries()[-1]
    assert (last.actor.who, last.deed, last.thing) == ("admin", "exported", "/records")
    assert last.detail == f"{2 * ROWS + 5} records, who li, what added"


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
@pytest.mark.parametrize("door", ["/records", "/records/export.csv", "/records/1"])
def test_nothing_writes_to_the_records(
    visitors: Visitors, home: Path, method: str, door: str
) -> None:
    """Neither a method nor an address of the page takes anything from an admin."""
    admin = visitors(AccessRole.ADMIN)
    before = Audit(home / AUDIT).entries()
    sent = admin.request(method, door, params={"before": "3"}, data={"number": "1"})
    assert sent.status_code in (404, 405)
    assert Audit(home / AUDIT).entries() == before


def test_statistics_tell_what_to_collect(visitors: Visitors) -> None:
    """What was missing, what was read, how much was asked; no word of the question beyond."""
    editor = visitors(AccessRole.EDITOR)
    page = editor.get("/statistics").text
    assert "提问2次" in page
    assert "吕梁市" in page
    assert "高铁" not in page
    assert "开封市：扎实推进养老服务" in page
    assert "提问0次" in editor.get("/statistics", params={"until": "2020-01-01", "since": ""}).text
    assert editor.get("/statistics", params={"since": "x"}).status_code == 422
    assert visitors(AccessRole.READER).get("/statistics").status_code == 403


def test_an_export_of_statistics_is_recorded(visitors: Visitors, home: Path) -> None:
    """By an editor, with the numbers of the page."""
    sent = visitors(AccessRole.EDITOR).get("/statistics/export.csv")
    rows = list(csv.reader(io.StringIO(sent.content.decode("utf-8-sig"))))
    assert ["缺少地区 place missing", "吕梁市", "1"] in rows
    last = Audit(home / AUDIT).entries()[-1]
    assert (last.actor.who, last.deed, last.thing) == ("editor", "exported", "/statistics")


def test_the_page_leads_those_there_who_may(visitors: Visitors) -> None:
    """An editor to the statistics, an admin to the records too, a reader to neither."""
    for role, links in (
        (AccessRole.READER, []),
        (AccessRole.EDITOR, ["/statistics"]),
        (AccessRole.ADMIN, ["/statistics", "/records"]),
    ):
        one = visitors(role)
        config = one.get("/config").json()
        ids = {c["id"]: c["props"].get("elem_id") for c in config["components"]}
        (event,) = (
            d["id"] for d in config["dependencies"]
            if d["inputs"] and any(ids.get(t[0]) == "jb-watch" for t in d["targets"])
        )  # fmt: skip
        page = {"session_hash": f"foot of {role}"}
        one.post("/gradio_api/queue/join", json={"data": [[], [], None], "fn_index": event, **page})
        told = ""
        with one.stream("GET", "/gradio_api/queue/data", params=page) as lines:
            for told in lines.iter_lines():
                if "process_completed" in told:
                    break
        found = re.findall(r'href=\\"(/(?:statistics|records))\\"', told)
        assert found == links


def test_a_bulletin_that_is_opened_is_counted(visitors: Visitors, home: Path) -> None:
    """By the page's own script; an address that opens nothing counts nothing."""
    reader = visitors(AccessRole.READER)
    config = reader.get("/config").json()
    (panel,) = (
        c["id"] for c in config["components"] if c["props"].get("elem_id") == "jb-panel"
    )  # fmt: skip
    for address in ("/?bulletin=kaifeng", "/?bulletin=nothing", "/?bulletin=kaifeng&unit=x"):
        body = {
            "data": address, "component_id": panel, "fn_name": "open_source",
            "session_hash": "opens",
        }  # fmt: skip
        assert reader.post("/gradio_api/component_server", json=body).status_code == 200
    counted = [(one.name, one.times) for one in UsageCounts(home / USAGE).tallies()
               if one.what == "opened"]  # fmt: skip
    assert counted == [("kaifeng", 1)]
