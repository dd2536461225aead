"""The load test tells a whole answer from a torn one, and its table is made of its figures."""

import asyncio
import json
import time
from contextlib import aclosing
from pathlib import Path
from typing import Any

import pytest
from doubles import WordEncoder, WordReader, word_chain
from fastapi import FastAPI, Request
from httpx import HTTPError
from web_server import own_users, served

from eval.bench.load import VISITOR, paragraphs, spread
from eval.bench.load_table import load_markdown
from eval.bench.office import (
    EDITOR,
    FOLDER,
    LoadOffice,
    come_in,
    furnish,
    is_closed,
    office_of,
    settings_of,
)
from eval.bench.people import Tally, changing, torn
from index.library import Library
from index.sight import WHOLE, Sight
from rag.chain import Request as Asked
from rag.settings import shipped_bulletins
from ui.page.chat_page import build_page
from ui.server.accounts import user_roles
from ui.server.gate import add_sign_in
from ui.server.owner import USER
from ui.server.server import application
from ui.store.audit import AUDIT, Audit, Deed
from ui.store.collections_file import COLLECTIONS, Collections
from ui.store.conversations import Conversations
from ui.store.page_database import Store

DOCS = Path(__file__).resolve().parent.parent / "docs"


@pytest.fixture(scope="module")
def answer(library: Library) -> dict[str, Any]:
    """A real answer as programs get it."""
    return word_chain(library).invoke(Asked("三门峡建成了多少个老年助餐场所")).as_dict()


def changed(answer: dict[str, Any], **values: Any) -> dict[str, Any]:
    """The answer with other values in its first citation."""
    first, *others = answer["citations"]
    return answer | {"citations": [first | values, *others]}


def test_a_real_answer_is_whole(answer: dict[str, Any]) -> None:
    """What it cites stands in the files as the parser reads them."""
    assert torn(answer, paragraphs(shipped_bulletins())) == ""


def test_a_torn_answer_is_told(answer: dict[str, Any]) -> None:
    """Each way in which an answer can fail to hang together."""
    known = paragraphs(shipped_bulletins())
    assert torn(answer | {"answer": ""}, known) == "no text"
    assert torn(answer | {"citations": []}, known) == "neither cited nor refused"
    assert torn(changed(answer, start=0, end=1), known) == "a quote beside its paragraph"
    assert torn(changed(answer, marker=9), known) == "a citation without its marker"
    assert torn(changed(answer, paragraph=9999), known) == "a paragraph that no bulletin has"
    for number in (1, None):
        gone = changed(answer, bulletin="gone", paragraph=number)
        assert torn(gone, known) == "a bulletin that is not there for who asks"


def test_the_visiting_bulletin_may_be_cited() -> None:
    """While it is in the library, its paragraphs are right."""
    assert any(bulletin == VISITOR.id for bulletin, _ in paragraphs(shipped_bulletins()))


def test_what_others_are_told_of_a_closed_folder_is_torn(
    answer: dict[str, Any], tmp_path: Path
) -> None:
    """The same answer is whole for the group of the folder."""
    office = LoadOffice(frozenset({"li"}), "", tmp_path / "served")
    furnish(office.served)
    known = paragraphs(office.served)
    assert {*known.values()} == {*paragraphs(shipped_bulletins()).values()}
    closed = {bulletin for bulletin, _ in known if is_closed(bulletin)}
    assert 0 < len(closed) < len({bulletin for bulletin, _ in known})
    (bulletin, number), text = next(item for item in known.items() if item[0][0] in closed)
    told = changed(answer, bulletin=bulletin, paragraph=number, text=text, start=0, end=9,
                   quote=text[:9])  # fmt: skip
    told["citations"] = told["citations"][:1]
    assert torn(told, office.seen_by("li", known)) == ""
    assert torn(told, office.seen_by("han", known)) == "a bulletin that is not there for who asks"


def test_an_office_lets_its_people_in_and_nobody_else(tmp_path: Path) -> None:
    """Each signs in by the page's own door; the folder is for every second one."""
    office = office_of(tmp_path / "home", [EDITOR, "li"])
    settings = settings_of(tmp_path / "home", office)
    assert user_roles(Path(settings["JIANBAO_AUTH"])) == {EDITOR: "editor", "li": "reader"}
    own = Collections(tmp_path / "home" / COLLECTIONS)
    assert own.sight("li") == Sight((FOLDER,))
    assert own.sight(EDITOR) == WHOLE
    app = FastAPI()
    add_sign_in(app, own_users(Path(settings["JIANBAO_AUTH"])))

    @app.get("/")
    def who(request: Request) -> str:
        return str(request.scope[USER])

    async def seen(url: str) -> str:
        async with aclosing(await come_in(url, "li", office)) as browser:
            return str((await browser.get("/")).json())

    with served(app) as url:
        assert asyncio.run(seen(url)) == "li"
        with pytest.raises(HTTPError):
            asyncio.run(come_in(url, "han", office))


def test_the_one_who_adds_and_removes_does_so_on_the_page(tmp_path: Path) -> None:
    """As its own script would: the records have the bulletin as added, and as removed."""
    library, store = Library(tmp_path / "library", WordEncoder()), Store(tmp_path / "talk.sqlite")
    audit, tally = Audit(tmp_path / AUDIT), Tally()
    page = build_page(library, word_chain(library), store, reader=WordReader(), audit=audit)

    async def changes(url: str) -> None:
        async with aclosing(await come_in(url, EDITOR, None)) as browser:
            await changing(browser, VISITOR, 0, time.monotonic() + 0.5, tally)

    with served(application(page, Conversations(store), library=library)) as url:
        asyncio.run(changes(url))
    library.close()
    assert tally.errors == {}
    done = [(one.deed, one.thing) for one in audit.entries()]
    assert done[:2] == [(Deed.ADDED, VISITOR.id), (Deed.REMOVED, VISITOR.id)]
    assert tally.changes == len(done)


def test_the_table_tells_of_sign_in_and_folder() -> None:
    """Where there were such, and how often the folder answered its group."""
    result = json.loads((DOCS / "load.json").read_text("utf-8"))
    table = load_markdown(result | {"office": {"cited_to_the_group": 1234}}, "other.json")
    assert "50 people sign in" in table
    assert "| 1,234 |" in table
    assert "(other.json)" in table


def test_a_spread_has_median_and_tail() -> None:
    """Of 1 to 101 seconds: 51, 96 and 101."""
    seconds = [float(n) for n in range(1, 102)]
    assert spread(seconds) == {"p50": 51.0, "p95": 96.0, "max": 101.0}
    assert spread([1.0]) == {}


def test_the_table_of_the_docs_is_that_of_its_figures() -> None:
    """docs/load.md is rendered from docs/load.json; nothing went wrong when that was measured."""
    result = json.loads((DOCS / "load.json").read_text("utf-8"))
    assert (DOCS / "load.md").read_text("utf-8") == load_markdown(result)
    assert (result["errors"], result["torn"]) == ({}, {})
    assert result["answered"] > 0
