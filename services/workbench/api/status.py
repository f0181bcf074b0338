"""The status page: which services are up, how far they have read, what is parked, where their documents are."""

from __future__ import annotations

from typing import Final

from fastapi import APIRouter, Response
from fastapi.responses import HTMLResponse
from jinja2 import Environment, PackageLoader, StrictUndefined

from services.workbench.application.status import ask_all
from services.workbench.settings import Settings

_POLICY: Final = "default-src 'none'; style-src 'self'; img-src data:; base-uri 'none'; form-action 'none'"
_pages = Environment(
    loader=PackageLoader("services.workbench", "data/templates"), autoescape=True, undefined=StrictUndefined
)


def router(settings: Settings) -> APIRouter:
    routes = APIRouter(tags=["status"])

    @routes.get("/", response_class=HTMLResponse, include_in_schema=False)
    async def page() -> Response:
        found = await ask_all(settings.services)
        html = _pages.get_template("status.html.j2").render(services=found)
        return HTMLResponse(html, headers={"Content-Security-Policy": _POLICY, "Refresh": "5"})

    @routes.get("/status.css", include_in_schema=False)
    async def style() -> Response:
        return Response(_pages.get_template("status.css").render(), media_type="text/css")

    @routes.get("/services")
    async def services() -> list[dict[str, object]]:
        """How each service is, as it says itself."""
        return [
            {
                "name": each.name,
                "url": each.url,
                "up": each.up,
                "ready": each.ready,
                "reasons": dict(each.reasons),
                "figures": dict(each.figures),
            }
            for each in await ask_all(settings.services)
        ]

    return routes
