"""A process killed at any moment loses, tears and doubles nothing."""

import sys
from pathlib import Path

import pytest
from chaos import chaos

KILLS = 8  # `make chaos` kills 200


@pytest.mark.skipif(sys.platform == "win32", reason="lives are forked")
def test_what_is_left_by_kills_is_whole(tmp_path: Path) -> None:
    """Of every bulletin the version before or the version after is there, in both indexes, once."""
    assert chaos(tmp_path, KILLS, seed=2026).total() == KILLS
