"""What somebody may see bounds the library itself: a search, a count, a list, a file."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from doubles import WordEncoder, WordReader, write_bulletin

from corpus.errors import CallError
from corpus.hand_facts import HandFacts
from index.incoming import Standing
from index.library import Library
from index.scope import scope_of
from index.sight import WHOLE, Sight
from index.vectors import dense
from index.words.terms import Term
from rag.chain import Request, answer_chain

CLOSED = Sight(("甲%",))  # a name that no pattern may take for another one
ENGINES = ("local", "milvus")


def tree(folder: Path) -> Path:
    """Twenty bulletins in a folder that is closed, four in one that opens like it, one beside."""
    for place in ("甲%", "甲x"):
        (folder / place).mkdir(parents=True)
    for n in range(20):
        write_bulletin(folder / "甲%" / f"{n}.txt", "开封市", f"全市建成老年食堂{n + 50}个。")
    for n in range(4):
        write_bulletin(folder / "甲x" / f"{n}.txt", "新乡市", f"全县培训护理员{n + 60}人次。")
    write_bulletin(folder / "洛阳.txt", "洛阳市", "全市建成老年食堂7个。")
    return folder


@pytest.fixture(params=ENGINES)
def library(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Library]:
    uri = None
    if request.param == "milvus":
        pytest.importorskip("milvus_lite", reason="pip install 'jianbao[milvus]'")
        uri = str(tmp_path / "index.db")
    library = Library(tmp_path / "home", WordEncoder(), milvus_uri=uri)
    library.sync(tree(tmp_path / "bulletins"))
    yield library
    library.close()


def test_a_search_finds_as_much_of_what_is_seen(library: Library) -> None:
    """What is closed takes no place among the hits: the bound is inside the search."""
    seen = library.seen_by(CLOSED)
    for search in (seen.search_words, seen.search_meaning):
        found = search("养老服务", 5, scope_of())
        assert len(found) == 5
        assert not [one for one in found if one.bulletin.startswith("甲%/")]
    terms = (Term((("老年食堂", 1.0),)),)
    assert [one.bulletin for one in seen.search_terms(terms, 9)] == ["洛阳"]
    assert len(library.search_terms(terms, 30)) == 21
    inside = scope_of(bulletins=["甲%/1", "洛阳"])
    assert [entry.id for entry in seen.entries(inside)] == ["洛阳"]


def test_what_is_not_seen_is_not_there(library: Library) -> None:
    """Neither counted, nor listed, nor opened, nor told of as a word."""
    seen = library.seen_by(CLOSED)
    assert (seen.holdings().bulletins, library.holdings().bulletins) == (5, 25)
    assert len(seen.entries()) == 5
    assert (library.frequencies(["开封"])["开封"] > 0, seen.frequencies(["开封"])) == (
        True, {"开封": 0}
    )  # fmt: skip
    assert seen.frequencies(["食堂"]) == library.frequencies(["食堂"])
    for way in (seen.bulletin, seen.kept.entry, seen.kept.file, seen.remove):
        with pytest.raises(CallError, match="no bulletin"):
            way("甲%/1")
    with pytest.raises(CallError, match="no bulletin"):
        seen.set_by_hand("甲%/1", HandFacts())
    assert seen.synced is not None
    assert len(seen.synced.added) == 5
    assert seen.state() != library.state()


def test_a_sight_is_never_wider_again(library: Library) -> None:
    """Whoever hands a library on hands on what may be seen of it."""
    seen = library.seen_by(CLOSED)
    assert seen.seen_by(WHOLE) is seen
    assert library.seen_by(WHOLE) is library
    assert len(seen.seen_by(Sight(("甲x",))).entries()) == 1


def test_an_answer_found_for_one_is_not_given_to_another(library: Library) -> None:
    """The same question of the same library, by two who see different parts of it."""
    chain = answer_chain(library, reader=WordReader())
    asked = "开封建成多少个老年食堂"
    own = chain.invoke(Request(asked))
    assert not own.refused
    assert {one.bulletin.split("/")[0] for one in own.citations} == {"甲%"}
    other = chain.invoke(Request(asked, sight=CLOSED))
    assert other.refused
    assert not [one for one in other.citations if one.bulletin.startswith("甲%/")]


def test_content_in_two_folders_is_seen_from_either(tmp_path: Path) -> None:
    """It is held once, under the id in the folder that is closed; what else is told of it names
    only what is seen, and it is taken out of what is seen alone.
    """
    folder = tmp_path / "bulletins"
    for place in ("a", "b", "c"):
        (folder / place).mkdir(parents=True)
        write_bulletin(folder / place / "n.txt", "开封市", "全市建成老年食堂52个。")
    write_bulletin(folder / "a" / "own.txt", "新乡市", "全县培训护理员60人次。")
    library = Library(tmp_path / "home", WordEncoder())
    library.sync(folder)
    seen = library.seen_by(Sight(("a", "c")))
    assert [entry.id for entry in seen.entries()] == ["a/n"]
    assert {one.bulletin for one in seen.search_meaning("老年食堂", 9)} == {"a/n"}
    assert seen.kept.places() == {"a/n": ("b/n",)}
    assert library.seen_by(Sight(("a", "b", "c"))).entries() == []
    seen.remove("b/n")
    assert seen.entries() == []
    assert library.kept.places() == {"a/n": ("c/n",)}
    library.close()


def test_a_file_that_is_added_tells_nothing_of_its_like(tmp_path: Path) -> None:
    """The same bytes in a closed folder: whoever adds them hears of no other."""
    library = Library(tmp_path / "home", WordEncoder())
    library.sync(tree(tmp_path / "bulletins"))
    seen, path = library.seen_by(CLOSED), tmp_path / "mine.txt"
    path.write_bytes((tmp_path / "bulletins" / "甲%" / "3.txt").read_bytes())
    assert library.foresee(path).standing is Standing.DOUBLE
    assert (seen.foresee(path).standing, seen.foresee(path).other) == (Standing.NEW, None)
    seen.add(path)
    assert len(seen.entries()) == 6
    assert "53个" in seen.bulletin("mine").units[-1].text
    library.close()


def test_an_earlier_version_stays_in_its_folder(tmp_path: Path) -> None:
    """What a closed folder once held is not opened through the place that its content has now."""
    folder, file = tmp_path / "bulletins", tmp_path / "bulletins" / "a" / "n.txt"
    file.parent.mkdir(parents=True)
    library = Library(tmp_path / "home", WordEncoder())
    write_bulletin(file, "开封市", "全市建成老年食堂52个。")
    library.sync(folder)
    version = library.kept.entry("a/n").sha256[:12]
    write_bulletin(file, "开封市", "全市建成老年食堂61个。")
    library.sync(folder)
    (folder / "b").mkdir()
    file.rename(folder / "b" / "n.txt")
    library.sync(folder)
    assert "52个" in library.kept.cited("a/n", version).units[-1].text
    seen = library.seen_by(Sight(("a",)))
    assert "61个" in seen.kept.cited("a/n", version).units[-1].text
    library.close()


def test_a_wide_search_goes_on_until_it_has_enough(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where too much is seen to compare all of it, and what is near is closed."""
    for name in ("EXACT", "FEW", "OVERFETCH"):
        monkeypatch.setattr(dense, name, 1)
    monkeypatch.setattr(dense, "WIDE", 2)
    library = Library(tmp_path / "home", WordEncoder())
    library.sync(tree(tmp_path / "bulletins"))
    found = library.seen_by(CLOSED).search_meaning("开封市建成老年食堂", 4)
    assert len(found) == 4
    assert not [one for one in found if one.bulletin.startswith("甲%/")]
    library.close()
