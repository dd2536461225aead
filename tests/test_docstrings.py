"""Tests read like documentation: each says in a sentence what holds."""

import ast
from pathlib import Path

import pytest

TESTS = Path(__file__).resolve().parent


@pytest.mark.parametrize("path", sorted(TESTS.glob("test_*.py")), ids=lambda path: path.name)
def test_every_test_states_a_behaviour(path: Path) -> None:
    """Each test function has a docstring that is a sentence."""
    nodes = ast.walk(ast.parse(path.read_text("utf-8")))
    functions = [n for n in nodes if isinstance(n, ast.FunctionDef) and n.name.startswith("test_")]
    assert functions
    for function in functions:
        sentence = ast.get_docstring(function) or ""
        assert sentence.endswith("."), f"{path.name}: {function.name} has no sentence"
