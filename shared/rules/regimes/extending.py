"""Giving a clock more time: what the regime allows, and whether a proposal stays within it. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import date

from shared.rules.calendar.days import Calendar
from shared.rules.regimes.arithmetic import Paused
from shared.rules.regimes.due_date import as_given, due
from shared.rules.regimes.refused import ClockRefused
from shared.rules.regimes.rules import Extension, Regime, Requirement
from shared.rules.regimes.working import Working, long


@dataclass(frozen=True, slots=True)
class ExtensionLimits:
    """What the regime allows for one running clock.

    Attributes:
        current: the clock's own date by the arithmetic.
        ceiling: the latest date that may be given; None where only agreement limits it.
        notice_latest: the last day on which the notice may leave, that day included.
    """

    extension: Extension
    current: Working
    ceiling: Working | None
    notice_latest: date


def extension_limits(
    regime: Regime,
    clock_name: str,
    base: date,
    pauses: Iterable[Paused],
    calendar: Calendar,
    *,
    received_on: date | None = None,
) -> ExtensionLimits:
    """The limits of extending a clock that counts from `base`. Raises `ClockRefused` (`no-extension` or a date's)."""
    clock = regime.clock(clock_name)
    extension = regime.extension_of(clock_name)
    if extension is None:
        raise ClockRefused("no-extension", f"{regime.name} {clock_name} can't be extended", clock.citation)
    spans = tuple(pauses)

    def worked(name: str) -> Working:
        rule = regime.pause_of(name)
        return due(regime, name, base, spans if rule else (), calendar, received_on=received_on)

    return ExtensionLimits(
        extension=extension,
        current=worked(clock_name),
        ceiling=None if extension.ceiling is None else worked(extension.ceiling),
        notice_latest=worked(extension.notice_latest).due,
    )


def check_extension(
    limits: ExtensionLimits, new_date: date, today: date, provided: Collection[Requirement], current_due: date
) -> None:
    """Refuses a proposal that is incomplete, no longer than what stands, too long, or too late to be notified.

    `provided` is what the officer has given; the notice itself comes in the second step and isn't asked for here.
    """
    extension = limits.extension
    missing = [need for need in extension.requires if need is not Requirement.NOTICE and need not in provided]
    if missing:
        raise ClockRefused(
            "extension-incomplete", f"this extension needs {', '.join(missing)}", extension.citation
        )
    if new_date <= current_due:
        raise ClockRefused(
            "extension-not-later", f"{long(new_date)} isn't after {long(current_due)}", extension.citation
        )
    if limits.ceiling is not None and new_date > limits.ceiling.due:
        raise ClockRefused(
            "extension-too-long",
            f"the latest date {'by guidance ' if extension.guidance_only else ''}is {long(limits.ceiling.due)}",
            extension.citation,
        )
    if today > limits.notice_latest:
        raise ClockRefused(
            "extension-too-late",
            f"the customer had to be told by {long(limits.notice_latest)}",
            extension.citation,
        )


def extended(
    regime: Regime, limits: ExtensionLimits, new_date: date, notice_on: date, calendar: Calendar
) -> Working:
    """The working of the clock once its notice has left in time. Raises `ClockRefused` (`extension-too-late`)."""
    extension = limits.extension
    if notice_on > limits.notice_latest:
        raise ClockRefused(
            "extension-too-late",
            f"the notice left on {long(notice_on)}, after {long(limits.notice_latest)}",
            extension.citation,
        )
    current = limits.current
    note = (
        f"Extended from {long(current.due)} by {extension.citation}; "
        f"the customer was told on {long(notice_on)}."
    )
    working = as_given(
        regime,
        regime.clock(current.clock),
        current.base_date,
        new_date,
        note=note,
        calendar=calendar,
        base_event=current.base_event,
    )
    return replace(working, pauses=current.pauses, pause_citation=current.pause_citation)
