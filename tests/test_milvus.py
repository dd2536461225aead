"""An index in Milvus answers like one in SQLite and Chroma."""

import math
import subprocess
import sys
from pathlib import Path

import pytest
from doubles import WordEncoder, write_bulletin
from ports import free_port

from corpus.errors import LibraryError
from index.library import Library
from index.records import Found
from index.scope import Scope, scope_of
from index.store.milvus.milvus_collections import Database
from index.words.sparse import query_weights, unit_weights
from index.words.terms import Term
from rag.settings import shipped_bulletins

pytest.importorskip("pymilvus", reason="pip install 'jianbao[milvus]'")
pytest.importorskip("milvus_lite", reason="pip install 'jianbao[milvus]'")

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="module")
def libraries(tmp_path_factory: pytest.TempPathFactory) -> tuple[Library, Library]:
    """The shipped bulletins in SQLite and Chroma, and in Milvus."""
    root = tmp_path_factory.mktemp("engines")
    local = Library(root / "local", WordEncoder())
    milvus = Library(root / "milvus", WordEncoder(), milvus_uri=str(root / "index.db"))
    for library in (local, milvus):
        library.sync(shipped_bulletins())
    return local, milvus


def places(found: list[Found]) -> list[tuple[str, int]]:
    return [(hit.bulletin, hit.position) for hit in found]


def same(local: list[Found], milvus: list[Found]) -> bool:
    """The same units with the same scores, nearly: FTS5 counts 15.1 as two words."""
    scores = {(hit.bulletin, hit.position): hit.score for hit in milvus}
    return {place: scores.get(place) for place in places(local)} == {
        (hit.bulletin, hit.position): pytest.approx(hit.score, rel=3e-3) for hit in local
    }


QUERIES = ["三门峡建成了多少个老年助餐场所", "护理员培训", "医养结合 家庭养老床位"]
BOUNDS = [
    scope_of(),
    scope_of(bulletins=["henan-047-hebi", 'no "such" \\ bulletin']),
    scope_of(places=["漯河", "吕梁"]),
    scope_of(since="2025", until="2025-12"),
    scope_of(kinds=["paragraph"]),
    scope_of(places=[]),
]


@pytest.mark.parametrize("query", QUERIES)
def test_words_are_scored_alike(libraries: tuple[Library, Library], query: str) -> None:
    """BM25 by FTS5 and as an inner product of sparse vectors agree."""
    local, milvus = (library.search_words(query, 50) for library in libraries)
    assert local
    assert same(local[:15], milvus)


def test_terms_are_scored_alike(libraries: tuple[Library, Library]) -> None:
    """Of a term's alternatives the best counts, also of those that pinyin spells."""
    terms = [Term((("老年助餐", 1.0), ("老年食堂", 0.8))), Term((), (("luo", "he"),))]
    local, milvus = (lib.search_terms(lib.resolve(terms), 10) for lib in libraries)
    assert local
    assert same(local[:5], milvus)


@pytest.mark.parametrize("scope", BOUNDS, ids=lambda scope: str(scope)[:40])
def test_bounds_hold_alike(libraries: tuple[Library, Library], scope: Scope) -> None:
    """Both engines stay inside bulletins, places, periods and kinds; a quote is no way out."""
    local, milvus = libraries
    ours, theirs = (places(lib.search_words("养老服务", 300, scope)) for lib in libraries)
    assert set(ours) == set(theirs)
    near, also = (lib.search_meaning("养老服务", 300, scope) for lib in libraries)
    assert set(places(also)) <= set(places(near))  # a graph of neighbours may miss far ones
    assert set(places(also)[:5]) == set(places(near)[:5])
    assert [e.id for e in local.entries(scope)] == [e.id for e in milvus.entries(scope)]


def test_meaning_is_scored_alike(libraries: tuple[Library, Library]) -> None:
    """The nearest passage of a unit gives its cosine."""
    local, milvus = (library.search_meaning("老年食堂惠及老人", 5) for library in libraries)
    assert [hit.score for hit in local] == pytest.approx([hit.score for hit in milvus], abs=1e-4)


def test_counts_follow_what_is_added_changed_and_removed(
    tmp_path: Path, folder: Path, encoder: WordEncoder
) -> None:
    """After each change both engines hold the same bulletins, totals and counts of words."""
    local = Library(tmp_path / "local", encoder)
    milvus = Library(tmp_path / "home", encoder, milvus_uri=str(tmp_path / "index.db"))
    words = ["开封市", "食堂", "培训", "托养", "床位"]

    def agree() -> None:
        stores = [library._index.catalogue for library in (local, milvus)]
        assert stores[0].frequencies(words) == stores[1].frequencies(words)
        assert stores[0].size() == stores[1].size()
        assert stores[0].vector_ids() == stores[1].vector_ids() == milvus._index.vectors.ids()
        assert local.entries() == milvus.entries()
        assert local.holdings() == milvus.holdings()

    for library in (local, milvus):
        library.sync(folder)
    agree()
    write_bulletin(folder / "kaifeng.txt", "开封市", "全市建成托养中心97所。")
    write_bulletin(folder / "puyang.txt", "濮阳市", "全市改造家庭床位310张。")
    for library in (local, milvus):
        library.sync(folder)
    agree()
    for library in (local, milvus):
        library.remove("puyang")
    agree()


def test_a_writer_that_ended_halfway_shows_nothing_and_is_mended_by_the_next(
    tmp_path: Path, folder: Path, encoder: WordEncoder
) -> None:
    """Units whose bulletin was never entered are not found, and the next write counts anew."""
    milvus = Library(tmp_path / "home", encoder, milvus_uri=str(tmp_path / "index.db"))
    milvus.sync(folder)
    catalogue = milvus._index.catalogue
    words, before = ["食堂", "开封市"], catalogue.size()
    held = catalogue.frequencies(words)
    found = places(milvus.search_words("食堂", 5))
    catalogue._words.mark(catalogue._words.totals(), dirty=True)  # type: ignore[attr-defined]
    unit = catalogue._db.get("units", "bulletin", ["kaifeng"], ["*"])[0]  # type: ignore[attr-defined]
    orphan = unit | {"key": 7, "unit": "gone@0123#0", "bulletin": "gone"}
    catalogue._db.put("units", [orphan])  # type: ignore[attr-defined]
    assert places(milvus.search_words("食堂", 5)) == found
    write_bulletin(tmp_path / "puyang.txt", "濮阳市", "全市改造家庭床位310张。")
    milvus.add(tmp_path / "puyang.txt")
    assert (catalogue.frequencies(words), catalogue.size()) == (held, before + 3)


def test_a_long_paragraph_is_kept_whole(tmp_path: Path, encoder: WordEncoder) -> None:
    """A text longer than a value of the database may be is kept in several, and found."""
    milvus = Library(tmp_path / "home", encoder, milvus_uri=str(tmp_path / "index.db"))
    write_bulletin(
        tmp_path / "long.txt", "开封市", "全市建成老年食堂52个，惠及老人3万人，" * 2000 + "好。"
    )
    milvus.add(tmp_path / "long.txt")
    longest = max(milvus.bulletin("long").units, key=lambda unit: len(unit.text))
    (row,) = milvus._index.catalogue._db.get(  # type: ignore[attr-defined]
        "units", "position", [milvus.bulletin("long").units.index(longest)], ["text"]
    )
    assert "".join(row["text"]) == longest.text
    assert milvus.search_words("老年食堂", 3)


def test_a_rebuild_drops_the_old_collections(
    tmp_path: Path, folder: Path, encoder: WordEncoder
) -> None:
    """The new index is filled beside the old one; when it is whole the old one goes."""
    uri = str(tmp_path / "index.db")
    Library(tmp_path / "home", encoder, milvus_uri=uri).sync(folder)
    old = (tmp_path / "home" / "index" / "current").read_text()
    Library(tmp_path / "home", encoder, milvus_uri=uri, fresh=True).sync(folder)
    again = Library(tmp_path / "home", encoder, milvus_uri=uri)
    assert len(again.search_meaning("食堂", 3)) == 3
    assert not Database(uri, old).has("units")


def test_a_file_that_another_process_has_open_is_told(tmp_path: Path) -> None:
    """Milvus Lite is for one process: a second one gets one line with the mend."""
    uri = str(tmp_path / "index.db")
    Database(uri, "test")
    code = (
        "from index.store.milvus.milvus_collections import Database\n"
        "from corpus.errors import LibraryError\n"
        f"try: Database({uri!r}, 'test')\n"
        "except LibraryError as error: print(error)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT)
    assert f"Milvus at {uri} cannot be used" in done.stdout
    assert "JIANBAO_MILVUS_URI" in done.stdout


def test_a_server_that_does_not_answer_is_named(home: Path, encoder: WordEncoder) -> None:
    """Nothing listening gives one line with the address and the setting."""
    url = f"http://127.0.0.1:{free_port()}"
    with pytest.raises(LibraryError, match=f"Milvus at {url}.*JIANBAO_MILVUS_URI"):
        Library(home, encoder, milvus_uri=url)


def test_rarity_times_saturation_is_bm25() -> None:
    """2 of 10 units hold a word: ln(8.5/2.5). Once in a unit of mean length it weighs 2.2/2.2."""
    query = query_weights({"食堂": 2, "没有": 0}, 10)
    assert list(query.values()) == [pytest.approx(math.log(8.5 / 2.5))]
    unit = unit_weights("食堂 建成", "", 2.0)
    assert unit[next(iter(query))] == pytest.approx(1.0)
