"""A bulletin's own file is had as it came in, and can do nothing in the browser that shows it."""

import io
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from doubles import WordEncoder
from fastapi import FastAPI
from PIL import Image
from prints import pdf, rows
from web_server import own_users, served

from corpus.errors import BulletinError, CallError
from corpus.formats.page_picture import BOX, page_picture, span_of
from index.library import Library
from ui.server.accounts import add_user
from ui.server.gate import add_sign_in
from ui.server.headers import SafeHeaders
from ui.server.originals import add_originals
from ui.server.sights import Sights
from ui.store.roles import AccessRole

PASSWORD = "简报 correct horse"
TITLE = "关于开封市养老服务工作情况的报告"
SENTENCE = "全市建成老年食堂五十二个，惠及老人三万人。"
PRINTED = pdf(rows([TITLE, SENTENCE * 4, "下一步，继续推进。"], chars=28))
PAGE = f"<html><head><title>{TITLE}</title></head><body><h1>{TITLE}</h1><p>{SENTENCE * 3}</p>"


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    """A text in GB18030, a printed document and a web page."""
    folder = tmp_path_factory.mktemp("bulletins")
    (folder / "text.txt").write_bytes(f"{TITLE}\n{SENTENCE}\n".encode("gb18030"))
    (folder / "printed.pdf").write_bytes(PRINTED)
    (folder / "page.html").write_text(f"{PAGE}<script>alert(1)</script></body></html>", "utf-8")
    library = Library(tmp_path_factory.mktemp("library"), WordEncoder())
    library.sync(folder)
    yield library
    library.close()


@pytest.fixture(scope="module")
def address(library: Library) -> Iterator[str]:
    """The addresses of the files, without sign-in."""
    app = FastAPI()
    app.add_middleware(SafeHeaders)
    app.add_middleware(Sights, collections=None, everyone=AccessRole.ADMIN)
    add_originals(app, library)
    with served(app) as url:
        yield url


def got(url: str) -> httpx.Response:
    """What an address gives."""
    return httpx.get(url, trust_env=False, timeout=60)


@pytest.mark.parametrize(
    ("bulletin", "kind", "shown"),
    [
        ("text", "text/plain; charset=utf-8", True),
        ("printed", "application/pdf", True),
        ("page", "text/html; charset=utf-8", False),
    ],
)
def test_a_file_has_its_type_and_no_rights(
    address: str, bulletin: str, kind: str, shown: bool
) -> None:
    """A browser may show text and PDF, a web page it saves; none of them may run or load
    anything, and nothing is taken for what it is not.
    """
    answer = got(f"{address}/original?bulletin={bulletin}")
    assert answer.status_code == 200
    assert answer.headers["content-type"] == kind
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["content-security-policy"].startswith("sandbox; default-src 'none'")
    assert answer.headers["content-disposition"].startswith("inline" if shown else "attachment")
    saved = got(f"{address}/original?bulletin={bulletin}&download=1")
    assert saved.headers["content-disposition"].startswith("attachment")


def test_a_text_is_shown_in_utf8_and_saved_as_it_came(address: str) -> None:
    """Whatever encoding it came in, a browser reads it; the file that is saved is the file."""
    assert SENTENCE in got(f"{address}/original?bulletin=text").text
    saved = got(f"{address}/original?bulletin=text&download=1").content
    assert saved == f"{TITLE}\n{SENTENCE}\n".encode("gb18030")


@pytest.mark.parametrize("wanted", ["nothing", "../secret", "printed.pdf", "/etc/passwd", ""])
def test_what_is_no_bulletin_is_not_found(address: str, wanted: str) -> None:
    """No path leads to another file."""
    assert got(f"{address}/original?bulletin={wanted}").status_code == 404


def test_without_a_session_nothing_is_given(library: Library, tmp_path: Path) -> None:
    """Where users sign in, the files are theirs alone."""
    add_user(tmp_path / "users.json", "li", PASSWORD)
    app = FastAPI()
    app.add_middleware(Sights, collections=None, everyone=None)
    add_sign_in(app, own_users(tmp_path / "users.json"))
    add_originals(app, library)
    with served(app) as url, httpx.Client(base_url=url, trust_env=False, timeout=60) as client:
        for path in ("/original?bulletin=text", "/original/page.png?bulletin=text&unit=0&page=1"):
            assert client.get(path).status_code == 401
        client.post("/login", data={"name": "li", "password": PASSWORD})
        assert client.get("/original?bulletin=text").status_code == 200


def boxed(picture: bytes) -> int:
    """How many points of a picture have the colour of the boxes."""
    image = Image.open(io.BytesIO(picture)).convert("RGB")
    return sum(count for count, colour in image.getcolors(1 << 24) or () if colour == BOX)


def test_a_page_is_drawn_with_its_quote_boxed(address: str, library: Library) -> None:
    """The longer the quote, the more is boxed; without one nothing is."""
    units = library.bulletin("printed").units
    (position,) = [n for n, unit in enumerate(units) if unit.text.startswith("全市建成")]
    page = f"{address}/original/page.png?bulletin=printed&unit={position}&page=1"
    answers = [got(f"{page}&start=0&end={end}") for end in (0, 8, len(SENTENCE) * 4)]
    assert [one.headers["content-type"] for one in answers] == ["image/png"] * 3
    none, some, more = (boxed(one.content) for one in answers)
    assert none == 0 < some < more


def test_what_cannot_be_drawn_is_told(address: str) -> None:
    """A page that is not there, a file that is none, a bulletin that is no PDF."""
    with pytest.raises(CallError, match="no page 2"):
        page_picture(PRINTED, 2, "")
    with pytest.raises(BulletinError, match="cannot be drawn"):
        page_picture(b"no PDF", 1, "")
    assert got(f"{address}/original/page.png?bulletin=text&unit=0&page=1").status_code == 404


def test_a_quote_that_goes_on_overleaf_is_found_as_far_as_it_stands() -> None:
    """Its beginning at the end of one page, its end at the beginning of the next."""
    assert span_of("建成老年食堂五十二个", "全市建成老年食堂五") == (2, 9)
    assert span_of("建成老年食堂五十二个", "食堂五十二个下一步") == (0, 6)
    assert span_of("建成", "没有这样的话") == (0, 0)
