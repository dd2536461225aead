"""A web page saved with its pictures in one file (MHTML), as browsers and Word do."""

from email import message_from_bytes, policy
from email.message import EmailMessage

HEAD = 2048  # bytes in which the headers of such a file say what it is
_SIGNS = (b"mime-version:", b"content-type:")


def page_in(data: bytes) -> bytes | None:
    """The bytes of the page in an archive, as UTF-8 with a mark where its headers name an encoding;
    None if the file is no archive, or holds no page.
    """
    head = data[:HEAD].lower()
    if head.lstrip().startswith(b"<") or not all(sign in head for sign in _SIGNS):
        return None
    message = message_from_bytes(data, policy=policy.default)
    for part in message.walk():
        if isinstance(part, EmailMessage) and part.get_content_type() in (
            "text/html", "application/xhtml+xml",
        ):  # fmt: skip
            page = part.get_payload(decode=True)
            if isinstance(page, bytes):
                return _marked(page, part.get_content_charset())
    return None


def _marked(page: bytes, charset: str | None) -> bytes:
    if charset is None:
        return page
    try:
        return page.decode(charset).encode("utf-8-sig")
    except (LookupError, UnicodeDecodeError):
        return page  # a wrong statement; the page itself tells
