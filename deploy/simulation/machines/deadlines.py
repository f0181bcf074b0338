"""Deadlines: the clocks of the case, by its own reactor, its own table of due commands and its own decider."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

from deploy.simulation.world import World
from services.deadlines.api.bodies import Body
from services.deadlines.application.deadlines import PRINCIPAL
from services.deadlines.domain.clock import facts
from services.deadlines.domain.clock.arming import REMIND, TIMERS, Arming
from services.deadlines.domain.clock.circumstances import Circumstances
from services.deadlines.domain.clock.commands import ClockCommand, Recalculate
from services.deadlines.domain.clock.decide import CLOCKS
from services.deadlines.domain.clock.state import INITIAL, Clocks
from services.deadlines.due import COMMANDS
from services.deadlines.reactor import RECALCULATE_TOUCHED, SOURCE, ClockReactor, clock_stream
from shared.kit.due import DueRow
from shared.kit.eventstore import Cause
from shared.kit.log import Received
from shared.rules.calendar import london_day, start_of
from shared.rules.regimes import load_regimes

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

    def circumstances(self) -> Circumstances:
        return Circumstances(
            today=london_day(self.world.now), calendar=self.world.calendar, regimes=load_regimes()
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
        if row.command in TIMERS and self.world.setting.filed:
            return self.world.setting.until + _LOOK_AGAIN
        if row.command != REMIND or self.world.case.department_id is not None or not self.world.case.is_open:
            return self.world.now
        run = self.clocks.runs.get((row.payload["clock"], row.payload["occurrence"]))
        waits = run is not None and run.live and run.department_id is None
        return self.world.now + (_LOOK_AGAIN if waits else timedelta())

    def do(self, row: DueRow) -> None:
        now = self.circumstances()
        command = (
            Recalculate(now=now)
            if row.command == RECALCULATE_TOUCHED
            else COMMANDS[row.command](row.payload, now)
        )
        self._give(command, Cause(PRINCIPAL, row.correlation_id, row.causation_id))

    def ask(self, body: Body, cause: Cause) -> None:
        """An officer's command, as its body says it. Raises `Refused`."""
        owner = facts.customer(self.clocks) or self.world.case_id
        day = body.happened_on
        earlier = day is not None and day < london_day(self.world.now)
        self._give(
            body.command(self.circumstances(), owner), cause, start_of(day) if day and earlier else None
        )

    def _give(self, command: ClockCommand, cause: Cause, happened_at: datetime | None = None) -> None:
        self.world.streams.give(
            clock_stream(self.world.case_id),
            self.world.case_id,
            CLOCKS,
            command,
            source=SOURCE,
            cause=cause,
            happened_at=happened_at,
        )
