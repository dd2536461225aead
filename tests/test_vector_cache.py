"""Vectors that were read before: the right ones, the latest ones, and never more than fit."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.vectors import vector_cache
from index.vectors.dense import VectorStore
from index.vectors.encoder import Vectors
from index.vectors.vector_cache import VectorCache

EAST = np.array([1.0, 0.0], dtype=np.float32)
IDS = st.lists(st.sampled_from("abcdefgh"), unique=True, min_size=1, max_size=3)


def vector(identifier: str) -> Vectors:
    """A vector of its own for every letter: a is 0, b is 1 …"""
    return np.array([ord(identifier) - ord("a"), 1.0], dtype=np.float32)


def test_only_what_was_kept_is_known() -> None:
    """Of a vector that was never kept, b here, nothing is told: whoever asks has to read it."""
    cache = VectorCache()
    assert cache.cosines(["a"], EAST) == {}
    cache.keep(["c"], vector("c").reshape(1, -1))
    assert cache.cosines(["b", "c"], EAST) == {"c": 2.0}


@given(st.lists(IDS, max_size=12))
def test_the_latest_are_kept_and_each_is_itself(rounds: list[list[str]]) -> None:
    """Room for four vectors of eight bytes: whatever comes, the four that were new last stay."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(vector_cache, "MOST_BYTES", 4 * 8)
        cache = VectorCache()
        order: list[str] = []
        for ids in rounds:
            cache.keep(ids, np.stack([vector(one) for one in ids]))
            for one in ids:
                if one not in order[-4:]:
                    order.append(one)
        known = cache.cosines(list("abcdefgh"), EAST)
        assert known == {one: float(vector(one)[0]) for one in order[-4:]}


def test_nothing_is_known_after_clearing() -> None:
    """Another vector may stand under the id, of another dimension even."""
    cache = VectorCache()
    cache.keep(["a"], EAST.reshape(1, -1))
    cache.clear()
    assert cache.cosines(["a"], EAST) == {}
    cache.keep(["a"], np.array([[0.0, 0.0, -1.0]], dtype=np.float32))
    assert cache.cosines(["a"], np.array([0.0, 0.0, 1.0], dtype=np.float32)) == {"a": -1.0}


def test_a_vector_that_was_replaced_is_read_anew(tmp_path: Path) -> None:
    """The cosine of a unit with its own vector is 1, and that of its successor -1."""
    store = VectorStore(tmp_path / "vectors", "units")
    store.put(["a/0"], EAST.reshape(1, -1))
    assert store.cosines(EAST, {"a": 1})["a"] == pytest.approx([1.0])
    store.put(["a/0"], -EAST.reshape(1, -1))
    assert store.cosines(EAST, {"a": 1})["a"] == pytest.approx([-1.0])
    store.delete(["a/0"])
    assert store.cosines(EAST, {"a": 1})["a"] == pytest.approx([-1.0])  # none counts as -1
