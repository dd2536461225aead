"""What an evaluation was made with: commit, settings, model, library, questions, date."""

import hashlib
import platform
import subprocess  # nosec B404 # git only
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from index.library import Library
from rag.settings import Settings

ROOT = Path(__file__).resolve().parent.parent
GIT_SECONDS = 10.0


@dataclass(frozen=True, slots=True)
class Provenance:
    """All texts; `library` and `questions` end with a fingerprint of the content."""

    date: str
    commit: str
    settings: dict[str, str]
    embedding_model: str
    chat_model: str
    library: str
    questions: str
    platform: str


def provenance(
    settings: Settings, library: Library, questions: Sequence[Path], *, chat: bool = True
) -> Provenance:
    """What is being evaluated now; no key is told."""
    entries = library.entries()
    content = hashlib.sha256("".join(entry.sha256 for entry in entries).encode())
    chat_model = settings.llm_model if chat else None
    return Provenance(
        date=datetime.now().astimezone().isoformat(timespec="seconds"),
        commit=_commit(),
        settings=_told(settings),
        embedding_model=settings.embedding_model or "embedded",
        chat_model=chat_model or "none: extractive answers",
        library=f"{len(entries)} bulletins, {sum(e.paragraphs for e in entries)} paragraphs "
        f"({content.hexdigest()[:12]})",
        questions=", ".join(f"{path.name} ({_digest(path)})" for path in questions),
        platform=f"Python {platform.python_version()}, torch {version('torch')}, "
        f"{platform.machine()}",
    )


def _told(settings: Settings) -> dict[str, str]:
    """The settings that change answers; never the key."""
    return {
        "embedding_model": settings.embedding_model or "embedded",
        "reader": settings.reader or "embedded",
        "chroma_url": settings.chroma_url or "in the process",
        "milvus_uri": settings.milvus_uri or "none: SQLite and Chroma",
        "llm_model": settings.llm_model or "none",
        "llm_base_url": settings.llm_base_url or "none",
    }


def _commit() -> str:
    """The commit of the working copy, with + where it was changed; else the package's version."""

    def git(*words: str) -> str:
        done = subprocess.run(  # nosec B603 B607 # fixed words, and the git that the user has
            ["git", "-C", str(ROOT), *words],
            capture_output=True, text=True, check=True, timeout=GIT_SECONDS,
        )  # fmt: skip
        return done.stdout.strip()

    try:
        changed = "+" if git("status", "--porcelain", "--untracked-files=no") else ""
        return git("rev-parse", "--short=12", "HEAD") + changed
    except (OSError, subprocess.SubprocessError):
        try:
            return f"jianbao {version('jianbao')}"
        except PackageNotFoundError:
            return "unknown"


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()[:12]
