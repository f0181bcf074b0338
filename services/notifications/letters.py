"""What each purpose's template is given: the case's facts in words, and texts unsealed for the letter."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from services.notifications.asked import Asked
from services.notifications.demands import Notice, regime_of, title_of
from services.notifications.domain.grounds import Ground
from services.notifications.domain.purposes import Purpose
from services.notifications.recipients import Recipient
from services.notifications.views.cases import CaseRow
from services.notifications.views.clocks import ClockRow
from shared.kit.events import SealedValue
from shared.kit.keyring import Sealer

Values = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Draft:
    """A message about to be written; `today` is a London day."""

    asked: Asked
    case: CaseRow
    clock: ClockRow | None
    notice: Notice
    today: date


class Letters:
    """Gathers a template's values."""

    def __init__(self, sealer: Sealer, council: str) -> None:
        self._sealer = sealer
        self._council = council

    async def values(self, draft: Draft, recipient: Recipient) -> Values | Ground:
        """The values, or why there is nothing to say: the text was erased.

        Raises:
            LookupError: it is about a clock that hasn't started.
        """
        values = await self._of(draft, recipient)
        if isinstance(values, Ground):
            return values
        return {"reference": draft.case.reference, "council": self._council} | values

    async def _of(self, draft: Draft, recipient: Recipient) -> Values | Ground:
        match draft.asked.purpose:
            case Purpose.REMINDER:
                return _reminder(draft, recipient)
            case Purpose.CONTRIBUTION_REQUEST:
                return await self._contribution_request(draft, recipient)
            case Purpose.ACKNOWLEDGEMENT | Purpose.RESPONSE:
                return await self._officers_letter(draft)
            case Purpose.DELAY_NOTICE:
                waiting = set(draft.case.parts_asked) - set(draft.case.parts_over)
                return await self._notice(draft) | {"waiting_for_departments": bool(waiting)}
            case Purpose.EXTENSION_NOTICE:
                reason = await self._open(draft.asked.text)
                if reason is None and draft.asked.text is not None:
                    return Ground.ERASED
                return await self._notice(draft) | {"reason": reason, "new_due_on": draft.asked.new_due_on}

    async def _contribution_request(self, draft: Draft, recipient: Recipient) -> Values:
        question = await self._open(draft.asked.text)
        return {
            "department_name": recipient.unit_name,
            "due_on": draft.asked.due_on,
            "question": question,
        }

    async def _officers_letter(self, draft: Draft) -> Values | Ground:
        subject, text = await self._open(draft.asked.subject), await self._open(draft.asked.text)
        if subject is None or text is None:
            return Ground.ERASED
        return {"subject": subject, "text": text}

    async def _notice(self, draft: Draft) -> Values:
        return {
            "name": await self._open(draft.case.customer_name),
            "regime_title": regime_of(_clock_of(draft)).title,
            "due_on": draft.asked.due_on,
            "ombudsman": draft.notice.names,
        }

    async def _open(self, value: SealedValue | None) -> str | None:
        return None if value is None else await self._sealer.unseal(value)


def _reminder(draft: Draft, recipient: Recipient) -> Values:
    clock, due_on = _clock_of(draft), draft.asked.due_on
    assert due_on is not None
    return {
        "regime_title": regime_of(clock).title,
        "clock_title": title_of(clock),
        "due_on": due_on,
        "overdue": draft.today > due_on,
        "rung": draft.asked.rung,
        "department_name": recipient.unit_name,
        "to_department_mailbox": recipient.instead,
    }


def _clock_of(draft: Draft) -> ClockRow:
    if draft.clock is None:
        raise LookupError(
            f"{draft.asked.clock} {draft.asked.occurrence} of {draft.case.reference} has not started"
        )
    return draft.clock
