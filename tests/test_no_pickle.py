"""Nothing that could run a stranger's code is loaded: no pickle, no code of a model."""

import ast
import json
import os
import pickle
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
ROOMS = ("corpus", "index", "rag", "ui", "eval")
# Python tells a hook of every class that a pickle names; torch.load and the readers of old models
# are watched by their own names, as they may read pickles by other means.
WATCHED = """
import json, sys
found, read = [], []

def hook(event, arguments):
    if event == "pickle.find_class":
        found.append(".".join(map(str, arguments)))
    if event == "open" and str(arguments[0]).endswith((".pkl", ".pickle", ".pt", ".pth", ".bin")):
        read.append(str(arguments[0]))

sys.addaudithook(hook)
import torch

def refused(*arguments, **options):
    found.append("torch.load")
    raise RuntimeError("torch.load was called")

torch.load = torch.serialization.load = refused
{work}
print(json.dumps([found, read]))
"""
ASK = """
from rag import ask, retrieve
answer = ask("三门峡建成了多少个老年助餐场所")
assert "180" in answer.text, answer.text
assert retrieve("How many dining points has Sanmenxia built?", k=3)
"""


def watched(work: str, home: Path) -> tuple[list[str], list[str]]:
    """What a fresh process unpickled and which files of that kind it opened."""
    done = subprocess.run(
        [sys.executable, "-c", WATCHED.replace("{work}", work)],
        env={"JIANBAO_HOME": str(home), "PATH": os.environ["PATH"], "HOME": str(home)},
        cwd=ROOT, capture_output=True, text=True, timeout=300, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    found, read = json.loads(done.stdout.splitlines()[-1])
    return found, read


def test_a_question_loads_no_pickle(tmp_path: Path) -> None:
    """From an empty data directory to the answer: index, model and reader."""
    found, read = watched(ASK, tmp_path)
    assert found == []
    assert read == []


@pytest.mark.parametrize(
    "work", ["import pickle, fractions; pickle.loads(pickle.dumps(fractions.Fraction(1, 2)))",
             "import pickle, io; pickle.Unpickler(io.BytesIO({!r})).load()",
             "import torch, io\ntry:\n    torch.load(io.BytesIO(b''))\nexcept RuntimeError: pass"],
)  # fmt: skip
def test_the_watch_sees_a_pickle(tmp_path: Path, work: str) -> None:
    """Else the test above could not fail."""
    assert watched(work.format(pickle.dumps(Path("a"))), tmp_path)[0]


def calls() -> list[tuple[str, ast.Call]]:
    """Every call in the project with where it stands."""
    return [
        (f"{path.relative_to(ROOT)}:{node.lineno}", node)
        for room in ROOMS
        for path in sorted((ROOT / room).rglob("*.py"))
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Call)
    ]


def test_no_model_brings_code_of_its_own() -> None:
    """trust_remote_code is nowhere but False."""
    trusting = [
        where
        for where, call in calls()
        for keyword in call.keywords
        if keyword.arg == "trust_remote_code"
        and not (isinstance(keyword.value, ast.Constant) and keyword.value.value is False)
    ]
    assert trusting == []


def test_only_our_own_second_process_speaks_pickle() -> None:
    """Pickles are read in one module, from a pipe to a process of ours; no text is run as code."""
    runs = {"eval", "exec", "compile", "__import__", "pickle.load", "pickle.loads", "torch.load",
            "marshal.loads", "shelve.open", "yaml.load", "np.load", "os.system"}  # fmt: skip
    found = {where.split(":")[0] for where, call in calls() if ast.unparse(call.func) in runs}
    assert found == {"index/prepare.py"}
