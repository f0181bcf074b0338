"""A day from which the regime counts and that only an officer knows."""

from __future__ import annotations

from datetime import date
from typing import Final

from services.intake.domain.case.checks import needs_triage, reason_of, regime_of
from services.intake.domain.case.command import Events, OfficerCommand, for_officers
from services.intake.domain.case.given import Given
from services.intake.domain.case.state import CaseState
from shared.contracts.intake import BaseDateRecorded
from shared.kit.decider import Choice, Choices, Refused, Text, Word, chosen


class RecordBaseDate(OfficerCommand):
    """A day from which the regime counts and that only an officer knows."""

    verb = "record-base-date"
    base: Word
    on: date
    reason: Text | None = None


def may(state: CaseState, given: Given) -> Choices:
    """The days that the regime counts from."""
    needs_triage(state)
    regime = regime_of(state, given)
    if not regime.base_dates:
        raise Refused("no-base-date", "Nothing counts from a recorded day here.", regime.citation)
    return (Choice({"base": tuple(base.name for base in regime.base_dates)}),)


def decide(command: RecordBaseDate, state: CaseState, given: Given) -> Events:
    """The day; it may be before the receipt (when the grounds arose) or agreed ahead."""
    chosen(command.base, may(state, given), "base", "no-such-base-date")
    if state.bases.get(command.base) == command.on:
        return ()
    return (BaseDateRecorded(base=command.base, on=command.on, reason=reason_of(command.reason, state)),)


RECORD_BASE_DATE: Final = for_officers(RecordBaseDate, decide, may)
