"""What a bulletin's id is: the place of its file in a tree of folders, without the suffix."""

from pathlib import PurePosixPath


def id_of(name: str) -> str:
    """Id of a file by its name, or by its place below a folder with "/" between the parts.

    >>> id_of("2024/一季度/第1期.pdf"), id_of("第1期.pdf")
    ('2024/一季度/第1期', '第1期')
    """
    folders, slash, file = name.rpartition("/")
    return f"{folders}{slash}{PurePosixPath(file).stem}"


def folders_of(bulletin_id: str) -> tuple[str, ...]:
    """The folders that a bulletin lies in, the outermost first; none for one outside of all."""
    return tuple(bulletin_id.split("/")[:-1])


def file_stem(bulletin_id: str) -> str:
    """Name of a bulletin's file without folders and suffix."""
    return bulletin_id.rpartition("/")[2]
