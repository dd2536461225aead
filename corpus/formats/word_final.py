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
    """What is to be told of it: whether changes were marked, how many signs of unknown fonts and
    drawn formulas are left out.
    """

    is_changed: bool
    signs: int
    formulas: int


def settle(roots: Iterable[Any]) -> Settled:
    """Change the trees of a document's parts in place."""
    is_changed, signs, formulas = False, 0, 0
    for root in roots:
        is_changed |= take_changes(root)
        formulas += show_results(root)
        signs += write_signs(root)
    return Settled(is_changed, signs, formulas)


def margin_roots(document: Any) -> Iterator[Any]:
    """The trees of the headers and footers that a document refers to."""
    for relation in document.part.rels.values():
        if relation.reltype.rpartition("/")[2] in _MARGINS and not relation.is_external:
            yield relation.target_part.element
