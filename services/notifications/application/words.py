"""The words that a letter may use: each known by a name, and given to a template only where its row asks for it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from services.notifications.application.demands import Notice, regime_of, title_of
from services.notifications.application.recipients import Addressee
from services.notifications.domain.letter import Letter
from services.notifications.domain.message.owed import WriteLetter
from services.notifications.views.cases import CaseRow
from services.notifications.views.clocks import ClockRow
from shared.kit.events import SealedValue
from shared.kit.keyring import Sealer


@dataclass(frozen=True, slots=True)
class Draft:
    """A letter about to be written; `today` is a London day."""

    letter: Letter
    asked: WriteLetter
    case: CaseRow
    clock: ClockRow | None
    notice: Notice
    today: date
    council: str


def _running(draft: Draft) -> ClockRow:
    if draft.clock is None:
        raise LookupError(
            f"{draft.asked.clock} {draft.asked.occurrence} of {draft.case.reference} has not started"
        )
    return draft.clock


def _overdue(draft: Draft) -> bool:
    return draft.asked.due_on is not None and draft.today > draft.asked.due_on


WORDS: Final[Mapping[str, Callable[[Draft, Addressee], object]]] = {
    "reference": lambda draft, _: draft.case.reference,
    "council": lambda draft, _: draft.council,
    "regime_title": lambda draft, _: regime_of(_running(draft)).title,
    "clock_title": lambda draft, _: title_of(_running(draft)),
    "due_on": lambda draft, _: draft.asked.due_on,
    "new_due_on": lambda draft, _: draft.asked.new_due_on,
    "overdue": lambda draft, _: _overdue(draft),
    "rung": lambda draft, _: draft.asked.rung,
    "department_name": lambda _, addressee: addressee.unit_name,
    "to_department_mailbox": lambda _, addressee: addressee.instead,
    "ombudsman": lambda draft, _: draft.notice.names,
    "waiting_for_departments": lambda draft, _: bool(
        set(draft.case.parts_asked) - set(draft.case.parts_over)
    ),
}
SEALED_WORDS: Final[Mapping[str, Callable[[Draft], SealedValue | None]]] = {
    "name": lambda draft: draft.case.customer_name,
    "subject": lambda draft: draft.asked.subject,
    "text": lambda draft: draft.asked.text,
}
"""Texts that are unsealed for the letter alone."""


async def words_of(draft: Draft, addressee: Addressee, sealer: Sealer) -> dict[str, Any] | None:
    """What the letter's template is given; None where a text that it quotes was erased.

    Raises:
        LookupError: it is about a clock that hasn't started.
    """
    found: dict[str, Any] = {}
    for word in draft.letter.words:
        if word in SEALED_WORDS:
            value = SEALED_WORDS[word](draft)
            found[word] = None if value is None else await sealer.unseal(value)
            erased = value is not None and found[word] is None
            if erased and word != "name" and not draft.letter.without_text:
                return None
        else:
            found[word] = WORDS[word](draft, addressee)
    return found
