"""Messages that can't be read: kept for somebody to mend, never lost and never answered with a shrug."""

from __future__ import annotations

import traceback
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from typing import Final
from uuid import UUID

import structlog

from services.intake.adapters import Unreadable
from services.intake.adapters import headers as heading
from services.intake.application import sealing
from services.intake.application.dependencies import Dependencies
from services.intake.application.receiving import Accepted, Message, Receiving
from services.intake.domain.contact import (
    CONTACT,
    ContactStanding,
    ContactState,
    Discard,
    Quarantine,
    SendThrough,
)
from services.intake.domain.incoming import IncomingContact
from shared.contracts import ids
from shared.contracts.intake import ContactQuarantined
from shared.kit.decider import Refused
from shared.kit.events import Plain, SealedBlob, derive
from shared.kit.eventstore import Handled, Order, Side, handle
from shared.kit.keyring import SourceEvent

_log = structlog.get_logger(__name__)
_MOST_RETURNS: Final = 100
"""How often the same broken message may be discarded and sent again."""


class Quarantined(Exception):
    """The message can't be read. It is kept under `contact_id`; `unreadable` says what is wrong with it."""

    def __init__(self, contact_id: UUID, unreadable: Unreadable) -> None:
        super().__init__(unreadable.title)
        self.contact_id = contact_id
        self.unreadable = unreadable


@dataclass(frozen=True, slots=True)
class Mended:
    """Bytes that take the place of the broken ones."""

    body: bytes
    media_type: str


class Quarantining:
    """What happens to a message on its way in and, if it can't be read, in quarantine."""

    def __init__(self, dependencies: Dependencies) -> None:
        self._its = dependencies
        self._receiving = Receiving(dependencies)

    async def receive(self, message: Message, headers: Mapping[str, str]) -> Accepted:
        """The case that this message makes or has made.

        Raises:
            Quarantined: it can't be read, and is kept.
            KeyError: there is no such adapter.
        """
        try:
            contact = self._read(message.adapter, message.body, headers)
        except Unreadable as unreadable:
            return await self._keep(message, headers, unreadable)
        return await self._receiving.receive(contact, message)

    async def find(self, contact_id: UUID) -> Side[ContactState]:
        """A message in quarantine, or what became of it.

        Raises:
            Refused: `no-such-contact`.
        """
        side = await self._its.look(CONTACT, ids.contact_stream(contact_id), contact_id)
        if side.state.standing is ContactStanding.NONE:
            raise Refused("no-such-contact", "There is no such message in quarantine.")
        return side

    async def raw(self, contact_id: UUID) -> tuple[AsyncIterator[bytes] | None, SealedBlob]:
        """The message as it came, as it is read; None when its key is destroyed."""
        original = _held((await self.find(contact_id)).state).original
        return await self._its.sealer.open_stream(original, contact_id, sealing.ORIGINAL), original

    async def send_through(self, contact_id: UUID, acting: str, mended: Mended | None) -> Accepted:
        """Reads the message again, as it is or mended, and makes it a case received on the day it came.

        Its headers are those that it came with, so that it keeps its message id; of mended bytes the type is theirs.

        Raises:
            Refused: there is no such message, or somebody has seen to it.
            Unreadable: it still can't be read.
        """
        state = (await self.find(contact_id)).state
        held = _held(state)
        if state.standing is not ContactStanding.HELD:
            return await self._sent_through(contact_id, state)
        body = mended.body if mended else await self._original(contact_id, held)
        if body is None:
            raise Refused("already-discarded", "The message's key is destroyed.")
        message = Message(
            adapter=held.adapter,
            sender=held.sender,
            acting=acting,
            body=body,
            media_type=mended.media_type if mended else held.original.media_type,
            arrived_at=held.received_at,
            identity=derive.command_id("quarantine", str(contact_id)),
        )
        headers = await self._headers(contact_id, held)
        if mended or "content-type" not in headers:
            headers["content-type"] = message.media_type
        contact = self._read(held.adapter, body, headers)
        accepted = await self._receiving.receive(contact, message)
        sent = SendThrough(reference=accepted.reference, case_id=accepted.case_id)
        await self._give(contact_id, acting, sent, derive.command_id("send-through", str(contact_id)))
        await self._its.keyring.destroy(owner=contact_id, case=contact_id)
        return accepted

    async def discard(self, contact_id: UUID, reason: str, order: Order) -> Handled:
        """Gives a message up and destroys its key.

        Raises:
            Refused: there is no such message, or it became a case.
        """
        handled = await handle(
            self._its.store,
            CONTACT,
            ids.contact_stream(contact_id),
            contact_id,
            Discard(reason=reason),
            order=order,
        )
        await self._its.keyring.destroy(owner=contact_id, case=contact_id)
        return handled

    def discarding(self, contact_id: UUID, acting: str) -> Order:
        """The order of a person who gives a message up: once, whoever presses the button again."""
        return self._its.order(acting, derive.command_id("discard", str(contact_id)))

    def _read(self, adapter: str, body: bytes, headers: Mapping[str, str]) -> IncomingContact:
        """The contact in these bytes. A fault of the adapter's own keeps the message, too."""
        reader = self._its.adapters[adapter]
        try:
            return reader.read(body, heading.of_message(headers))
        except Unreadable:
            raise
        except Exception as error:
            _log.error(
                "adapter failed", adapter=adapter, at=_place_of(error)
            )  # the text may quote the message
            raise Unreadable(
                "adapter-failed",
                "This message could not be read here.",
                detail="It is kept; tell the operator.",
            ) from error

    async def _original(self, contact_id: UUID, held: ContactQuarantined) -> bytes | None:
        return await self._its.sealer.open_bytes(held.original, contact_id, sealing.ORIGINAL)

    async def _headers(self, contact_id: UUID, held: ContactQuarantined) -> dict[str, str]:
        kept = SourceEvent.at(ids.contact_stream(contact_id), 1, contact_id).field("headers")
        text = None if held.headers is None else await self._its.sealer.unseal(held.headers, kept)
        return heading.from_text(text) if text else {}

    async def _sent_through(self, contact_id: UUID, state: ContactState) -> Accepted:
        if state.case_id is None:
            raise Refused("already-discarded", "The message was discarded and its key destroyed.")
        await self._its.keyring.destroy(owner=contact_id, case=contact_id)
        return Accepted(state.reference, state.case_id, repeated=True)

    async def _keep(self, message: Message, headers: Mapping[str, str], unreadable: Unreadable) -> Accepted:
        """Keeps the message; the same bytes are kept once, and once they became a case that is the answer.

        Bytes whose id stands in a header are the same under the same id only.

        Raises:
            Quarantined: always but then.
        """
        message_id = sealing.message_id(unreadable.message_id)
        mark = self._its.fingerprints.of(
            "unreadable", message.sender, message.adapter, message.body, message_id or ""
        )
        for turn in range(_MOST_RETURNS):
            contact_id = ids.contact_id(message.sender, f"{mark.hex()}:{turn}")
            state = (await self._its.look(CONTACT, ids.contact_stream(contact_id), contact_id)).state
            match state.standing:
                case ContactStanding.SENT_THROUGH:
                    return await self._sent_through(contact_id, state)
                case ContactStanding.HELD:
                    raise Quarantined(contact_id, unreadable)
                case ContactStanding.NONE:
                    await self._quarantine(contact_id, message, headers, unreadable)
                    raise Quarantined(contact_id, unreadable)
                case ContactStanding.DISCARDED:
                    continue
        raise Refused("discarded-often", "This message was discarded again and again: mend what sends it.")

    async def _quarantine(
        self, contact_id: UUID, message: Message, headers: Mapping[str, str], unreadable: Unreadable
    ) -> None:
        original = await self._its.sealer.seal_bytes(
            message.body, contact_id, contact_id, sealing.ORIGINAL, message.media_type
        )
        command = Quarantine(
            adapter=message.adapter,
            sender=message.sender,
            sender_message_id=sealing.message_id(unreadable.message_id),
            code=unreadable.code,
            pointer=unreadable.pointer,
            original=original,
            headers=Plain(heading.to_text(headers), contact_id),
            received_at=message.arrived_at,
        )
        command_id = derive.command_id("quarantine-message", str(contact_id))
        await self._give(contact_id, message.acting, command, command_id)

    async def _give(
        self,
        contact_id: UUID,
        acting: str,
        command: Quarantine | SendThrough,
        command_id: UUID,
    ) -> Handled:
        stream, order = ids.contact_stream(contact_id), self._its.order(acting, command_id)
        return await handle(self._its.store, CONTACT, stream, contact_id, command, order=order)


def _place_of(error: Exception) -> str:
    """What went wrong and where, without the values that a message or a traceback would show."""
    frames = traceback.extract_tb(error.__traceback__)
    return f"{type(error).__name__} in {frames[-1].name}, line {frames[-1].lineno}"


def _held(state: ContactState) -> ContactQuarantined:
    assert state.quarantined is not None
    return state.quarantined
