"""The tree of a Word file made that of the final print: changes taken in, fields as their results,
signs as characters.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from corpus.formats.word_fields import show_results
from corpus.formats.word_revisions import take_changes
from corpus.formats.word_signs import write_signs

_MARGINS = ("header", "footer")


@dataclass(frozen=True, slots=True)
class Settled:
    """What is to be told of it: how many signs of unknown fonts and drawn formulas are left out."""

    signs: int
    formulas: int


def settle(roots: Iterable[Any]) -> Settled:
    """Change the trees of a document's parts in place."""
    signs = formulas = 0
    for root in roots:
        take_changes(root)
        formulas += show_results(root)
        signs += write_signs(root)
    return Settled(signs, formulas)


def margin_roots(document: Any) -> Iterator[Any]:
    """The trees of the headers and footers that a document refers to."""
    for relation in document.part.rels.values():
        if relation.reltype.rpartition("/")[2] in _MARGINS and not relation.is_external:
            yield relation.target_part.element
