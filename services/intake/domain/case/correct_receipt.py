"""On which day the case was really received: everything that counts from it moves."""

from __future__ import annotations

from datetime import date
from typing import Final

from services.intake.domain.case.checks import is_first_stage, needs_case, reason_of, text_of
from services.intake.domain.case.command import Events, OfficerCommand, for_officers
from services.intake.domain.case.given import Given
from services.intake.domain.case.state import CaseState
from shared.contracts.intake import ReceiptCorrected
from shared.kit.decider import ANYTHING, Choices, Refused, Text


class CorrectReceipt(OfficerCommand):
    """The case was received on another day than was thought, or a doubtful day is the right one after all.

    A request that reached another officer on 1 June was received on 1 June: the council has it from the day on which
    anybody who works for it has.
    """

    verb = "correct-receipt"
    received_on: date
    reason: Text
    evidence: Text | None = None


def may(state: CaseState, _given: Given) -> Choices:
    """Any case, also one that is closed: its record can be wrong as well."""
    needs_case(state)
    return ANYTHING


def decide(command: CorrectReceipt, state: CaseState, given: Given) -> Events:
    """The day, and under a regime the version of its rules that was in force then."""
    may(state, given)
    assert state.received_on is not None
    day = command.received_on
    if day == state.received_on and not state.receipt_is_doubtful:
        return ()
    if day > given.today:
        raise Refused("in-the-future", f"{day.isoformat()} is still in the future.")
    latest = _latest(state, given)
    if latest is not None and day > latest:
        raise Refused(
            "after-what-followed", f"Something that followed the receipt is of {latest.isoformat()} already."
        )
    regime = None if state.regime is None else given.rules.in_force(state.regime, day)
    missing = None if regime is None else given.rules.without_days(regime, state.school, day)
    if missing is not None:
        raise missing
    return (
        ReceiptCorrected(
            received_on=day,
            previous_on=state.received_on,
            regime_version=None if regime is None else regime.version,
            reason=text_of(command.reason, state),
            evidence=reason_of(command.evidence, state),
        ),
    )


def _latest(state: CaseState, given: Given) -> date | None:
    """The last day on which it can have been received: of the first letter that left, or of the second stage."""
    days = [letter.sent_on for letter in state.letters.values() if letter.sent_on is not None]
    if state.stage_since is not None and not is_first_stage(state, given):
        days.append(state.stage_since)
    return min(days, default=None)


CORRECT_RECEIPT: Final = for_officers(CorrectReceipt, decide, may)
