"""What frames the page as HTML: its name above, the way out below."""

from ui.views.escaping import escape
from ui.views.page_words import both


def head_html(title: str) -> str:
    """The name of the page."""
    return f"<h1>{escape(title)}</h1>"


def side_foot_html(
    *, sign_out: bool, own_password: bool = False, statistics: bool = False, records: bool = False
) -> str:
    """What this is; the way to the pages of the office for those who may read them, the way out
    where users sign in, and to another password where it is kept here.
    """
    about = both("每句有出处，数字已核对")
    ways = {
        "/statistics": ("统计", statistics),
        "/records": ("审计记录", records),
        "/password": ("修改密码", own_password),
        "/logout": ("退出登录", sign_out),
    }
    links = [f'<a href="{way}">{both(words)}</a>' for way, (words, here) in ways.items() if here]
    return f"<p>{about}</p>{''.join(links)}"
