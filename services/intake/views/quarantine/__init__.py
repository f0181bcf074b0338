"""Messages that can't be read, and what became of them."""

from services.intake.views.quarantine.fold import QuarantineList
from services.intake.views.quarantine.page import page

__all__ = ["QuarantineList", "page"]
