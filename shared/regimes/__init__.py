"""The regimes as data, and the dates that they lead to.

Pure: `rules`, `arithmetic`, `due_date`, `extending`, `ladder`, `working`, `refused`. Code in a `domain` folder
imports from these; `loading` reads the files.
"""

from shared.regimes.arithmetic import Paused
from shared.regimes.due_date import as_given, due, given
from shared.regimes.extending import ExtensionLimits, check_extension, extended, extension_limits
from shared.regimes.ladder import RungDate, rung_dates
from shared.regimes.loading import Regimes, load_regimes
from shared.regimes.refused import ClockRefused
from shared.regimes.rules import Clock, Extension, Pause, Regime, Restart, Role, Rung, Trigger
from shared.regimes.section import RegimeFileError
from shared.regimes.working import Working

__all__ = [
    "Clock",
    "ClockRefused",
    "Extension",
    "ExtensionLimits",
    "Pause",
    "Paused",
    "Regime",
    "RegimeFileError",
    "Regimes",
    "Restart",
    "Role",
    "Rung",
    "RungDate",
    "Trigger",
    "Working",
    "as_given",
    "check_extension",
    "due",
    "extended",
    "extension_limits",
    "given",
    "load_regimes",
    "rung_dates",
]
