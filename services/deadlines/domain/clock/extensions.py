"""More time for a clock, in two steps: proposed, then in force when the notice has left in time. What both look at."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from services.deadlines.domain.clock import case_history
from services.deadlines.domain.clock.basis import basis_of
from services.deadlines.domain.clock.dates import Basis, own_date, pauses_of
from services.deadlines.domain.clock.given import Given
from services.deadlines.domain.clock.names import CONTRIBUTION
from services.deadlines.domain.clock.state import Clocks, Proposal, Run
from shared.contracts.deadlines import Extended, ExtensionLapsed
from shared.kit.decider import Refused
from shared.rules.regimes.extending import ExtensionLimits
from shared.rules.regimes.refused import ClockRefused
from shared.rules.regimes.rules import Extension, Means, Regime


def limits_of(state: Clocks, run: Run, given: Given) -> ExtensionLimits:
    """What the regime allows for a run. A pause that lasts is taken to end today.

    Raises:
        Refused: `no-extension`, `outside-calendar`.
    """
    if run.clock == CONTRIBUTION:
        raise Refused("no-extension", "A contribution's date isn't extended: change the date that was given.")
    regime = given.regime(run.regime, run.regime_version)
    clock = regime.clock(run.clock)
    extension = regime.extension_of(clock.name)
    if extension is None:
        raise ClockRefused("no-extension", f"{regime.title}: {clock.name} can't be extended.", clock.citation)
    basis = _basis(state, run, regime, given)
    calendar = given.calendar
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


def proposals_of(state: Clocks, run: Run) -> tuple[Proposal, ...]:
    """The extensions that were proposed of a run, in their order."""
    return tuple(found for found in state.proposals if (found.clock, found.occurrence) == run.key)


def notice_by(state: Clocks, run: Run, proposal: Proposal, given: Given) -> date:
    """The last day on which the notice may leave: a pause since it was proposed has moved that, too."""
    return max(proposal.notice_by, limits_of(state, run, given).notice_latest)


def in_force(run: Run, number: int, told_on: date, means: str) -> Extended:
    """The customer was told in time, or agreed."""
    return Extended(
        clock=run.clock, occurrence=run.occurrence, proposal=number, notice_sent_on=told_on, means=means
    )


def without_notice(state: Clocks, run: Run, given: Given) -> Iterator[ExtensionLapsed]:
    """The end of extensions whose notice can't leave in time any more; none while the clock stands still."""
    if run.paused_on is not None:
        return
    for proposal in proposals_of(state, run):
        if proposal.pending:
            latest = notice_by(state, run, proposal, given)
            if given.today > latest:
                yield ExtensionLapsed(
                    clock=run.clock, occurrence=run.occurrence, proposal=proposal.number, notice_by=latest
                )


def _basis(state: Clocks, run: Run, regime: Regime, given: Given) -> Basis:
    clock = regime.clock(run.clock)
    basis = basis_of(state, regime, clock, case_history.happenings(state, regime))
    if basis is None:
        return Basis(
            regime=regime,
            clock=clock,
            base_event=run.base_event,
            base_date=run.base_date,
            received_on=run.base_date,
        )
    until = run.met_on or given.today
    spans = pauses_of(state.spans, regime, clock.name, received_on=basis.received_on, until=until)
    return replace(basis, spans=spans)
