"""What the documents for developers say of files is so."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
DOCUMENTS = (
    "README.md", "README.zh-CN.md", "CONTRIBUTING.md", "CHANGELOG.md", "SECURITY.md",
    "docs/house.md", "eval/README.md",
)  # fmt: skip
ROOMS = ("corpus", "index", "rag", "ui", "eval", "tests", "docs")
# A path from the root, or the bare name of a module or of a file of settings.
PATH = re.compile(rf"(?:{'|'.join(ROOMS)})/[\w./-]*|[\w./-]+\.(?:py|toml|cfg|yaml)")
LINK = re.compile(r"\]\((?!\w+:)([^)#\s]+)[^)]*\)")


def stands(path: str) -> bool:
    """Whether there is such a file or folder, a bare name in any room."""
    return (ROOT / path).exists() or (
        "/" not in path and any(any((ROOT / room).rglob(path)) for room in ROOMS)
    )


def paths(text: str) -> set[str]:
    """Paths that stand in backticks, in commands too, but in no block of code."""
    prose = re.sub(r"^```.*?^```", "", text, flags=re.MULTILINE | re.DOTALL)
    words = [word for code in re.findall(r"`([^`\n]+)`", prose) for word in code.split()]
    return {word for word in words if PATH.fullmatch(word)}


def test_paths_are_told_from_other_code() -> None:
    """A folder, a module by its bare name, a file in a command; no address, setting or block."""
    text = "`corpus/parse.py`, `index/`, `chain.py`, `python -m x docs/load.json`, `/metrics`\n"
    block = "```\n`rag/none.py`\n```\n"
    found = {"corpus/parse.py", "index/", "chain.py", "docs/load.json"}
    assert paths(text + block) == found


@pytest.mark.parametrize("name", DOCUMENTS)
def test_a_document_names_only_files_that_exist(name: str) -> None:
    """Every path in backticks is a file or a folder of the repository."""
    named = paths((ROOT / name).read_text("utf-8"))
    assert [path for path in sorted(named) if not stands(path)] == []


@pytest.mark.parametrize("name", DOCUMENTS)
def test_a_document_links_only_to_files_that_exist(name: str) -> None:
    """Every link within the repository has its file, seen from the document."""
    document = ROOT / name
    links = LINK.findall(document.read_text("utf-8"))
    assert [link for link in links if not (document.parent / link).exists()] == []
