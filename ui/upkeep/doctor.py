"""Whether all is well with settings and data directory: each check a line with the mend."""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryFile

import numpy as np

from corpus.errors import JianbaoError, LibraryError, ModelError
from index.checkup import check_bulletins, check_index
from index.shelf.folder import bulletin_files
from index.shelf.shelf_errors import cannot_write
from index.store.databases import Engine
from index.vectors.encoder import Encoder
from index.vectors.encoders import encoder_of
from rag.settings import Settings, read_settings
from ui.server.accounts import user_names
from ui.server.sign_in_ways import ways_of
from ui.store.collections_file import COLLECTIONS, Collections
from ui.store.page_database import CONVERSATIONS, Store

ROOM = 256 * 2**20  # bytes that should be free: an index of some thousand bulletins


@dataclass(frozen=True, slots=True)
class Finding:
    """What a check found: in order or not, and what it says; a mend in Chinese where not."""

    name: str
    ok: bool
    told: str
    mend: str = ""


def examine() -> Iterator[Finding]:
    """All checks, one after another. They change nothing."""
    settings: list[Settings] = []
    yield _finding("设置 settings", "改正所说的环境变量", lambda: _settings(settings))
    if not settings:  # nothing else can be looked at
        return
    (read,) = settings
    home, shelf = read.home, read.library_home
    yield _finding(
        "数据目录 data directory", "改权限、腾出空间或另设 JIANBAO_HOME", lambda: _home(home)
    )
    yield _finding("简报 bulletins", "重新添加或移除所说的简报", lambda: check_bulletins(shelf))
    encoder: list[Encoder] = []
    yield _finding(
        "模型 models",
        "重新安装，或改 JIANBAO_EMBEDDING_MODEL、JIANBAO_READER",
        lambda: _models(read, encoder),
    )
    if encoder:
        yield _finding(
            "索引 index", "重建索引 jianbao sync --rebuild",
            lambda: check_index(shelf, encoder[0], Engine(read.chroma_url, read.milvus_uri)),
        )  # fmt: skip
    yield _finding("授权 collections", "从备份中取回授权记录", lambda: _collections(home))
    yield _finding("对话 conversations", "抢救 jianbao rescue", lambda: _conversations(home))


def _finding(name: str, mend: str, check: Callable[[], str]) -> Finding:
    try:
        return Finding(name, True, check())
    except JianbaoError as error:
        return Finding(name, False, str(error), mend)
    except OSError as error:
        told = f"{error.filename or name}: {error.strerror or error}; mend its rights"
        return Finding(name, False, told, mend)


def _settings(into: list[Settings]) -> str:
    """:raises JianbaoError: a setting cannot be."""
    settings = read_settings()
    into.append(settings)
    files = bulletin_files(settings.bulletins)
    told = f"{settings.bulletins}：{len(files)} 份简报 bulletins"
    ways = ways_of(settings)
    if settings.auth is not None:
        told += f"，{len(user_names(settings.auth))} 个用户 users"
    if ways is not None and ways.provider is not None:
        told += f"，统一认证 sign-in at {settings.oidc_issuer}"
    if ways is not None and ways.proxy is not None:
        told += f"，代理登录 sign-in by {settings.proxy_header}"
    return told


def _home(home: Path) -> str:
    """:raises LibraryError: it cannot be written, or the disk is full."""
    nearest = next(path for path in (home, *home.absolute().parents) if path.exists())
    try:
        with TemporaryFile(dir=nearest) as file:
            file.write(b"\0" * 4096)
    except OSError as error:
        raise cannot_write(home, error) from error
    if (free := shutil.disk_usage(nearest).free) < ROOM:
        raise LibraryError(f"{home}: {free:,} bytes are free, {ROOM:,} should be; make room there")
    made = "" if home.exists() else "（尚未建立 not made yet）"
    return f"{home}{made}，空余 free {free / 2**30:.1f} GiB"


def _models(settings: Settings, into: list[Encoder]) -> str:
    """:raises ModelError: a model's files are damaged or missing."""
    from rag.query.question import understand
    from rag.reading.reader import Passage
    from rag.reading.readers import reader_of

    encoder = encoder_of(settings.embedding_model)
    vectors = encoder.encode(["简报"], "query")
    if not np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-3):
        raise ModelError(f"embedding model {encoder.name} makes no unit vectors; install it again")
    name = settings.reader or "embedded"
    (read,) = reader_of(settings).read(understand("简报"), [Passage("这是一份简报。")])
    if not np.isclose(sum(sentence.share for sentence in read.sentences), 1, atol=1e-3):
        raise ModelError(f"reader {name} reads nothing; install again, or set JIANBAO_READER")
    into.append(encoder)
    return f"{encoder.name}，{vectors.shape[1]} 维 dimensions；阅读 reader {name}"


def _collections(home: Path) -> str:
    """:raises LibraryError: what is given to whom is damaged or lost."""
    given = Collections(home / COLLECTIONS).given()
    return f"{len(given)} 个文件夹按组授权 folders given to groups"


def _conversations(home: Path) -> str:
    """:raises LibraryError: they are damaged."""
    return f"{Store(home / CONVERSATIONS).check()} 个 conversations"
