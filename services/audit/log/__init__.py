"""Audit's own copy of the log, append-only, and the trees over it."""

from services.audit.log.keeping import AuditLog
from services.audit.log.rows import LogRow

__all__ = ["AuditLog", "LogRow"]
