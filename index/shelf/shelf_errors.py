"""What is told of kept files that cannot be used, with the mend."""

from errno import EDQUOT, ENOSPC
from pathlib import Path

from corpus.errors import LibraryError


def cannot_read(path: Path, error: OSError) -> LibraryError:
    """The error for a kept file that cannot be read."""
    return LibraryError(
        f"{path} cannot be read ({error.strerror or error}); mend its rights or the disk, or "
        "restore a backup: jianbao restore FILE"
    )


def cannot_write(path: Path, error: OSError) -> LibraryError:
    """The error for a data directory that cannot be written."""
    mend = "make room there" if error.errno in (ENOSPC, EDQUOT) else "mend its rights"
    return LibraryError(
        f"data directory {path} cannot be written ({error.strerror or error}); "
        f"{mend} or set JIANBAO_HOME to another folder"
    )


def damage_told(bulletin_id: str, path: Path) -> str:
    """What became of a file that was added by hand, with the mend."""
    what = "不是添加时的内容 holds other bytes than were added" if path.exists() else "丢失 is gone"
    return (
        f"简报 bulletin {bulletin_id}：{path} {what}；用原件重新添加 add the original again: "
        f"jianbao add FILE，或放弃 or give it up: jianbao remove {bulletin_id}"
    )
