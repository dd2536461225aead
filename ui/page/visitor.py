"""Who is behind a request of the page, how its events are declared, how it is told of errors."""

from typing import Any

import gradio as gr

from corpus.errors import JianbaoError
from index.library import Library
from ui.server.owner import ROLE, actor_behind, owner_of
from ui.server.sights import sight_behind
from ui.store.audit import Actor
from ui.store.roles import AccessRole

# Events of the page itself: no endpoints for programs, no veil over what is being changed.
PRIVATE: dict[str, Any] = {"api_visibility": "private", "show_progress": "hidden"}


def owner(request: gr.Request) -> str:
    """The owner of what this request asks and keeps."""
    return owner_of(request.username, dict(request.request.cookies) if request.request else {})


def actor(request: gr.Request) -> Actor:
    """Who has sent this request, as records tell it."""
    return actor_behind(request.request.scope) if request.request else Actor("", "")


def may(request: gr.Request, role: AccessRole) -> bool:
    """Whether whoever sent this request has a role: what others cannot do, they are not shown.
    It is refused elsewhere (ui/server/rights.py).
    """
    own: AccessRole | None = request.request.scope.get(ROLE) if request.request else None
    return own is not None and own.may(role)


def seen(library: Library, request: gr.Request) -> Library:
    """The library as whoever sent this request may see it."""
    # an event hands in a request that holds the one of HTTP, a page's own script that one itself
    sent: Any = getattr(request, "request", request)
    return library.seen_by(sight_behind(sent.scope if sent is not None else {}))


def unchanged(count: int) -> tuple[Any, ...]:
    """So many outputs of an event that stay as they are."""
    return (gr.skip(),) * count


def told(error: JianbaoError) -> gr.Error:
    """An error as the page shows it; the log of the server need not know."""
    return gr.Error(str(error), title="简报问答", print_exception=False)


def said(event: gr.EventData, name: str) -> Any:
    """What the page's own script sent with an event under a name; "" where it sent nothing."""
    sent = event._data
    return sent.get(name, "") if isinstance(sent, dict) else ""
