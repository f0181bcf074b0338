"""`redress due`: what is due, one date and why it is that date, or a whole file of dates checked."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from deploy.cli.services import DEFAULT_HOME
from deploy.sandbox import SCHOOLS as SANDBOX_SCHOOLS
from shared.rules.calendar.days import Calendar
from shared.rules.calendar.loading import load_calendar
from shared.rules.calendar.schools import load_schools
from shared.rules.regimes.arithmetic import Paused
from shared.rules.regimes.due_date import due, refuse_open_pause
from shared.rules.regimes.loading import load_regimes
from shared.rules.regimes.refused import ClockRefused
from shared.rules.regimes.working import Working, long
from shared.rules.tables import RuleFileError

COLUMNS = ("regime", "clock", "base_date", "pause_from", "pause_to", "expected_due")
SCHOOL = "school"  # a column that only a file with requests to schools has
ISO_DATE = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
ALL_AGREE, DISAGREES, WRONG = 0, 1, 2


class InputError(Exception):
    """Something on the command line or in the file isn't what it has to be."""


@dataclass(frozen=True)
class Question:
    """What is asked: a clock from a day. `open_pause`: a pause has begun and hasn't ended; `school`: at that school."""

    regime: str
    clock: str
    base: date
    pauses: tuple[Paused, ...] = ()
    open_pause: bool = False
    school: str | None = None

    def __str__(self) -> str:
        at = f" at {self.school}" if self.school else ""
        return f"{self.regime} {self.clock} from {self.base}{at}"

    def answer(self, calendar: Calendar) -> Working:
        """By the version of the regime that is in force on the base date. Raises `ClockRefused`."""
        regime = load_regimes().in_force(self.regime, self.base)
        if self.open_pause:
            refuse_open_pause(regime, self.clock, self.base)
        return due(regime, self.clock, self.base, self.pauses, calendar, school=self.school)


def due_command(  # noqa: PLR0917  typer reads the command line from the parameters
    regime: Annotated[str | None, typer.Argument(help="Such as foi or corporate.")] = None,
    clock: Annotated[str | None, typer.Argument(help="Such as respond or stage1_acknowledge.")] = None,
    base: Annotated[
        str | None, typer.Option("--from", metavar="DATE", help="The day that the clock counts from.")
    ] = None,
    pause: Annotated[
        list[str] | None,
        typer.Option("--pause", metavar="A..B", help="First and last day of a pause; may be repeated."),
    ] = None,
    school: Annotated[str | None, typer.Option(help="The school, where the clock counts its days.")] = None,
    schools: Annotated[
        Path, typer.Option(envvar="REDRESS_SCHOOLS", help="The folder of the schools' term dates.")
    ] = SANDBOX_SCHOOLS,
    why: Annotated[bool, typer.Option("--why", help="Say how the date came about.")] = False,
    check: Annotated[
        Path | None, typer.Option("--check", metavar="FILE.csv", help="Check every date in a file.")
    ] = None,
    home: Annotated[
        Path, typer.Option(help="Of the running system, where nothing else is said.")
    ] = DEFAULT_HOME,
) -> None:
    """What is due in the running system, its days in order. With a regime, a clock and --from: one deadline.

    Exits 2 with the citation when there is no such date.
    """
    alone = not (regime or clock or base or pause or school or why)
    try:
        calendar = load_calendar().with_schools(load_schools(schools))
        if alone and check is None:
            status = _print_list(home)
        elif check is None:
            question = replace(_question(regime, clock, base, pause or []), school=school)
            status = _print_one(question, calendar, why=why)
        else:
            status = _check(check, calendar, alone=alone)
    except ClockRefused as refused:
        typer.echo(f"{refused.title} ({refused.citation})", err=True)
        status = WRONG
    except (InputError, RuleFileError) as wrong:
        typer.echo(str(wrong), err=True)
        status = WRONG
    raise typer.Exit(status)


def _print_list(home: Path) -> int:
    """Whatever is owed, with its case; a restricted case is for those alone who may see it."""
    from deploy.cli.calling import Caller

    caller, after = Caller(home, "supervisor"), None
    while True:
        page = caller.get("deadlines", "/due", after=after).json()
        for item in page["items"]:
            print(f"{item['due_on']}  {item['reference']}  {item['regime']} {item['clock']}  {item['state']}")
        after = page["next"]
        if after is None:
            return ALL_AGREE


def _print_one(question: Question, calendar: Calendar, *, why: bool) -> int:
    working = question.answer(calendar)
    print(working.due.isoformat())
    if why:
        print("\n".join(working.lines()))
    return ALL_AGREE


def _question(regime: str | None, clock: str | None, base: str | None, pauses: list[str]) -> Question:
    if regime is None or clock is None or base is None:
        raise InputError("give a regime, a clock and --from DATE, or --check FILE.csv")
    spans: list[Paused] = []
    open_pause = False
    for text in pauses:
        start, dots, end = text.partition("..")
        if not dots or not start:
            raise InputError(f"--pause must be two dates such as 2026-06-12..2026-06-16, not {text!r}")
        first = _date("--pause", start)
        if end:
            spans.append(Paused(first, _date("--pause", end)))
        else:
            open_pause = True
    return Question(regime, clock, _date("--from", base), tuple(spans), open_pause)


def _check(path: Path, calendar: Calendar, *, alone: bool) -> int:
    """Prints each disagreement and the sum; the exit status."""
    if not alone:
        raise InputError("--check takes a file and nothing else")
    agreed = checked = 0
    for line, cells in _rows(path):
        checked += 1
        problem = _disagreement(cells, calendar)
        if problem is None:
            agreed += 1
        else:
            print(f"line {line}: {problem}")
    if not checked:
        raise InputError(f"{path} has no dates to check")
    print(f"{agreed} of {checked} dates agree")
    return ALL_AGREE if agreed == checked else DISAGREES


def _rows(path: Path) -> Iterator[tuple[int, Mapping[str, str] | None]]:
    """The rows of the file that aren't empty, each with its line; None for one that is too short."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.reader(file, strict=True)
            header = [name.strip() for name in next(reader, [])]
            if missing := [name for name in COLUMNS if name not in header]:
                raise InputError(f"{path} lacks the column {', '.join(missing)}")
            places = {name: header.index(name) for name in COLUMNS}
            at = header.index(SCHOOL) if SCHOOL in header else None
            for cells in reader:
                if any(cell.strip() for cell in cells):
                    whole = len(cells) > max(places.values())
                    named = {name: cells[place].strip() for name, place in places.items()} if whole else None
                    if named is not None and at is not None and at < len(cells):
                        named[SCHOOL] = cells[at].strip()
                    yield reader.line_num, named
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise InputError(f"{path} can't be read: {error}") from error


def _disagreement(cells: Mapping[str, str] | None, calendar: Calendar) -> str | None:
    """What is wrong with a row, None if it agrees. A refused one agrees with an empty expected date only."""
    try:
        question, expected = _row(cells)
    except InputError as wrong:
        return str(wrong)
    try:
        found = question.answer(calendar).due
    except ClockRefused as refused:
        if expected is None:
            return None
        return f"{question}: expected {expected}, refused: {refused.title} ({refused.citation})"
    if found == expected:
        return None
    wanted = "a refusal" if expected is None else f"{expected} ({long(expected)})"
    return f"{question}: expected {wanted}, worked out {found} ({long(found)})"


def _row(cells: Mapping[str, str] | None) -> tuple[Question, date | None]:
    """The question of a row and the date that it expects, None for a refusal."""
    if cells is None:
        raise InputError("the row has too few columns")
    start, end, expected = cells["pause_from"], cells["pause_to"], cells["expected_due"]
    if not cells["regime"] or not cells["clock"]:
        raise InputError("regime and clock can't be empty")
    if end and not start:
        raise InputError(f"a pause that ends on {end} needs a first day")
    first = _date("pause_from", start) if start else None
    spans = (Paused(first, _date("pause_to", end)),) if first and end else ()
    base = _date("base_date", cells["base_date"])
    question = Question(
        cells["regime"],
        cells["clock"],
        base,
        spans,
        open_pause=bool(start) and not end,
        school=cells.get(SCHOOL) or None,
    )
    return question, _date("expected_due", expected) if expected else None


def _date(what: str, text: str) -> date:
    try:
        if ISO_DATE.fullmatch(text):
            return date.fromisoformat(text)
    except ValueError:
        pass
    raise InputError(f"{what} must be a date such as 2026-06-01, not {text!r}")
