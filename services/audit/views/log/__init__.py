"""Audit's own copy of the log, append-only, and the trees over it."""

from services.audit.views.log.fold import AuditLog
from services.audit.views.log.rows import LogRow

__all__ = ["AuditLog", "LogRow"]
