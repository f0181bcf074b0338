"""Every case in one row: what queues are made of."""

from services.intake.views.case_list.fold import CASE_LIST
from services.intake.views.case_list.page import CasePage, Filters, page

__all__ = ["CASE_LIST", "CasePage", "Filters", "page"]
