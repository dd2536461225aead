"""Several processes share a database server: what one adds the others find, and a server that was
away comes back.
"""

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from command import Command
from doubles import WordEncoder, write_bulletin
from ports import free_port
from servers import Server, chroma_server, milvus_server

import rag
from corpus.errors import LibraryError
from index.library import Library
from index.vectors.encoders import encoder_of

SETTINGS = {"chroma": "JIANBAO_CHROMA_URL", "milvus": "JIANBAO_MILVUS_URI"}
PROGRAM = Path(__file__).with_name("another_process.py")
ROOT = PROGRAM.parent.parent


@pytest.fixture(params=["chroma", "milvus"])
def engine(request: pytest.FixtureRequest) -> str:
    """Which server is shared."""
    if request.param == "milvus":
        pytest.importorskip("milvus_lite", reason="pip install 'jianbao[milvus]'")
    return str(request.param)


@pytest.fixture
def server(engine: str, tmp_path: Path) -> Iterator[Server]:
    """A server of that engine."""
    start = chroma_server if engine == "chroma" else milvus_server
    server = start(tmp_path / "server", free_port())
    yield server
    server.stop()


@pytest.fixture
def urls(engine: str, server: Server) -> tuple[str | None, str | None]:
    """Address of the Chroma server, of the Milvus server: one of them."""
    return (server.url, None) if engine == "chroma" else (None, server.url)


def another_process(home: Path, urls: tuple[str | None, str | None], **order: str) -> str:
    """What a process of its own prints that adds or retrieves."""
    words = {"home": str(home), "chroma_url": urls[0], "milvus_uri": urls[1], **order}
    command = [sys.executable, PROGRAM, json.dumps(words)]
    done = subprocess.run(
        command, capture_output=True, text=True, cwd=ROOT, env={"PYTHONPATH": "."}
    )
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


def test_processes_answer_alike_and_find_what_another_added(
    urls: tuple[str | None, str | None], home: Path, folder: Path, tmp_path: Path
) -> None:
    """A library that is open finds a bulletin that another process adds, without being reopened,
    and both then find the same with the same scores.
    """
    library = Library(home, WordEncoder(), *urls)
    library.sync(folder)
    assert rag.retrieve("开封市建成多少个老年食堂", library=library)[0].bulletin == "kaifeng"
    write_bulletin(tmp_path / "puyang.txt", "濮阳市", "全市改造家庭床位310张，培训护理员97人。")
    another_process(home, urls, add=str(tmp_path / "puyang.txt"))
    question = "濮阳市改造家庭床位多少张"
    ours = [hit.as_dict() for hit in rag.retrieve(question, library=library)]
    assert ours == json.loads(another_process(home, urls, retrieve=question))
    assert ours[0]["bulletin"] == "puyang"


def test_a_server_that_went_away_is_told_and_comes_back(
    engine: str, server: Server, urls: tuple[str | None, str | None], home: Path, folder: Path,
    jianbao: Command, monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    """While it is down a search, and a command, says so in one line with the mend; when it is up
    again an open library answers as before.
    """
    library = Library(home, encoder_of("table"), *urls)  # as the command has it
    library.sync(folder)
    question = "开封市建成多少个老年食堂"
    before = [hit.as_dict() for hit in rag.retrieve(question, library=library)]
    server.stop()
    with pytest.raises(LibraryError, match=f"{server.url} cannot be used.*{SETTINGS[engine]}"):
        rag.retrieve(question, library=library)
    monkeypatch.setenv(SETTINGS[engine], server.url)
    monkeypatch.setenv("JIANBAO_BULLETINS", str(folder))
    done = jianbao("retrieve", question)
    assert (done.status, done.out, len(done.err.splitlines())) == (1, "", 1)
    assert SETTINGS[engine] in done.err
    server.start()
    assert [hit.as_dict() for hit in rag.retrieve(question, library=library)] == before


def test_a_rebuild_by_another_process_is_followed(
    urls: tuple[str | None, str | None], home: Path, folder: Path
) -> None:
    """A library that is open answers while another process makes the index anew, and goes over to
    the new one, without being reopened.
    """
    library = Library(home, WordEncoder(), *urls)
    library.sync(folder)
    question = "开封市建成多少个老年食堂"
    before = [hit.as_dict() for hit in rag.retrieve(question, library=library)]
    rebuilt = Library(home, WordEncoder(), *urls, fresh=True)
    assert [hit.as_dict() for hit in rag.retrieve(question, library=library)] == before
    rebuilt.sync(folder)
    assert [hit.as_dict() for hit in rag.retrieve(question, library=library)] == before
    assert library._index.folder == rebuilt._index.folder
