"""What every command of an officer is checked for, and whose its texts are."""

from __future__ import annotations

from datetime import date

from services.intake.domain.case.commands import CaseCommand
from services.intake.domain.case.state import CaseState
from shared.kit.decider import Refused
from shared.kit.events import Plain


def check_times(command: CaseCommand, state: CaseState) -> None:
    """An officer may say that something happened earlier: not in the future, and not before the receipt."""
    if command.happened_at > command.now:
        raise Refused("in-the-future", "That is still in the future: give the time at which it happened.")
    check_day(command.happened_on, command, state)


def check_day(day: date, command: CaseCommand, state: CaseState, *, since: date | None = None) -> None:
    """A day that an officer gives: not in the future, not before `since` (the receipt, if nothing else)."""
    if day > command.today:
        raise Refused("in-the-future", f"{day.isoformat()} is still in the future.")
    earliest = since or state.received_on
    if earliest is not None and day < earliest:
        raise Refused("before-receipt", f"{day.isoformat()} is before {earliest.isoformat()}, when it began.")


def check_option(value: str, allowed: tuple[str, ...], code: str, what: str) -> None:
    """A value out of those that the policy allows now."""
    if value not in allowed:
        raise Refused(code, f"{what} {value!r} can't be chosen now; {', '.join(allowed) or 'nothing'} can.")


def text_of(text: str, state: CaseState) -> Plain:
    """Free text about the customer: theirs, so their key seals it."""
    assert state.owner is not None, "a case has a customer, if only an anonymous one"
    return Plain(text, state.owner)


def reason_of(reason: str | None, state: CaseState) -> Plain | None:
    """A reason, where one was given."""
    return text_of(reason, state) if reason else None
