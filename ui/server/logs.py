"""The server's log: a line an event on standard error, as JSON for programs or as text for people.

An event is a message of a word or two with its values beside it: `LOG.info("added", extra={…})`.
The standard library's logging is enough for that: thirty lines here, no dependency.
"""

import json
import logging
from datetime import datetime

from corpus.text.surrogates import encodable
from index.records import Holdings
from rag.settings import Settings

_OWN = logging.getLogger("jianbao")  # parent of all loggers of the project
_PLAIN = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime", "taskName"}


def set_up_logs(settings: Settings) -> None:
    """Send the process's log to standard error in the form of the settings: our own events from
    their level on, those of the libraries from warnings on.
    """
    handler = logging.StreamHandler()
    handler.setFormatter(JsonLines() if settings.log == "json" else TextLines())
    logging.basicConfig(handlers=[handler], level=logging.WARNING, force=True)
    logging.captureWarnings(True)
    _OWN.setLevel(settings.log_level.upper())


def log_start(settings: Settings, held: Holdings, host: str, port: int, *, sign_in: bool) -> None:
    """Log that the server is about to listen, with what it serves."""
    _OWN.info(
        "started",
        extra={
            "bulletins": held.bulletins,
            "paragraphs": held.paragraphs,
            "embedding_model": settings.embedding_model or "embedded",
            "chat_model": settings.llm_model,
            "host": host,
            "port": port,
            "sign_in": sign_in,
        },
    )


def log_open(host: str) -> None:
    """Log that anyone in the network can ask."""
    _OWN.warning(
        "no sign-in",
        extra={
            "host": host,
            "why": "whoever reaches this machine can ask, add and remove bulletins; "
            "set JIANBAO_AUTH (see jianbao user --help), JIANBAO_OIDC_ISSUER or "
            "JIANBAO_PROXY_HEADER",
        },
    )


class JsonLines(logging.Formatter):
    """One JSON object a line: time, level, logger, event, the event's values, any traceback."""

    def format(self, record: logging.LogRecord) -> str:
        """See logging.Formatter."""
        line = {
            "time": _time(record).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "event": record.getMessage(),
            **_values(record),
        }
        if record.exc_info:
            line["traceback"] = self.formatException(record.exc_info)
        return encodable(json.dumps(line, ensure_ascii=False, default=str))


class TextLines(logging.Formatter):
    """A line of text with the event's values as name=value; a traceback on lines of its own."""

    def format(self, record: logging.LogRecord) -> str:
        """See logging.Formatter."""
        values = _values(record)
        traceback = values.pop("traceback", None)
        if record.exc_info:
            traceback = self.formatException(record.exc_info)
        told = [
            f"{name}={json.dumps(value, ensure_ascii=False, default=str)}"
            for name, value in values.items()
        ]
        time = _time(record).isoformat(" ", timespec="seconds")
        line = encodable(" ".join([time, record.levelname, record.getMessage(), *told]))
        return f"{line}\n{traceback}" if traceback else line


def _time(record: logging.LogRecord) -> datetime:
    """When it happened, in the server's own zone."""
    return datetime.fromtimestamp(record.created).astimezone()


def _values(record: logging.LogRecord) -> dict[str, object]:
    """What an event carries beside its message."""
    return {name: value for name, value in vars(record).items() if name not in _PLAIN}
