"""Loads an installation: so many distinct lives, each copied so often, by as many processes as there are processors."""

from __future__ import annotations

import asyncio
import os
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import count
from multiprocessing import get_context
from random import Random
from statistics import mean
from typing import Final

from deploy.simulation.life import Life
from deploy.simulation.lives import lives, opened
from deploy.simulation.world import Setting
from services.intake.settings import IntakeSettings
from shared.contracts.deadlines import BankHolidayProclaimed
from shared.kit.events import Event, Recorded
from shared.rules.calendar import london_day
from tests.bench.loading.copying import Batch, Copying
from tests.bench.loading.stores import Place, Stores
from tests.bench.loading.template import ids_in, of_council, of_life

_TOGETHER: Final = 20
"""Distinct lives that a process has at a time."""
_AMONG: Final = 3
"""Among how many times as many lives short ones are looked for."""
_AT_ONCE: Final = 20_000
"""Events a COPY, or a few more."""
_PREFIX: Final[str] = IntakeSettings.model_fields["reference_prefix"].default

Tell = Callable[[str, int, int], None]
"""Told of a step, how much of it is done, and how much it is."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """How much is loaded.

    Attributes:
        lives: how many distinct ones the cases are copies of.
        events_a_case: the mean, which the shortest lives are taken for; None: of all lives as they come.
        until: the instant at which the lives end.
    """

    cases: int
    lives: int
    seed: int
    events_a_case: float | None
    until: datetime

    @property
    def parts(self) -> int:
        """Into how many parts the work falls: each is some distinct lives and their copies."""
        return -(-min(self.lives, self.cases) // _TOGETHER)


@dataclass(frozen=True, slots=True)
class Loaded:
    """How much was loaded, and the seconds that it took until it was stored, and until every service had read it."""

    events: int
    cases: int
    stored_after: float
    folded_after: float
    ripe: int


async def load(place: Place, wanted: Wanted, tell: Tell) -> Loaded:
    """Fills the stores and waits until every service has read what is in them.

    Raises:
        NotEmpty: they hold something.
    """
    began = time.monotonic()
    async with Stores(place) as stores:
        await stores.must_be_empty()
        await stores.stage()
        setting, council = _council(wanted.until)
        batch = Batch()
        Copying(place.key(), iter(()), _PREFIX, Random(wanted.seed)).into(batch, of_council(council))
        await stores.add(batch)
        begins = council[0].envelope.recorded_at.date()
        await stores.pass_mornings(begins, setting.today)
        events, cases = batch.number, 0
        with ProcessPoolExecutor(os.cpu_count(), get_context("spawn")) as pool:
            loop = asyncio.get_running_loop()
            under_way = [
                loop.run_in_executor(pool, _fill, place, wanted, part) for part in range(wanted.parts)
            ]
            for done in asyncio.as_completed(under_way):
                made = await done
                events, cases = events + made[0], cases + made[1]
                tell("copying", cases, wanted.cases)
        await stores.put_in_order(lambda number: tell("putting in order", number, events))
        tell("putting in order", events, events)
        stored_after = time.monotonic() - began
        await stores.until_folded(events, lambda number: tell("reading, the slowest", number, events))
        return Loaded(events, cases, stored_after, time.monotonic() - began, await stores.ripe())


def _council(until: datetime) -> tuple[Setting, list[Recorded[Event]]]:
    """The council for lives that end now, and the events that made it so; no bank holiday is proclaimed."""
    setting, recorded = opened(london_day(until))
    made_by = [each for each in recorded if not isinstance(each.event, BankHolidayProclaimed)]
    return replace(setting, until=until, proclaimed=None), made_by


def _fill(place: Place, wanted: Wanted, part: int) -> tuple[int, int]:
    """In a process of its own: lives some lives and writes copies of them; gives the number of events and of cases."""
    return asyncio.run(_write_part(place, wanted, part))


async def _write_part(place: Place, wanted: Wanted, part: int) -> tuple[int, int]:
    setting, council = _council(wanted.until)
    fixed = ids_in(council)
    templates = [of_life(life, fixed) for life in _lives(wanted, part, setting)]
    copying = Copying(place.key(), count(part + 1, wanted.parts), _PREFIX, Random(part))
    cases = wanted.cases * (part + 1) // wanted.parts - wanted.cases * part // wanted.parts
    events, batch = 0, Batch()
    async with Stores(place) as stores:
        for number in range(cases):
            copying.into(batch, templates[number % len(templates)])
            if batch.number >= _AT_ONCE or number == cases - 1:
                await stores.add(batch)
                events, batch = events + batch.number, Batch()
    return events, cases


def _lives(wanted: Wanted, part: int, setting: Setting) -> list[Life]:
    """The distinct lives of a part. For a mean of events they are taken from more, without those that are too long."""
    seed = wanted.seed * wanted.parts + part
    if wanted.events_a_case is None:
        return [life for life in lives(seed, _TOGETHER, setting) if life.case.exists]
    found = [life for life in lives(seed, _AMONG * _TOGETHER, setting) if life.case.exists]
    found.sort(key=lambda life: len(life.recorded))
    while mean(len(life.recorded) for life in found) > wanted.events_a_case:
        found.pop()
    return found
