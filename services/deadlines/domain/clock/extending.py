"""More time for a clock, in two steps: proposed, then in force when the notice has left in time."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from services.deadlines.domain.clock import facts
from services.deadlines.domain.clock.circumstances import Circumstances
from services.deadlines.domain.clock.commands import ProposeExtension, RecordNotice
from services.deadlines.domain.clock.dates import Basis, own_date, pauses_of
from services.deadlines.domain.clock.finding import live_run_of, refuse_future, run_of
from services.deadlines.domain.clock.names import AGREEMENT, CONTRIBUTION
from services.deadlines.domain.clock.plan import basis_of, regime_of
from services.deadlines.domain.clock.state import ClockEvent, Clocks, Proposal, Run
from shared.contracts.deadlines import Extended, ExtensionProposed
from shared.kit.decider import Refused
from shared.rules.regimes.extending import ExtensionLimits, check_extension
from shared.rules.regimes.refused import ClockRefused
from shared.rules.regimes.rules import Extension, Means, Regime, Requirement
from shared.rules.regimes.working import long


def limits_of(state: Clocks, run: Run, now: Circumstances) -> ExtensionLimits:
    """What the regime allows for a run. A pause that lasts is taken to end today.

    Raises:
        Refused: `no-extension`, `outside-calendar`.
    """
    if run.clock == CONTRIBUTION:
        raise Refused("no-extension", "A contribution's date isn't extended: change the date that was given.")
    regime = regime_of(now, run.regime, run.regime_version)
    clock = regime.clock(run.clock)
    extension = regime.extension_of(clock.name)
    if extension is None:
        raise ClockRefused("no-extension", f"{regime.title}: {clock.name} can't be extended.", clock.citation)
    basis = _basis(state, run, regime, now)
    calendar = now.calendar
    return ExtensionLimits(
        extension=extension,
        current=own_date(basis, clock, calendar),
        ceiling=None
        if extension.ceiling is None
        else own_date(basis, regime.clock(extension.ceiling), calendar),
        notice_latest=own_date(basis, regime.clock(extension.notice_latest), calendar).due,
    )


def means_of(regime: Regime, extension: Extension) -> tuple[Means, ...]:
    """How the notice of an extension may leave."""
    named = (letter for letter in regime.letters if letter.name == extension.letter)
    return regime.means_of(next(named, None))


def notice_by(state: Clocks, run: Run, proposal: Proposal, now: Circumstances) -> date:
    """The last day on which the notice may leave: a pause since it was proposed has moved that, too."""
    return max(proposal.notice_by, limits_of(state, run, now).notice_latest)


def proposed(command: ProposeExtension, state: Clocks) -> tuple[ClockEvent, ...]:
    """The extension is proposed; where its notice has left already, or none is asked for, it is in force.

    Raises:
        Refused: `no-clock`, `already-met`, `stopped`, `no-extension`, `extension-pending`, `extension-incomplete`,
            `extension-not-later`, `extension-too-long`, `extension-too-late`, `in-the-future`, `no-such-means`.
    """
    run = live_run_of(state, command.clock, command.occurrence)
    now = command.now
    limits = limits_of(state, run, now)
    extension = limits.extension
    of_run = [proposal for proposal in state.proposals if (proposal.clock, proposal.occurrence) == run.key]
    if any(proposal.pending for proposal in of_run):
        raise Refused("extension-pending", "An extension waits for its notice already.", extension.citation)
    possible = means_of(regime_of(now, run.regime, run.regime_version), extension)
    if Requirement.NOTICE in extension.requires and command.means not in {None, *possible}:
        raise ClockRefused(
            "no-such-means", f"The notice is given by {' or '.join(possible)}.", extension.citation
        )
    told_on = _told_on(command, extension.requires)
    for day in (command.notice_sent_on, command.agreed_on):
        if day is not None:
            refuse_future(day, now)
    checked = replace(limits, ceiling=None) if extension.guidance_only and command.beyond_guidance else limits
    check_extension(checked, command.new_due_on, told_on or now.today, _provided(command), run.due_on)
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
        reason=command.reason,
        citation=extension.citation,
        historic=facts.historic(state),
    )
    if told_on is None:
        return (step,)
    return (step, _in_force(run, number, told_on, means))


def notified(command: RecordNotice, state: Clocks) -> tuple[ClockEvent, ...]:
    """The notice left in time: the extension is in force. Nothing where that is recorded already.

    Raises:
        Refused: `no-clock`, `no-proposal`, `stopped`, `in-the-future`, `date-moved`, `extension-too-late`.
    """
    run = run_of(state, command.clock, command.occurrence)
    proposal = _proposal(command, state, run)
    if proposal.notice_sent_on is not None:
        return ()
    refuse_future(command.sent_on, command.now)
    if run.stopped is not None and run.met_on is None:
        raise Refused("stopped", f"{run.clock} was stopped: {run.stopped}.")
    if command.sent_on < run.base_date:
        raise Refused(
            "date-moved", f"{run.clock} was started anew on {long(run.base_date)}, after the notice."
        )
    latest = notice_by(state, run, proposal, command.now)
    if command.sent_on > latest:
        raise ClockRefused(
            "extension-too-late",
            f"The notice left on {long(command.sent_on)}; it had to leave by {long(latest)}.",
            proposal.citation,
        )
    return (_in_force(run, proposal.number, command.sent_on, command.means),)


def _basis(state: Clocks, run: Run, regime: Regime, now: Circumstances) -> Basis:
    clock = regime.clock(run.clock)
    basis = basis_of(state, regime, clock)
    if basis is None:
        return Basis(
            regime=regime,
            clock=clock,
            base_event=run.base_event,
            base_date=run.base_date,
            received_on=run.base_date,
        )
    until = run.met_on or now.today
    spans = pauses_of(state.spans, regime, clock.name, received_on=basis.received_on, until=until)
    return replace(basis, spans=spans)


def _told_on(command: ProposeExtension, requires: tuple[Requirement, ...]) -> date | None:
    return command.notice_sent_on if Requirement.NOTICE in requires else command.agreed_on


def _means(command: ProposeExtension, requires: tuple[Requirement, ...]) -> str:
    """How the customer is told: a notice that has left already isn't sent again."""
    if Requirement.NOTICE not in requires:
        return AGREEMENT
    if command.notice_sent_on is None:
        return command.means or Means.EMAIL
    return command.means if command.means not in {None, Means.EMAIL} else Means.POST


def _provided(command: ProposeExtension) -> frozenset[Requirement]:
    given = {
        Requirement.REASON: command.reason is not None,
        Requirement.OMBUDSMAN_DETAILS: command.ombudsman_details,
        Requirement.AGREEMENT: command.agreed_on is not None,
    }
    return frozenset(need for need, there in given.items() if there)


def _proposal(command: RecordNotice, state: Clocks, run: Run) -> Proposal:
    found = [
        proposal
        for proposal in state.proposals
        if (proposal.clock, proposal.occurrence) == run.key and command.proposal in (None, proposal.number)
    ]
    if not found:
        raise Refused("no-proposal", f"No extension of {run.clock} was proposed.")
    return found[-1]


def _in_force(run: Run, number: int, told_on: date, means: str) -> Extended:
    return Extended(
        clock=run.clock, occurrence=run.occurrence, proposal=number, notice_sent_on=told_on, means=means
    )
