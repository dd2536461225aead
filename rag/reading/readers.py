"""The reader of the settings, built in one place."""

from functools import cache
from pathlib import Path

from rag.reading.cross_encoder import CrossEncoderReader
from rag.reading.reader import Reader
from rag.reading.reading_files import GRAPH, embedded_reader
from rag.reading.transformer import TransformerReader
from rag.settings import Settings

FOREIGN = ("config.json", "modules.json")  # a cross-encoder's folder has one of them


@cache
def default_reader() -> Reader:
    """The embedded transformer, one for the process: it takes room, and remembers what it read.
    Loaded at the first question.
    """
    return TransformerReader(embedded_reader())


def reader_of(settings: Settings) -> Reader:
    """The embedded transformer, or what is set: a folder in the product's own form, or any
    cross-encoder of sentence-transformers. Nothing is loaded before the first question.
    """
    if settings.reader is None:
        return default_reader()
    folder = Path(settings.reader).expanduser()
    foreign = not folder.is_dir() or any((folder / name).is_file() for name in FOREIGN)
    if (folder / GRAPH).is_file() or not foreign:
        return TransformerReader(folder)  # which tells what the folder lacks
    return CrossEncoderReader(settings.reader)
