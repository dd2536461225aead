"""Who is behind a request of the page, and how its events are declared."""

from typing import Any

import gradio as gr

from ui.server.owner import owner_of

# Events of the page itself: no endpoints for programs, no veil over what is being changed.
PRIVATE: dict[str, Any] = {"api_visibility": "private", "show_progress": "hidden"}


def owner(request: gr.Request) -> str:
    """The owner of what this request asks and keeps."""
    return owner_of(request.username, dict(request.request.cookies) if request.request else {})
