"""A damaged graph of neighbours is told in a sentence; it does not end the process."""

import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from damage import DAMAGES
from doubles import WordEncoder

from corpus.errors import LibraryError
from index.library import Library
from index.vectors.dense import VectorStore
from index.vectors.encoder import Vectors
from index.vectors.graph_files import check_graphs

COUNT, DIMENSION = 1200, 32  # Chroma writes the graph from a thousand vectors on
FILES = (
    "data_level0.bin", "header.bin", "index_metadata.pickle", "length.bin", "link_lists.bin",
)  # fmt: skip
# A search in a process of its own: what ends it ends no test.
SEARCH = """
import sys
from pathlib import Path
import numpy as np
from corpus.errors import LibraryError
from index.vectors.dense import VectorStore

vectors = np.load(sys.argv[2])
try:
    store = VectorStore(Path(sys.argv[1]), "graph")
    for n in range(0, len(vectors), 20):
        print(*(hit.key for hit in store.search(vectors[n], 3)))
except LibraryError as error:
    print("told", error)
"""


@pytest.fixture(scope="module")
def vectors() -> Vectors:
    """Any directions."""
    rows = np.random.default_rng(7).normal(size=(COUNT, DIMENSION)).astype(np.float32)
    return rows / np.linalg.norm(rows, axis=1, keepdims=True)


@pytest.fixture(scope="module")
def sound(vectors: Vectors, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A Chroma folder with a graph in it, and the vectors beside it."""
    folder = tmp_path_factory.mktemp("graph") / "vectors"
    store = VectorStore(folder, "graph")
    store.put([f"{n}/0" for n in range(COUNT)], vectors)
    store.search(vectors[0], 3)
    np.save(folder.parent / "vectors.npy", vectors)
    return folder


def search(folder: Path, sound: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", SEARCH, folder, sound.parent / "vectors.npy"],
        capture_output=True, text=True, cwd=Path(__file__).parent.parent, check=False,
    )  # fmt: skip


def test_a_sound_graph_is_passed(sound: Path) -> None:
    """The graph that Chroma wrote holds together, and has the files that are damaged below."""
    check_graphs(sound, up_to=2**30)
    (graph,) = [path for path in sound.iterdir() if path.is_dir()]
    assert sorted(path.name for path in graph.iterdir()) == sorted(FILES)


@pytest.mark.parametrize("damage", DAMAGES)
@pytest.mark.parametrize("file", FILES)
def test_a_damaged_graph_file_is_told_or_does_no_harm(
    file: str, damage: Callable[[Path], None], sound: Path, tmp_path: Path
) -> None:
    """A search finds what it found before, or says which command mends the index."""
    folder = Path(shutil.copytree(sound, tmp_path / "vectors"))
    damage(next(folder.glob(f"*/{file}")))
    done = search(folder, sound)
    assert done.returncode == 0, done.stderr
    told = done.stdout.splitlines()[-1]
    if told.startswith("told"):
        assert told.endswith("run: jianbao sync --rebuild")
    else:
        nearest = [line.split()[0] for line in done.stdout.splitlines()]
        assert nearest == [str(n) for n in range(0, COUNT, 20)]


def test_a_neighbour_that_is_none_is_seen(sound: Path, tmp_path: Path) -> None:
    """Noise over the neighbours of the first node, where a search would go astray, is told."""
    folder = Path(shutil.copytree(sound, tmp_path / "vectors"))
    records = next(folder.glob("*/data_level0.bin"))
    data = records.read_bytes()
    records.write_bytes(data[:4] + b"\xee" * 60 + data[64:])
    with pytest.raises(ValueError, match="a neighbour in the graph is none"):
        check_graphs(folder, up_to=2**30)


def test_a_graph_torn_by_a_kill_is_made_anew_by_the_next_writer(home: Path, tmp_path: Path) -> None:
    """Chroma writes its graph in place: half written by a killed process it is no error of the next
    start, which makes another index of the kept files. Torn without a kill it is told as damage.
    """
    encoder = WordEncoder()
    folder = tmp_path / "folder"
    folder.mkdir()
    paragraphs = "".join(f"<p>第{n}个乡镇建成食堂{n}个。</p>\n" for n in range(COUNT))
    (folder / "long.html").write_text(f"<h1>某市：建设食堂</h1>\n{paragraphs}")
    library = Library(home, encoder)
    library.sync(folder)
    library.search_meaning("食堂", 3)
    library.close()
    lengths = next(home.glob("index/*/vectors/*/length.bin"))
    lengths.write_bytes(lengths.read_bytes()[:400])
    with pytest.raises(LibraryError, match=r"length\.bin 400.*--rebuild"):
        Library(home, encoder).search_meaning("食堂", 3)
    (home / "unfinished").touch()  # what tells the next writer of a kill
    again = Library(home, encoder)
    assert again.sync(folder).unchanged == ["long"]
    assert len(again.search_meaning("食堂", 3)) == 3
    assert not lengths.exists()
    again.remove("long")
    assert again.add(folder / "long.html").id == "long"
    assert again._index.vectors.count() == COUNT + 1  # the paragraphs and the title
    assert len(again.search_meaning("食堂", 3)) == 3
