"""Who waits for a scan is told of each page that is begun."""

import io
import threading
from collections.abc import Generator, Iterator, Sequence
from pathlib import Path

import pytest
from doubles import WordEncoder
from PIL import Image
from test_scans import OTHER, TEXT, THIRD, picture_pdf, scan

from corpus.formats import pdf as pdf_reader
from corpus.formats import recognition
from corpus.formats.page_progress import PageReached, tell_page, told_of_pages
from corpus.formats.scan_types import Scan
from index.library import Library
from ui.page.intake import taken_in
from ui.page.reading_along import read_along
from ui.views.added_view import Added, Asked, Intake, intake_html
from ui.views.terminal import progress_bar

ROOM = threading.Semaphore(1)


@pytest.fixture
def recognising(monkeypatch: pytest.MonkeyPatch) -> None:
    """The process that recognises replaced by one that knows its pages."""

    def scans(data: bytes, kind: str, pages: Sequence[int], name: str) -> Iterator[Scan]:
        for _ in pages:
            yield scan([THIRD, TEXT, OTHER])

    monkeypatch.setattr(recognition, "_scans", scans)
    monkeypatch.setattr(pdf_reader, "can_recognise", lambda: True)


def all_of(
    going: Generator[PageReached, None, Added | Asked],
) -> tuple[list[PageReached], Added | Asked]:
    """What was shown on the way, and what came of it."""
    shown = []
    while True:
        try:
            shown.append(next(going))
        except StopIteration as end:
            return shown, end.value


def test_every_page_of_a_scan_is_told_before_it_is_read(recognising: None, tmp_path: Path) -> None:
    """As a file of three pages is taken into a library."""
    library = Library(tmp_path / "library", WordEncoder())
    (tmp_path / "a.pdf").write_bytes(picture_pdf(3))
    shown, added = all_of(
        read_along(ROOM, lambda: taken_in(library, tmp_path / "a.pdf"), lambda x: x)
    )
    assert shown == [PageReached(page, 3) for page in (1, 2, 3)]
    assert isinstance(added, Added)
    assert added.state == "已添加"
    library.close()


def test_who_does_not_listen_is_told_nothing() -> None:
    """Nor who has stopped, nor another thread than the one that waits."""
    heard: list[PageReached] = []
    with told_of_pages(heard.append):
        tell_page(1, 2)
        other = threading.Thread(target=tell_page, args=(7, 9))
        other.start()
        other.join()
    tell_page(2, 2)
    assert heard == [PageReached(1, 2)]


def test_an_error_on_the_way_is_raised_where_it_is_waited_for() -> None:
    """And does not leave the page waiting."""

    def broken() -> Added:
        tell_page(1, 1)
        raise ValueError("broken")

    with pytest.raises(ValueError, match="broken"):
        all_of(read_along(ROOM, broken, lambda turn: turn))


def test_a_page_that_is_left_ends_no_work() -> None:
    """Nobody waits for it, and what comes next waits until there is room."""
    begun, go_on, order = threading.Event(), threading.Event(), list[str]()

    def long_one() -> Added:
        tell_page(1, 2)
        begun.set()
        go_on.wait(30)
        order.append("first")
        return Added("a.pdf", "已添加")

    def next_one() -> Added:
        order.append("second")
        return Added("b.pdf", "已添加")

    reading = read_along(ROOM, long_one, lambda turn: turn)
    assert next(reading) == PageReached(1, 2)
    begun.wait(30)
    reading.close()
    after = read_along(ROOM, next_one, lambda turn: turn)
    threading.Timer(0.2, go_on.set).start()
    assert all_of(after)[1].name == "b.pdf"
    assert order == ["first", "second"]


def test_the_panel_tells_the_page() -> None:
    """Of the file that is being read; those behind it wait."""
    html = intake_html(Intake(), ["a.pdf", "b.pdf"], PageReached(3, 40))
    assert "第3页，共40页" in html
    assert '<progress max="40" value="2">' in html
    assert html.index("第3页") < html.index("a.pdf") < html.index("等待") < html.index("b.pdf")


def test_the_terminal_shows_the_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    """On standard error, where somebody sees it."""
    screen = io.StringIO()
    monkeypatch.setattr(screen, "isatty", lambda: True, raising=False)
    monkeypatch.setattr("sys.stderr", screen)
    monkeypatch.setenv("TERM", "xterm")
    with progress_bar("添加 adding"):
        tell_page(3, 40)
    assert "2/40" in screen.getvalue()


def test_a_broken_picture_is_told_as_before(tmp_path: Path) -> None:
    """Reading along changes no refusal."""
    library = Library(tmp_path / "library", WordEncoder())
    Image.new("L", (9, 9)).save(tmp_path / "a.png")
    (tmp_path / "a.png").write_bytes((tmp_path / "a.png").read_bytes()[:40])
    shown, added = all_of(
        read_along(ROOM, lambda: taken_in(library, tmp_path / "a.png"), lambda x: x)
    )
    assert isinstance(added, Added)
    assert (shown, added.contents) == ([], None)
    library.close()
