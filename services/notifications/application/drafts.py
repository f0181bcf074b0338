"""Writes a message: finds out whom it goes to and whether it may leave, and renders its text."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, Final
from uuid import UUID

from services.notifications.application.case_history import about_clock
from services.notifications.application.demands import demanded
from services.notifications.application.dependencies import Dependencies
from services.notifications.application.recipients import Addressee, Recipients
from services.notifications.application.templates import render
from services.notifications.application.words import Draft, words_of
from services.notifications.domain.letter import Letter
from services.notifications.domain.message.identity import message_id
from services.notifications.domain.message.owed import WriteLetter
from services.notifications.domain.message.request import Request
from services.notifications.domain.suppression import Ground, Meanwhile, ground_against
from services.notifications.views.clocks import ClockRow
from shared.contracts.notifications import Requested
from shared.kit.events import Plain

_SAID_BY_EVENT: Final = set(WriteLetter.model_fields) & set(Requested.model_fields) - {"subject", "text"}


class CaseNotKnownError(LookupError):
    """The case of a message hasn't been heard of yet."""


class Drafts:
    """Makes a `Request` of what an event asked for."""

    def __init__(self, dependencies: Dependencies) -> None:
        self._its = dependencies
        self._recipients = Recipients(dependencies)

    async def write(self, asked: WriteLetter, case_id: UUID) -> Request | None:
        """The message, or why it isn't sent; None: the regime asks for none.

        Raises:
            CaseNotKnownError: the case hasn't been heard of yet.
            LookupError: it is about a clock that hasn't started.
        """
        history, today = self._its.history, self._its.today
        case = await history.case(case_id)
        if case is None:
            raise CaseNotKnownError(str(case_id))
        letter = self._its.letters[asked.purpose]
        clock = await history.clock(case_id, asked.clock, asked.occurrence)
        notice = demanded(letter.demanded, clock, today)
        if notice is None:
            return None
        asked = completed(letter, asked, clock, today)
        draft = Draft(letter, asked, case, clock, notice, today, self._its.council)
        frame = frame_of(draft, self._its.mail_domain)
        meanwhile = Meanwhile(frame, await history.about_case(case), about_clock(clock))
        ground = ground_against(letter, meanwhile, today)
        return Request(message=frame, ground=ground) if ground else await self._written(draft, frame)

    async def _written(self, draft: Draft, frame: Requested) -> Request:
        addressee = await self._recipients.find(draft.letter, draft.asked, draft.case)
        if isinstance(addressee, Ground):
            return Request(message=frame, ground=addressee)
        words = await words_of(draft, addressee, self._its.sealer)
        if words is None:
            return Request(message=frame, ground=Ground.ERASED)
        return Request(message=written(draft, frame, addressee, words))


def frame_of(draft: Draft, mail_domain: str) -> Requested:
    """The message without recipient and text."""
    reference = draft.case.reference
    return Requested(
        **draft.asked.model_dump(include=_SAID_BY_EVENT),
        audience=draft.letter.audience,
        reference=reference,
        template=draft.letter.template,
        message_id=message_id(draft.asked.notification, reference, mail_domain),
    )


def written(draft: Draft, frame: Requested, addressee: Addressee, words: Mapping[str, Any]) -> Requested:
    """The message with the text that its template makes of these words."""
    text = render(frame.template, dict(words))
    owner = _owner_of_text(draft, addressee)
    told = {
        "recipient": addressee.owner,
        "recipient_unit": addressee.unit,
        "to": Plain(addressee.address, addressee.owner),
        "subject": Plain(text.subject, owner),
        "text": Plain(text.text, owner),
    }
    return frame.model_copy(update=told)


def without_text(message: Requested) -> Requested:
    """The same message when nothing can be sealed for its recipient any more."""
    gone = {"recipient": None, "recipient_unit": None, "to": None, "subject": None, "text": None}
    return message.model_copy(update=gone)


def completed(letter: Letter, asked: WriteLetter, clock: ClockRow | None, today: date) -> WriteLetter:
    """With the clock's stage and date; what says `is due` must leave by that day."""
    due_on = asked.due_on or (None if clock is None else clock.due_on)
    facts: dict[str, Any] = {
        "due_on": due_on,
        "stage": asked.stage or (None if clock is None else clock.stage),
    }
    if letter.leaves_by_due_on and due_on is not None and today <= due_on:
        facts["leave_by"] = due_on
    return asked.model_copy(update=facts)


def _owner_of_text(draft: Draft, addressee: Addressee) -> UUID:
    """Whose data the text is: a department's question speaks of the customer, a reminder of nobody."""
    customer = draft.case.customer_id
    return customer if draft.letter.about_customer and customer is not None else addressee.owner
