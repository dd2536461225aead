"""One document in every format has the same paragraphs in all of them."""

import re
from pathlib import Path

import pytest
from format_files import WRITERS

from corpus.errors import BulletinError
from corpus.extract import read_bytes
from corpus.formats.registry import SUFFIXES
from corpus.parse import parse, read_bulletin

ROOT = Path(__file__).resolve().parent.parent
LEAST = 0.98  # of the paragraphs that each format must give exactly


def plain(text: str) -> str:
    return re.sub(r"\W", "", text)


@pytest.fixture(scope="module")
def document() -> tuple[str, list[str]]:
    """The title of a shipped bulletin and its paragraphs."""
    bulletin = read_bulletin(ROOT / "corpus/bulletins/henan-053-sanmenxia.txt")
    return bulletin.articles[0].title, [unit.text for unit in bulletin.paragraphs]


def share(title: str, paragraphs: list[str], suffix: str) -> float:
    """How many of the paragraphs a file of this format gives, of one that is written here."""
    found = parse(WRITERS[suffix](title, paragraphs), f"a.{suffix}").paragraphs
    texts = {plain(unit.text) for unit in found}
    return sum(plain(text) in texts for text in paragraphs) / len(paragraphs)


@pytest.mark.parametrize("suffix", WRITERS)
def test_paragraphs_are_found_in_every_format(suffix: str, document: tuple[str, list[str]]) -> None:
    """Nearly all, each whole."""
    assert share(*document, suffix) >= LEAST


@pytest.mark.parametrize("suffix", ["pdf", "ofd", "docx", "rtf", "pptx", "xlsx"])
@pytest.mark.parametrize("other", ["txt", "pdf", "doc", "docx", "zip", "png"])
def test_a_misnamed_file_is_read_by_its_content(
    suffix: str, other: str, document: tuple[str, list[str]]
) -> None:
    """And that it is misnamed is told."""
    title, paragraphs = document
    bulletin = parse(WRITERS[suffix](title, paragraphs[:4]), f"a.{other}")
    assert plain(paragraphs[0]) in {plain(unit.text) for unit in bulletin.paragraphs}
    told = any(f"扩展名是.{other}" in loss.chinese for loss in bulletin.losses)
    assert told is (suffix != other)


NONSENSE = {
    "nul": b"\0" * 300,
    "zip": b"PK\x03\x04" + b"\xff" * 60,
    "ole": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" * 100,
    "tiff": b"II*\0" + b"\xff" * 40,
    "rtf": b"{\\rtf1 {{{{",
    "pdf": b"%PDF-1.7\n%%EOF",
}


@pytest.mark.parametrize("suffix", SUFFIXES)
@pytest.mark.parametrize("data", NONSENSE.values(), ids=NONSENSE)
def test_nonsense_is_told_in_a_sentence(suffix: str, data: bytes) -> None:
    """Whatever it is called."""
    with pytest.raises(BulletinError, match=r"[一-鿿]"):
        parse(data, f"a{suffix}")


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_an_empty_file_is_told(suffix: str, tmp_path: Path) -> None:
    """Before its format is asked."""
    (tmp_path / f"a{suffix}").write_bytes(b"")
    with pytest.raises(BulletinError, match="the file is empty"):
        read_bytes(tmp_path / f"a{suffix}")


@pytest.mark.parametrize("suffix", [s for s in WRITERS if s not in ("txt", "csv", "html", "eml")])
@pytest.mark.parametrize("cut", [0.3, 0.9])
def test_a_cut_file_is_told(suffix: str, cut: float, document: tuple[str, list[str]]) -> None:
    """Or read as far as it goes, where the format allows it."""
    data = WRITERS[suffix](*document)
    try:
        parse(data[: int(cut * len(data))], f"a.{suffix}")
    except BulletinError as error:
        assert re.search("[一-鿿]", str(error))  # noqa: PT017 # either is right
