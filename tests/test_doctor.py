"""jianbao doctor says what is wrong and what mends it, and changes nothing."""

import hashlib
import os
import shutil
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from command import Command
from damage import halved, overwritten
from doubles import write_bulletin

from ui.store.collections_file import COLLECTIONS
from ui.upkeep.offline import is_local, watched

CHECKS = 7
PROGRAM = Path(sys.executable).with_name("jianbao")


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a served folder, a bulletin to be added, and the data directory that another
    process has made of them.
    """
    room = tmp_path_factory.mktemp("sound")
    (room / "served").mkdir()
    write_bulletin(room / "served" / "kaifeng.txt", "开封市", "全市建成老年食堂52个。")
    write_bulletin(room / "served" / "xinxiang.txt", "新乡市", "全市培训护理员640人次。")
    write_bulletin(room / "puyang.txt", "濮阳市", "全市改造家庭床位310张。")
    subprocess.run(
        [PROGRAM, "add", room / "puyang.txt"], check=True, capture_output=True,
        env={**os.environ, "JIANBAO_HOME": str(room / "home"), "JIANBAO_EMBEDDING_MODEL": "table",
             "JIANBAO_BULLETINS": str(room / "served")},
    )  # fmt: skip
    return room


@pytest.fixture
def used(sound: Path, jianbao: Command, home: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of that data directory, with the settings of the process that made it."""
    monkeypatch.setenv("JIANBAO_BULLETINS", str(sound / "served"))
    return Path(shutil.copytree(sound / "home", home))


def content(home: Path) -> dict[str, str]:
    """Each file with its hash."""
    return {
        str(path): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in home.rglob("*")
        if path.is_file() and not path.name.endswith(("-wal", "-shm"))  # SQLite's, while it reads
    }


def wrong(out: str) -> list[str]:
    return [line for line in out.splitlines() if line.startswith("✗")]


def test_a_sound_data_directory_is_found_sound(used: Path, jianbao: Command) -> None:
    """A line for each check, status 0, and every file as it was."""
    before = content(used)
    done = jianbao("doctor")
    assert (done.status, wrong(done.out)) == (0, [])
    assert len(done.out.splitlines()) == CHECKS
    assert content(used) == before


def test_where_nothing_is_yet_nothing_is_wrong_and_nothing_is_made(
    home: Path, jianbao: Command
) -> None:
    """Before the first use all is well, and the data directory is not made."""
    assert jianbao("doctor").status == 0
    assert not home.exists()


@pytest.mark.parametrize(
    ("file", "line", "command"),
    [
        ("bulletins/added/puyang.txt", "✗ 简报 bulletins", "jianbao add FILE"),
        ("bulletins/synced/kaifeng.txt", "✗ 索引 index", "jianbao sync --rebuild"),
        ("index/*/words.sqlite3", "✗ 索引 index", "jianbao sync --rebuild"),
        ("index/*/vectors/chroma.sqlite3", "✗ 索引 index", "jianbao sync --rebuild"),
        ("index/*/vectors/*/header.bin", "✗ 索引 index", "jianbao sync --rebuild"),
        ("index/current", "✗ 索引 index", "jianbao sync --rebuild"),
        ("conversations.sqlite", "✗ 对话 conversations", "jianbao rescue"),
    ],
)
def test_damage_is_told_with_its_mend(
    file: str, line: str, command: str, used: Path, jianbao: Command
) -> None:
    """The one check that it concerns fails and names what mends it; nothing is changed."""
    (used / "conversations.sqlite").write_bytes(b"no database at all, " * 500)
    if file != "conversations.sqlite":
        (used / "conversations.sqlite").unlink()
        (path,) = used.glob(file)
        halved(path)
    before = content(used)
    done = jianbao("doctor")
    (told,) = wrong(done.out)
    assert done.status == 1
    assert told.startswith(line)
    assert command in told
    assert content(used) == before


def test_lost_rights_on_folders_are_told_with_their_mend(used: Path, jianbao: Command) -> None:
    """Nothing is open then but to administrators, and a backup has the file."""
    assert jianbao("collection", "give", "内部", "office").status == 0
    assert "1 个文件夹按组授权" in jianbao("doctor").out
    (used / COLLECTIONS).unlink()
    (told,) = wrong(jianbao("doctor").out)
    assert told.startswith("✗ 授权 collections：从备份中取回")
    assert not (used / COLLECTIONS).exists()


def test_a_changed_byte_is_found_though_size_and_time_are_the_same(
    used: Path, jianbao: Command
) -> None:
    """Bulletins are compared by their hashes: a disk that forgets a bit leaves size and time."""
    path = used / "bulletins" / "synced" / "kaifeng.txt"
    times = path.stat().st_mtime_ns
    data = path.read_bytes().replace("52个".encode(), "82个".encode())
    path.write_bytes(data)
    os.utime(path, ns=(times, times))
    assert "not what was indexed (kaifeng)" in jianbao("doctor").out
    done = jianbao("ask", "开封建成老年食堂多少个")
    assert done.status == 1
    assert "kaifeng.txt is not what was indexed" in done.err
    assert jianbao("sync", "--rebuild").status == 0
    assert jianbao("doctor").status == 0
    assert "52个" in jianbao("ask", "开封建成老年食堂多少个").out


def test_words_that_were_changed_in_the_index_are_found(used: Path, jianbao: Command) -> None:
    """Noise in the middle of the database of words does not pass."""
    (path,) = used.glob("index/*/words.sqlite3")
    overwritten(path)
    done = jianbao("doctor")
    assert (done.status, len(wrong(done.out))) == (1, 1)


def test_a_setting_that_cannot_be_is_told(
    jianbao: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With settings that cannot be read nothing else can be looked at."""
    monkeypatch.setenv("JIANBAO_PORT", "http")
    done = jianbao("doctor")
    assert done.status == 1
    assert "JIANBAO_PORT is 'http'" in done.out
    assert len(done.out.splitlines()) == 1


def test_a_model_that_is_none_is_told(
    jianbao: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A folder without a model fails the check of models, and the others go on."""
    (tmp_path / "model").mkdir()
    monkeypatch.setenv("JIANBAO_EMBEDDING_MODEL", str(tmp_path / "model"))
    (told,) = wrong(jianbao("doctor").out)
    assert told.startswith("✗ 模型 models：")


def test_a_question_is_answered_without_a_connection(used: Path) -> None:
    """In a process of its own, imports and all, doctor --offline sees no attempt at one."""
    done = subprocess.run(
        [PROGRAM, "doctor", "--offline"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    last = done.stdout.splitlines()[-1]
    assert last.startswith("✓ 离线 offline：")
    assert "没有连接 no connection" in last


def test_a_model_elsewhere_is_told_as_a_connection(
    used: Path, jianbao: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An LLM on another host fails the check, with the address that was tried."""
    monkeypatch.setenv("JIANBAO_LLM_MODEL", "any")
    monkeypatch.setenv("JIANBAO_LLM_BASE_URL", "http://llm.invalid/v1")
    monkeypatch.setenv("NO_PROXY", "*")
    done = jianbao("doctor", "--offline")
    assert done.status == 1
    (told,) = wrong(done.out)
    assert "llm.invalid" in told


def test_connections_elsewhere_are_seen_and_those_to_this_machine_are_not() -> None:
    """Names that are looked up and addresses that are tried count, the loopback does not."""
    with watched() as reached:
        with socket.socket() as server, socket.socket() as client:
            server.bind(("127.0.0.1", 0))
            server.listen()
            client.connect(server.getsockname())
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as other:
            other.connect(("192.0.2.1", 9))  # TEST-NET-1; no packet leaves for a connect by UDP
        with pytest.raises(OSError, match=r".+"):
            socket.getaddrinfo("nowhere.invalid", 80)
    assert reached == ["connect ('192.0.2.1', 9)", "getaddrinfo nowhere.invalid"]


def test_a_connection_that_stays_open_is_seen_by_its_socket() -> None:
    """What no hook was told of is found among the process's sockets, on Linux."""
    if sys.platform != "linux":
        pytest.skip("/proc is Linux's")
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as other:
        other.connect(("192.0.2.1", 9))  # before the hook
        with watched() as reached:
            pass
    assert reached == ["open socket 192.0.2.1"]


@pytest.mark.parametrize(
    ("address", "local"),
    [
        ("127.0.0.1", True), ("127.8.8.8", True), ("::1", True), ("localhost", True), ("", True),
        (None, True), (b"localhost", True), ("/run/a.sock", True), ("::ffff:127.0.0.1", True),
        ("0.0.0.0", True), ("10.0.0.1", False), ("fe80::1%eth0", False), ("example.org", False),
        (b"example.org", False), ("::ffff:8.8.8.8", False),
    ],
)  # fmt: skip
def test_what_is_this_machine(address: object, local: bool) -> None:
    """Loopback addresses, no address and paths are this machine; all others are not."""
    assert is_local(address) is local
