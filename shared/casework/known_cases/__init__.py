"""The cases that a service has heard of: the view `cases` of those that need no more of a case, and a case by its
reference for all of them."""

from shared.casework.known_cases.find import by_reference
from shared.casework.known_cases.view import CASES, CaseRow

__all__ = ["CASES", "CaseRow", "by_reference"]
