"""Files that are added on the page: told of, or asked about before anything is replaced."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from doubles import WordEncoder, write_bulletin

from index.incoming import Standing
from index.library import Library
from ui.page.intake import as_chosen, taken_in
from ui.views.added_view import Added, Asked, Intake, IntakeChoice, intake_html

FACT = "全市建成老年食堂52个。"


@pytest.fixture
def shelf(tmp_path: Path) -> Iterator[Library]:
    """A library of one bulletin, kaifeng."""
    library = Library(tmp_path / "library", WordEncoder())
    write_bulletin(tmp_path / "kaifeng.txt", "开封市", FACT)
    library.add(tmp_path / "kaifeng.txt")
    yield library
    library.close()


def asked(library: Library, path: Path) -> Asked:
    """A file that is asked about."""
    one = taken_in(library, path)
    assert isinstance(one, Asked)
    return one


def test_what_is_new_or_known_is_taken_without_a_word(shelf: Library, tmp_path: Path) -> None:
    """A new file is added; the same file once more is there already."""
    write_bulletin(tmp_path / "xinxiang.txt", "新乡市", FACT)
    for state in ("已添加", "已在库中"):
        one = taken_in(shelf, tmp_path / "xinxiang.txt")
        assert isinstance(one, Added)
        assert (one.state, one.contents is not None) == (state, True)
    assert len(shelf.entries()) == 2


def test_a_known_name_with_another_text_changes_nothing_unasked(
    shelf: Library, tmp_path: Path
) -> None:
    """Skipped, the library stays; replaced, the version before is kept."""
    before = shelf.entries()
    write_bulletin(tmp_path / "kaifeng.txt", "开封市", "全市建成老年食堂99个。")
    one = asked(shelf, tmp_path / "kaifeng.txt")
    assert one.foreseen.standing is Standing.REPLACES
    assert shelf.entries() == before
    assert as_chosen(shelf, one, IntakeChoice.SKIP).left
    assert shelf.entries() == before
    done = as_chosen(shelf, one, IntakeChoice.TAKE)
    assert (done.state, done.replaced) == ("已更新", before[0].title)
    assert shelf.kept.versions("kaifeng") == [before[0].sha256[:12]]


def test_a_known_name_may_be_kept_beside(shelf: Library, tmp_path: Path) -> None:
    """Both are held, the new one under a name that was free."""
    write_bulletin(tmp_path / "kaifeng.txt", "开封市", "全市建成老年食堂99个。")
    done = as_chosen(shelf, asked(shelf, tmp_path / "kaifeng.txt"), IntakeChoice.BESIDE)
    assert done.state == "已添加"
    assert [entry.id for entry in shelf.entries()] == ["kaifeng", "kaifeng (2)"]
    assert shelf.kept.versions("kaifeng") == []


def test_the_same_content_is_held_once_if_it_is_taken(shelf: Library, tmp_path: Path) -> None:
    """With both places."""
    write_bulletin(tmp_path / "twin.txt", "开封市", FACT)
    one = asked(shelf, tmp_path / "twin.txt")
    assert one.foreseen.standing is Standing.DOUBLE
    assert shelf.kept.places() == {}
    assert as_chosen(shelf, one, IntakeChoice.TAKE).twin == shelf.entries()[0].title
    assert shelf.kept.places() == {"kaifeng": ("twin",)}


def test_a_file_that_is_gone_when_it_is_chosen_is_told_of(shelf: Library, tmp_path: Path) -> None:
    """As where it waited for longer than uploads are kept; the folder is not named."""
    write_bulletin(tmp_path / "kaifeng.txt", "开封市", "全市建成老年食堂99个。")
    one = asked(shelf, tmp_path / "kaifeng.txt")
    (tmp_path / "kaifeng.txt").unlink()
    done = as_chosen(shelf, one, IntakeChoice.TAKE)
    assert done.contents is None
    assert str(tmp_path) not in done.state


def test_nothing_is_chosen_for_anybody(shelf: Library, tmp_path: Path) -> None:
    """Every file that is asked about begins as skipped, and says what it would do; its name is no
    markup. Nothing is asked while others are still being read.
    """
    path = tmp_path / "<i>twin.txt"
    write_bulletin(path, "开封市", FACT)
    intake = Intake().with_one(asked(shelf, path))
    html = intake_html(intake)
    assert html.count('value="" checked') == 1
    assert 'value="1" checked' not in html
    assert "内容相同" in html
    assert "<i>" not in html
    assert "<form" not in intake_html(intake, ["b.txt"])
