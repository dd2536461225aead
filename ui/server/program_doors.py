"""The addresses that are for programs, and how each of them says that something is off."""

from typing import TYPE_CHECKING

from starlette.types import Scope

if TYPE_CHECKING:
    from starlette.responses import JSONResponse

CHAT, RETRIEVAL, MCP, DOCS, OPENAPI = "/v1", "/retrieval", "/mcp", "/docs", "/openapi.json"
GRADIO, CONFIG = "/gradio_api", "/config"  # Gradio's own, for its client
METRICS = "/metrics"
_DOORS = (CHAT, RETRIEVAL, MCP, DOCS, OPENAPI, GRADIO, CONFIG, METRICS)
# What a question is asked by over these two; they are no events of the page.
QUESTION_PATHS = (f"{CHAT}/chat/completions", RETRIEVAL)
# Dify's suggested codes: no header of the right form, the key is wrong, no such knowledge base.
NO_KEY, WRONG_KEY, NO_KNOWLEDGE = 1001, 1002, 2001
_OPENAI_CODES = {401: "invalid_api_key", 403: "insufficient_permissions", 404: "model_not_found",
                 429: "rate_limit_exceeded"}  # fmt: skip


def for_programs(path: str) -> bool:
    """Whether an address is for programs.

    >>> for_programs("/v1/models"), for_programs("/v10"), for_programs("/")
    (True, False, False)
    """
    return any(path == door or path.startswith(f"{door}/") for door in _DOORS)


def bearer_of(scope: Scope) -> str | None:
    """What a request sends as `Authorization: Bearer …`, None where it sends no such thing."""
    for name, value in scope["headers"]:
        if name == b"authorization":
            scheme, _, token = value.decode("latin-1").partition(" ")
            return token.strip() if scheme.lower() == "bearer" and token.strip() else None
    return None


def refusal_of(
    path: str,
    status: int,
    told: str,
    code: int | None = None,
    headers: dict[str, str] | None = None,
) -> "JSONResponse":
    """The response that says why not, in the form that the callers of an address read: OpenAI's,
    Dify's with its `code` (the status where none is given), or {"detail"}.
    """
    from starlette.responses import JSONResponse

    if path == RETRIEVAL:
        status = 403 if status == 401 else status  # by which Dify knows a key that is refused
        return JSONResponse({"error_code": code or status, "error_msg": told}, status, headers)
    if path.startswith(f"{CHAT}/"):
        kind = "server_error" if status >= 500 else "invalid_request_error"
        error = {"message": told, "type": kind, "param": None, "code": _OPENAI_CODES.get(status)}
        return JSONResponse({"error": error}, status, headers)
    return JSONResponse({"detail": told}, status, headers)
