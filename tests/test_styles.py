"""The page's style sheets, as Gradio takes them."""

import re
from importlib.resources import files

import pytest

from ui.server.server import STYLES

_RULE = re.compile(r"([^{}]+)\{[^{}]*\}")
_MEDIUM = re.compile(r"@media[^{]*\{((?:[^{}]*\{[^{}]*\})*)\s*\}")
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)


@pytest.mark.parametrize("name", STYLES)
def test_no_rule_of_a_medium_is_lost(name: str) -> None:
    """Gradio parts the selectors of a medium's rules at their commas and puts its page before each:
    one with a comma in brackets is none any more, one of the whole document finds nothing.
    """
    style = _COMMENT.sub("", files("ui").joinpath("static", name).read_text("utf-8"))
    selectors = [
        rule[1].strip() for medium in _MEDIUM.finditer(style) for rule in _RULE.finditer(medium[1])
    ]
    assert bool(selectors) == ("@media" in style)
    assert [one for one in selectors if re.search(r"\([^()]*,", one)] == []
    assert [one for one in selectors if re.search(r"\b(?:html|body|gradio)", one)] == []
