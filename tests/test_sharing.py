"""Several processes share one data directory: one writes at a time, any number read."""

import multiprocessing
import re
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from multiprocessing.synchronize import Barrier
from pathlib import Path

import pytest
from doubles import WordEncoder

from corpus.errors import LibraryError
from index.library import Library
from rag import ask, retrieve
from ui.store.page_database import Store

FIRST_OPENINGS = 40
# Adds bulletins one by one, changes and removes some, and rebuilds.
WRITER = """
home, folder, work = map(Path, sys.argv[1:])
library = Library(home, WordEncoder())
for n in range(20):
    for version in (1, 2):
        fact = f"第{n}期第{version}版建成老年食堂{n}个。"
        write_bulletin(work / f"c{n}.txt", "濮阳市", fact)
        library.add(work / f"c{n}.txt", replace=True)
    if n % 3 == 0:
        library.remove(f"c{n}")
Library(home, WordEncoder(), fresh=True).sync(folder)
"""
FIRST = """
home, folder = map(Path, sys.argv[1:])
library = Library(home, WordEncoder())
library.sync(folder)
assert library.search_meaning("老年食堂", 1)[0].bulletin == "kaifeng"
"""


def started(code: str, *arguments: Path) -> "subprocess.Popen[bytes]":
    """A process of its own with a library."""
    tests = Path(__file__).parent
    head = f"""
import sys
from pathlib import Path
sys.path[:0] = [{str(tests)!r}, {str(tests.parent)!r}]
from doubles import WordEncoder, write_bulletin
from index.library import Library
"""
    return subprocess.Popen([sys.executable, "-c", head + code, *map(str, arguments)])


def test_while_one_process_writes_others_ask(home: Path, folder: Path, tmp_path: Path) -> None:
    """Every answer is whole: each citation quotes the bulletin it names, and there is no error."""
    library = Library(home, WordEncoder())
    library.sync(folder)
    with started(WRITER, home, folder, tmp_path) as process:

        def asking(thread: int) -> int:
            asked = 0
            while process.poll() is None or asked < 5:
                for hit in retrieve("濮阳市建成老年食堂多少个", library=library):
                    told = re.findall(r"第(\d+)期", hit.text)  # the facts tell their bulletin
                    assert told in ([], [hit.bulletin[1:]])
                answer = ask("开封市建成老年食堂多少个", library=library)
                assert [one.bulletin for one in answer.citations] == ["kaifeng"]
                assert "52个" in answer.citations[0].quote
                asked += 1
            return asked

        with ThreadPoolExecutor(4) as threads:
            assert min(threads.map(asking, range(4))) >= 5
    assert process.returncode == 0
    kept = {f"c{n}" for n in range(20) if n % 3} | {"kaifeng", "xinxiang"}
    assert {entry.id for entry in library.entries()} == kept


def test_what_is_read_in_the_middle_of_a_change_is_read_again_behind_it(
    home: Path, folder: Path
) -> None:
    """Chroma finds no vectors for what is just being written, and nobody has told of it yet."""
    library = Library(home, WordEncoder())
    library.sync(folder)
    fates = iter([LibraryError("Error finding id"), None])

    def work() -> int:
        if error := next(fates):
            raise error
        return len(library.entries())

    assert library.steady(work) == 2


def test_an_index_that_cannot_be_read_is_told_of_as_it_is(home: Path, folder: Path) -> None:
    """A second reading that fails too changes no word of the first error."""
    library = Library(home, WordEncoder())
    library.sync(folder)
    fates = iter(["vectors are damaged", "again"])

    def work() -> int:
        raise LibraryError(next(fates))

    with pytest.raises(LibraryError, match="vectors are damaged"):
        library.steady(work)


def test_meaning_finds_what_another_process_added(home: Path, folder: Path, tmp_path: Path) -> None:
    """A library that has searched already sees new vectors, and the new index of a rebuild."""
    library = Library(home, WordEncoder())
    library.sync(folder)
    assert library.search_meaning("第19期第2版建成老年食堂19个", 1)[0].bulletin == "kaifeng"
    with started(WRITER, home, folder, tmp_path) as process:
        assert process.wait() == 0
    assert library.search_meaning("第19期第2版建成老年食堂19个", 1)[0].bulletin == "c19"


def test_an_empty_library_that_was_searched_sees_the_first_bulletin(
    home: Path, folder: Path, tmp_path: Path
) -> None:
    """To have looked into an index without vectors spoils nothing for later."""
    library = Library(home, WordEncoder())
    assert library.search_meaning("老年食堂", 1) == []
    with started(WRITER, home, folder, tmp_path) as process:
        assert process.wait() == 0
    assert library.search_meaning("第19期第2版建成老年食堂19个", 1)[0].bulletin == "c19"


def first_opening(path: Path, together: Barrier) -> None:
    together.wait()
    with Store(path).work() as connection:
        connection.execute("SELECT count(*) FROM conversations").fetchone()


@pytest.mark.skipif(sys.platform == "win32", reason="processes are forked")
def test_many_processes_open_the_conversations_for_the_first_time(tmp_path: Path) -> None:
    """Whoever comes first makes the file, and nobody is told that it is locked."""
    fork = multiprocessing.get_context("fork")
    together = fork.Barrier(FIRST_OPENINGS)
    path = tmp_path / "home" / "conversations.sqlite"
    processes = [
        fork.Process(target=first_opening, args=(path, together)) for _ in range(FIRST_OPENINGS)
    ]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    assert [process.exitcode for process in processes] == [0] * FIRST_OPENINGS


def test_many_processes_make_one_library(home: Path, folder: Path) -> None:
    """A data directory that several processes open for the first time holds one index."""
    opening = [started(FIRST, home, folder) for _ in range(4)]
    assert [process.wait() for process in opening] == [0] * 4
    assert len([path for path in (home / "index").iterdir() if path.is_dir()]) == 1
