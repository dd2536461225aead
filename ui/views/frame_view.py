"""What frames the page as HTML: its name above, the way out below."""

from ui.views.escaping import escape
from ui.views.page_words import both


def head_html(title: str) -> str:
    """The name of the page."""
    return f"<h1>{escape(title)}</h1>"


def side_foot_html(sign_out: bool, *, statistics: bool = False, records: bool = False) -> str:
    """What this is; the way to the pages of the office for those who may read them, and the way
    out where users sign in.
    """
    about = both("每句有出处，数字已核对")
    leave = f'<a href="/logout">{both("退出登录")}</a>' if sign_out else ""
    links = [f'<a href="/statistics">{both("统计")}</a>'] if statistics else []
    links += [f'<a href="/records">{both("审计记录")}</a>'] if records else []
    return f"<p>{about}</p>{' '.join((*links, leave))}"
