"""The documentation pages: OpenAPI and AsyncAPI, from files of our own host. Nothing is loaded from elsewhere."""

from __future__ import annotations

from collections.abc import Callable
from importlib.resources import files
from typing import Any, Final

from fastapi import FastAPI
from fastapi.openapi.docs import get_swagger_ui_html
from fastapi.responses import HTMLResponse, JSONResponse, Response
from jinja2 import Environment, PackageLoader, StrictUndefined

from shared.kit.http.problems import Problem

_ASSETS: Final = {"swagger-ui-bundle.js": "text/javascript", "swagger-ui.css": "text/css"}
_pages = Environment(
    loader=PackageLoader("shared.kit.http", "templates"), autoescape=True, undefined=StrictUndefined
)


def _kind(shape: dict[str, Any]) -> str:
    """A field's kind in a word or two, from its JSON Schema."""
    if "anyOf" in shape:
        return " or ".join(_kind(option) for option in shape["anyOf"] if option.get("type") != "null")
    if "$ref" in shape:
        return str(shape["$ref"]).rsplit("/", 1)[-1]
    if "ciphertext" in shape.get("properties", {}):
        return "sealed text"
    if shape.get("type") == "array":
        return f"list of {_kind(shape.get('items', {}))}"
    return str(shape.get("format") or shape.get("type") or "anything")


_pages.filters["kind"] = _kind


def install(app: FastAPI, events: Callable[[], dict[str, Any]]) -> None:
    """Adds `/docs`, `/asyncapi` (the page of the document that `events` gives) and what they need."""
    assets = {name: (files("fastapi_swagger.resources") / name).read_bytes() for name in _ASSETS}

    @app.get("/docs", include_in_schema=False)
    async def docs() -> HTMLResponse:
        return get_swagger_ui_html(
            openapi_url="/openapi.json",
            title=app.title,
            swagger_js_url="/docs/assets/swagger-ui-bundle.js",
            swagger_css_url="/docs/assets/swagger-ui.css",
            swagger_favicon_url="data:,",
        )

    @app.get("/docs/assets/{name}", include_in_schema=False)
    async def asset(name: str) -> Response:
        if name not in assets:
            raise Problem(404, "not-found", "There is no such file.")
        return Response(assets[name], media_type=_ASSETS[name])

    @app.get("/asyncapi", include_in_schema=False)
    async def events_page() -> HTMLResponse:
        return HTMLResponse(_pages.get_template("asyncapi.html.j2").render(document=events()))

    @app.get("/asyncapi.json", include_in_schema=False)
    async def events_document() -> JSONResponse:
        return JSONResponse(events())

    @app.get("/asyncapi/schemas/{wire_name}.json", include_in_schema=False)
    async def schema(wire_name: str) -> JSONResponse:
        schemas = events()["components"]["schemas"]
        if wire_name not in schemas:
            raise Problem(404, "not-found", "There is no event of that type.")
        return JSONResponse(schemas[wire_name])
