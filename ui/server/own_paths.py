"""Where a sign-in leads: to an address of this server and to no other."""

from urllib.parse import urlencode, urlsplit

START = "/"
NEXT = "next"  # the field that says where to go after the sign-in
MAX_CHARS = 2000  # of an address: a question in it may be long


def own_path(wanted: str) -> str:
    r"""The address that is wanted where it is a path of this server, else the start.

    Browsers take a backslash for a slash and pass over tabs and ends of lines, so that none of them
    may stand in it.

    >>> own_path("/?bulletin=2024/第1期"), own_path("//evil.example"), own_path("/\\evil.example")
    ('/?bulletin=2024/第1期', '/', '/')
    """
    if len(wanted) > MAX_CHARS or not wanted.startswith("/") or not wanted.isprintable():
        return START
    if "\\" in wanted or wanted.startswith("//"):
        return START
    try:
        told = urlsplit(wanted)
    except ValueError:
        return START
    if told.scheme or told.netloc or told.path.rstrip("/") in ("/login", "/logout"):
        return START
    return wanted


def with_next(address: str, wanted: str) -> str:
    """An address that leads on to a path of this server, which may be left out: the start is."""
    path = own_path(wanted)
    return address if path == START else f"{address}?{urlencode({NEXT: path})}"
