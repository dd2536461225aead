"""What must hold of a data directory, found out without the program: by files, SQLite and Chroma.

The bulletins of the chaos test name their version in every line, so that a text tells whether it
is whole and of one version.
"""

import re
import sqlite3
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import closing
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from chromadb.api.models.Collection import Collection

FOLDERS = ("added", "synced", "removed")
State = dict[str, dict[str, int]]  # folder -> bulletin id, file name in "removed" -> version


def lines_of(name: str, version: int) -> list[str]:
    """The lines of a bulletin in one version: a title and 3 to 90 paragraphs."""
    size = 3 + 29 * (int(name[1:]) % 4)
    return [
        f"{name}：第{version}版扎实推进养老服务",
        *(f"{name}第{version}版第{n}项，全市建成老年食堂{n + version}个。" for n in range(size)),
    ]


def write(path: Path, version: int) -> None:
    """A bulletin's file, there wholly or not at all."""
    lines = lines_of(path.stem, version)
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.suffix == ".html":
        lines = [f"<p>{line}</p>" for line in lines]
    partial = path.with_suffix(".new")
    partial.write_text("\n".join(lines) + "\n", "utf-8")
    partial.replace(path)


def version_of(text: str) -> int:
    """The one version that a text speaks of."""
    (version,) = set(re.findall(r"第(\d+)版", text))
    return int(version)


def versions(folder: Path) -> dict[str, int]:
    """By id, the version of each bulletin file of a folder, where no id may be there twice; of
    those taken out by hand by file name.
    """
    found: dict[str, int] = {}
    for path in sorted(folder.rglob("*")):
        if path.suffix in (".txt", ".html"):
            place = path.relative_to(folder)
            name = (place if folder.name == "removed" else place.with_suffix("")).as_posix()
            assert name not in found, f"{path}: twice"
            found[name] = version_of(path.read_text("utf-8"))
    return found


def shelf(home: Path) -> State:
    """What the data directory keeps, after a sync."""
    left = [p for p in home.rglob("*") if p.suffix == ".partial" or p.name == "unfinished"]
    left += (home / "bulletins" / "replaced").iterdir()
    left += [p for p in (home / "index").iterdir() if p.is_dir() and p != current(home)]
    assert not left, f"left over: {left}"
    for path in (home / "bulletins" / "versions").rglob("*.*"):
        data = path.read_bytes()
        assert path.stem.endswith(sha256(data).hexdigest()[:12]), f"{path}: another version"
    return {name: versions(home / "bulletins" / name) for name in FOLDERS}


def current(home: Path) -> Path:
    """The folder of the index in use."""
    return home / "index" / (home / "index" / "current").read_text("utf-8")


def indexed(home: Path) -> dict[str, int]:
    """By id, the version of each bulletin in the catalogue; each must be whole, and both indexes
    must hold each of its units once.
    """
    stored = set(vector_ids(home))
    with closing(sqlite3.connect(current(home) / "words.sqlite3")) as db:
        assert db.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        db.execute("INSERT INTO words(words, rank) VALUES ('integrity-check', 0)")
        db.rollback()
        units = db.execute("SELECT row, key, bulletin, passages, text, length FROM units "
                           "ORDER BY bulletin, position").fetchall()  # fmt: skip
        worded = [row for (row,) in db.execute("SELECT rowid FROM words ORDER BY rowid")]
        ids = [name for (name,) in db.execute("SELECT id FROM bulletins ORDER BY id")]
        totals = db.execute("SELECT units, length FROM totals").fetchall()
    assert worded == sorted(unit[0] for unit in units)
    assert totals == [(len(units), sum(unit[5] for unit in units))]
    texts = {name: "".join(unit[4] for unit in units if unit[2] == name) for name in ids}
    found = {name: version_of(text) for name, text in texts.items()}
    for name, text in texts.items():
        whole = "".join(lines_of(name.rpartition("/")[2], found[name]))
        assert text == whole, f"{name}: not whole: {text[:200]}"
    assert {unit[2] for unit in units} == set(ids)
    wanted = {f"{key}/{n}" for _, key, _, passages, *_ in units for n in range(passages)}
    assert wanted <= stored, f"units without vectors: {sorted(wanted - stored)[:5]}"
    return found


def orphans(home: Path) -> set[str]:
    """Vectors that no unit has."""
    with closing(sqlite3.connect(current(home) / "words.sqlite3")) as db:
        rows = db.execute("SELECT key, passages FROM units").fetchall()
    return set(vector_ids(home)) - {f"{key}/{n}" for key, count in rows for n in range(count)}


def vector_ids(home: Path) -> Iterator[str]:
    """Ids in Chroma's own database, each of which must be there once."""
    path = current(home) / "vectors" / "chroma.sqlite3"
    if path.exists():
        with closing(sqlite3.connect(path)) as db:
            tables = db.execute("SELECT 1 FROM sqlite_master WHERE name = 'embeddings'").fetchall()
            ids = db.execute("SELECT embedding_id FROM embeddings").fetchall() if tables else []
        twice = [name for (name,), count in Counter(ids).items() if count > 1]
        assert not twice, f"vectors twice: {twice[:5]}"
        yield from (name for (name,) in ids)


def check_vectors(home: Path) -> None:
    """Chroma finds each of its vectors as the nearest of itself, or one just like it.

    Of those that it misses, the message says which a search through the whole graph of neighbours
    misses too: those are not in the graph, the others it only passed by.
    """
    import chromadb

    client = chromadb.PersistentClient(str(current(home) / "vectors"))
    for collection in client.list_collections():
        got = collection.get(include=["embeddings"])
        assert got["embeddings"] is not None
        for start in range(0, len(got["ids"]), 200):
            vectors = np.asarray(got["embeddings"][start : start + 200], dtype=np.float32)
            missed = _missed(collection, vectors, 1)
            absent = _missed(collection, vectors[missed], len(got["ids"])) if missed else []
            assert not missed, (
                f"not found: {[got['ids'][start + n] for n in missed]}, "
                f"nor in the whole graph: {[got['ids'][start + missed[n]] for n in absent]}"
            )


def _missed(collection: "Collection", vectors: NDArray[np.float32], width: int) -> list[int]:
    """Which of the vectors a search for itself, for so many neighbours, does not find."""
    found = collection.query(query_embeddings=vectors, n_results=width, include=["distances"])
    assert found["distances"] is not None
    return [n for n, near in enumerate(found["distances"]) if not near or near[0] > 1e-3]


def visible(state: Mapping[str, Mapping[str, int]]) -> dict[str, int]:
    """What a library of these files holds: one added by hand hides one of the folder."""
    return {**state["synced"], **state["added"]}
