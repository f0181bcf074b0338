"""Lists, computed from the log."""

from services.intake.views.case_list import CASE_LIST
from services.intake.views.case_people import CASE_PEOPLE
from services.intake.views.quarantine import QUARANTINE
from services.intake.views.units import UNITS

__all__ = ["CASE_LIST", "CASE_PEOPLE", "QUARANTINE", "UNITS"]
