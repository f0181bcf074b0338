"""Who looked at a case, and at what."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Final

from fastapi import APIRouter, Depends

from services.audit.api.reads import Limit
from services.audit.application.casebook import Casebook
from services.audit.application.looks import Look, looks_at
from services.audit.application.timeline.names import NamesThen
from shared.casework.paging import cursor as cursor_of
from shared.casework.paging import place
from shared.casework.problems import READ_PROBLEMS
from shared.kit.events import instant
from shared.kit.http import Principal, require

_MOST: Final = 2**63
AuditorOrAdministrator = Annotated[Principal, Depends(require("audit:read", "staff:write"))]


def router(book: Casebook) -> APIRouter:
    routes = APIRouter(tags=["audit"])

    @routes.get("/cases/{reference}/looks", responses=READ_PROBLEMS)
    async def looks(
        reference: str, who: AuditorOrAdministrator, cursor: str | None = None, limit: Limit = 100
    ) -> dict[str, Any]:
        """Who looked at the case and who was refused it, the latest first. Asking is a look, too.

        `unread` names the services whose looks are missing here, as they could not be reached.
        """
        before = place(cursor, _instant, _of_service)
        case = await book.cases.find(reference, who, "looks")
        found = await looks_at(book.parts.settings, case.case_id, before, limit)
        names = await book.names(look.principal for look in found.looks)
        last = found.looks[-1] if found.more else None
        return {
            "reference": case.reference,
            "looks": [_shown(look, names(look.at)) for look in found.looks],
            "unread": found.unread,
            "next": cursor_of(None if last is None else (last.at, f"{last.service}/{last.number}")),
        }

    return routes


def _instant(text: str) -> datetime:
    found = datetime.fromisoformat(text)
    if found.tzinfo is None:
        raise ValueError("it has no zone")
    return found


def _of_service(text: str) -> tuple[str, int]:
    service, number = text.split("/")
    if not 0 < int(number) < _MOST:
        raise ValueError("no look has such a number")
    return service, int(number)


def _shown(look: Look, names: NamesThen) -> dict[str, Any]:
    return {
        "at": instant(look.at),
        "who": look.principal,
        "name": names.principal(look.principal),
        "service": look.service,
        "what": look.what,
        "refused": look.refused,
    }
