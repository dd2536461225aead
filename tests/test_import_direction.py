"""The house has one way through it: corpus → index → rag → ui and eval."""

import ast
import re
import sys
from pathlib import Path
from subprocess import run

import pytest

ROOT = Path(__file__).resolve().parent.parent
# What each room may import of the others. ui/cli.py is where everything is put together, so it
# alone may also start an evaluation.
MAY_IMPORT = {
    "corpus": {"corpus"},
    "index": {"corpus", "index"},
    "rag": {"corpus", "index", "rag"},
    "ui": {"corpus", "index", "rag", "ui"},
    "eval": {"corpus", "index", "rag", "eval"},
}
HEAVY = (
    "torch",
    "sentence_transformers",
    "chromadb",
    "pymilvus",
    "gradio",
    "jieba",
    "langchain_openai",
)
# Each library is known in one place; elsewhere the project speaks in its own types.
ONLY_IN = {
    "chromadb": {"index/vectors/chroma_collection.py"},
    "pymilvus": {
        "index/store/milvus/milvus_connection.py", "index/store/milvus/milvus_collections.py",
    },
    "sqlite3": {
        "index/store/sqlite_catalogue.py", "index/store/sqlite_database.py",
        "index/words/lexical.py", "index/store/integrity.py",
        "ui/store/page_database.py", "ui/store/conversations.py",
        "ui/upkeep/backup.py", "ui/upkeep/rescue.py",
    },
    "gradio": {
        "ui/page/chat_page.py", "ui/page/chat_list.py", "ui/page/library_tab.py",
        "ui/page/opinion_form.py", "ui/page/visitor.py", "ui/page/words.py",
        "ui/server/endpoints.py", "ui/server/server.py",
    },
    "langchain_core": {
        "rag/retriever.py", "rag/chain.py", "rag/writing/generate.py",
        "ui/page/chat_page.py", "ui/page/talk.py", "ui/server/endpoints.py",
        "ui/server/tools.py", "ui/server/mcp_server.py", "ui/server/observed.py",
        "eval/run.py", "eval/judge.py",
    },
    "langchain_openai": {"rag/writing/generate.py"},
    "prometheus_client": {"ui/server/server_metrics.py"},
    "typer": {"ui/cli.py", "ui/upkeep/user_commands.py", "ui/upkeep/upkeep_commands.py"},
}  # fmt: skip


def modules() -> list[Path]:
    return sorted(path for room in MAY_IMPORT for path in (ROOT / room).rglob("*.py"))


def imports(path: Path) -> set[str]:
    names = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            names.add(node.module or "")
    return {name.partition(".")[0] for name in names}


@pytest.mark.parametrize("path", modules(), ids=lambda path: str(path.relative_to(ROOT)))
def test_imports_run_downward_only(path: Path) -> None:
    """A module imports its own room and the rooms below it."""
    name = str(path.relative_to(ROOT))
    allowed = MAY_IMPORT[path.relative_to(ROOT).parts[0]]
    if name == "ui/cli.py":
        allowed = allowed | {"eval"}
    assert imports(path) & MAY_IMPORT.keys() <= allowed


def neighbours(path: Path) -> set[Path]:
    """The modules that a module imports, at its top or inside a function."""
    names = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    return {ROOT / f"{name.replace('.', '/')}.py" for name in names}


@pytest.mark.parametrize("room", ["index", "rag"])
def test_no_modules_import_each_other_in_a_circle(room: str) -> None:
    """From no module of a room does a chain of imports lead back to it."""
    leads = {path: neighbours(path) for path in (ROOT / room).rglob("*.py")}
    for path in leads:
        reached, todo = set(), [path]
        while todo:
            found = leads.get(todo.pop(), set()) - reached
            reached |= found
            todo += found
        assert path not in reached


@pytest.mark.parametrize("library", ONLY_IN)
def test_a_library_is_known_in_its_own_modules_only(library: str) -> None:
    """Chroma, SQLite, Gradio, LangChain and typer stand behind the modules that wrap them."""
    users = {str(p.relative_to(ROOT)) for p in modules() if library in imports(p)}
    # Training is a workshop; the bench's peers are other people's systems, a script each.
    users = {
        user for user in users if not user.startswith(("index/training/", "eval/bench/peers/"))
    }
    assert users <= ONLY_IN[library]


@pytest.mark.parametrize("module", ["rag", "ui.cli", "index.library", "eval.metrics"])
def test_nothing_heavy_loads_at_import(module: str) -> None:
    """Importing the Python interface or the command line loads no model, index or page library."""
    code = f"import sys, {module}; print([m for m in {HEAVY!r} if m in sys.modules])"
    done = run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, check=True)
    assert done.stdout.strip() == "[]"


def test_the_environment_is_read_in_one_module() -> None:
    """Only rag/settings.py reads environment variables; to give one to a library is no reading."""
    readers = {
        str(path.relative_to(ROOT))
        for path in modules()
        if re.search(r"os\.environ(?!\[\w+\] = )|getenv", path.read_text("utf-8"))
    }
    assert readers == {"rag/settings.py"}
