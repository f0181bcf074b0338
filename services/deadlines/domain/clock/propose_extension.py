"""More time for a clock is proposed: in force once the customer has been told in time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import Final

from pydantic import Field

from services.deadlines.domain.clock import case_history
from services.deadlines.domain.clock.checks import live_run_of, live_runs, reason_of, refuse_future
from services.deadlines.domain.clock.command import Events, Occurrence, OfficerCommand
from services.deadlines.domain.clock.extensions import in_force, limits_of, means_of, proposals_of
from services.deadlines.domain.clock.given import Given
from services.deadlines.domain.clock.names import AGREEMENT, MovedBy
from services.deadlines.domain.clock.new_dates import with_new_dates
from services.deadlines.domain.clock.state import Clocks, Run
from shared.contracts.deadlines import ExtensionProposed
from shared.kit.decider import Choice, Refused, Slice, Text, Word
from shared.rules.calendar.days import ONE_DAY
from shared.rules.regimes.extending import ExtensionLimits, check_extension
from shared.rules.regimes.refused import ClockRefused
from shared.rules.regimes.rules import Means, Requirement
from shared.rules.regimes.working import long


class ProposeExtension(OfficerCommand):
    """More time for a clock: in force once the customer has been told in time. `/actions` says what it takes."""

    verb = "propose-extension"
    clock: Word
    occurrence: Occurrence = None
    new_due_on: date
    reason: Text | None = None
    ombudsman_details: bool = Field(default=False, description="The notice says how to reach the Ombudsman.")
    agreed_on: date | None = Field(default=None, description="The day on which the customer agreed.")
    notice_sent_on: date | None = Field(
        default=None, description="For a notice that has left already; without it, one is written and sent."
    )
    means: Means | None = Field(
        default=None,
        description="`email`: it is written and sent from here. Anything else: record it when it has left.",
    )
    beyond_guidance: bool = Field(
        default=False, description="The new date is later than guidance allows; the law names no latest day."
    )


def decide(command: ProposeExtension, state: Clocks, given: Given) -> Events:
    """The extension is proposed; where its notice has left already, or none is asked for, it is in force.

    Raises:
        Refused: `no-clock`, `already-met`, `stopped`, `no-extension`, `extension-pending`, `extension-incomplete`,
            `extension-not-later`, `extension-too-long`, `extension-too-late`, `in-the-future`, `no-such-means`.
    """
    run = live_run_of(state, command.clock, command.occurrence)
    limits = limits_of(state, run, given)
    extension = limits.extension
    of_run = proposals_of(state, run)
    if any(proposal.pending for proposal in of_run):
        raise Refused("extension-pending", "An extension waits for its notice already.", extension.citation)
    possible = means_of(given.regime(run.regime, run.regime_version), extension)
    if Requirement.NOTICE in extension.requires and command.means not in {None, *possible}:
        raise ClockRefused(
            "no-such-means", f"The notice is given by {' or '.join(possible)}.", extension.citation
        )
    told_on = command.notice_sent_on if Requirement.NOTICE in extension.requires else command.agreed_on
    for day in (command.notice_sent_on, command.agreed_on):
        if day is not None:
            refuse_future(day, given)
    checked = replace(limits, ceiling=None) if extension.guidance_only and command.beyond_guidance else limits
    check_extension(checked, command.new_due_on, told_on or given.today, _provided(command), run.due_on)
    if command.agreed_on is not None and command.agreed_on > limits.notice_latest:
        raise ClockRefused(
            "extension-too-late",
            f"It had to be agreed by {long(limits.notice_latest)}.",
            extension.citation,
        )
    number = len(of_run) + 1
    means = _means(command, extension.requires)
    step = ExtensionProposed(
        regime=run.regime,
        clock=run.clock,
        occurrence=run.occurrence,
        stage=run.stage,
        proposal=number,
        due_on=run.due_on,
        new_due_on=command.new_due_on,
        ceiling=None if limits.ceiling is None else limits.ceiling.due,
        notice_by=limits.notice_latest,
        letter=extension.letter,
        means=means,
        ombudsman_details=command.ombudsman_details,
        agreed_on=command.agreed_on,
        reason=reason_of(command.reason, state, given),
        citation=extension.citation,
        historic=case_history.historic(state),
    )
    return (step,) if told_on is None else (step, in_force(run, number, told_on, means))


def tries(state: Clocks, given: Given) -> Iterator[tuple[Choice, ProposeExtension]]:
    """Each clock that runs and can be extended, to its latest day.

    Raises:
        Refused: `no-clock`; `no-extension`, where none of those that run can be extended.
    """
    for run, limits in _extensible(state, given):
        latest = limits.ceiling.due if limits.ceiling is not None else None
        extension = limits.extension
        hints = {
            "latest": latest,
            "guidance_only": extension.guidance_only,
            "notice_by": limits.notice_latest,
            "requires": list(extension.requires),
            "citation": extension.citation,
        }
        means = means_of(given.regime(run.regime, run.regime_version), extension)
        choice = Choice({"clock": (run.clock,), "occurrence": (run.occurrence,), "means": means}, hints)
        yield choice, _sample(run.clock, run.occurrence, latest or run.due_on + ONE_DAY, given)


def _extensible(state: Clocks, given: Given) -> Sequence[tuple[Run, ExtensionLimits]]:
    found, refusals = [], []
    for run in live_runs(state):
        try:
            found.append((run, limits_of(state, run, given)))
        except Refused as refused:
            refusals.append(refused)
    if not found:
        raise refusals[0]
    return found


def _sample(clock: str, occurrence: int, new_due_on: date, given: Given) -> ProposeExtension:
    """One that says all that can be asked for."""
    return ProposeExtension(
        clock=clock,
        occurrence=occurrence,
        new_due_on=new_due_on,
        reason="a reason",
        ombudsman_details=True,
        agreed_on=given.today,
    )


def _means(command: ProposeExtension, requires: tuple[Requirement, ...]) -> str:
    """How the customer is told: a notice that has left already isn't sent again."""
    if Requirement.NOTICE not in requires:
        return AGREEMENT
    if command.notice_sent_on is None:
        return command.means or Means.EMAIL
    return command.means if command.means not in {None, Means.EMAIL} else Means.POST


def _provided(command: ProposeExtension) -> frozenset[Requirement]:
    said = {
        Requirement.REASON: command.reason is not None,
        Requirement.OMBUDSMAN_DETAILS: command.ombudsman_details,
        Requirement.AGREEMENT: command.agreed_on is not None,
    }
    return frozenset(need for need, there in said.items() if there)


PROPOSE_EXTENSION: Final = with_new_dates(Slice(ProposeExtension, decide, tries=tries), MovedBy.EXTENDED)
