"""Which case a reference names, and who may see it."""

from services.audit.views.cases.fold import CASES

__all__ = ["CASES"]
