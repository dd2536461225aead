"""The pages of signing in and of another password: HTML without a script, as nobody is in yet."""

from collections.abc import Sequence

from ui.views.escaping import escape

_HEAD = """<!doctype html><html lang="zh"><meta charset="utf-8"><title>{title} · 简报问答</title>
<link rel="icon" href="data:,">
<meta name="viewport" content="width=device-width">
<style>body{{font:16px/1.7 system-ui,sans-serif;max-width:22em;margin:12vh auto;padding:0 1em}}
label,input,button,.way{{display:block;width:100%;box-sizing:border-box}}
input{{padding:.5em;margin:.2em 0 1em}}button,.way{{padding:.6em;text-align:center}}
.way{{border:1px solid #a3262a;color:#a3262a;margin:1em 0;text-decoration:none}}
[role=alert]{{color:#a3262a}}</style>
<h1>简报问答</h1>"""
_SIGN_IN = """<form method="post" action="/login">{next}
<label>用户名<input name="name" autocomplete="username" required autofocus></label>
<label>密码<input name="password" type="password" autocomplete="current-password" required></label>
<button>登录 Sign in</button></form>"""
_ELSEWHERE = '<a class="way" href="{address}">用单位账号登录 Sign in with your office account</a>'
_PROXY = "<p>请从单位的入口进入本站。Come in by your office's own entrance.</p>"
_CHANGE = """<h2>修改密码 Another password</h2><form method="post" action="/password">
<label>原密码 old<input name="old" type="password" autocomplete="current-password" required
autofocus></label>
<label>新密码 new<input name="new" type="password" autocomplete="new-password" required
minlength="{least}" maxlength="{most}"></label>
<label>再次输入新密码 once more<input name="again" type="password" autocomplete="new-password"
required></label>
<button>修改 Change</button></form>"""
_BACK = '<p><a href="/">返回 Back</a></p>'


def sign_in_html(
    *, passwords: bool, provider: str | None, wanted: str | None = None, told: str = ""
) -> str:
    """The page at the door: the form where `passwords` are kept here, the way to the provider of
    identities at the address `provider`; `wanted` is where it leads, `told` what went wrong.
    """
    parts = [_note(told)]
    if passwords:
        hidden = f'<input type="hidden" name="next" value="{escape(wanted)}">' if wanted else ""
        parts.append(_SIGN_IN.format(next=hidden))
    if provider:
        parts.append(_ELSEWHERE.format(address=escape(provider)))
    return _page("登录", parts if passwords or provider else [*parts, _PROXY])


def password_html(least: int, most: int, told: str = "", *, form: bool = True) -> str:
    """The form for another password of `least` to `most` characters, or what is told instead."""
    change = _CHANGE.format(least=least, most=most) if form else ""
    return _page("修改密码", [_note(told), change, _BACK])


def _page(title: str, parts: Sequence[str]) -> str:
    return f"{_HEAD.format(title=title)}{''.join(parts)}</html>"


def _note(told: str) -> str:
    return f'<p role="alert">{escape(told)}</p>' if told else ""
