"""Text to HTML: the only place where text of a bulletin or a user becomes markup."""

import html
from urllib.parse import urlencode

from corpus.text.surrogates import encodable

# gr.HTML fills ${…} and {{…}} found in its value; as entities these characters are inert.
_TEMPLATE_MARKS = str.maketrans({"$": "&#36;", "{": "&#123;", "}": "&#125;", "`": "&#96;"})


def escape(text: str) -> str:
    """Text that a browser shows as it is, in element content and in quoted attributes.

    Line breaks become <br>, for a blank line would end a block of HTML inside Markdown. Half
    of a surrogate pair, which no encoder takes, becomes a question mark.
    """
    return html.escape(encodable(text), quote=True).translate(_TEMPLATE_MARKS).replace("\n", "<br>")


def source_address(
    bulletin: str,
    paragraph: int | None,
    position: int,
    start: int = 0,
    end: int = 0,
    version: str = "",
) -> str:
    """Address that opens a source: /?bulletin=ID&paragraph=N, by position for units without a
    number, with the quoted range where there is one, and the version that it was quoted from.
    """
    query: dict[str, str | int] = {"bulletin": bulletin}
    query |= {"paragraph": paragraph} if paragraph is not None else {"unit": position}
    query |= {"start": start, "end": end} if end else {}
    query |= {"version": version} if version else {}
    return f"/?{urlencode(query, errors='replace')}"
