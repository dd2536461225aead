"""Files to what the indexes take in, in this process or, where there are many, in a second one.

Reading bulletins and taking their words keeps one core busy, making and storing vectors another.
Requests and answers go through the second process's pipes; it runs nothing of the caller's program.
"""

import os
import pickle  # nosec B403 # between two processes of ours; no file and no user writes it
import subprocess  # nosec B404 # this interpreter with our own words
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from corpus.bulletin import Bulletin
from corpus.errors import BulletinError
from corpus.hand_facts import NO_FACTS, HandFacts, with_facts
from corpus.parse import parse
from index.passages import Indexed, indexed_units
from index.records import Entry
from index.shelf.extracts import Extracts
from index.shelf.stored_file import Stored

_Task = Sequence[tuple[Stored, HandFacts]]

MANY = 500  # files from which a second process, two seconds to start, pays


@dataclass(frozen=True, slots=True)
class Prepared:
    """A file taken apart: its entry and its units, or why it is no bulletin."""

    id: str
    entry: Entry | None
    units: tuple[Indexed, ...]
    failure: str = ""


def prepare(stored: Stored, facts: HandFacts = NO_FACTS) -> Prepared:
    """Read a file of the shelf, with what was set by hand of it, and take its words."""
    try:
        # <home>/bulletins/<origin>/<place in a tree>
        home = stored.path.parents[len(PurePosixPath(stored.name).parts) + 1]
        data = stored.path.read_bytes()
        bulletin = parse(data, stored.name, str(stored.path), Extracts(home).read)
    except BulletinError as error:
        return Prepared(stored.id, None, (), str(error))
    bulletin = with_facts(bulletin, facts)
    return Prepared(stored.id, entry_of(bulletin, stored), tuple(indexed_units(bulletin)))


def prepared(
    chunks: Sequence[Sequence[Stored]], facts: Mapping[str, HandFacts] | None = None
) -> Iterator[list[Prepared]]:
    """The files of each chunk taken apart, chunk by chunk, one chunk ahead of whoever reads;
    `facts` are those set by hand, by id.

    A second process that cannot be had, or that ends, only costs time.
    """
    done = 0
    said = facts or {}
    tasks = [[(stored, said.get(stored.id, NO_FACTS)) for stored in chunk] for chunk in chunks]
    if sum(map(len, chunks)) >= MANY:
        with _second_process() as process:
            try:
                for answer in _asked(process, tasks):
                    done += 1
                    yield answer
            except (OSError, EOFError, pickle.UnpicklingError):
                pass
    for task in tasks[done:]:
        yield [prepare(*one) for one in task]


def entry_of(bulletin: Bulletin, stored: Stored) -> Entry:
    """What the catalogue says of a bulletin."""
    return Entry(
        id=bulletin.id,
        sha256=bulletin.sha256,
        size=stored.size,
        mtime_ns=stored.mtime_ns,
        origin=stored.origin,
        title=bulletin.title,
        date=bulletin.date,
        places=bulletin.places,
        articles=len(bulletin.articles),
        paragraphs=len(bulletin.paragraphs),
        doubtful=sum(
            figure.doubt is not None for unit in bulletin.units for figure in unit.figures
        ),
        losses=bulletin.losses,
    )


def _asked(process: "subprocess.Popen[bytes]", chunks: Sequence[_Task]) -> Iterator[list[Prepared]]:
    """Answers in order; the next chunk is asked for before an answer is waited for, and never more
    than that, or both ends would wait to write.
    """
    assert process.stdin is not None  # nosec B101 # for the type: both are pipes
    assert process.stdout is not None  # nosec B101
    for n in range(len(chunks)):
        for chunk in chunks[n + 1 : n + 2] if n else chunks[:2]:
            pickle.dump(list(chunk), process.stdin)
            process.stdin.flush()
        answer: list[Prepared] = pickle.load(process.stdout)  # nosec B301 # our own process
        yield answer


@contextmanager
def _second_process() -> Iterator["subprocess.Popen[bytes]"]:
    root = str(Path(__file__).resolve().parent.parent)  # where `index` is found, whatever the cwd
    process = subprocess.Popen(  # nosec B603
        [sys.executable, "-c", f"import sys; sys.path.insert(0, {root!r}); "
         "from index.prepare import serve; serve()"],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE,
    )  # fmt: skip
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


def serve() -> None:
    """Answer requests on standard input until it ends."""
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # what a library prints is no answer
    while True:
        try:
            task: _Task = pickle.load(sys.stdin.buffer)  # nosec B301 # our own process
        except EOFError:
            return
        pickle.dump([prepare(*one) for one in task], answers)
        answers.flush()
