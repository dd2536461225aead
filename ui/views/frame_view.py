"""What frames the page as HTML: its name above, the way out below."""

from ui.views.escaping import escape
from ui.views.page_words import both, in_both


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
    choices = "".join(
        f'<button type="button" data-jb-choose="{name}">{words}</button>'
        for name, words in (
            ("language", in_both("English", "中文")),
            ("colours", _by_colours(both("深色"), both("浅色"))),
        )
    )
    return f"<p>{about}</p>{''.join(links)}<p>{choices}</p>"


def _by_colours(light: str, dark: str) -> str:
    """Words for each of the page's colours, of which the style sheet shows those in use."""
    return f'<span class="jb-when-light">{light}</span><span class="jb-when-dark">{dark}</span>'
