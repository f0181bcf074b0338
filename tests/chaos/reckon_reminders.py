"""Every reminder that is due was called for, once: computed anew from the clocks and the regimes' ladders."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any, Final

from shared.rules.calendar import Calendar, load_calendar, london_day
from shared.rules.regimes import Role, load_regimes, rung_dates
from shared.rules.regimes.ladder import reached
from tests.chaos.site import Site

CLOCKS: Final = """
SELECT originator_id AS stream, split_part(topic, '.', 3) AS what, convert_from(state, 'UTF8') AS state
FROM public.stored_events
WHERE originator_id LIKE 'clock-%' AND topic = ANY($1::text[])
ORDER BY originator_id, originator_version
"""
_KINDS: Final = [
    f"redress.deadlines.{kind}.v1"
    for kind in (
        "clock-started",
        "due-date-moved",
        "met",
        "found-met",
        "clock-stopped",
        "reminder-due",
        "missed",
    )
]


@dataclass(slots=True)
class _Clock:
    """One clock of one case, as its events tell."""

    stream: str
    started: dict[str, Any]
    due_on: date
    live: bool = True


async def reckon(site: Site) -> list[str]:
    """What is missing or there twice, a sentence each."""
    clocks: dict[tuple[str, str, int], _Clock] = {}
    told: Counter[tuple[Any, ...]] = Counter()
    for row in await site.rows("deadlines", CLOCKS, _KINDS):
        state = json.loads(row["state"])
        key = (row["stream"], state["clock"], state["occurrence"])
        match row["what"]:
            case "clock-started":
                clocks[key] = _Clock(row["stream"], state, date.fromisoformat(state["due_on"]))
            case "due-date-moved":
                clocks[key].due_on = date.fromisoformat(state["due_on"])
            case "reminder-due":
                told[(*key, state["due_on"], state["offset"])] += 1
            case "missed":
                told[(*key, state["due_on"], "missed")] += 1
            case _:
                clocks[key].live = False
    return [*_twice(told), *_missing(clocks, told)]


def _twice(told: Counter[tuple[Any, ...]]) -> Iterator[str]:
    yield from (
        f"{' '.join(map(str, what))}: recorded {times} times" for what, times in told.items() if times > 1
    )


def _missing(clocks: dict[tuple[str, str, int], _Clock], told: Counter[tuple[Any, ...]]) -> Iterator[str]:
    calendar, today = load_calendar(), london_day(datetime.now(UTC))
    ladders: dict[tuple[str, str, str, date], Sequence[Any]] = defaultdict(list)
    for key, clock in clocks.items():
        if not clock.live or not Role(clock.started["role"]).owed:
            continue
        rule = (clock.started["regime"], clock.started["regime_version"], clock.started["clock"])
        ladder = ladders.get((*rule, clock.due_on))
        if ladder is None:
            ladder = ladders[*rule, clock.due_on] = _ladder(rule, clock.due_on, calendar)
        last = reached(tuple(ladder), today)
        if last is not None and not told[(*key, clock.due_on.isoformat(), last.rung.offset)]:
            yield f"{' '.join(map(str, key))}: the reminder of rung {last.rung.offset} ({last.on}) is missing"
        if clock.due_on < today and not told[(*key, clock.due_on.isoformat(), "missed")]:
            yield f"{' '.join(map(str, key))}: due on {clock.due_on}, not recorded as missed"


def _ladder(rule: tuple[str, str, str], due_on: date, calendar: Calendar) -> Sequence[Any]:
    regime, version, clock = rule
    return rung_dates(load_regimes().version(regime, version).clock(clock), due_on, calendar)
