"""Teams, departments and their officers."""

from services.intake.views.units.everything import everything
from services.intake.views.units.fold import UNITS

__all__ = ["UNITS", "everything"]
