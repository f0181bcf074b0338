"""Audit over HTTP."""

from __future__ import annotations

from collections.abc import Sequence

from fastapi import APIRouter

from services.audit.api import cases, log, looks
from services.audit.application.casebook import casebook
from services.audit.settings import AuditSettings
from shared.kit.runtime import Parts


def routers(parts: Parts[AuditSettings]) -> Sequence[APIRouter]:
    book = casebook(parts)
    return cases.router(book), looks.router(book), log.router(parts.pool)
