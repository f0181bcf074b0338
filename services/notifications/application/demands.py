"""What the regimes demand of notices, and what their letters have to name. Read from their data."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from services.notifications.domain.letter import Demand
from services.notifications.views.clocks import ClockRow
from shared.rules.regimes import Regime, load_regimes
from shared.rules.regimes.rules import LetterKind, Requirement
from shared.rules.regulators import Regulator

_WRITABLE: Final = frozenset({"ombudsman", "reason", "new-date"})
"""Items that a notice can contain without an officer; a letter with any other is an officer's to write."""


@dataclass(frozen=True, slots=True)
class Notice:
    """A notice that the regime demands; `names` is whom it has to name."""

    names: Regulator | None


def regime_of(clock: ClockRow) -> Regime:
    return load_regimes().version(clock.regime, clock.regime_version)


def title_of(clock: ClockRow) -> str:
    return regime_of(clock).clock(clock.clock).title


def demanded(notice: Demand | None, clock: ClockRow | None, today: date) -> Notice | None:
    """The notice that the regime of this clock demands; None: it demands none. What is no notice needs no demand."""
    if notice is None:
        return Notice(None)
    if clock is None:
        return None
    return _delay_notice(clock, today) if notice is Demand.DELAY_NOTICE else _extension_notice(clock, today)


def _delay_notice(clock: ClockRow, today: date) -> Notice | None:
    """What the customer has to be told when this clock is missed; None: nothing, or it takes an officer to write it.

    Such as SI 2009/309 reg 14(4), LGSCO Code 6.5 and Housing Ombudsman Code 6.5.
    """
    regime = regime_of(clock)
    behind = {each.name: each.stands_behind for each in regime.clocks if each.stands_behind}
    missed = behind.get(clock.clock, clock.clock)
    for letter in regime.letters_of(clock.stage):
        wanted = letter.kind is LetterKind.DELAY_NOTICE and letter.demanded and letter.latest == missed
        if wanted and {item.name for item in letter.contains} <= _WRITABLE:
            return Notice(regime.ombudsman_on(today) if letter.names_ombudsman else None)
    return None


def _extension_notice(clock: ClockRow, today: date) -> Notice | None:
    """What the customer has to be told before this clock can be extended; None: nothing."""
    regime = regime_of(clock)
    extension = regime.extension_of(clock.clock)
    if extension is None or Requirement.NOTICE not in extension.requires:
        return None
    letters = [letter for letter in regime.letters_of(clock.stage) if letter.name == extension.letter]
    named = Requirement.OMBUDSMAN_DETAILS in extension.requires or any(
        letter.names_ombudsman for letter in letters
    )
    return Notice(regime.ombudsman_on(today) if named else None)
