"""Writes a message: finds out whom it goes to and whether it may leave, and renders its text."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final
from uuid import UUID

from services.notifications.asked import Asked
from services.notifications.demands import Notice, delay_notice, extension_notice
from services.notifications.domain.commands import Request
from services.notifications.domain.grounds import Ground, Letter, ground_against
from services.notifications.domain.identity import message_id
from services.notifications.domain.purposes import Audience, Purpose
from services.notifications.facts import Facts, about_clock
from services.notifications.letters import Draft, Letters
from services.notifications.recipients import Recipient, Recipients
from services.notifications.rendering import render
from services.notifications.views.clocks import ClockRow
from shared.contracts.notifications import Requested
from shared.kit.events import Plain
from shared.kit.keyring import Sealer
from shared.rules.calendar.london import london_day

_TEMPLATES: Final = {Purpose.ACKNOWLEDGEMENT: "letter", Purpose.RESPONSE: "letter"}
"""The template of a purpose, where it isn't named after it."""


class CaseNotKnownError(LookupError):
    """The case of a message hasn't been heard of yet."""


class Writer:
    """Makes a `Request` of what an event asked for."""

    def __init__(self, facts: Facts, sealer: Sealer, council: str, mail_domain: str) -> None:
        self._facts = facts
        self._recipients = Recipients(facts, sealer)
        self._letters = Letters(sealer, council)
        self._mail_domain = mail_domain

    async def write(self, asked: Asked, case_id: UUID, now: datetime) -> Request | None:
        """The message, or why it isn't sent; None: the regime asks for none.

        Raises:
            CaseNotKnownError: the case hasn't been heard of yet.
            LookupError: it is about a clock that hasn't started.
        """
        case = await self._facts.case(case_id)
        if case is None:
            raise CaseNotKnownError(str(case_id))
        clock = await self._facts.clock(case_id, asked.clock, asked.occurrence)
        notice = _notice(asked.purpose, clock)
        if notice is None:
            return None
        today = london_day(now)
        draft = Draft(_completed(asked, clock, now), case, clock, notice, today)
        letter = letter_of(self._frame(draft))
        ground = ground_against(letter, await self._facts.about_case(case), about_clock(clock), today)
        return Request(self._frame(draft), ground) if ground else await self._written(draft)

    async def _written(self, draft: Draft) -> Request:
        frame = self._frame(draft)
        recipient = await self._recipient(draft)
        if isinstance(recipient, Ground):
            return Request(frame, recipient)
        values = await self._letters.values(draft, recipient)
        if isinstance(values, Ground):
            return Request(frame, values)
        letter = render(frame.template, values)
        owner = _owner_of_text(draft, recipient)
        written = {
            "recipient": recipient.owner,
            "recipient_unit": recipient.unit,
            "to": Plain(recipient.address, recipient.owner),
            "subject": Plain(letter.subject, owner),
            "text": Plain(letter.text, owner),
        }
        return Request(frame.model_copy(update=written))

    async def _recipient(self, draft: Draft) -> Recipient | Ground:
        if draft.asked.purpose.audience is Audience.CUSTOMER:
            return await self._recipients.customer(draft.case)
        return await self._recipients.department(draft.case, draft.asked)

    def _frame(self, draft: Draft) -> Requested:
        """The message without recipient and text."""
        asked = draft.asked
        return Requested(
            notification=asked.notification,
            purpose=asked.purpose,
            audience=asked.purpose.audience,
            about=asked.about,
            reference=draft.case.reference,
            template=_TEMPLATES.get(asked.purpose, asked.purpose),
            message_id=message_id(asked.notification, draft.case.reference, self._mail_domain),
            stage=asked.stage,
            clock=asked.clock,
            occurrence=asked.occurrence,
            proposal=asked.proposal,
            rung=asked.rung,
            due_on=asked.due_on,
            leave_by=asked.leave_by,
        )


def without_text(message: Requested) -> Requested:
    """The same message when nothing can be sealed for its recipient any more."""
    gone = {"recipient": None, "recipient_unit": None, "to": None, "subject": None, "text": None}
    return message.model_copy(update=gone)


def letter_of(message: Requested) -> Letter:
    """What a message is about, as far as it matters for whether it may leave."""
    return Letter(
        purpose=Purpose(message.purpose),
        stage=message.stage,
        clock=message.clock,
        occurrence=message.occurrence,
        due_on=message.due_on,
        leave_by=message.leave_by,
    )


def _notice(purpose: Purpose, clock: ClockRow | None) -> Notice | None:
    """What the regime demands; a message that isn't a notice needs no demand."""
    if purpose is Purpose.DELAY_NOTICE:
        return None if clock is None else delay_notice(clock)
    if purpose is Purpose.EXTENSION_NOTICE:
        return None if clock is None else extension_notice(clock)
    return Notice(None)


def _completed(asked: Asked, clock: ClockRow | None, now: datetime) -> Asked:
    """With the clock's stage and date; a reminder that says `is due` must leave by that day."""
    due_on = asked.due_on or (None if clock is None else clock.due_on)
    facts: dict[str, Any] = {
        "due_on": due_on,
        "stage": asked.stage or (None if clock is None else clock.stage),
    }
    if asked.purpose is Purpose.REMINDER and due_on is not None and london_day(now) <= due_on:
        facts["leave_by"] = due_on
    return asked.model_copy(update=facts)


def _owner_of_text(draft: Draft, recipient: Recipient) -> UUID:
    """Whose data the text is: a department's question speaks of the customer, a reminder of nobody."""
    customer = draft.case.customer_id
    about_customer = draft.asked.purpose is Purpose.CONTRIBUTION_REQUEST and customer is not None
    return customer if about_customer and customer is not None else recipient.owner
