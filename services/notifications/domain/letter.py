"""What a letter is: a row of the table `data/letters.toml`. Adding one adds a row, not a class."""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from pydantic import BaseModel, ConfigDict

from shared.rules.regimes.rules import Reminded

EMAIL: Final = "email"
"""The channel, and the means, of everything that leaves from here."""
MORNING_DIGEST: Final = "morning-digest"
"""What is due, for an officer, each working day."""


class Audience(StrEnum):
    """Whom a message is for; stands in events as its value."""

    CUSTOMER = "customer"
    DEPARTMENT = "department"
    OFFICER = "officer"


class Recipient(StrEnum):
    """Who gets a letter.

    `rung` is who is reminded in the department, `department` its own address, `officer` the person of staff whom the
    event names: one that names nobody, or is that person's own doing, asks for no letter.
    """

    CUSTOMER = "customer"
    DEPARTMENT = "department"
    RUNG = "rung"
    OFFICER = "officer"


NEEDED_BY_RECIPIENT: Final = {Recipient.RUNG: {"rung"}, Recipient.OFFICER: {"officer_id"}}
"""Which facts there must be for somebody to be found."""
NEEDED_BY_WORD: Final = {
    **{word: {"clock", "occurrence"} for word in ("regime_title", "clock_title")},
    **{word: {"due_on"} for word in ("due_on", "overdue")},
    **{word: {"rung"} for word in ("rung", "to_department_mailbox")},
    **{word: {word} for word in ("new_due_on", "subject", "text")},
}
"""Which facts there must be for a word to say something."""


class Stop(StrEnum):
    """What may have happened meanwhile that keeps a letter back."""

    CASE_CLOSED = "case-closed"
    PART_ARRIVED = "part-arrived"
    ANSWERED = "answered"
    PAUSED = "paused"
    CLOCK_STOPPED = "clock-stopped"
    DATE_MOVED = "date-moved"
    ASSIGNED_ELSEWHERE = "assigned-elsewhere"


class Demand(StrEnum):
    """A notice that is written only where the regime demands it."""

    DELAY_NOTICE = "delay-notice"
    EXTENSION_NOTICE = "extension-notice"


class Letter(BaseModel):
    """How a message comes about, whom it goes to, and which words its template may use.

    Attributes:
        name: stands in events as the message's `purpose`.
        on: the event that asks for it, by its wire name; none for what a morning asks for.
        where: what the event's fields must be for that.
        takes: which field of the event a fact of the letter is, where it has another name there.
        clock: the clock that it speaks of, where the event names none.
        rung: who is written to in the department, where the event names nobody.
        template: `data/templates/<template>.txt.j2`; named after the letter, where nothing is said.
        words: what the template is given, out of `application/words.py`.
        stops: what keeps it back, besides what keeps every letter back.
        office_hours: whether it leaves in office hours alone.
        leaves_by_due_on: its words are true until that day alone.
        demanded: it is written only where the regime demands this notice.
        about_customer: a letter to the council's own people whose text speaks of the customer: their key seals it.
        without_text: it goes out although the text that it quotes was erased.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str
    on: str | None = None
    where: dict[str, str] = {}
    takes: dict[str, str] = {}
    clock: str | None = None
    rung: Reminded | None = None
    to: Recipient
    template: str
    words: tuple[str, ...]
    stops: tuple[Stop, ...] = ()
    office_hours: bool = False
    leaves_by_due_on: bool = False
    demanded: Demand | None = None
    about_customer: bool = False
    without_text: bool = False

    @property
    def audience(self) -> Audience:
        return Audience.DEPARTMENT if self.to is Recipient.RUNG else Audience(self.to)
