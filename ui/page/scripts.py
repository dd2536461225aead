"""The files that the page carries: scripts and styles."""

from importlib.resources import files


def script(*names: str) -> str:
    """The text of scripts, one after the other."""
    return "\n".join(files("ui").joinpath("static", name).read_text("utf-8") for name in names)
