"""Errors as RFC 9457 problem details, each saying what to do."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

from shared.kit.decider import Refused

MEDIA_TYPE: Final = "application/problem+json"


class Problem(Exception):
    """A request that can't be done as it stands.

    Args:
        status: the HTTP status.
        code: stable and machine-readable, such as `unreadable-json`.
        title: one sentence for a person.
        detail: what to do about it.
        citation: the law or code behind it, if any.
        pointer: a JSON pointer (RFC 6901) to the field at fault, if one is.
        headers: such as Retry-After.
        extensions: further members of the problem, such as `quarantine_id`.
    """

    def __init__(
        self,
        status: int,
        code: str,
        title: str,
        detail: str = "",
        *,
        citation: str = "",
        pointer: str | None = None,
        headers: Mapping[str, str] | None = None,
        **extensions: Any,
    ) -> None:
        super().__init__(title)
        self.status = status
        self.headers = dict(headers or {})
        self.body: dict[str, Any] = {
            "type": f"urn:redress:problem:{code}",
            "title": title,
            "status": status,
            "code": code,
        }
        if detail:
            self.body["detail"] = detail
        if citation:
            self.body["citation"] = citation
        if pointer is not None:
            self.body["pointer"] = pointer
        self.body |= extensions

    def response(self, request: Request) -> Response:
        """The answer, with the request's path as its instance."""
        return JSONResponse(
            {**self.body, "instance": request.url.path},
            status_code=self.status,
            headers=self.headers,
            media_type=MEDIA_TYPE,
        )


def install(app: FastAPI) -> None:
    @app.exception_handler(Problem)
    async def problem(request: Request, error: Problem) -> Response:
        return error.response(request)

    @app.exception_handler(Refused)
    async def refused(request: Request, error: Refused) -> Response:
        return Problem(409, error.code, error.title, citation=error.citation).response(request)

    @app.exception_handler(RequestValidationError)
    async def invalid(request: Request, error: RequestValidationError) -> Response:
        faults = [{"pointer": pointer_to(fault["loc"]), "detail": fault["msg"]} for fault in error.errors()]
        status = 400 if any(fault["type"] == "json_invalid" for fault in error.errors()) else 422
        return Problem(
            status,
            "invalid-request",
            "The request doesn't fit what this address takes.",
            "Mend the fields that `errors` points at.",
            pointer=faults[0]["pointer"] if faults else None,
            errors=faults,
        ).response(request)

    @app.exception_handler(HTTPException)
    async def plain(request: Request, error: HTTPException) -> Response:
        code = {404: "not-found", 405: "method-not-allowed"}.get(error.status_code, "http-error")
        return Problem(
            error.status_code, code, str(error.detail), headers=dict(error.headers or {})
        ).response(request)


def pointer_to(location: tuple[Any, ...]) -> str:
    """The JSON pointer to FastAPI's location of a value; its first part (`body`, `query`) stands as it is."""
    escaped = (str(part).replace("~", "~0").replace("/", "~1") for part in location)
    return "/" + "/".join(escaped)
