"""A library for as long as a training or a measurement takes."""

import logging
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from index.library import Library
from index.vectors.encoder import Encoder

log = logging.getLogger(__name__)


@contextmanager
def temporary_library(folder: Path, encoder: Encoder) -> Iterator[Library]:
    """A library over a folder of bulletins, gone at the end; the log names the files that cannot be
    read.
    """
    with TemporaryDirectory(prefix="jianbao-library-") as home:
        library = Library(Path(home), encoder)
        try:
            for reason in library.sync(folder).failed.values():
                log.warning("%s", reason)
            yield library
        finally:
            library.close()


@contextmanager
def library_of_texts(texts: Mapping[str, str], encoder: Encoder) -> Iterator[Library]:
    """The same over texts by name, a bulletin each."""
    with TemporaryDirectory(prefix="jianbao-texts-") as folder:
        write_texts(texts, Path(folder))
        with temporary_library(Path(folder), encoder) as library:
            yield library


def write_texts(texts: Mapping[str, str], folder: Path) -> None:
    """Each text as a bulletin file of this name."""
    for name, text in texts.items():
        (folder / f"{name}.txt").write_text(text, "utf-8")
