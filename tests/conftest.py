"""What several tests share: data directories, folders, and a library over the shipped bulletins."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from command import Command, Done
from doubles import WordEncoder, write_bulletin

from index.library import Library
from index.vectors.encoder import SentenceTransformerEncoder
from rag.settings import shipped_bulletins
from ui.cli import main


@pytest.fixture
def encoder() -> WordEncoder:
    """A model without a file."""
    return WordEncoder()


@pytest.fixture(scope="session")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    """The five shipped bulletins, with the embedded model; tests must not change it."""
    library = Library(tmp_path_factory.mktemp("library"), SentenceTransformerEncoder())
    library.sync(shipped_bulletins())
    yield library
    library.close()


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """An empty data directory."""
    return tmp_path / "home"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with two small bulletins, for tests that change files."""
    folder = tmp_path / "bulletins"
    folder.mkdir()
    write_bulletin(folder / "kaifeng.txt", "开封市", "全市建成老年食堂52个，惠及老人3万人。")
    write_bulletin(folder / "xinxiang.txt", "新乡市", "全市培训护理员640人次，开设课程12门。")
    return folder


@pytest.fixture
def jianbao(
    home: Path, monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes]
) -> Command:
    """Runs a command of the program in this process, with a data directory of its own; embeds by
    the table of words, which takes less time.
    """
    monkeypatch.setenv("JIANBAO_HOME", str(home))
    monkeypatch.setenv("JIANBAO_EMBEDDING_MODEL", "table")
    monkeypatch.setenv("COLUMNS", "200")

    def run(*arguments: str) -> Done:
        monkeypatch.setattr(sys, "argv", ["jianbao", *arguments])
        with pytest.raises(SystemExit) as stopped:
            main()
        out, err = capfdbinary.readouterr()
        assert isinstance(stopped.value.code, int)
        return Done(stopped.value.code, out.decode("utf-8"), err.decode("utf-8"))

    return run
