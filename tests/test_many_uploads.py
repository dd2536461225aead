"""Files that come in all at once, twice, or far too large, over real HTTP and by real processes."""

import json
import os
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from doubles import WordEncoder, word_chain, write_bulletin
from web_server import served

from eval.bench.processes import resident
from index.library import Library
from ui.page.adding_panel import MAX_FILES
from ui.page.chat_page import build_page
from ui.server.server import application
from ui.server.uploads import FOLDER, private_folder
from ui.store.conversations import Conversations
from ui.store.page_database import Store

MIB = 2**20
HEAD = (
    b'--x\r\nContent-Disposition: form-data; name="files"; filename="large.pdf"\r\n'
    b"Content-Type: application/pdf\r\n\r\n"
)


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    """A library of one bulletin."""
    write_bulletin(tmp_path / "kaifeng.txt", "开封市", "全市建成老年食堂52个，惠及老人3万人。")
    library = Library(tmp_path / "library", WordEncoder())
    library.add(tmp_path / "kaifeng.txt")
    yield library
    library.close()


@pytest.fixture
def address(library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The page over it."""
    monkeypatch.setenv(FOLDER, "")  # so that it is put back
    private_folder(tmp_path)
    store = Store(tmp_path / "conversations.sqlite")
    page = build_page(library, word_chain(library), store)
    with served(application(page, Conversations(store))) as url:
        yield url


def upload(url: str, files: dict[str, bytes], session: str) -> str:
    """Add files as the page does; what it is told."""
    with httpx.Client(base_url=url, trust_env=False, timeout=60) as client:
        config = client.get("/config").json()
        (shelf,) = [c["id"] for c in config["components"]
                    if c["props"].get("elem_id") == "jb-files"]  # fmt: skip
        number = next(d["id"] for d in config["dependencies"] if [shelf, "upload"] in d["targets"])
        paths = client.post(
            "/gradio_api/upload", files=[("files", one) for one in files.items()]
        ).json()
        sent: list[Any] = [
            {"path": path, "orig_name": name, "meta": {"_type": "gradio.FileData"}}
            for path, name in zip(paths, files, strict=True)
        ]
        body = {"data": [sent, None], "fn_index": number, "session_hash": session}
        client.post("/gradio_api/queue/join", json=body).raise_for_status()
        told = client.get(f"/gradio_api/queue/data?session_hash={session}").text
    last = [line for line in told.splitlines() if "process_completed" in line][-1]
    return json.dumps(json.loads(last.partition("data: ")[2]), ensure_ascii=False)


def at_once(*works: Callable[[], None]) -> None:
    """Do all of them in threads."""
    threads = [threading.Thread(target=work) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="memory is read from /proc")
def test_200_mb_are_refused_in_a_sentence(address: str, tmp_path: Path) -> None:
    """Whether or not their length is told first; memory does not grow and nothing is kept."""

    def body() -> Iterator[bytes]:
        yield HEAD
        for _ in range(200):
            yield b"x" * MIB
        yield b"\r\n--x--\r\n"

    kind = {"content-type": "multipart/form-data; boundary=x"}
    length = {"content-length": str(len(HEAD) + 200 * MIB + len(b"\r\n--x--\r\n"))}
    before = resident(os.getpid())
    for headers in (kind, kind | length):
        sent = httpx.post(
            f"{address}/gradio_api/upload", content=body(), headers=headers, trust_env=False
        )
        assert sent.status_code == 413
        assert sent.text == (
            "文件超过50 MB，请拆分后再添加。A file is larger than 50 MB; split it.\n"
        )
    assert resident(os.getpid()) < before + 50
    assert [path for path in (tmp_path / "uploads").rglob("*") if path.is_file()] == []


def test_fifty_files_are_taken_in_at_once(address: str, library: Library) -> None:
    """Each becomes a bulletin; one more is too many, and then none is taken."""
    text = "市人大常委会高度重视养老服务工作。\n全市培训{}人次。\n"
    files = {f"b{n}.txt": text.format(100 + n).encode() for n in range(MAX_FILES)}
    assert upload(address, files, "fifty").count("✓") == MAX_FILES
    assert len(library.entries()) == 1 + MAX_FILES
    more = {f"c{n}.txt": text.format(n).encode() for n in range(MAX_FILES + 1)}
    assert "一次最多添加50份" in upload(address, more, "more")
    assert len(library.entries()) == 1 + MAX_FILES


def test_the_same_file_twice_at_once_is_one_bulletin(address: str, library: Library) -> None:
    """Two people who add it in the same moment are both told that it is there."""
    file = {"xinxiang.txt": "新乡市：养老服务\n市人大高度重视养老。\n培训640人次。\n".encode()}
    told: list[str] = []
    at_once(*(lambda n=n: told.append(upload(address, file, f"twice{n}")) for n in range(2)))  # type: ignore[misc]
    assert [one.count("✓") for one in told] == [1, 1]
    assert [entry.id for entry in library.entries()] == ["kaifeng", "xinxiang"]
    assert len({f.position for f in library.search_words("培训640人次", 10)}) == 1


def test_two_processes_add_the_same_file_at_once(tmp_path: Path) -> None:
    """Both succeed, and there is one bulletin."""
    write_bulletin(tmp_path / "kaifeng.txt", "开封市", "全市建成老年食堂52个，惠及老人3万人。")
    program = Path(sys.executable).with_name("jianbao")
    settings = os.environ | {"JIANBAO_HOME": str(tmp_path / "home")}
    command = [program, "add", str(tmp_path / "kaifeng.txt")]
    done: list[subprocess.CompletedProcess[str]] = []
    run = lambda: done.append(  # noqa: E731 # the same work twice
        subprocess.run(command, env=settings, capture_output=True, text=True, check=False)
    )
    at_once(run, run)
    assert [(one.returncode, one.stderr) for one in done] == [(0, ""), (0, "")]
    listed = subprocess.run(
        [program, "list", "--json"], env=settings, capture_output=True, text=True, check=True
    )
    ids = [json.loads(line)["bulletin"] for line in listed.stdout.splitlines()]
    assert ids.count("kaifeng") == 1
