"""Whether the files of Chroma's graph of neighbours hold together.

Chroma (hnswlib) trusts them: a torn one, or a neighbour that is none, ends the whole process where
it is read, without a word. So they are looked at first. Its format 1 is known here; of another
format nothing is said.

header.bin       format, numbers of nodes, places in a record, the node that a search enters by
data_level0.bin  a record a node: number and ids of its neighbours, its vector, its label
index_metadata.pickle  the names of the nodes: without it Chroma takes one for another
length.bin       four bytes a node
link_lists.bin   a node: bytes that follow; of each higher level number and ids of its neighbours
"""

import time
from pathlib import Path
from struct import Struct
from typing import Any

import numpy as np
from numpy.typing import NDArray

LOOKS, PAUSE_SECONDS = 3, 0.5  # while another process writes it, a graph looks torn
_HEADER = Struct("<i6QiI3Q")
_HEADER_BYTES, _FORMAT = 100, 1
_COUNT = 0xFFFF  # of the word before the ids of neighbours the part that says how many they are


def check_graphs(folder: Path, *, up_to: int) -> None:
    """Look at the graphs in the folders of a Chroma folder: at their sizes, and at each neighbour
    where the records have at most `up_to` bytes.

    :raises ValueError: one is damaged.
    :raises OSError: a file is missing or cannot be read.
    """
    for header in folder.glob("*/header.bin"):
        for left in reversed(range(LOOKS)):
            try:
                _check(header, up_to)
                break
            except (ValueError, OSError):
                if not left:
                    raise
                time.sleep(PAUSE_SECONDS)


def _check(header: Path, up_to: int) -> None:
    raw = header.read_bytes()
    if len(raw) != _HEADER_BYTES:
        raise ValueError(f"header.bin has {len(raw)} bytes, not {_HEADER_BYTES}")
    form, links, _most, nodes, record, _label, vector, _top, entry, wide, wider, _ = (
        _HEADER.unpack_from(raw)
    )
    if form != _FORMAT:
        return
    records, lists = header.with_name("data_level0.bin"), header.with_name("link_lists.bin")
    size = records.stat().st_size
    lengths = header.with_name("length.bin").stat().st_size
    if not record or size % record or lengths != size // record * 4 or nodes > size // record:
        raise ValueError(f"data_level0.bin has {size} bytes, length.bin {lengths}: one is torn")
    if nodes and not header.with_name("index_metadata.pickle").exists():
        raise ValueError("index_metadata.pickle is gone")
    if nodes and entry >= nodes:
        raise ValueError(f"header.bin enters at node {entry} of {nodes}")
    if nodes and size <= up_to:
        rows = np.memmap(records, np.uint8, mode="r", shape=(nodes, record))
        _check_neighbours(np.ascontiguousarray(rows[:, links:vector]).view("<u4"), wider, nodes)
        _check_lists(np.fromfile(lists, "<u4"), lists.stat().st_size, wide, nodes)


def _check_neighbours(rows: NDArray[Any], most: int, nodes: int) -> None:
    """Rows of a number of neighbours and as many ids.

    :raises ValueError: there are more than can be, or one is no node.
    """
    counts = rows[:, :1] & _COUNT
    known = np.arange(rows.shape[1] - 1) < counts
    if (counts > most).any() or (rows[:, 1:][known] >= nodes).any():
        raise ValueError("a neighbour in the graph is none")


def _check_lists(words: NDArray[Any], size: int, most: int, nodes: int) -> None:
    """The lists of higher levels, node after node.

    :raises ValueError: they do not end where the file ends, or hold what is no node.
    """
    at = 0
    for _ in range(nodes):
        length, rest = divmod(int(words[at]), 4) if at < len(words) else (len(words), 0)
        levels = words[at + 1 : at + 1 + length]
        if rest or len(levels) != length or length % (most + 1):
            raise ValueError(f"link_lists.bin has {size} bytes: it is torn")
        _check_neighbours(levels.reshape(-1, most + 1), most, nodes)
        at += 1 + length
    if at * 4 != size:
        raise ValueError(f"link_lists.bin has {size} bytes, not {at * 4}")
