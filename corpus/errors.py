"""Every error of the project, by who erred.

`CallError`: the call is off (exit status 2). `WorkError`: the call was right and the work failed
(exit status 1). A message names the thing, carries the values, and ends with the mend.
"""


class JianbaoError(Exception):
    """Base of every error that is told to a person in one line."""

    exit_status = 1


class CallError(JianbaoError):
    """The caller erred: an unknown id, an empty question, k below 1, a setting that cannot be."""

    exit_status = 2


class WorkError(JianbaoError):
    """The call was right, yet the work could not be done."""


class BulletinError(WorkError):
    """A file cannot be read as a bulletin: empty, binary, too large, of an unknown encoding."""


class ReplacesError(WorkError):
    """A file would take the place of another bulletin, and whoever brings it did not say so."""


class LibraryError(WorkError):
    """The data directory or the index in it cannot be used."""


class OutdatedError(LibraryError):
    """The index was made by an earlier version of the program: a new one must be made."""


class ModelError(WorkError):
    """An embedding model or a language model cannot be loaded or does not answer."""
