"""Somebody is warned before a school's term dates run out, while there is time to add the next terms."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest
from structlog.testing import capture_logs

from deploy.sandbox import SCHOOLS
from services.deadlines.application.calendar import KnownCalendar
from services.deadlines.application.terms import TermsWatch
from services.deadlines.main import SERVICE
from shared.kit.runtime import Parts
from shared.rules.calendar import load_calendar
from shared.rules.calendar.schools import load_schools, read_school
from tests.integration.deadlines.world import World
from tests.kit.running import running

LAST = date(2026, 12, 18)
ELM = """
school = "elm"
name = "Elm Primary School"
version = 2026-03-01
source = "a test"
terms = [{ name = "autumn", first_day = 2026-09-01, last_day = 2026-12-18 }]
"""
LONG_AGO = ELM.replace("2026-09-01", "2020-09-01").replace("2026-12-18", "2020-12-18")
WARNING = {
    "event": "a school's term dates run out: add the next terms to its file",
    "log_level": "warning",
    "school": "Elm Primary School",
    "file": "elm.toml",
    "last_day": "2026-12-18",
}


@pytest.fixture
def schools(world: World, tmp_path: Path) -> World:
    """Elm, whose terms are known to 18 December 2026, and Oakfield, whose terms go on for years."""
    folder = tmp_path / "schools"
    folder.mkdir()
    (folder / "elm.toml").write_text(ELM, encoding="utf-8")
    (folder / "oakfield.toml").write_text((SCHOOLS / "oakfield.toml").read_text("utf-8"), encoding="utf-8")
    known = load_calendar().with_schools(load_schools(folder))
    return replace(world, known=KnownCalendar(known, known))


def noon(world: World, day: date) -> None:
    """It is noon of that day."""
    world.at = datetime(day.year, day.month, day.day, 12, tzinfo=UTC)


def warned(watch: TermsWatch) -> list[Any]:
    """What it warns of now."""
    with capture_logs() as lines:
        watch.look()
    return lines


@pytest.mark.parametrize(
    ("day", "left"),
    [
        (date(2026, 10, 19), None),
        (date(2026, 10, 20), 59),
        (LAST, 0),
        (date(2026, 12, 20), -2),
    ],
)
def test_given_less_than_60_days_when_it_looks_then_it_names_the_school_and_the_last_day(
    schools: World, day: date, left: int | None
) -> None:
    noon(schools, day)
    assert warned(TermsWatch(schools.dependencies)) == (
        [] if left is None else [{**WARNING, "days_left": left}]
    )


def test_given_a_warning_when_it_looks_again_then_it_warns_on_the_next_day(schools: World) -> None:
    noon(schools, LAST)
    dependencies = schools.dependencies
    watch = TermsWatch(dependencies)
    assert len(warned(watch)) == 1
    assert warned(watch) == []
    noon(schools, date(2026, 12, 19))
    assert warned(watch) == [{**WARNING, "days_left": -1}]


async def test_the_service_warns_when_it_starts_and_counts_such_schools_in_its_status(schools: World) -> None:
    schools.known.shipped = schools.known.shipped.with_schools([read_school("elm", LONG_AGO)])
    settings = SimpleNamespace(calendar=schools.known, hours=None, marks_within=60.0)
    parts = cast("Parts[Any]", SimpleNamespace(settings=settings, store=schools.store, pool=schools.pool))
    (figure,) = SERVICE.figures
    assert await figure.ask(parts) == 1
    with capture_logs() as lines:
        async with running(*(each() for each in SERVICE.background(parts))), asyncio.timeout(20):
            while not lines:  # noqa: ASYNC110  only looking can tell
                await asyncio.sleep(0.02)
    assert [line["school"] for line in lines] == ["Elm Primary School"]
