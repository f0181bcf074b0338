"""On which day the case was really received: everything that counts from it moves."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

from services.intake.domain.case.checks import first_that_followed, needs_case, reason_of, text_of
from services.intake.domain.case.command import Events, OfficerCommand, for_officers
from services.intake.domain.case.given import Given
from services.intake.domain.case.state import CaseState
from shared.contracts.intake import FirstContactCorrected, ReceiptCorrected
from shared.kit.decider import ANYTHING, Choices, Refused, Text


class CorrectReceipt(OfficerCommand):
    """The case was received on another day than was thought, or a doubtful day is the right one after all.

    A request that reached another officer on 1 June was received on 1 June: the council has it from the day on which
    anybody who works for it has. A matter that has begun anew since keeps the day from which it counts: that is
    corrected by another triage.
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
    """The day, and under a regime the version of its rules that was in force then, where the case counts from it."""
    may(state, given)
    assert state.received_on is not None
    day = command.received_on
    if day == state.received_on and not state.receipt_is_doubtful:
        return ()
    if day > given.today:
        raise Refused("in-the-future", f"{day.isoformat()} is still in the future.")
    latest = first_that_followed(state, given) if state.began_anew is None else state.began_anew.on
    if latest is not None and day > latest:
        raise Refused(
            "after-what-followed", f"Something that followed the receipt is of {latest.isoformat()} already."
        )
    said: dict[str, Any] = {
        "received_on": day,
        "previous_on": state.received_on,
        "reason": text_of(command.reason, state),
        "evidence": reason_of(command.evidence, state),
    }
    if state.began_anew is not None:
        return (FirstContactCorrected(**said),)
    regime = None if state.regime is None else given.rules.in_force(state.regime, day)
    missing = None if regime is None else given.rules.without_days(regime, state.school, day)
    if missing is not None:
        raise missing
    return (ReceiptCorrected(regime_version=None if regime is None else regime.version, **said),)


CORRECT_RECEIPT: Final = for_officers(CorrectReceipt, decide, may)
