"""The house has one way through it: corpus → index → rag → ui and eval."""

import ast
import re
import sys
from pathlib import Path
from subprocess import run

import pytest
from house import ROOT, imports, modules, tree

# The command `jianbao eval`, and the command line that knows it by its name.
STARTS_EVALUATIONS = {"ui/commands/evaluation_commands.py", "ui/cli.py"}
# What each room may import of the others; STARTS_EVALUATIONS may also import eval.
MAY_IMPORT = {
    "corpus": {"corpus"},
    "index": {"corpus", "index"},
    "rag": {"corpus", "index", "rag"},
    "ui": {"corpus", "index", "rag", "ui"},
    "eval": {"corpus", "index", "rag", "eval"},
}
_ROOM_NAMES = "|".join(MAY_IMPORT)
_ROOM = re.compile(
    rf"^(?:\.{{0,2}}/)*(?P<named>{_ROOM_NAMES})(?:[./:][\w./:-]*)?$"
    rf"|(?:\b(?:from|import)|(?<!\w)-m)\s+(?P<run>{_ROOM_NAMES})\b"
)
HEAVY = (
    "torch",
    "sentence_transformers",
    "chromadb",
    "pymilvus",
    "gradio",
    "jieba",
    "langchain_openai",
    "authlib",
)
# Training is a workshop; the bench's peers are other people's systems, a script each.
WORKSHOPS = ("index/training/", "rag/training/", "eval/bench/peers/")
# Each library is known in one place; elsewhere the project speaks in its own types.
ONLY_IN = {
    "chromadb": {"index/vectors/chroma_collection.py"},
    "pymilvus": {
        "index/store/milvus/milvus_connection.py", "index/store/milvus/milvus_collections.py",
    },
    "sqlite3": {
        "index/store/sqlite_catalogue.py", "index/store/sqlite_database.py",
        "index/words/lexical.py", "index/store/integrity.py",
        "ui/store/sqlite_file.py", "ui/store/audit.py", "ui/store/page_database.py",
        "ui/store/conversations.py", "ui/upkeep/backup.py", "ui/upkeep/rescue.py",
    },
    "gradio": {
        "ui/page/chat_page.py", "ui/page/chat_list.py", "ui/page/library_tab.py",
        "ui/page/library_menus.py", "ui/page/library_watch.py",
        "ui/page/adding_panel.py", "ui/page/facts_form.py",
        "ui/page/asking_tab.py", "ui/page/limits_panel.py", "ui/page/opinion_form.py",
        "ui/page/source_panel.py", "ui/page/question_events.py",
        "ui/page/page_address.py", "ui/page/visitor.py", "ui/views/page_words.py",
        "ui/server/endpoints.py", "ui/server/server.py",
    },
    "langchain_core": {
        "rag/retriever.py", "rag/chain.py", "rag/writing/chat_model.py",
        "rag/writing/generate.py", "rag/writing/rewrite.py",
        "ui/page/chat_page.py", "ui/page/talk.py", "ui/server/endpoints.py",
        "ui/server/tools.py", "ui/server/mcp_server.py", "ui/server/observed.py",
        "ui/server/growth.py", "ui/server/openai_api.py", "ui/server/programs.py",
        "eval/run.py", "eval/judge.py",
    },
    "langchain_openai": {"rag/writing/chat_model.py"},
    "sentence_transformers": {"index/vectors/encoder.py", "rag/reading/cross_encoder.py"},
    "huggingface_hub": {"index/vectors/hub_model.py"},
    "onnxruntime": {"index/vectors/onnx_graph.py"},
    "tokenizers": {"index/vectors/onnx_graph.py", "rag/reading/encoding.py"},
    "jieba": {"corpus/text/segmentation.py"},
    "pypdfium2": {
        "corpus/formats/pdfium.py", "corpus/formats/page_picture.py",
        "corpus/formats/ocr_worker.py",
    },
    "docx": {
        "corpus/formats/word.py", "corpus/formats/word_style.py",
        "ui/views/docx_report.py", "ui/views/docx_notes.py",
    },
    "openpyxl": {"corpus/formats/spreadsheet.py"},
    "pptx": {"corpus/formats/slides.py"},
    "rapidocr_onnxruntime": {"corpus/formats/ocr_engine.py"},
    "watchfiles": {"index/folder_watch.py"},
    "ir_measures": {"eval/ranking.py"},
    "prometheus_client": {"ui/server/server_metrics.py"},
    "authlib": {"ui/server/oidc_provider.py", "ui/server/id_token.py"},
    "joserfc": {"ui/server/id_token.py"},
    "typer": {
        "ui/cli.py", "ui/commands/command_parts.py", "ui/commands/serve_command.py",
        "ui/commands/answer_commands.py", "ui/commands/library_commands.py",
        "ui/commands/evaluation_commands.py", "ui/commands/upkeep_commands.py",
        "ui/commands/user_commands.py", "ui/commands/key_commands.py",
        "ui/commands/audit_command.py", "ui/commands/collection_commands.py",
        "ui/commands/stats_command.py", "ui/commands/upgrade_command.py",
    },
}  # fmt: skip


def place(path: Path) -> str:
    return str(path.relative_to(ROOT))


def allowed(path: Path) -> set[str]:
    own = MAY_IMPORT[path.relative_to(ROOT).parts[0]]
    return own | {"eval"} if place(path) in STARTS_EVALUATIONS else own


def packages(path: Path) -> set[str]:
    """The first parts of all names that a module imports."""
    return {name.partition(".")[0] for name in imports(path)}


def rooms_named(source: ast.AST) -> set[str]:
    """Rooms that strings name: as a folder or a file in it (Path(…) / "eval", "eval/a.jsonl"), as a
    package (files("eval"), import_module("rag.chain")), or in code for another Python.
    """
    texts = [n.value for n in ast.walk(source) if isinstance(n, ast.Constant)]
    return {
        match["named"] or match["run"]
        for text in texts
        if isinstance(text, str)
        for match in _ROOM.finditer(text)
    }


@pytest.mark.parametrize("path", modules().values(), ids=place)
def test_imports_run_downward_only(path: Path) -> None:
    """A module imports its own room and the rooms below it."""
    assert packages(path) & MAY_IMPORT.keys() <= allowed(path)


@pytest.mark.parametrize("path", modules().values(), ids=place)
def test_paths_lead_downward_only(path: Path) -> None:
    """Nor does a module reach a file or a module of a room above by its path or its name."""
    assert rooms_named(tree(path)) <= allowed(path)


@pytest.mark.parametrize(
    "code",
    [
        "Path(__file__).parents[2] / 'eval' / 'questions.jsonl'",
        "open('../../eval/questions.jsonl')",
        "files('eval').joinpath('questions.jsonl')",
        "import_module('eval.dataset')",
        "run([sys.executable, '-m', 'eval'])",
        "run(f'{python} -m eval.bench', shell=True)",
        "run([python, '-c', f'import sys; from eval.dataset import read; read({path!r})'])",
    ],
)
def test_a_way_around_imports_is_seen(code: str) -> None:
    """Whether by a folder, a package, or another Python."""
    assert rooms_named(ast.parse(code)) == {"eval"}


def test_words_of_a_sentence_are_no_way() -> None:
    """A message may speak of what a room is called after."""
    assert rooms_named(ast.parse("f'{n}: the index is old; run jianbao eval again'")) == set()


@pytest.mark.parametrize("library", ONLY_IN)
def test_a_library_is_known_in_its_own_modules_only(library: str) -> None:
    """Chroma, SQLite, Gradio, LangChain and others stand behind the modules that wrap them."""
    users = {str(p.relative_to(ROOT)) for p in modules().values() if library in packages(p)}
    assert {user for user in users if not user.startswith(WORKSHOPS)} == ONLY_IN[library]


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
        for path in modules().values()
        if re.search(r"os\.environ(?!\[\w+\] = )|getenv", path.read_text("utf-8"))
    }
    assert readers == {"rag/settings.py"}
