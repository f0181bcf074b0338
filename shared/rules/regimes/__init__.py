"""The regimes as data, and the dates that they lead to.

Pure: `rules`, `arithmetic`, `due_date`, `extending`, `ladder`, `working`, `refused`. Code in a `domain` folder
imports from these; `loading` reads the files.
"""

from shared.rules.regimes.arithmetic import Paused
from shared.rules.regimes.due_date import as_given, due, given
from shared.rules.regimes.extending import ExtensionLimits, check_extension, extended, extension_limits
from shared.rules.regimes.ladder import RungDate, rung_dates
from shared.rules.regimes.loading import Regimes, load_regimes
from shared.rules.regimes.refused import ClockRefused
from shared.rules.regimes.rules import Clock, Extension, Pause, Regime, Restart, Role, Rung, Trigger
from shared.rules.regimes.working import Working
from shared.rules.tables import RuleFileError

__all__ = [
    "Clock",
    "ClockRefused",
    "Extension",
    "ExtensionLimits",
    "Pause",
    "Paused",
    "Regime",
    "Regimes",
    "Restart",
    "Role",
    "RuleFileError",
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
