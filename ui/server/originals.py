"""A bulletin's own file, as it came in, and the pages of a PDF as pictures, at addresses of their
own. Who may see a bulletin may have them.
"""

from threading import Semaphore
from typing import TYPE_CHECKING
from urllib.parse import quote

from corpus.errors import CallError, JianbaoError, LibraryError
from corpus.formats.page_picture import page_picture
from corpus.formats.plain_text import decode
from index.library import Library
from ui.server.sights import sight_behind
from ui.views.file_media import PDF, TEXT, media_of

if TYPE_CHECKING:
    from fastapi import FastAPI

# What a browser may show itself. A web page is somebody else's: it is saved, never opened here.
_SHOWN = frozenset({TEXT, PDF})
DRAWN_AT_ONCE = 2  # pages of PDFs: each keeps a core busy for a moment
# The file gets no script, no form and none of the page's rights, whatever a browser makes of it.
_POLICY = "sandbox; default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'"


def add_originals(app: "FastAPI", library: Library) -> None:
    """Give an application the address /original?bulletin=ID; with download=1 the file is saved
    rather than shown; and /original/page.png for a page of a PDF, a quote boxed.
    """
    from fastapi import HTTPException, Request, Response

    drawing = Semaphore(DRAWN_AT_ONCE)

    @app.get("/original")
    def original(request: Request, bulletin: str, download: bool = False) -> Response:
        try:
            name, data = library.seen_by(sight_behind(request.scope)).kept.file(bulletin)
        except (CallError, LibraryError) as error:
            raise HTTPException(404, str(error)) from error
        media = media_of(name)
        shown = media in _SHOWN and not download
        headers = {
            "Content-Disposition": f"{'inline' if shown else 'attachment'}; "
            f"filename*=UTF-8''{quote(name, safe='')}",
            "Content-Security-Policy": _POLICY,
            "Cache-Control": "private, no-store",
            "X-Content-Type-Options": "nosniff",
        }
        # a browser is told one encoding, whichever the file came in
        content = decode(data, name) if media == TEXT and shown else data
        return Response(content, media_type=media, headers=headers)

    @app.get("/original/page.png")
    def page_of(
        request: Request, bulletin: str, unit: int, page: int, start: int = 0, end: int = 0
    ) -> Response:
        try:
            seen = library.seen_by(sight_behind(request.scope))
            name, data = seen.kept.file(bulletin)
            units = seen.bulletin(bulletin).units
            if media_of(name) != PDF or not 0 <= unit < len(units):
                raise CallError("there is no such page (没有这一页)")
            with drawing:
                picture = page_picture(data, page, units[unit].text[start:end])
        except JianbaoError as error:
            raise HTTPException(404, str(error)) from error
        return Response(picture, media_type="image/png", headers={"Cache-Control": "private"})
