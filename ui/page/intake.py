"""Files taken into the library from the page: what is in doubt is asked first."""

from collections.abc import Callable
from itertools import count
from pathlib import Path

from corpus.bulletin import Bulletin
from corpus.errors import JianbaoError, ReplacesError
from index.incoming import Incoming, Standing
from index.library import Library
from ui.views.added_view import Added, Asked, FileContents, IntakeChoice
from ui.views.reason_told import chinese_first

# What nobody may want without having been asked.
_DOUBTFUL = (Standing.REPLACES, Standing.DOUBLE)


Record = Callable[[Incoming, Bulletin], None]  # of what was foreseen, and what it became


def unrecorded(foreseen: Incoming, bulletin: Bulletin) -> None:
    """A Record that keeps nothing."""
    del foreseen, bulletin


def taken_in(library: Library, path: Path, record: Record = unrecorded) -> Added | Asked:
    """Take a file in, unless it would replace a bulletin or holds what another one does."""
    try:
        foreseen = library.foresee(path)
        if foreseen.standing in _DOUBTFUL:
            return Asked(path, foreseen)
        bulletin = library.add(path)
        record(foreseen, bulletin)
    except ReplacesError:  # somebody else was quicker with this name
        return Asked(path, library.foresee(path))
    except JianbaoError as error:
        return Added(path.name, refusal_told(error, path))
    state = "已添加" if foreseen.standing is Standing.NEW else "已在库中"
    return Added(path.name, state, FileContents.of(bulletin))


def as_chosen(
    library: Library, asked: Asked, choice: IntakeChoice, record: Record = unrecorded
) -> Added:
    """What came of a file that was asked about; the version that it replaces is kept."""
    path, foreseen = asked.path, asked.foreseen
    if choice is IntakeChoice.SKIP:
        return Added(path.name, "已跳过", left=True)
    if choice is IntakeChoice.BESIDE:
        try:
            path, foreseen = _beside(library, path)
        except OSError as error:  # its folder went, or the disk is full
            return Added(path.name, f"{error.strerror}；请重新添加 (add it again)")
        except JianbaoError as error:
            return Added(path.name, refusal_told(error, path))
    other = foreseen.other.title if foreseen.other else ""
    try:
        bulletin = library.add(path, replace=foreseen.standing is Standing.REPLACES)
        record(foreseen, bulletin)
    except JianbaoError as error:
        return Added(path.name, refusal_told(error, path))
    contents = FileContents.of(bulletin)
    if foreseen.standing is Standing.REPLACES:
        return Added(path.name, "已更新", contents, replaced=other)
    if foreseen.standing is Standing.NEW:
        return Added(path.name, "已添加", contents)
    return Added(path.name, "已在库中", contents, twin=other)


def _beside(library: Library, path: Path) -> tuple[Path, Incoming]:
    """The file under a name like its own that no bulletin has, 简报 (2).docx, and what is foreseen.

    :raises OSError: it cannot be renamed.
    """
    for number in count(2):
        free = path.with_name(f"{path.stem} ({number}){path.suffix}")
        if free.exists():
            continue
        renamed = path.rename(free)
        foreseen = library.foresee(renamed)
        if foreseen.standing is not Standing.REPLACES:
            return renamed, foreseen
        renamed.rename(path)
    raise AssertionError("numbers do not end")


def refusal_told(error: JianbaoError, path: Path) -> str:
    """The error without the name and the folder of the file, which is the server's own; its Chinese
    first.
    """
    text = str(error).replace(f"{path.parent}/", "").removeprefix(f"{path.name}: ")
    return chinese_first(text)
