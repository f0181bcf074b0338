"""Who is in a case."""

from services.intake.views.case_people.fold import CASE_PEOPLE

__all__ = ["CASE_PEOPLE"]
