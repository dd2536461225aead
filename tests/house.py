"""The modules of the house and what they import, read from their source."""

import ast
from collections.abc import Mapping
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ROOMS = ("corpus", "index", "rag", "ui", "eval")


@cache
def modules() -> dict[str, Path]:
    """All modules by their dotted name, a package by that of its folder."""
    paths = sorted(path for room in ROOMS for path in (ROOT / room).rglob("*.py"))
    return {_name(path): path for path in paths}


@cache
def tree(path: Path) -> ast.Module:
    """The syntax tree of a module."""
    return ast.parse(path.read_text("utf-8"))


def lines(path: Path) -> int:
    """How long a module is."""
    return len(path.read_text("utf-8").splitlines())


def class_names(path: Path) -> list[str]:
    """Public classes of a module."""
    nodes = (node for node in tree(path).body if isinstance(node, ast.ClassDef))
    return [node.name for node in nodes if not node.name.startswith("_")]


def unused(path: Path) -> set[str]:
    """Private names that a module gives at its top and does not use; what is decorated is used by
    whoever decorates it.
    """
    given: set[str] = set()
    for node in tree(path).body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.decorator_list:
            given.add(node.name)
        elif isinstance(node, ast.Assign | ast.AnnAssign):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            given |= {n.id for t in targets for n in ast.walk(t) if isinstance(n, ast.Name)}
    read = (n for n in ast.walk(tree(path)) if isinstance(n, ast.Name))
    used = {n.id for n in read if isinstance(n.ctx, ast.Load)}
    spoken = {n.value for n in ast.walk(tree(path)) if isinstance(n, ast.Constant)}
    private = {name for name in given if name.startswith("_") and not name.startswith("__")}
    return private - used - spoken  # a type may be named in quotes


def imports(path: Path) -> set[str]:
    """Dotted names that a module imports, also inside functions and for types alone; of
    `from a import b` it is a.b if that is a module of the house, else a.
    """
    names = set()
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: the house names its modules in full"
            source = node.module or ""
            members = {f"{source}.{alias.name}" for alias in node.names}
            names |= {member if member in modules() else source for member in members}
    return names


def circles(among: Mapping[str, Path]) -> list[set[str]]:
    """Groups of modules that import each other, directly or by way of others."""
    needs = {name: imports(path) & among.keys() - {name} for name, path in among.items()}
    reached = {name: _reached(name, needs) for name in needs}
    found = [{b for b in reached[a] if a in reached[b]} for a in needs]
    return [group for n, group in enumerate(found) if group and group not in found[:n]]


def _reached(start: str, needs: dict[str, set[str]]) -> set[str]:
    """All that a module needs, itself only by way of others."""
    reached: set[str] = set()
    open_ = [start]
    while open_:
        fresh = needs[open_.pop()] - reached
        reached |= fresh
        open_ += fresh
    return reached


def _name(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
