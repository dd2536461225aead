"""A PDF that takes too much is refused by a process of its own, which speaks as the reader does."""

import os
import zlib
from dataclasses import replace
from pathlib import Path

import pytest
from doubles import WordEncoder

from corpus.errors import BulletinError
from corpus.formats import trial_reading
from corpus.formats.pdf import read_pdf
from corpus.formats.registry import TrialBounds, format_of
from corpus.formats.trial_reading import try_reading
from index.library import Library

DATA = Path(__file__).parent / "data"
GOOD = next(DATA.rglob("*.pdf"))


def drawing(lines: int) -> bytes:
    """A PDF of one page on which so many lines are drawn."""
    drawn = zlib.compress(b"0 0 m 10 10 l S\n" * lines, 9)
    parts = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Count 1/Kids[4 0 R]>>",
        b"<</Length %d/Filter/FlateDecode>>stream\n%b\nendstream" % (len(drawn), drawn),
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 3 0 R>>",
    ]
    body, starts = b"%PDF-1.4\n", []
    for number, part in enumerate(parts, start=1):
        starts.append(len(body))
        body += b"%d 0 obj\n%b\nendobj\n" % (number, part)
    table = b"xref\n0 5\n0000000000 65535 f \n" + b"".join(b"%010d 00000 n \n" % s for s in starts)
    return body + table + b"trailer<</Size 5/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % len(body)


def test_a_sound_file_passes() -> None:
    """Nothing is told of a file that can be read."""
    try_reading(GOOD.read_bytes(), ".pdf", "good.pdf")


@pytest.mark.parametrize(
    "data", [b"no PDF", b"%PDF-1.4 cut short", drawing(10)], ids=["other", "cut", "image"]
)
@pytest.mark.parametrize("name", ["简报.pdf", os.fsdecode(b"\xff.pdf")])
def test_what_is_wrong_is_said_in_the_readers_words(data: bytes, name: str) -> None:
    """As if it had been read here, whatever the file is called."""
    with pytest.raises(BulletinError) as here:
        read_pdf(data, name)
    with pytest.raises(BulletinError) as there:
        try_reading(data, ".pdf", name)
    assert str(there.value) == str(here.value)


@pytest.mark.skipif(os.uname().sysname != "Linux", reason="elsewhere memory is not bounded")
def test_a_page_that_takes_all_memory_is_refused(tmp_path: Path) -> None:
    """300 kB that would become 2.7 GB here; the library stays as it was."""
    path = tmp_path / "bomb.pdf"
    path.write_bytes(drawing(10_000_000))
    assert path.stat().st_size < 400_000
    library = Library(tmp_path / "library", WordEncoder())
    with pytest.raises(BulletinError, match="within 1,024 MiB of memory"):
        library.add(path)
    assert library.entries() == []
    library.close()


def test_a_file_that_takes_too_long_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """Even where one page never ends."""
    hasty = replace(format_of(".pdf"), trial=TrialBounds(seconds=0.01, memory=2**30))
    monkeypatch.setattr(trial_reading, "format_of", lambda suffix: hasty)
    with pytest.raises(BulletinError, match="not read within 0 seconds; split the document"):
        try_reading(GOOD.read_bytes(), ".pdf", "slow.pdf")
