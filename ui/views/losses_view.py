"""What of a file could not be read, as HTML."""

from collections.abc import Sequence

from corpus.bulletin import Loss
from ui.views.page_words import in_both


def losses_html(losses: Sequence[Loss]) -> str:
    """A line each."""
    return "".join(f'<div class="jb-loss">⚠ {in_both(x.chinese, x.english)}</div>' for x in losses)
