"""Libraries made of texts, for as long as a training or a measurement takes."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from index.library import Library
from index.vectors.encoder import Encoder


def fill(library: Library, texts: Mapping[str, str]) -> None:
    """Make a library hold texts by name, a bulletin each."""
    with TemporaryDirectory(prefix="jianbao-texts-") as folder:
        for name, text in texts.items():
            (Path(folder) / f"{name}.txt").write_text(text, "utf-8")
        library.sync(Path(folder))


@contextmanager
def filled(texts: Mapping[str, str], encoder: Encoder) -> Iterator[Library]:
    """A temporary library of texts by name."""
    with TemporaryDirectory(prefix="jianbao-training-") as home:
        library = Library(Path(home), encoder)
        try:
            fill(library, texts)
            yield library
        finally:
            library.close()
