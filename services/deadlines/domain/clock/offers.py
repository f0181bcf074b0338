"""What an officer may do with the clocks of a case now: each command is tried on the decider, with values that fit.

So what is offered is accepted, and the rest comes with the reason for which it would be refused.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final
from uuid import UUID

from services.deadlines.domain.clock import facts
from services.deadlines.domain.clock.circumstances import Circumstances
from services.deadlines.domain.clock.commands import (
    ChangeGivenDate,
    OfficerCommand,
    Pause,
    ProposeExtension,
    RecordNotice,
    Restart,
    Resume,
)
from services.deadlines.domain.clock.decide import decide
from services.deadlines.domain.clock.extending import limits_of, means_of
from services.deadlines.domain.clock.names import AGREEMENT
from services.deadlines.domain.clock.plan import regime_of
from services.deadlines.domain.clock.state import Clocks
from shared.kit.decider import Refused
from shared.kit.events import Plain
from shared.rules.calendar.days import ONE_DAY
from shared.rules.regimes.rules import Regime

_NOBODY: Final = UUID(int=0)
_SAMPLE: Final = Plain("a reason", _NOBODY)
_TODAY: Final = "today or earlier"


@dataclass(frozen=True, slots=True)
class Choice:
    """Values with which a command is accepted now; `command` is one that has them."""

    values: Mapping[str, Any]
    command: OfficerCommand


@dataclass(frozen=True, slots=True)
class Offer:
    """A command with the choices that it has now, or with the reason why it is refused."""

    kind: str
    choices: tuple[Choice, ...]
    refused: Refused | None


def offers(state: Clocks, now: Circumstances) -> tuple[Offer, ...]:
    """Every command of an officer to the clocks of this case."""
    return tuple(_offer(kind, tuple(choices(state, now)), state) for kind, choices in _CHOICES.items())


def _offer(kind: str, choices: tuple[Choice, ...], state: Clocks) -> Offer:
    accepted, refusals = [], []
    for choice in choices:
        try:
            decide(choice.command, state)
        except Refused as refused:
            refusals.append(refused)
        else:
            accepted.append(choice)
    return Offer(kind, tuple(accepted), None if accepted else refusals[0])


def _regime(state: Clocks, now: Circumstances) -> Regime | None:
    triaged = facts.triaged(state)
    return None if triaged is None else regime_of(now, triaged.regime, triaged.regime_version)


def _pauses(state: Clocks, now: Circumstances) -> Iterator[Choice]:
    for kind in _kinds(state, now, lambda regime: [pause.name for pause in regime.pauses]):
        yield Choice({"kind": kind}, Pause(now=now, pause=kind, on=now.today))


def _resumes(state: Clocks, now: Circumstances) -> Iterator[Choice]:
    kinds = _kinds(state, now, lambda regime: [pause.name for pause in regime.pauses])
    waits = _kinds(state, now, lambda regime: [restart.name for restart in regime.restarts])
    for kind in (*kinds, *waits):
        yield Choice({"kind": kind}, Resume(now=now, pause=kind, on=now.today))


def _restarts(state: Clocks, now: Circumstances) -> Iterator[Choice]:
    for kind in _kinds(state, now, lambda regime: [restart.name for restart in regime.restarts]):
        yield Choice({"kind": kind, "on": _TODAY}, Restart(now=now, restart=kind, on=now.today))
        yield Choice({"kind": kind, "asked_on": _TODAY}, Restart(now=now, restart=kind, asked_on=now.today))


def _kinds(state: Clocks, now: Circumstances, of: Callable[[Regime], list[str]]) -> list[str]:
    """The kinds that the regime has; where it has none, any name brings out why."""
    regime = _regime(state, now)
    return (of(regime) if regime is not None else []) or ["any"]


def _extensions(state: Clocks, now: Circumstances) -> Iterator[Choice]:
    found = False
    for run in state.live():
        try:
            limits = limits_of(state, run, now)
        except Refused:
            continue
        found = True
        latest = limits.ceiling.due if limits.ceiling is not None else None
        new_due_on = latest or run.due_on + ONE_DAY
        values = {
            "clock": run.clock,
            "occurrence": run.occurrence,
            "latest": _iso(latest),
            "guidance_only": limits.extension.guidance_only,
            "notice_by": limits.notice_latest.isoformat(),
            "requires": [need.value for need in limits.extension.requires],
            "means": list(means_of(regime_of(now, run.regime, run.regime_version), limits.extension)),
            "citation": limits.extension.citation,
        }
        yield Choice(values, _proposal(now, run.clock, run.occurrence, new_due_on))
    if not found:
        clock = next((run.clock for run in state.live()), "any")
        yield Choice({}, _proposal(now, clock, None, now.today + ONE_DAY))


def _proposal(now: Circumstances, clock: str, occurrence: int | None, new_due_on: date) -> ProposeExtension:
    return ProposeExtension(
        now=now,
        clock=clock,
        occurrence=occurrence,
        new_due_on=new_due_on,
        reason=_SAMPLE,
        ombudsman_details=True,
        agreed_on=now.today,
    )


def _notices(state: Clocks, now: Circumstances) -> Iterator[Choice]:
    waiting = [proposal for proposal in state.proposals if proposal.notice_sent_on is None]
    for proposal in waiting:
        values = {
            "clock": proposal.clock,
            "occurrence": proposal.occurrence,
            "proposal": proposal.number,
            "new_due_on": proposal.new_due_on.isoformat(),
        }
        yield Choice(values, _notice(now, proposal.clock, proposal.occurrence, proposal.number))
    if not waiting:
        clock = next(iter(state.runs), ("any", 0))[0]
        yield Choice({}, _notice(now, clock, None, 0))


def _notice(now: Circumstances, clock: str, occurrence: int | None, proposal: int) -> RecordNotice:
    return RecordNotice(
        now=now, clock=clock, occurrence=occurrence, proposal=proposal, sent_on=now.today, means=AGREEMENT
    )


def _given_dates(state: Clocks, now: Circumstances) -> Iterator[Choice]:
    live = list(state.live())
    for run in live:
        values = {"clock": run.clock, "occurrence": run.occurrence, "due_on": run.due_on.isoformat()}
        yield Choice(values, _change(now, run.clock, run.occurrence, run.due_on + ONE_DAY))
    if not live:
        yield Choice({}, _change(now, "any", None, now.today))


def _change(now: Circumstances, clock: str, occurrence: int | None, due_on: date) -> ChangeGivenDate:
    return ChangeGivenDate(now=now, clock=clock, occurrence=occurrence, due_on=due_on)


def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


_CHOICES: Final[Mapping[str, Callable[[Clocks, Circumstances], Iterator[Choice]]]] = {
    ProposeExtension.kind: _extensions,
    RecordNotice.kind: _notices,
    Pause.kind: _pauses,
    Resume.kind: _resumes,
    Restart.kind: _restarts,
    ChangeGivenDate.kind: _given_dates,
}
