"""What frames the page as HTML: its name above, the way out below."""

from ui.views.escaping import escape
from ui.views.page_words import both


def head_html(title: str) -> str:
    """The name of the page."""
    return f"<h1>{escape(title)}</h1>"


def side_foot_html(*, sign_out: bool, own_password: bool = False) -> str:
    """What this is; the way out where users sign in, to another password where it is kept here."""
    about = both("每句有出处，数字已核对")
    leave = f'<a href="/logout">{both("退出登录")}</a>' if sign_out else ""
    change = f'<a href="/password">{both("修改密码")}</a>' if own_password else ""
    return f"<p>{about}</p>{change}{leave}"
