"""The house is built simply: no circles, small modules, and a name for one thing each."""

import tomllib
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import pytest
from house import ROOMS, ROOT, circles, class_names, lines, modules, unused

SETUP = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["setuptools"]
UNPACKED = {"eval/README.md", "eval/bench/peers"}  # documents, and other people's environments
MAX_LINES = 260  # a module that is longer holds more than one idea


def test_no_modules_import_each_other() -> None:
    """Neither directly nor in a circle, not even inside a function: one of two is the lower one."""
    assert circles(modules()) == []


def twice(names: Iterable[str]) -> list[str]:
    return [name for name, times in Counter(names).items() if times > 1]


def test_modules_are_short() -> None:
    """A module is at most MAX_LINES long."""
    lengths = {str(path.relative_to(ROOT)): lines(path) for path in modules().values()}
    assert {name: length for name, length in lengths.items() if length > MAX_LINES} == {}


def test_a_module_name_stands_once() -> None:
    """Whoever hears a module's name knows which one is meant, whatever room it is in."""
    names = [path.stem for path in modules().values()]
    assert twice(name for name in names if name not in ("__init__", "__main__")) == []


def test_a_public_class_name_stands_once() -> None:
    """One name means one type; what others need not know begins with an underscore."""
    assert twice(name for path in modules().values() for name in class_names(path)) == []


def test_no_private_name_is_dead() -> None:
    """What a module names for itself alone, it uses."""
    dead = {name: found for name, path in modules().items() if (found := unused(path))}
    assert dead == {}


def test_an_installation_has_every_room_whole() -> None:
    """Every package is one that is built, with every file that lies beside its modules."""
    packages = {
        name if path.name == "__init__.py" else name.rpartition(".")[0]
        for name, path in modules().items()
    }
    assert packages == set(SETUP["packages"])
    folders = {name: ROOT / name.replace(".", "/") for name in packages}
    built = {
        path
        for name, patterns in SETUP["package-data"].items()
        for pattern in patterns
        for path in folders[name].glob(pattern)
    }
    beside = {
        path
        for room in ROOMS
        for path in (ROOT / room).rglob("*")
        if path.is_file() and path.suffix not in (".py", ".pyc")
    }
    left_out = {str(path.relative_to(ROOT)) for path in beside - built}
    assert {name for name in left_out if not name.startswith(tuple(UNPACKED))} == set()


def written(folder: Path, **sources: str) -> dict[str, Path]:
    """Modules of these sources, by their names."""
    paths = {name: folder / f"{name}.py" for name in sources}
    for name, path in paths.items():
        path.write_text(sources[name], "utf-8")
    return paths


@pytest.mark.parametrize(
    "needed", ["import first", "from first import x", "def later():\n    import first"]
)
def test_a_circle_is_seen(tmp_path: Path, needed: str) -> None:
    """By way of a third module, and inside a function too; whoever leads into it is not in it."""
    found = written(
        tmp_path, first="import second", second="import third", third=needed, outside="import first"
    )
    assert circles(found) == [{"first", "second", "third"}]


def test_a_name_that_stands_twice_is_seen(tmp_path: Path) -> None:
    """Of two modules with a class of the same name; what is private, or inside another, is none."""
    found = written(
        tmp_path, a="class A: ...\nclass _P: ...", b="class A: ...\nclass _P:\n  class B: ..."
    )
    assert twice(name for path in found.values() for name in class_names(path)) == ["A"]


def test_the_length_of_a_module_is_seen(tmp_path: Path) -> None:
    """All its lines count, comments and empty ones too."""
    assert lines(written(tmp_path, long="# why\n" + "\n" * MAX_LINES)["long"]) == MAX_LINES + 1


def test_a_dead_name_is_seen(tmp_path: Path) -> None:
    """A pattern, a function or a class of no use; nobody else may use what is private."""
    source = "_DEAD = 1\n_USED = 2\ndef _dead(): return _USED\nclass _Dead: ...\nPUBLIC = 3"
    assert unused(written(tmp_path, dead=source)["dead"]) == {"_DEAD", "_dead", "_Dead"}
