"""What a chat model wrote and did not stand, as HTML: one line, the sentences behind a click."""

from collections.abc import Sequence

from rag.answering.answer import Struck
from rag.writing.objections import Fault
from rag.writing.verify import MARKER
from ui.views.escaping import escape
from ui.views.page_words import both, in_both

_ENGLISH = {fault.value: fault.english for fault in Fault}


def struck_html(struck: Sequence[Struck]) -> str:
    """That an answer was corrected, and each sentence that was struck with its faults; nothing
    where none was.
    """
    if not struck:
        return ""
    told = both("已更正：模型所写的{count}句与所引段落不符，未采用", count=len(struck))
    items = "".join(map(_item, struck))
    return f'<details class="jb-struck"><summary>{told}</summary><ul>{items}</ul></details>'


def _item(one: Struck) -> str:
    """The sentence without its markers, whose numbers are those of the model's own list."""
    english = "; ".join(_ENGLISH.get(name, name) for name in one.faults)
    why = in_both("；".join(one.why), english)
    return f"<li><del>{escape(MARKER.sub('', one.text))}</del> <span>{why}</span></li>"
