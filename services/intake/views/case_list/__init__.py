"""Every case in one row: what queues are made of."""

from services.intake.views.case_list.fold import CaseList
from services.intake.views.case_list.page import CasePage, Filters, page

__all__ = ["CaseList", "CasePage", "Filters", "page"]
