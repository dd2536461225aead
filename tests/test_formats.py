"""The formats that are read stand in one table, which code and manuals follow."""

import re
from pathlib import Path

import pytest
from command import Command
from house import ROOT, modules

from corpus.errors import BulletinError
from corpus.extract import extract
from corpus.formats.registry import (
    FORMATS,
    SUFFIXES,
    Format,
    format_of,
    kinds_in_chinese,
    kinds_in_english,
)
from index.shelf.folder import bulletin_files
from ui.server.uploads import MAX_UPLOAD_MB
from ui.views.page_words import translations


@pytest.mark.parametrize("kind", FORMATS, ids=lambda kind: kind.suffixes[0])
def test_a_line_of_the_table_is_whole(kind: Format) -> None:
    """A name in Chinese and in English, suffixes of its own in lower case, and bounds."""
    assert re.search("[一-鿿]", kind.chinese)
    assert kind.english.isascii()
    for suffix in kind.suffixes:
        assert re.fullmatch(r"\.[a-z0-9]+", suffix)
        assert format_of(suffix) is kind
    assert 0 < kind.max_bytes <= MAX_UPLOAD_MB * 2**20  # the page lets in what its reader may judge


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_a_reader_speaks_for_itself(suffix: str) -> None:
    """What is no file of a format is refused by its reader, in a line that names the file."""
    with pytest.raises(BulletinError, match=r"^a file: .*[一-鿿]"):
        extract(b"\0\1\2", suffix, "a file")


def test_a_folder_is_served_by_the_table(tmp_path: Path) -> None:
    """Files of every suffix are taken, in capitals too, and no other one."""
    for number, suffix in enumerate([*SUFFIXES, ".mp3", ""]):
        (tmp_path / f"{number:02}{suffix.upper()}").touch()
    found = bulletin_files(tmp_path).values()
    assert [path.suffix.lower() for path in found] == list(SUFFIXES)


def test_help_and_manuals_tell_what_the_table_does(jianbao: Command) -> None:
    """`jianbao add --help` and both READMEs list the formats in its words."""
    help_text = jianbao("add", "--help").out
    assert all(suffix in help_text for suffix in SUFFIXES)
    assert kinds_in_english() in (ROOT / "README.md").read_text("utf-8")
    assert kinds_in_chinese() in (ROOT / "README.zh-CN.md").read_text("utf-8")


def test_the_security_page_tells_the_bounds_of_a_trial() -> None:
    """It names the suffixes, the seconds and the memory that the table gives."""
    told = (ROOT / "SECURITY.md").read_text("utf-8")
    tried = [kind for kind in FORMATS if kind.trial]
    suffixes = ", ".join(suffix for kind in tried for suffix in kind.suffixes)
    assert f"({suffixes}) is read first in a process of its own" in told
    for bounds in {kind.trial for kind in tried if kind.trial}:
        seconds, memory = bounds.seconds, bounds.memory
        assert f"after {seconds:.0f} s or, on Linux, at {memory // 2**30} GiB" in told


def test_the_page_tells_what_the_table_does() -> None:
    """Where files are dropped, their kinds stand in the language of the browser."""
    usual = [kind.suffixes[0].removeprefix(".") for kind in FORMATS]
    for locale, between in (("zh", "、"), ("en", ", ")):
        words = translations().translations_dict[locale].values()
        assert sum(between.join(usual) in text for text in words) == 1


def test_no_suffix_is_named_but_in_the_table() -> None:
    """Whoever asks for a kind of file looks it up."""
    named = re.compile("[\"'](?:{})[\"']".format("|".join(map(re.escape, SUFFIXES))))
    naming = [path for path in modules().values() if named.search(path.read_text("utf-8"))]
    assert naming == [ROOT / "corpus/formats/registry.py"]
