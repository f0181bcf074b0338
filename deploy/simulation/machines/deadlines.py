"""Deadlines: the clocks of the case, by its own reactor, its own table of due commands and its own decider."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

from deploy.simulation.world import World
from services.deadlines.application.pending import TIMER_VERBS
from services.deadlines.domain.clock import (
    INITIAL,
    OWED,
    Clocks,
    Given,
    OfficerCommand,
    clock_decider,
)
from services.deadlines.domain.clock.arming import Arming
from services.deadlines.domain.clock.recalculate import Recalculate
from services.deadlines.domain.clock.remind import Remind
from services.deadlines.due import PRINCIPAL
from services.deadlines.reactor import SOURCE, ClockReactor
from shared.contracts.ids import clock_stream
from shared.kit.decider import Command
from shared.kit.due import DueRow
from shared.kit.eventstore import Cause
from shared.kit.log import Received
from shared.rules.calendar import london_day, start_of
from shared.rules.regimes import load_regimes

_OWED: Final = {each.command.verb: each.command for each in OWED}
"""What a row asks of the clocks of its case; one of the calendar, which names none, has them recalculated."""
_LOOK_AGAIN: Final = timedelta(hours=1)


@dataclass
class Deadlines:
    """One case's clocks."""

    world: World
    _reactor: ClockReactor = field(init=False)

    def __post_init__(self) -> None:
        self._reactor = ClockReactor(lambda: Arming(self.world.calendar, self.world.hours, load_regimes()))

    @property
    def clocks(self) -> Clocks:
        found: Clocks = self.world.streams.state(clock_stream(self.world.case_id), INITIAL)
        return found

    def given(self) -> Given:
        """Today, with today's calendar."""
        return Given(
            today=london_day(self.world.now),
            calendar=self.world.calendar,
            regimes=load_regimes(),
            case_id=self.world.case_id,
        )

    def expect_proclamation(self) -> None:
        """A bank holiday that is proclaimed while the case lives reaches its clocks as it does in the service."""
        proclaimed = self.world.setting.proclaimed
        if proclaimed is not None and proclaimed.envelope.recorded_at > self.world.now:
            for row in self.hear(proclaimed):
                self.world.owe(self, row)

    def hear(self, received: Received) -> Iterable[DueRow]:
        return self._reactor.react(received)

    def opens(self, row: DueRow) -> datetime:
        """A reminder waits until there is somebody who can be reminded. In a life that is filed no timer goes off."""
        if row.command in TIMER_VERBS and self.world.setting.filed:
            return self.world.setting.until + _LOOK_AGAIN
        if (
            row.command != Remind.verb
            or self.world.case.department_id is not None
            or not self.world.case.is_open
        ):
            return self.world.now
        run = self.clocks.runs.get((row.payload["clock"], row.payload["occurrence"]))
        waits = run is not None and run.live and run.department_id is None
        return self.world.now + (_LOOK_AGAIN if waits else timedelta())

    def do(self, row: DueRow) -> None:
        """Gives the clocks what is due."""
        command = _OWED.get(row.command, Recalculate)
        payload = row.payload if command is not Recalculate else {}
        self._give(command.model_validate(payload), Cause(PRINCIPAL, row.correlation_id, row.causation_id))

    def ask(self, command: OfficerCommand, cause: Cause) -> None:
        """An officer's command. Raises `Refused`."""
        day = command.happened_on
        earlier = day is not None and day < london_day(self.world.now)
        self._give(command, cause, start_of(day) if day and earlier else None)

    def _give(self, command: Command, cause: Cause, happened_at: datetime | None = None) -> None:
        self.world.streams.give(
            clock_stream(self.world.case_id),
            self.world.case_id,
            clock_decider(self.given()),
            command,
            source=SOURCE,
            cause=cause,
            happened_at=happened_at,
        )
