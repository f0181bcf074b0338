"""The end of a pause, or of a wait."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Final

from services.deadlines.domain.clock.checks import refuse_future, regime_of_case
from services.deadlines.domain.clock.command import Events, OfficerCommand
from services.deadlines.domain.clock.given import Given
from services.deadlines.domain.clock.names import MovedBy
from services.deadlines.domain.clock.new_dates import with_new_dates
from services.deadlines.domain.clock.pauses import ended, pause_of_kind, pause_rules, standing_still
from services.deadlines.domain.clock.state import Clocks
from shared.kit.decider import Choice, Refused, Slice, Word


class Resume(OfficerCommand):
    """The pause ended on `on`, that day included."""

    verb = "resume"
    kind: Word
    on: date

    @property
    def happened_on(self) -> date:
        """Its last day."""
        return self.on


def decide(command: Resume, state: Clocks, given: Given) -> Events:
    """The pause ends; or the council goes on without what it had asked for, and the clock as if it never had.

    Raises:
        Refused: `not-triaged`, `no-pause`, `not-paused`, `in-the-future`, `pause-reversed`.
    """
    regime = regime_of_case(state, given)
    awaited = next((rule for rule in regime.restarts if rule.name == command.kind), None)
    rule = awaited or pause_of_kind(regime, command.kind)
    lasting = state.lasting(regime.name, rule.name)
    if lasting is None:
        raise Refused("not-paused", f"No pause of the kind {rule.name} lasts.", rule.citation)
    refuse_future(command.on, given)
    return (ended(regime, rule, lasting.start, command.on, standing_still(state, regime, rule)),)


def tries(state: Clocks, given: Given) -> Iterator[tuple[Choice, Resume]]:
    """Each pause and each wait of the regime, ended today. Raises `Refused` (`not-triaged`, `no-pause`)."""
    regime = regime_of_case(state, given)
    waits = [restart.name for restart in regime.restarts]
    pauses = [pause.name for pause in (regime.pauses if waits else pause_rules(regime))]
    for kind in (*pauses, *waits):
        yield Choice({"kind": (kind,)}), Resume(kind=kind, on=given.today)


RESUME: Final = with_new_dates(Slice(Resume, decide, tries=tries), MovedBy.PAUSED)
