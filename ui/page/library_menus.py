"""What the library offers in menus: its bulletins and the places that they are about."""

from index.library import Library


def bulletin_choices(library: Library) -> list[tuple[str, str]]:
    """Title and id of every bulletin."""
    return [(entry.title, entry.id) for entry in library.entries()]


def place_choices(library: Library) -> list[str]:
    """The places that the bulletins are about, each once."""
    return list(dict.fromkeys(p for entry in library.entries() for p in entry.places))
