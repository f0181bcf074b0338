"""Messages that can't be read, and what became of them."""

from services.intake.views.quarantine.fold import QUARANTINE
from services.intake.views.quarantine.page import page

__all__ = ["QUARANTINE", "page"]
