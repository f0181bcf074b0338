"""A council in the middle of its work: of many lives, those that are filed as cases that go on: some for every list."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from enum import StrEnum
from typing import Final

from deploy.simulation.council import load_council
from deploy.simulation.frequencies import load_frequencies
from deploy.simulation.life import Life
from deploy.simulation.lives import lives
from deploy.simulation.world import Setting
from shared.contracts.deadlines import DueDateMoved
from shared.rules.calendar import load_calendar
from shared.rules.regimes.rules import Means, Role
from shared.rules.regimes.working import long

_LATE: Final = "late"


class Urgency(StrEnum):
    """What a case would be looked for as, that of the most haste first."""

    OVERDUE = "overdue"
    DUE = "due"
    WRITTEN_TO = "written-to"
    NEW = "new"
    OPEN = "open"
    ENDED = "ended"


def going_on(seed: int, cases: int, now: datetime) -> list[Life]:
    """Lives that came in over the last weeks, in that order; as many, or a few less, in every urgency by its share.

    The same seed, number and day give the same.
    """
    often = load_frequencies()
    going = often.going_on
    chances = {**often.chances, _LATE: going.late}
    of_weeks = often.model_copy(update={"months": going.months, "chances": chances})
    setting = Setting(load_council(), of_weeks, now, filed=True)
    found: defaultdict[Urgency, list[Life]] = defaultdict(list)
    for life in lives(seed, cases * going.among, setting):
        if life.asked and not _told_too_late(life):
            found[urgency_of(life)].append(life)
    total = sum(going.shares.values())
    chosen = [
        life
        for urgency in Urgency
        for life in _various(found[urgency])[: max(1, round(cases * going.shares[urgency] / total))]
    ]
    return sorted(chosen, key=lambda life: life.recorded[0].envelope.happened_at)


def urgency_of(life: Life) -> Urgency:
    """How the case stands when its life is filed."""
    if not life.case.is_open:
        return Urgency.ENDED
    due = due_days(life)
    if any(day < life.setting.today for day in due):
        return Urgency.OVERDUE
    if next_working_day(life.setting) in due:
        return Urgency.DUE
    if life.case.regime is None:
        return Urgency.NEW
    return Urgency.WRITTEN_TO if life.asked[-1].body.get("means") == Means.EMAIL else Urgency.OPEN


def due_days(life: Life) -> set[date]:
    """The days by which something is owed in it."""
    runs = life.deadlines.clocks.live()
    return {run.due_on for run in runs if Role(run.role).owed and run.paused_on is None}


def told(filed: Sequence[Life]) -> str:
    """How many there are of each urgency, in a sentence."""
    number = Counter(map(urgency_of, filed))
    setting = filed[0].setting
    day = next_working_day(setting)
    due = "today" if day == setting.today else f"on {long(day)}"
    return (
        f"{len(filed)} cases: {number[Urgency.OVERDUE]} late, {number[Urgency.DUE]} due {due}, "
        f"{number[Urgency.NEW]} that nobody has looked at, {number[Urgency.ENDED]} that have ended."
    )


def next_working_day(setting: Setting) -> date:
    """Today; where nobody works today, the next day on which somebody does: until then nothing can be due."""
    calendar = load_calendar()
    return calendar.on_or_after(setting.today, calendar.office)


def _told_too_late(life: Life) -> bool:
    """Whether somebody would get a wrong e-mail while the case is being filed.

    That is a department that is asked for a part which has come in, or a customer whose answer is late by a date that
    was moved, or stands still.
    """
    today = life.setting.today
    parts_are_over = set(life.case.contributions) != set(life.case.outstanding)
    moved = any(
        isinstance(each.event, DueDateMoved) and each.event.previous_due_on < today for each in life.recorded
    )
    stands_still = any(
        run.paused_on is not None and run.due_on < today for run in life.deadlines.clocks.live()
    )
    return parts_are_over or moved or stands_still


def _various(found: Iterable[Life]) -> list[Life]:
    """One of every regime and stage first, then another of each, and so on."""
    before: Counter[tuple[str | None, str | None]] = Counter()
    turns = []
    for life in found:
        kind = (life.case.regime, life.case.stage)
        turns.append((before[kind], life))
        before[kind] += 1
    return [life for _, life in sorted(turns, key=lambda turn: turn[0])]
