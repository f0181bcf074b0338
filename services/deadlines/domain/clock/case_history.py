"""Questions to what was heard: the same answer in whatever order the facts came."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from services.deadlines.domain.clock.names import RECEIVED, REFUSED, Fact
from services.deadlines.domain.clock.state import Clocks
from shared.contracts.deadlines import FactNoted
from shared.rules.regimes.rules import Regime, Trigger


@dataclass(frozen=True, slots=True)
class AwaitedAnswer:
    """Somebody wants an answer by a day, and what has become of it."""

    fact: FactNoted
    answered_on: date | None
    ended: str | None


class Happenings:
    """On which days the things happened that clocks count from and are met by."""

    def __init__(self, facts: Iterable[FactNoted]) -> None:
        self._recorded: dict[str, list[FactNoted]] = defaultdict(list)
        self._own: dict[str, list[date]] = defaultdict(list)
        for fact in facts:
            if fact.fact == Fact.HAPPENED and not fact.about:
                self._recorded[fact.trigger].append(fact)

    def add(self, trigger: str, on: date) -> None:
        """A day that deadlines itself knows: a pause began or ended, a clock was started anew."""
        self._own[trigger].append(on)

    def prevailing(self, trigger: Trigger) -> date | None:
        """The day of the last record of it in each stream, the latest of these."""
        last: dict[str, FactNoted] = {}
        for fact in self._recorded[str(trigger)]:
            if fact.origin not in last or last[fact.origin].sequence < fact.sequence:
                last[fact.origin] = fact
        return max([*(fact.on for fact in last.values()), *self._own[str(trigger)]], default=None)

    def days(self, trigger: Trigger) -> tuple[date, ...]:
        """Every day on which it happened: of a stage's event each, of a recorded day the one that prevails."""
        if trigger.stage is not None:
            return tuple(sorted(fact.on for fact in self._recorded[str(trigger)]))
        day = self.prevailing(trigger)
        return () if day is None else (day,)


def opened(state: Clocks) -> FactNoted | None:
    """How the case was opened, once that is heard."""
    return _last(state.facts, Fact.OPENED)


def triaged(state: Clocks) -> FactNoted | None:
    """Under which regime the case goes, and since when, by the last word on its receipt."""
    found = _last(state.facts, Fact.TRIAGED)
    corrected = _last(state.facts, Fact.CORRECTED)
    if found is None or corrected is None or corrected.sequence < found.sequence:
        return found
    return found.model_copy(update={"on": corrected.on, "regime_version": corrected.regime_version})


def historic(state: Clocks) -> bool:
    """Whether the clocks are only shown."""
    fact = opened(state)
    return fact is not None and fact.historic


def customer(state: Clocks) -> UUID | None:
    """Whose matter it is."""
    fact = opened(state)
    return None if fact is None else fact.person_id


def ended(state: Clocks) -> str | None:
    """Why the case is at its end (`closed`), none while it is open or a refusal has answered it."""
    fact = _last(state.facts, Fact.ENDED, Fact.REOPENED)
    return fact.cause if fact is not None and fact.fact == Fact.ENDED else None


def refused(state: Clocks) -> frozenset[str]:
    """The stages in which the matter was refused, since the case was last reopened: nothing else is owed in them."""
    reopened = _last(state.facts, Fact.REOPENED)
    since = 0 if reopened is None else reopened.sequence
    refusals = (fact for fact in state.facts if fact.fact == Fact.HAPPENED and fact.cause == REFUSED)
    return frozenset(fact.stage for fact in refusals if fact.sequence > since)


def referrals(state: Clocks) -> tuple[FactNoted, ...]:
    """The Ombudsmen that took the case up, each with its regime; `about` is the referral."""
    last = {fact.about: fact for fact in state.facts if fact.fact == Fact.REFERRED}
    return tuple(last[about] for about in sorted(last))


def asked(state: Clocks) -> tuple[AwaitedAnswer, ...]:
    """The contributions and enquiries that were asked for, the last word on each."""
    last: dict[str, FactNoted] = {}
    for fact in state.facts:
        if fact.fact == Fact.ASKED and (fact.about not in last or last[fact.about].sequence < fact.sequence):
            last[fact.about] = fact
    return tuple(_became(state, last[about]) for about in sorted(last))


def happenings(state: Clocks, regime: Regime) -> Happenings:
    """What happened in the case, as this regime names it."""
    found = Happenings(state.facts)
    received = triaged(state)
    if received is not None:
        found.add(RECEIVED, received.on)
    kinds = {pause.name: pause for pause in regime.pauses}
    for span in state.spans:
        if span.regime == regime.name and span.kind in kinds:
            found.add(kinds[span.kind].begins, span.start)
            if span.end is not None:
                found.add(kinds[span.kind].ends, span.end)
    bases = {restart.name: restart.base for restart in regime.restarts}
    asked_for = {restart.name: restart.asked for restart in regime.restarts}
    for span in state.spans:
        if span.regime == regime.name and span.kind in asked_for:
            found.add(asked_for[span.kind], span.start)
    for restart in state.restarts:
        if restart.regime == regime.name and restart.kind in bases:
            found.add(bases[restart.kind], restart.base_date)
    return found


def _became(state: Clocks, ask: FactNoted) -> AwaitedAnswer:
    answered = [fact.on for fact in state.facts if fact.fact == Fact.HAPPENED and fact.about == ask.about]
    ends = [fact for fact in state.facts if fact.fact == Fact.ENDED and fact.about and _covers(fact, ask)]
    return AwaitedAnswer(ask, min(answered, default=None), ends[-1].cause if ends else None)


def _covers(end: FactNoted, ask: FactNoted) -> bool:
    """Whether this end is of what was asked, or of the referral that it was asked in."""
    return ask.about == end.about or ask.about.startswith(f"{end.about}:")


def _last(facts: Sequence[FactNoted], *kinds: Fact) -> FactNoted | None:
    found = [fact for fact in facts if fact.fact in kinds and not fact.about]
    return max(found, key=lambda fact: fact.sequence, default=None)
