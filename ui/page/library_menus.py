"""What the library offers in menus: its bulletins and the places that they are about."""

from collections.abc import Collection
from typing import Any

import gradio as gr

from index.library import Library
from index.records import Entry

PLACES = 3  # of a bulletin that its line in a menu names


def bulletin_choices(library: Library) -> list[tuple[str, str]]:
    """Title and id of every bulletin; the title with its places, for issues of a series are called
    alike.
    """
    return [(_called(entry), entry.id) for entry in library.entries()]


def _called(entry: Entry) -> str:
    unsaid = [place for place in entry.places[:PLACES] if place not in entry.title]
    return f"{entry.title}（{'、'.join(unsaid)}）" if unsaid else entry.title


def place_choices(library: Library) -> list[str]:
    """The places that the bulletins are about, each once."""
    return list(dict.fromkeys(p for entry in library.entries() for p in entry.places))


def library_menu(**settings: Any) -> gr.Dropdown:
    """A menu for a page that is built for everybody: empty, for what it offers is different for
    each who looks. Whatever is chosen in it is taken: the server may have forgotten the page that
    it filled, and what somebody may not see is not found by its id either.
    """
    menu = gr.Dropdown([], **settings)
    menu.__dict__["preprocess"] = lambda chosen: chosen
    return menu


def bulletin_menu(library: Library, chosen: Collection[str]) -> Any:
    """A menu of the bulletins as they are now, in which those that are chosen and still there stay
    so.
    """
    choices = bulletin_choices(library)
    known = {bulletin for _, bulletin in choices}
    return gr.update(choices=choices, value=[one for one in chosen if one in known])


def place_menu(library: Library, chosen: Collection[str]) -> Any:
    """As bulletin_menu, of the places."""
    choices = place_choices(library)
    return gr.update(choices=choices, value=[one for one in chosen if one in choices])
