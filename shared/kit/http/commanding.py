"""What comes with every command over HTTP: who gives it, under which id, decided on which version."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Annotated, Any, Final
from uuid import uuid4

from fastapi import Header, Request, Response
from pydantic import BaseModel

from shared.kit.events import command_id
from shared.kit.eventstore import Cause, Handled, Order
from shared.kit.http.principal import Principal
from shared.kit.http.problems import Problem

_ETAG: Final = re.compile(r'(?:W/)?"(\d+)"')
_LONGEST_KEY: Final = 200


class Done(BaseModel):
    """What a command led to: the wire names of its events, and the version that the stream has now."""

    reference: str
    version: int
    events: list[str]


@dataclass(frozen=True, slots=True)
class Told:
    """A command's id and the version that it was decided on, from `Idempotency-Key` and `If-Match`.

    `body` is the request's; the same key with another body is another command, and is refused.
    """

    key: str | None
    expected_version: int | None
    body: bytes

    def order(
        self,
        principal: Principal,
        marks: tuple[bytes, ...],
        *,
        answer: Mapping[str, Any],
        happened_at: datetime | None = None,
    ) -> Order:
        """The order to handle; a command without a key of its own gets a random id.

        `marks` are the fingerprints of what is asked, `answer` is what its receipt says besides version and events.
        """
        identity = uuid4() if self.key is None else command_id(principal.id, self.key)
        return Order(
            cause=Cause(principal.id, correlation_id=identity, causation_id=None),
            command_id=identity,
            happened_at=happened_at or datetime.now(UTC),
            marks=marks,
            answer=answer,
            expected_version=self.expected_version,
        )


async def told(
    request: Request,
    idempotency_key: Annotated[
        str | None, Header(description="Repeating a command under its key gives the first answer.")
    ] = None,
    if_match: Annotated[
        str | None, Header(description="The ETag that the command was decided on; 412 if it has changed.")
    ] = None,
) -> Told:
    """A FastAPI dependency.

    Raises:
        Problem: 400 for a header that can't be read.
    """
    if idempotency_key is not None and not 0 < len(idempotency_key) <= _LONGEST_KEY:
        raise Problem(400, "bad-idempotency-key", f"An Idempotency-Key has 1 to {_LONGEST_KEY} characters.")
    return Told(idempotency_key, _version(if_match), await request.body())


def _version(if_match: str | None) -> int | None:
    if if_match is None or if_match == "*":
        return None
    found = _ETAG.fullmatch(if_match.strip())
    if found is None:
        raise Problem(400, "bad-if-match", 'If-Match takes the ETag that was answered, such as "7".')
    return int(found[1])


def done(handled: Handled, response: Response) -> Done:
    """The answer to a command that was handled, with its ETag."""
    answer: Mapping[str, Any] = handled.answer
    response.headers["ETag"] = etag(handled.version)
    return Done(reference=answer["reference"], version=handled.version, events=list(answer["events"]))


def etag(version: int) -> str:
    return f'"{version}"'
