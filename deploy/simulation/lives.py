"""Every life of a seed, in the order of their contacts, and the council that they begin in."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import Final

from deploy.simulation.chances import pick
from deploy.simulation.council import ISSUER, Department, Staff, load_council
from deploy.simulation.frequencies import Frequencies, load_frequencies
from deploy.simulation.life import Life
from deploy.simulation.machines.intake import SOURCE
from deploy.simulation.steps import live
from deploy.simulation.streams import Streams
from deploy.simulation.world import Setting, shipped
from services.deadlines.domain.calendar import STREAM, Proclaim, calendar_decider
from services.deadlines.reactor import SOURCE as DEADLINES
from services.intake.domain.staff import Posting, RegisterStaff, StaffGiven, staff_decider
from services.intake.domain.unit import UNIT, RegisterUnit
from services.intake.settings import IntakeSettings
from shared.contracts.ids import CALENDAR_KEY, person_stream, unit_stream
from shared.kit.events import Event, Recorded, command_id
from shared.kit.eventstore import Cause
from shared.kit.log import Received
from shared.rules.calendar import london_day, start_of
from shared.rules.calendar.days import Nation
from shared.rules.regimes import load_regimes

_PREFIX: Final[str] = IntakeSettings.model_fields["reference_prefix"].default
_ADMINISTRATOR: Final = "system:data-folder"
_DAYS_A_MONTH: Final = 30
_OPENS: Final = timedelta(hours=9)
_SETTLING_IN: Final = timedelta(days=1)


def opened(until: date | None = None) -> tuple[Setting, list[Recorded[Event]]]:
    """The council with its departments and people, for lives that go on until that day; and the events that made it so.

    Without a day the committed one counts.
    """
    often = load_frequencies()
    end = start_of((until or often.until) + timedelta(days=1))
    setting = Setting(load_council(), often, end)
    received: list[Received] = []
    streams = Streams(_begins(setting) - _SETTLING_IN, Random(_ADMINISTRATOR), received.append)  # noqa: S311  ticks
    for department in setting.council.departments:
        _register(streams, department)
    announced = start_of(often.proclaimed.announced_on) + _OPENS
    if streams.now < announced < end:
        streams.now = announced
        _proclaim(streams, often)
        setting = replace(setting, proclaimed=received[-1])
    return setting, streams.recorded


def to_be_filed(now: datetime) -> Setting:
    """The council for historic lives that are filed now."""
    return Setting(load_council(), load_frequencies(), now, filed=True, historic=True)


def lives(seed: int, cases: int, setting: Setting) -> Iterator[Life]:
    """That many lives, lived. The same seed, number of cases and last day give the same lives."""
    rng = Random(f"{seed}")  # noqa: S311  a simulation
    begins, last = _begins(setting), london_day(setting.until)
    length = start_of(last) - begins
    kind = "going-on" if setting.filed and not setting.historic else "simulated"
    numbers: dict[int, int] = {}
    passed = 0.0
    for number in range(cases):
        passed = 1 - (1 - passed) * (1 - rng.random()) ** (1 / (cases - number))
        at = begins + timedelta(minutes=int(length.total_seconds() * passed / 60))
        numbers[london_day(at).year] = numbers.get(london_day(at).year, 0) + 1
        life = _life(
            f"{kind}-{seed}-{cases}-{last:%Y%m%d}-{number + 1}", numbers[london_day(at).year], at, setting
        )
        live(life)
        yield life


def _life(identity: str, number: int, at: datetime, setting: Setting) -> Life:
    rng = Random(identity)  # noqa: S311  a simulation
    day = london_day(at)
    in_force = {
        regime: share
        for regime, share in setting.often.regimes.items()
        if load_regimes().in_force(regime, day).effective_from <= day
    }
    reference = f"{_PREFIX}-{day.year}-{number:06}"
    return Life(setting, identity, reference, pick(rng, in_force), at, rng)


def _begins(setting: Setting) -> datetime:
    day = london_day(setting.until) - timedelta(days=_DAYS_A_MONTH * setting.often.months)
    return start_of(day).astimezone(UTC)


def _register(streams: Streams, department: Department) -> None:
    unit = RegisterUnit(
        code=department.code,
        name=department.name,
        kind="department",
        email=department.email,
    )
    cause = _cause(department.code)
    stream = unit_stream(department.unit_id)
    streams.give(stream, department.unit_id, UNIT, unit, source=SOURCE, cause=cause)
    for person in department.staff:
        _begin(streams, department, person)


def _begin(streams: Streams, department: Department, person: Staff) -> None:
    given = StaffGiven(
        person.person_id,
        london_day(streams.now),
        frozenset(ROLES),
        units={department.code: department.seen},
    )
    command = RegisterStaff(
        issuer=ISSUER,
        subject=person.login,
        name=person.name,
        email=person.email,
        roles=ROLES,
        units=(Posting.model_validate({"unit": department.code, "position": person.position}),),
    )
    streams.give(
        person_stream(person.person_id),
        person.person_id,
        staff_decider(given),
        command,
        source=SOURCE,
        cause=_cause(person.login),
    )


def _proclaim(streams: Streams, often: Frequencies) -> None:
    day = often.proclaimed
    command = Proclaim(on=day.on, nation=Nation(day.nation), source=day.source)
    rules, cause = calendar_decider(shipped()), _cause(day.on.isoformat())
    streams.give(STREAM, CALENDAR_KEY, rules, command, source=DEADLINES, cause=cause)


def _cause(what: str) -> Cause:
    return Cause(_ADMINISTRATOR, command_id("simulated", what), None)


ROLES: Final = ("restricted", "supervisor")
"""What everybody of the simulation may do."""
