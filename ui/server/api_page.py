"""The programs' addresses described: /openapi.json for machines, /docs for people.

The page is our own and asks nothing of any host: FastAPI's loads Swagger from elsewhere.
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from ui.server.program_doors import DOCS, OPENAPI

if TYPE_CHECKING:
    from fastapi import FastAPI
    from starlette.routing import BaseRoute

TITLE = "简报问答 Jianbao"
_SCHEMAS = "#/components/schemas/"


@dataclass(frozen=True, slots=True)
class BodyField:
    """A field of a request's body, of an inner object's by its path (setting.top_k)."""

    name: str
    kind: str
    required: bool
    told: str


@dataclass(frozen=True, slots=True)
class ApiCall:
    """An address with its method, what it is for, its body and an example of that, "" for none."""

    method: str
    path: str
    told: str
    fields: tuple[BodyField, ...]
    example: str


def add_api_page(app: "FastAPI", routes: "Sequence[BaseRoute]") -> None:
    """Give an application both addresses, over these routes of it."""
    from fastapi import Request
    from fastapi.openapi.utils import get_openapi
    from fastapi.responses import HTMLResponse
    from jinja2 import Environment

    described = get_openapi(title=TITLE, version=version("jianbao"), routes=routes)
    described["components"]["securitySchemes"] = {"key": {"type": "http", "scheme": "bearer"}}
    described["security"] = [{"key": []}, {}]
    source = files("ui").joinpath("static", "api.html").read_text("utf-8")
    page = Environment(autoescape=True).from_string(source)
    calls = list(calls_of(described))

    @app.get(OPENAPI, include_in_schema=False)
    def openapi() -> dict[str, Any]:
        return described

    @app.get(DOCS, include_in_schema=False)
    def docs(request: Request) -> HTMLResponse:
        base = str(request.base_url).rstrip("/")
        return HTMLResponse(page.render(calls=calls, base=base))


def calls_of(described: dict[str, Any]) -> Iterator[ApiCall]:
    """The calls of an OpenAPI description, in its order."""
    schemas = described["components"]["schemas"]
    for path, methods in described["paths"].items():
        for method, call in methods.items():
            body = call.get("requestBody", {}).get("content", {}).get("application/json", {})
            named = body.get("schema", {}).get("$ref", "").removeprefix(_SCHEMAS)
            fields = tuple(_fields(schemas, named)) if named else ()
            example = json.dumps(_example(schemas, named), ensure_ascii=False) if named else ""
            yield ApiCall(method.upper(), path, call.get("description", ""), fields, example)


def _fields(schemas: dict[str, Any], name: str, within: str = "") -> Iterator[BodyField]:
    schema = schemas[name]
    for field, about in schema["properties"].items():
        inner = about.get("$ref", "").removeprefix(_SCHEMAS)
        told = about.get("description") or schemas.get(inner, {}).get("description", "")
        required = field in schema.get("required", ())
        yield BodyField(f"{within}{field}", _kind(about), required, told)
        if inner:
            yield from _fields(schemas, inner, f"{within}{field}.")


def _kind(about: dict[str, Any]) -> str:
    """The type of a field in a word or two."""
    if "$ref" in about:
        return "object"
    if "anyOf" in about:
        return " | ".join(_kind(one) for one in about["anyOf"])
    kind = str(about.get("type", "object"))
    return f"array of {_kind(about['items'])}" if kind == "array" else kind


def _example(schemas: dict[str, Any], name: str) -> dict[str, Any]:
    """A body with what its fields give as examples, and the defaults of inner objects."""
    schema, body = schemas[name], {}
    for field, about in schema["properties"].items():
        inner = about.get("$ref", "").removeprefix(_SCHEMAS)
        if inner:
            body[field] = {
                one: own["default"]
                for one, own in schemas[inner]["properties"].items()
                if "default" in own
            }
        elif about.get("examples"):
            body[field] = about["examples"][0]
    return body
