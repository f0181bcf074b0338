"""A case at the door of a service: found, seen by whom it may be, every look and refusal written down, every command
marked."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Final, Generic, Protocol, TypeVar
from uuid import UUID

import structlog

from shared.casework.finding import Heard, find_case
from shared.casework.policy import CaseSeen, may
from shared.kit.eventstore import Order, StoreUnavailable
from shared.kit.http import Principal, Problem, Told, canonical
from shared.kit.keyring import Fingerprints, MasterKey

K = TypeVar("K", bound="KnownCase")
_PURPOSE: Final = "redress command marks"
_COMMANDS: Final = "commands"
"""What is refused to whoever gives a command or asks which there are."""
_notes: Final[set[asyncio.Task[None]]] = set()
_log = structlog.get_logger(__name__)


def order_for(marks: Fingerprints, told: Told, who: Principal, verb: str, target: str) -> Order:
    """The order of a command: its mark covers the command's verb, what it is for, and the body."""
    found = marks.all("command", verb, target, canonical(told.body))
    return told.order(who, found, answer={"reference": target})


class KnownCase(CaseSeen, Protocol):
    """A case as a service has heard of it."""

    @property
    def case_id(self) -> UUID: ...
    @property
    def reference(self) -> str: ...


class AccessLog(Protocol):
    """Who looked at what, in a table of the service that answered; never in the case's own stream."""

    async def record_access(
        self, principal: str, key: UUID, reference: str | None, what: str, *, refused: bool = False
    ) -> None:
        """Writes down a look, or that it was refused."""
        ...


def command_marks(master: MasterKey) -> Fingerprints:
    """What recognises an Idempotency-Key that is used for another command, also after a rotation of the master key."""
    return Fingerprints(master, _PURPOSE)


@dataclass(frozen=True, slots=True)
class Cases(Generic[K]):
    """The cases of one service.

    Attributes:
        access: where looks are written down.
        look_up: the case with that reference as this service knows it; None: it has heard of none.
        marks: see `command_marks`.
        heard: None for the service that opens cases.
    """

    access: AccessLog
    look_up: Callable[[str], Awaitable[K | None]]
    marks: Fingerprints
    heard: Heard | None = None

    async def find(self, reference: str, who: Principal, looks_at: str | None = None) -> K:
        """The case, if it exists for this principal; `looks_at` says what of it they look at, and is written down.

        Raises:
            Problem: 404; 409 with Retry-After while this service can't know.
        """
        hidden: list[K] = []

        async def find() -> K | None:
            found = await self.look_up(reference)
            if found is None or may(who, found):
                return found
            hidden.append(found)
            return None

        try:
            case = await find_case(reference, find, self.heard)
        except Problem:
            if hidden:
                self.note_refusal(who, hidden[-1], looks_at or _COMMANDS)
            raise
        if looks_at is not None:
            await self.access.record_access(who.id, case.case_id, case.reference, looks_at)
        return case

    def note_refusal(self, who: Principal, case: K, what: str) -> None:
        """Writes down that somebody was refused a case that doesn't exist for them.

        Beside the answer, which would come later than that of a case that there is not, and so give it away.
        """
        note = asyncio.ensure_future(self._refused(who, case, what))
        _notes.add(note)
        note.add_done_callback(_notes.discard)

    async def _refused(self, who: Principal, case: K, what: str) -> None:
        try:
            await self.access.record_access(who.id, case.case_id, case.reference, what, refused=True)
        except StoreUnavailable as error:
            _log.error("a refusal could not be written down", who=who.id, why=str(error))

    def order(self, told: Told, who: Principal, verb: str, reference: str) -> Order:
        """The order of a command. Its mark covers the command's verb, the case and the body.

        Another target than the case stands in the body (a referral) or in the reference given here.
        """
        return order_for(self.marks, told, who, verb, reference)
