"""An index of every released schema, parser and tokenizer is opened, or replaced when its successor
is whole.
"""

import tarfile
from contextlib import closing, nullcontext
from pathlib import Path

import pytest
from command import Command
from doubles import WordEncoder
from keep_index import KEPT, PRESENT

from corpus.errors import LibraryError, OutdatedError
from index.generation import VERSIONS
from index.library import Library
from index.vectors.encoder import EMBEDDED

NAMES = sorted(path.name for path in KEPT.glob("*.tar.xz"))
OLDER = [name for name in NAMES if name != PRESENT]


@pytest.fixture
def kept(home: Path, request: pytest.FixtureRequest) -> Path:
    """A data directory as that schema left it."""
    with tarfile.open(KEPT / request.param) as archive:
        archive.extractall(home.parent, filter="data")
    return home


def answers(library: Library) -> bool:
    """Whether the figure of the bulletin is found by both indexes, and read whole."""
    both = (library.search_words("老年食堂", 1), library.search_meaning("老年食堂52个", 1))
    return all("52个" in library.unit(found[0])[1].text for found in both)


def current(home: Path) -> str:
    return (home / "index" / "current").read_text()


def test_the_present_versions_are_kept() -> None:
    """A release that changes any of them keeps an index first: python tests/keep_index.py."""
    assert PRESENT in NAMES
    assert any(name.startswith("schema-1-") for name in OLDER)


@pytest.mark.parametrize("kept", [PRESENT], indirect=True)
def test_an_index_of_the_present_versions_is_opened(kept: Path) -> None:
    """What an earlier program of the same versions made answers as it is, and is not made anew."""
    encoder = WordEncoder()
    library = Library(kept, encoder)
    before = current(kept)
    assert answers(library)
    assert encoder.texts < 10  # questions and the probe of the model, no bulletin
    assert current(kept) == before


@pytest.mark.parametrize("kept", OLDER, indirect=True)
def test_an_index_of_an_older_schema_is_replaced_when_the_new_one_is_whole(
    kept: Path, tmp_path: Path
) -> None:
    """It is refused with the command that rebuilds; a rebuild that ends early leaves it in place,
    one that comes to its end takes its place, from the files that the old one kept.
    """
    with pytest.raises(LibraryError, match=r"made with .* this program has .*sync --rebuild"):
        Library(kept, WordEncoder())
    before = current(kept)
    folder = kept / "bulletins" / "synced"
    begun = Library(kept, WordEncoder(), fresh=True)
    assert current(kept) == before
    begun.sync(folder)
    assert current(kept) != before
    assert answers(Library(kept, WordEncoder()))


class EmbeddedDouble(WordEncoder):
    """An encoder that the product carries itself."""

    def __init__(self) -> None:
        super().__init__(EMBEDDED)


def test_an_index_of_an_earlier_embedded_encoder_is_made_anew(home: Path) -> None:
    """Its vectors mean nothing to this one. What was made by an encoder that is set stays."""
    for encoder, outdated in ((EmbeddedDouble, True), (WordEncoder, False)):
        place = home / encoder.__name__
        with closing(Library(place, encoder())) as library:
            library._index.catalogue.set_manifest({"encoder": VERSIONS["encoder"] - 1})
        with pytest.raises(OutdatedError) if outdated else nullcontext():
            Library(place, encoder()).close()


@pytest.mark.parametrize("kept", OLDER[-1:], indirect=True)
def test_the_next_start_makes_an_older_index_anew(kept: Path, jianbao: Command) -> None:
    """Nobody has to know of versions: what opens the library fills a new index and swaps it in."""
    before = current(kept)
    done = jianbao("list")
    assert (done.status, "henan-047-hebi" in done.out) == (0, True)
    assert current(kept) != before
    assert not (kept / "index" / before).exists()


@pytest.mark.parametrize("kept", [PRESENT], indirect=True)
def test_the_index_of_a_later_version_is_left_alone(kept: Path, jianbao: Command) -> None:
    """An older program names both versions and the mend, and takes nothing from the newer one."""
    library = Library(kept, WordEncoder())
    library._index.catalogue.set_manifest({**VERSIONS, "parser": VERSIONS["parser"] + 1})
    library.close()
    before = current(kept)
    done = jianbao("list")
    assert (done.status, done.out, len(done.err.splitlines())) == (1, "", 1)
    assert "jianbao sync --rebuild" in done.err
    assert current(kept) == before
