"""Kills the program while it writes and looks at what is left: `python tests/chaos.py --kills 200`.

A life is a process that opens the data directory of the one before, syncs, and then adds, removes,
syncs, renames folders, dates by hand and rebuilds until it is killed. What it was about to do it
tells beforehand, so that of each bulletin the version before and the version after are known: no
third one may be found, in no part.
"""

import argparse
import json
import os
import random
import select
import shutil
import signal
import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from copy import deepcopy
from pathlib import Path
from zlib import crc32

import numpy as np
from chaos_check import State, check_vectors, indexed, orphans, shelf, versions, visible, write

from corpus.hand_facts import HandFacts
from index.library import Library
from index.vectors.encoder import Role, Vectors
from index.words.tokenizer import tokenize

NAMES = [f"f{n % 4}/b{n:02d}" if n % 4 else f"b{n:02d}" for n in range(16)]
SUFFIXES = (".txt", ".html")
PATIENCE = 60  # seconds without a word from a life, and for a whole recovery
LONGEST = 0.6  # seconds into a task at which a kill comes at the latest
FOLDERS = ("f1", "f2", "f3", "g1", "g2", "g3")  # f1 is renamed to g1 and back
Task = dict[str, str | int | dict[str, int]]


class Scattered:
    """A model whose vectors lie far from each other, so that a search finds each of them."""

    name = "scattered"

    def encode(self, texts: Sequence[str], role: Role) -> Vectors:
        """Unit-norm float32 of shape (len(texts), 64), the same for the same text."""
        rows = [np.random.default_rng(crc32(text.encode())).normal(size=64) for text in texts]
        vectors = np.array(rows, dtype=np.float32).reshape(-1, 64)
        return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


def tasks(rng: random.Random, version: int) -> Iterator[Task]:
    """What a life does: a sync first, as the program starts."""
    yield {"do": "sync", "folder": {}}
    while True:
        version += 1
        works = ("add", "remove", "sync", "rebuild", "move", "set")
        do = rng.choices(works, (4, 3, 3, 1, 3, 1))[0]
        task: Task = {"do": do, "name": rng.choice(NAMES), "version": version}
        if do == "move":
            task["name"] = rng.choice(FOLDERS)
        if do in ("sync", "rebuild"):  # 0: the file leaves the folder
            changed = rng.sample(NAMES[:10], rng.randint(0, 6))
            task["folder"] = {name: rng.choice((0, version, version)) for name in changed}
        yield task


def perform(task: Task, home: Path, folder: Path, library: Library) -> Library:
    """Do a task with the program."""
    name, version = str(task.get("name")), int(str(task.get("version", 0)))
    if task["do"] == "add":
        place, _, stem = name.rpartition("/")
        path = folder.parent / f"{stem}{SUFFIXES[version % 2]}"
        write(path, version)
        library.add(path, replace=True, folder=place)
    elif task["do"] in ("remove", "set"):
        if any(entry.id == name for entry in library.entries()):
            if task["do"] == "remove":
                library.remove(name)
            else:
                library.set_by_hand(name, HandFacts(date=f"{1950 + version % 100}"))
    elif task["do"] == "move":
        if (folder / name).is_dir() and not any((folder / other(name)).rglob("*.txt")):
            shutil.rmtree(folder / other(name), ignore_errors=True)
            (folder / name).rename(folder / other(name))
        library.sync(folder)
    else:
        changed = task["folder"]
        assert isinstance(changed, dict)
        for name, version in changed.items():
            if version:
                write(folder / f"{name}.txt", version)
            else:
                (folder / f"{name}.txt").unlink(missing_ok=True)
        if task["do"] == "rebuild":
            library = Library(home, Scattered(), fresh=True)
        library.sync(folder)
        library.mend()
    return library


def other(name: str) -> str:
    """What a folder is called before or after it is renamed."""
    return ("g" if name[0] == "f" else "f") + name[1:]


def kept_out(name: str, version: int, removed: dict[str, int]) -> bool:
    """Whether a file's content was taken out by hand, wherever it lay then."""
    return any(
        Path(one).name == f"{Path(name).name}.txt" and version == gone
        for one, gone in removed.items()
    )


def expected(task: Task, before: State) -> State:
    """What the files must be after a task, by the rules that users know."""
    after = deepcopy(before)
    name, version = str(task.get("name")), int(str(task.get("version", 0)))
    if task["do"] == "add":
        after["added"][name] = version
        for suffix in SUFFIXES:
            after["removed"].pop(name + suffix, None)
    elif task["do"] == "remove":
        for part in ("added", "synced"):  # of two of one name that of the folder stays
            if version := after[part].pop(name, 0):
                suffix = SUFFIXES[version % 2] if part == "added" else ".txt"
                after["removed"][name + suffix] = version
    elif task["do"] != "set":
        here = dict(before["folder"])
        if task["do"] == "move":
            if not any(k.startswith(f"{other(name)}/") for k in here):
                here = {k.replace(f"{name}/", f"{other(name)}/"): v for k, v in here.items()}
        else:
            changed = task["folder"]
            assert isinstance(changed, dict)
            here = {k: v for k, v in {**here, **changed}.items() if v}
        after["folder"] = here
        after["synced"] = {
            k: v for k, v in here.items()
            if not kept_out(k, v, before["removed"]) or v == before["synced"].get(k)
        }  # fmt: skip
    return after


def forked(work: Callable[[int], None]) -> tuple[int, int]:
    """Process id of a child that works, and the pipe that it writes to."""
    reading, writing = os.pipe()
    child = os.fork()
    if child:
        os.close(writing)
        return child, reading
    status = 1
    try:
        os.close(reading)
        work(writing)
        status = 0
    except BaseException:  # whatever it is, a child ends here, and loudly
        traceback.print_exc()
    finally:
        sys.stderr.flush()
        os._exit(status)


def lived(home: Path, folder: Path, seed: int, version: int) -> list[Task]:
    """A life that is killed; what it told that it was about to do, the last of it undone or not."""
    rng = random.Random(seed)

    def live(pipe: int) -> None:
        library = None
        for task in tasks(random.Random(seed), version):
            os.write(pipe, json.dumps(task).encode() + b"\n")
            library = library or Library(home, Scattered())
            library = perform(task, home, folder, library)

    child, pipe = forked(live)
    lines, last = b"", rng.choice((1, 1, 2, 2, 3, 4, 5, 6))
    while lines.count(b"\n") < last:
        assert select.select([pipe], [], [], PATIENCE)[0], f"seed {seed}: a life hangs"
        part = os.read(pipe, 65536)
        assert part, f"seed {seed}: a life ended by itself"
        lines += part
    # half of the kills anywhere in the task, half of them near its beginning
    time.sleep(rng.choice((rng.uniform(0, LONGEST), 10 ** rng.uniform(-4, -0.5))))
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    while part := os.read(pipe, 65536):
        lines += part
    os.close(pipe)
    return [json.loads(line) for line in lines.splitlines()]


def recovered(home: Path, folder: Path) -> None:
    """What `jianbao sync` does in the next start, in a process of its own; then a whole search."""

    def recover(pipe: int) -> None:
        library = Library(home, Scattered())
        library.sync(folder)
        library.mend()
        for entry in library.entries():
            library.bulletin(entry.id)
        library.close()

    for work in (recover, lambda pipe: check_vectors(home)):
        child, pipe = forked(work)
        assert select.select([pipe], [], [], PATIENCE)[0], "a recovery hangs"
        os.close(pipe)
        assert os.waitpid(child, 0)[1] == 0, "a recovery failed"


def chaos(root: Path, kills: int, seed: int) -> Counter[str]:
    """Kill so many lives over one data directory; how often each task was cut short.

    :raises AssertionError: something was lost, torn, twice there or left over.
    """
    home, folder = root / "home", root / "folder"
    folder.mkdir()
    for name in NAMES[:10]:
        write(folder / f"{name}.txt", 1)
    state: State = {"added": {}, "synced": {}, "removed": {}, "folder": versions(folder)}
    cut: Counter[str] = Counter()
    tokenize("简报")  # loads the dictionary once, for all children
    import chromadb.api.rust  # noqa: F401 # loaded once, for all children

    for n in range(kills):
        done = lived(home, folder, seed + n, version=1000 * (n + 1))
        print(f"kill {n + 1} seed {seed + n}: {json.dumps(done[-1])}", flush=True)
        cut[str(done[-1]["do"])] += 1
        for task in done[:-1]:
            state = expected(task, state)
        ends = [state, expected(done[-1], state)]
        if (home / "index" / "current").exists():
            check("as left", indexed(home), [visible(end) for end in ends])
        recovered(home, folder)
        state = {**shelf(home), "folder": versions(folder)}
        sync: Task = {"do": "sync", "folder": {}}
        ends = [expected(sync, {**end, "folder": state["folder"]}) for end in ends]
        for part in ("added", "synced", "removed"):
            check(part, state[part], [end[part] for end in ends])
        assert indexed(home) == visible(state)
        assert not orphans(home)
    return cut


def check(what: str, found: dict[str, int], allowed: list[dict[str, int]]) -> None:
    """Each bulletin is as it was before the task, or as it is after it."""
    for name in found.keys() | {name for one in allowed for name in one}:
        versions = [one.get(name) for one in allowed]
        assert found.get(name) in versions, f"{what}: {name} is {found.get(name)}, not {versions}"


def main() -> None:
    """Kill as often as the command line says."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(10**6))
    given = parser.parse_args()
    started = time.monotonic()
    with tempfile.TemporaryDirectory() as root:
        cut = chaos(Path(root), given.kills, given.seed)
    told = ", ".join(f"{count} {task}" for task, count in sorted(cut.items()))
    seconds = time.monotonic() - started
    print(f"{given.kills} kills ({told}) from seed {given.seed} on in {seconds:.0f} s:")
    print("nothing lost, torn, twice there or left over")


if __name__ == "__main__":
    main()
