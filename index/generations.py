"""The indexes of a data directory, and which one is current.

<home>/index/current      name of the generation in use, replaced atomically
<home>/index/<name>/      words.sqlite3 and vectors/ of that generation
"""

import re
import shutil
from pathlib import Path
from uuid import uuid4

from corpus.errors import LibraryError
from index.generation import Generation
from index.rebuild import REBUILD
from index.shelf.shelf_errors import cannot_write
from index.shelf.whole_file import write_file
from index.store.databases import Engine
from index.vectors.encoder import Encoder


class Generations:
    """The indexes under a data directory, one of them current."""

    def __init__(self, home: Path, encoder: Encoder, engine: Engine) -> None:
        self._root = home / "index"
        self._encoder = encoder
        self._engine = engine

    def version(self) -> tuple[int, int] | None:
        """What changes when another index becomes current; None where there is none."""
        try:
            stat = (self._root / "current").stat()
        except FileNotFoundError:
            return None
        except OSError as error:
            raise cannot_write(self._root, error) from error
        return stat.st_ino, stat.st_mtime_ns

    def current(self) -> Generation | None:
        """The index in use, if there is one.

        :raises LibraryError: see Generation.
        """
        try:
            folder = self.current_folder()
        except FileNotFoundError:
            return None
        return Generation(folder, self._encoder, self._engine)

    def current_folder(self) -> Path:
        """Folder of the index in use.

        :raises FileNotFoundError: there is none.
        :raises LibraryError: what says which it is cannot be read, or names none.
        """
        pointer = self._root / "current"
        try:
            name = pointer.read_text("utf-8").strip()
        except FileNotFoundError:
            raise
        except UnicodeDecodeError:
            name = ""
        except OSError as error:
            raise cannot_write(pointer, error) from error
        if not re.fullmatch(r"[0-9a-f]{12}", name):
            raise LibraryError(f"{pointer} names no index ({name[:40]!r}); {REBUILD}")
        return self._root / name

    def new(self) -> Generation:
        """An empty index that is not current."""
        return Generation(self._root / uuid4().hex[:12], self._encoder, self._engine)

    def switch(self, generation: Generation) -> None:
        """Make this index the current one and delete all others."""
        pointer = self._root / "current"
        try:
            write_file(pointer, generation.folder.name.encode())
        except OSError as error:
            raise cannot_write(pointer, error) from error
        self.sweep(generation)

    def sweep(self, current: Generation) -> None:
        """Delete all other indexes, as abandoned rebuilds leave them; for whoever may write."""
        try:
            for folder in self._root.iterdir():
                if folder.is_dir() and folder != current.folder:
                    self._drop(folder)
        except OSError as error:
            raise cannot_write(self._root, error) from error

    def _drop(self, folder: Path) -> None:
        self._engine.drop(folder)
        shutil.rmtree(folder, ignore_errors=True)
