"""A process killed at any moment loses, tears and doubles nothing."""

import subprocess
import sys
from pathlib import Path

import pytest

KILLS = 8  # `make chaos` kills 200


@pytest.mark.skipif(sys.platform == "win32", reason="lives are forked")
def test_what_is_left_by_kills_is_whole() -> None:
    """Of every bulletin the version before or the version after is there, in both indexes, once."""
    program = Path(__file__).with_name("chaos.py")
    # a process of its own: one in which Chroma has run cannot be forked
    done = subprocess.run(
        [sys.executable, str(program), "--kills", str(KILLS)], capture_output=True, text=True
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert f"{KILLS} kills" in done.stdout
