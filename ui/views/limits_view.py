"""What a question is limited to, in a line of HTML."""

from ui.store.answer_record import Searched
from ui.views.escaping import escape
from ui.views.page_words import both


def limits_html(searched: Searched | None, error: str = "") -> str:
    """How many bulletins the limits leave and which they are, or why they cannot be; nothing where
    there are none.
    """
    if error:
        return f'<p class="jb-limits jb-wrong" role="alert">{escape(error)}</p>'
    if searched is None or not searched.bounds:
        return ""
    told = both(
        "限定：{bounds}，共{count}份简报",
        bounds="；".join(searched.bounds), count=searched.bulletins,
    )  # fmt: skip
    if searched.undated:
        told += both("；{undated}份没有日期，不在其内", undated=searched.undated)
    return f'<p class="jb-limits">{told}</p>'
