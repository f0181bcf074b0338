"""Lists, computed from the log."""

from services.intake.views.case_list import CaseList
from services.intake.views.quarantine import QuarantineList
from services.intake.views.units import UnitList

__all__ = ["CaseList", "QuarantineList", "UnitList"]
