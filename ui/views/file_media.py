"""What kind of content a file of the library is to a browser, by its name."""

from mimetypes import MimeTypes

TEXT, PDF = "text/plain", "application/pdf"
OTHER = "application/octet-stream"


def media_of(name: str) -> str:
    """The media type of a file of this name, as the standard library knows it by itself: what the
    system adds to its table would make one machine show what another saves.
    """
    return MimeTypes().guess_type(name)[0] or OTHER
