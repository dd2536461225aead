"""Links to a whole conversation as a file."""

from ui.views.addresses import ExportKind, export_address
from ui.views.escaping import escape
from ui.views.page_words import both


def whole_html(conversation: str | None) -> str:
    """The links; nothing before there is a conversation."""
    if not conversation:
        return ""
    kinds: tuple[tuple[str, ExportKind], ...] = (
        ("Word", "docx"), ("Markdown", "md"), (both("文本"), "txt"),
    )  # fmt: skip
    links = " · ".join(
        f'<a href="{escape(export_address(conversation, kind))}" download>{name}</a>'
        for name, kind in kinds
    )
    return f'<p class="jb-tools">{both("导出整个对话：")}{links}</p>'
