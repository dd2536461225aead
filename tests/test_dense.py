"""Vectors in Chroma: in the process, and on a server."""

import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import numpy as np
import pytest
from doubles import WordEncoder
from ports import free_port

from corpus.errors import LibraryError
from index.library import Library
from index.vectors.dense import FEW, VectorStore


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Address of a Chroma server on loopback."""
    port = free_port()
    chroma = Path(sys.executable).with_name("chroma")
    data = tmp_path_factory.mktemp("chroma")
    process = subprocess.Popen(
        [chroma, "run", "--path", data, "--host", "127.0.0.1", "--port", str(port)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    url = f"http://127.0.0.1:{port}"
    for _ in range(150):
        try:
            httpx.get(f"{url}/api/v2/heartbeat", trust_env=False)
            break
        except httpx.TransportError:
            time.sleep(0.2)
    yield url
    process.terminate()
    process.wait(10)


def test_a_unit_counts_by_its_nearest_passage(tmp_path: Path) -> None:
    """Of two passages of a unit the nearer gives the score: cos 1 beats cos 0 and 0.6."""
    store = VectorStore(tmp_path, "test")
    vectors = np.array([[1, 0], [0, 1], [0.6, 0.8]], dtype=np.float32)
    store.put(["a/0", "a/1", "b/0"], vectors)
    hits = store.search(np.array([1, 0], dtype=np.float32), 5)
    assert [hit.key for hit in hits] == ["a", "b"]
    assert [round(hit.score, 3) for hit in hits] == [1.0, 0.6]


def test_of_a_few_vectors_all_are_compared(tmp_path: Path) -> None:
    """Of a thousand passages, all of them alike, a graph would miss some; each is found."""
    store = VectorStore(tmp_path, "test")
    keys = [f"{n}/0" for n in range(FEW)]
    store.put(keys, np.tile(np.array([[0.6, 0.8]], dtype=np.float32), (FEW, 1)))
    inside = {str(n): 1 for n in range(FEW)}
    hits = store.search(np.array([1, 0], dtype=np.float32), FEW, units=lambda scope: inside)
    assert {hit.key for hit in hits} == set(inside)


def test_an_empty_store_finds_nothing(tmp_path: Path) -> None:
    """Asking before anything is stored gives no hits and no error."""
    assert VectorStore(tmp_path, "test").search(np.ones(2, dtype=np.float32), 5) == []


def test_putting_an_id_again_replaces_its_vector(tmp_path: Path) -> None:
    """A retried write leaves one vector, the newer."""
    store = VectorStore(tmp_path, "test")
    store.put(["a/0"], np.array([[1, 0]], dtype=np.float32))
    store.put(["a/0"], np.array([[0, 1]], dtype=np.float32))
    assert store.count() == 1
    assert store.search(np.array([0, 1], dtype=np.float32), 1)[0].score == pytest.approx(1)


def test_a_library_on_a_chroma_server_answers_like_one_in_the_process(
    server: str, home: Path, tmp_path: Path, folder: Path
) -> None:
    """With an address the vectors live on the server and searches find the same units."""
    here = Library(tmp_path / "here", WordEncoder())
    there = Library(home, WordEncoder(), server)
    for library in (here, there):
        library.sync(folder)
    query = "老年食堂惠及老人"
    ours, theirs = here.search_meaning(query, 4), there.search_meaning(query, 4)
    assert [(h.bulletin, h.position) for h in ours] == [(h.bulletin, h.position) for h in theirs]
    assert not list(home.glob("index/*/vectors/chroma.sqlite3"))


def test_a_rebuild_drops_the_old_collection_on_the_server(
    server: str, home: Path, folder: Path
) -> None:
    """After a rebuild the server holds the new generation's collection alone."""
    import chromadb

    Library(home, WordEncoder(), server).sync(folder)
    Library(home, WordEncoder(), server, fresh=True).sync(folder)
    name = (home / "index" / "current").read_text()
    port = int(server.rpartition(":")[2])
    names = [c.name for c in chromadb.HttpClient(port=port).list_collections()]
    generations = {n for n in names if f"jianbao-{name}" == n}
    assert generations == {f"jianbao-{name}"}


def test_a_server_that_does_not_answer_is_named(home: Path, folder: Path) -> None:
    """Nothing listening gives one line with the address and the setting."""
    url = f"http://127.0.0.1:{free_port()}"
    with pytest.raises(LibraryError, match=f"{url}.*JIANBAO_CHROMA_URL"):
        Library(home, WordEncoder(), url).sync(folder)
