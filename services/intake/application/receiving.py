"""From bytes at the door to a case: once, whatever is sent again and whatever is killed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from services.intake.application import sealing
from services.intake.application.dependencies import Dependencies
from services.intake.domain.case import case_decider
from services.intake.domain.case.note_repeat import NoteRepeat
from services.intake.domain.case.open_case import OpenCase
from services.intake.domain.incoming import IncomingContact, IncomingPerson
from services.intake.domain.person import PERSON, Register
from services.intake.domain.received import instant_of, receipt
from shared.contracts import ids
from shared.contracts.ids import case_stream, person_stream
from shared.contracts.intake import CaseOpened
from shared.kit.decider import Refused
from shared.kit.events import Event, derive
from shared.kit.eventstore import (
    Cause,
    CommandReceipt,
    CommandReused,
    Order,
    ReferenceRow,
    ReferenceTaken,
    Side,
    TooContended,
    handle,
    handle_many,
)
from shared.kit.http import canonical
from shared.kit.keyring import Erased

_TRIES: Final = 10


@dataclass(frozen=True, slots=True)
class Message:
    """Bytes as they came, and all that is known of them.

    Attributes:
        sender: the principal that sent them; a repeat is a repeat of the same sender.
        acting: who causes the case: the sender, or the officer who sends a quarantined message through.
        arrived_at: when they reached us.
        key: the sender's Idempotency-Key, if any.
        identity: what makes the command's id where the format gives no message id and words don't count:
            a quarantined message that is sent through.
    """

    adapter: str
    sender: str
    acting: str
    body: bytes
    media_type: str
    arrived_at: datetime
    key: UUID | None = None
    identity: UUID | None = None


@dataclass(frozen=True, slots=True)
class Accepted:
    """The case that a message made, now (`repeated` is false) or before."""

    reference: str
    case_id: UUID
    repeated: bool
    likely_repeat_of: str | None = None


@dataclass(frozen=True, slots=True)
class _Opening:
    """All that one attempt to open a case decides on."""

    message: Message
    contact: IncomingContact
    command_id: UUID
    mark: bytes
    customer: UUID
    likely_repeat_of: str | None

    @property
    def case_id(self) -> UUID:
        return ids.case_id(self.message.sender, self.command_id)


class Receiving:
    """Opens a case from a contact that an adapter could read."""

    def __init__(self, dependencies: Dependencies) -> None:
        self._its = dependencies

    async def receive(self, contact: IncomingContact, message: Message) -> Accepted:
        """The case of this contact.

        The sender's message id alone makes a repeat, for ever. Without one it is the same words from the same sender
        within the window; after that it is a new case, shown as a likely repeat.

        Raises:
            CommandReused: the Idempotency-Key was used for another body.
            TooLarge, TooContended, StoreUnavailable: see the event store.
        """
        opening = await self._prepare(contact, message)
        known = await self._its.store.receipt(message.sender, opening.command_id)
        if known is not None:
            return await self._repeat(opening, known)
        return await self._open(opening)

    async def _prepare(self, contact: IncomingContact, message: Message) -> _Opening:
        mark = self._its.fingerprints.of(*_words(message))
        customer = await self._person(message.sender, contact.customer)
        if contact.message_id is not None:
            command = derive.command_id(
                "message", message.sender, message.adapter, sealing.well_formed(contact.message_id)
            )
            return _Opening(message, contact, command, mark, customer, None)
        if message.identity is not None:
            return _Opening(message, contact, message.identity, mark, customer, None)
        if message.key is not None:
            known = await self._its.store.receipt(message.sender, message.key)
            if known is not None:
                return _Opening(message, contact, message.key, mark, customer, None)
        claim = await self._its.deduplication.contact(
            mark,
            message.sender,
            (message.key or self._its.new_id(), customer),
            message.arrived_at,
            self._its.settings.repeat_window,
        )
        likely = None
        if claim.previous is not None:
            earlier = await self._its.store.receipt(message.sender, claim.previous)
            likely = str(earlier.answer["reference"]) if earlier else None
        return _Opening(message, contact, claim.command_id, mark, claim.person_id, likely)

    async def _person(self, sender: str, person: IncomingPerson | None) -> UUID:
        """The person that the sender's own customer number leads to; anybody else is new."""
        if person is None or not person.customer_id:
            return self._its.new_id()
        return await self._its.deduplication.person(sender, sealing.well_formed(person.customer_id))

    async def _open(self, opening: _Opening) -> Accepted:
        """The case, under a reference of its own; whoever opened it meanwhile was first."""
        helper = opening.contact.representative
        people = [opening.customer]
        if helper is not None:
            people.append(await self._person(opening.message.sender, helper.person))
        opened, happened_at = await self._opened(opening, people)
        for _ in range(_TRIES):
            reference = await self._reference(opened.receipt.received_on.year)
            command = OpenCase(opened=opened.model_copy(update={"reference": reference}))
            try:
                return await self._give(opening, command, people, happened_at)
            except ReferenceTaken:
                continue
        raise TooContended(case_stream(opening.case_id), _TRIES)

    async def _opened(self, opening: _Opening, people: list[UUID]) -> tuple[CaseOpened, datetime]:
        """The event, its original and its files stored already: an event never names what isn't there."""
        its, contact, message = self._its, opening.contact, opening.message
        owner, case = people[0], opening.case_id
        officer = message.sender.startswith("person:")
        received = receipt(
            contact.submitted_at,
            message.arrived_at,
            believed=officer or self._is_own(contact, message),
            policy=its.rules.policy,
            said_by="officer" if officer else "sender",
        )
        opened = CaseOpened(
            reference="",
            channel=contact.channel,
            adapter=message.adapter,
            sender=message.sender,
            sender_message_id=sealing.message_id(contact.message_id),
            source_case_ids=tuple(sealing.word(number) for number in contact.source_case_ids),
            receipt=received,
            language=sealing.word(contact.language),
            customer=sealing.customer(contact.customer, owner),
            representative=sealing.representative(contact, people[-1]),
            subject=sealing.subject(contact, owner),
            text=sealing.text(contact, owner),
            service_hint=sealing.optional_word(contact.service_hint),
            category_hint=sealing.optional_word(contact.category_hint),
            location=sealing.location(contact, owner),
            original=await its.sealer.seal_bytes(
                message.body, owner, case, sealing.ORIGINAL, message.media_type
            ),
            attachments=tuple(
                [
                    await sealing.attachment(file, place, owner, case, its.sealer)
                    for place, file in enumerate(contact.attachments)
                ]
            ),
            likely_repeat_of=opening.likely_repeat_of,
            historic=contact.historic,
        )
        return opened, min(instant_of(received), its.now())

    def _is_own(self, contact: IncomingContact, message: Message) -> bool:
        settings = self._its.settings
        return (
            message.adapter in settings.own_adapters
            or contact.channel in settings.own_channels
            or message.sender in settings.own_senders
        )

    async def _reference(self, year: int) -> str:
        number = await self._its.store.allocate_reference_number(year)
        return f"{self._its.settings.reference_prefix}-{year}-{number:06}"

    async def _give(
        self, opening: _Opening, command: OpenCase, people: list[UUID], happened_at: datetime
    ) -> Accepted:
        """Opens the case and makes its people known: all of it, or nothing."""
        its, message = self._its, opening.message
        rules = case_decider(its.given(message.acting))
        case = Side(case_stream(opening.case_id), opening.case_id, rules.evolve, rules.initial)
        others = [Side(person_stream(who), who, PERSON.evolve, PERSON.initial) for who in people]
        linked = opening.contact.customer is not None and opening.contact.customer.customer_id is not None
        sender = message.sender if linked else None

        def decide() -> list[Sequence[Event]]:
            known = [PERSON.decide(Register(person_id=one.key, sender=sender), one.state) for one in others]
            return [rules.decide(command, case.state), *known]

        order = Order(
            Cause(message.acting, opening.command_id, None),
            opening.command_id,
            happened_at,
            (opening.mark,),
            answer={"reference": command.opened.reference, "case_id": str(opening.case_id)},
            reference=ReferenceRow(command.opened.reference, case.stream, case.key),
            receipt_of=message.sender,
        )
        try:
            handled = await handle_many(its.store, [case, *others], decide, order=order)
        except CommandReused as used:  # by another body under the same message id, a moment ago
            known = await its.store.receipt(used.principal, used.command_id)
            assert known is not None
            return await self._repeat(opening, known)
        except Refused:
            for person in (one.key for one in others if one.state.erased):
                await its.deduplication.forget(person)  # the next contact makes them anew
            raise
        answer = handled.answer
        return Accepted(
            str(answer["reference"]),
            UUID(answer["case_id"]),
            repeated=handled.repeated,
            likely_repeat_of=None if handled.repeated else opening.likely_repeat_of,
        )

    async def _repeat(self, opening: _Opening, known: CommandReceipt) -> Accepted:
        """The first case; other bytes under the same message id are kept and noted on it, once."""
        answer = known.answer
        accepted = Accepted(str(answer["reference"]), UUID(answer["case_id"]), repeated=True)
        if self._its.fingerprints.same(known.body_hmac, *_words(opening.message)):
            return accepted
        if opening.contact.message_id is None:
            if opening.message.identity is not None:
                return accepted
            raise CommandReused(known.principal, known.command_id)
        await self._note(opening, accepted)
        return accepted

    async def _note(self, opening: _Opening, first: Accepted) -> None:
        its, message = self._its, opening.message
        rules = case_decider(its.given(message.acting))
        stream = case_stream(first.case_id)
        case = await its.look(rules, stream, first.case_id)
        assert case.state.owner is not None
        try:
            original = await its.sealer.seal_bytes(
                message.body, case.state.owner, first.case_id, sealing.ORIGINAL, message.media_type
            )
        except Erased:
            return  # what an erased person's system sends again is not kept
        command = NoteRepeat(
            sender=message.sender,
            sender_message_id=sealing.message_id(opening.contact.message_id) or "",
            original=original,
        )
        command_id = derive.command_id("repeat", str(opening.command_id), opening.mark.hex())
        order = Order(
            Cause(message.acting, command_id, None),
            command_id,
            its.now(),
            (opening.mark,),
            answer={"reference": first.reference},
        )
        await handle(its.store, rules, stream, first.case_id, command, order=order)


def _words(message: Message) -> tuple[str | bytes, ...]:
    return "contact", message.sender, message.adapter, canonical(message.body)
