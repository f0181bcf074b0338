"""One life: what people do about one case, one thing after the other, at moments that are drawn by lot."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from random import Random
from typing import Any, Final
from uuid import UUID

from pydantic import BaseModel

from deploy.simulation.chances import pick, told
from deploy.simulation.council import Department, Staff
from deploy.simulation.machines import put_in
from deploy.simulation.world import Setting, World
from services.deadlines.domain.clock import OfficerCommand as ClockCommand
from services.intake.domain.case import CaseState, OfficerCommand
from services.notifications.domain.message.settle import Settle
from services.ombudsman.domain.referral import ReferralCommand
from shared.contracts.ids import case_id
from shared.kit.events import Event, Recorded, command_id
from shared.kit.eventstore import Cause
from shared.rules.calendar import london_day, start_of
from shared.rules.regimes import Regime, load_regimes

_BETWEEN: Final = (3, 40)
"""Minutes between two things that somebody does on the same day."""
_INTO_THE_DAY: Final = (5, 240)
"""Minutes after the office has opened."""


class Over(Exception):
    """The simulation ends while the life goes on, or nothing more comes of it."""


@dataclass(frozen=True, slots=True)
class Posted:
    """What somebody did, as a POST to a service's front door; `{reference}` stands in `path` for the case's."""

    service: str
    path: str
    body: Mapping[str, Any]
    who: Staff


@dataclass
class Life:
    """A case, those who work on it, and the moment in its story.

    Attributes:
        identity: what its ids are derived from: the seed and its number.
        reference: that of the case, if one comes of it.
        regime: under which it belongs.
        asked: what people did, in order.
        at: the moment in the story. In a life that is filed the services' clock stands at the day of filing meanwhile.
    """

    setting: Setting
    identity: str
    reference: str
    regime: str
    at: datetime
    rng: Random
    asked: list[Posted] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.often, self.council = self.setting.often, self.setting.council
        self.department: Department = self.council.answers_for(self.regime, self.rng)
        self.officer: Staff = self.rng.choice(self.department.staff[:-1])
        start = self.setting.until if self.setting.filed else self.at
        self.world = World(self.setting, case_id(*self.opening), self.rng, start)
        self.intake, self.deadlines, self.ombudsman, self.notifications = put_in(self.world)

    @property
    def opening(self) -> tuple[str, UUID]:
        """The principal and the command that the case's id is derived from."""
        return self.identity, self.id_of("opening")

    @property
    def recorded(self) -> list[Recorded[Event]]:
        """Every event so far, in the order of recording; personal texts are readable sealed values."""
        return self.world.streams.recorded

    @property
    def case(self) -> CaseState:
        return self.world.case

    @property
    def today(self) -> date:
        return london_day(self.at)

    @property
    def may_email(self) -> bool:
        """Whether letters can leave by e-mail: a case that is filed goes on, so those of its last working day."""
        setting = self.setting
        return not setting.filed or (not setting.historic and self.today >= setting.last_working_day)

    @property
    def rules(self) -> Regime:
        """The version of the regime that the case is under."""
        assert self.case.regime is not None
        assert self.case.regime_version is not None
        return load_regimes().version(self.case.regime, self.case.regime_version)

    def id_of(self, *what: str) -> UUID:
        return command_id("simulated", self.identity, *what)

    def chance(self, name: str) -> bool:
        return self.rng.random() < told(self.often.chances, name, "frequencies.toml [chances]")

    def pick(self, shares: Mapping[str, float]) -> str:
        """One of the words, by its share."""
        return pick(self.rng, shares)

    def days(self, name: str) -> int:
        """A number of days out of the span of that name."""
        return self.rng.randint(*told(self.often.days, name, "frequencies.toml [days]"))

    def words(self, name: str) -> str:
        """What is written on such an occasion."""
        return told(self.council.words, name, "council.toml [words]")

    def wait(self, name: str) -> None:
        """Waits some days, out of the span of that name. Raises `Over`."""
        self.wait_until(self.today + timedelta(days=self.days(name)))

    def wait_until(self, day: date) -> None:
        """Waits for office hours on that day, or on the next working day. Raises `Over`."""
        if day <= self.today:
            self.pass_to(self.at + timedelta(minutes=self.rng.randint(*_BETWEEN)))
            return
        opens = self.world.hours.opening(start_of(day), self.world.calendar)
        self.pass_to(opens + timedelta(minutes=self.rng.randint(*_INTO_THE_DAY)))

    def pass_to(self, moment: datetime) -> None:
        """Lets time pass: the services do what is due meanwhile. Raises `Over`."""
        if moment >= self.setting.until:
            self.finish()
            raise Over
        if not self.setting.filed:
            self.world.run_to(moment)
        self.at = max(moment, self.at)

    def finish(self) -> None:
        """Lets the services do what is due until the end."""
        self.world.run_to(self.setting.until)

    def ask(self, command: OfficerCommand, who: Staff | None = None) -> None:
        """An officer's command to the case. Raises `Refused`."""
        who = who or self.officer
        happened_at = self.at if self.setting.filed else None
        dated = command.model_copy(update={"happened_at": happened_at})
        cause = self._asked("intake", dated.verb, dated, who)
        self._now_done(lambda: self.intake.to_case(dated, who.principal, cause, happened_at))

    def ask_clocks(self, command: ClockCommand) -> None:
        """An officer's command to the clocks. Raises `Refused`."""
        cause = self._asked("deadlines", command.verb, command, self.officer)
        self._now_done(lambda: self.deadlines.ask(command, cause))

    def ask_ombudsman(self, command: ReferralCommand) -> None:
        """An officer's command to a referral. Raises `Refused`."""
        cause = self._asked("ombudsman", command.verb, command, self.officer)
        self._now_done(lambda: self.ombudsman.ask(command, cause))

    def settle(self, command: Settle) -> None:
        """An officer's word about a message. Raises `Refused`."""
        cause = self._asked("notifications", command.verb, command, self.officer)
        self._now_done(lambda: self.notifications.settle(command, self.officer.principal, cause))

    def cause(self, principal: str) -> Cause:
        return Cause(principal, self.id_of(str(len(self.recorded))), None)

    def _asked(self, service: str, verb: str, body: BaseModel, who: Staff) -> Cause:
        said = body.model_dump(mode="json", exclude_none=True)
        self.asked.append(Posted(service, f"/cases/{{reference}}/{verb}", said, who))
        return self.cause(who.principal)

    def _now_done(self, do: Callable[[], None]) -> None:
        do()
        self.world.settle()
        if not self.setting.filed:
            self.at = max(self.at, self.world.now)
