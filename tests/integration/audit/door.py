"""Audit's API, asked as somebody."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, cast

import httpx

from services.audit.api import routers
from services.audit.settings import AuditSettings
from shared.kit.blobs import BlobStore
from shared.kit.eventstore import PostgresEventStore
from shared.kit.http import create_app, create_key_pair
from shared.kit.keyring import MasterKey, PostgresKeyring
from shared.kit.runtime import Parts
from tests.integration.audit.council import Council
from tests.kit.running import running
from tests.staff import KnownStaff

REFERENCE: Final = "CR-2026-000001"


@dataclass
class Door:
    """Asks audit's API as somebody."""

    client: httpx.AsyncClient
    staff: KnownStaff
    parts: Parts[AuditSettings]

    async def get(self, path: str, *roles: str, text: bool = False, **params: str) -> httpx.Response:
        token = self.staff.token("someone", *(roles or ("officer",)))
        accept = "text/plain" if text else "application/json"
        headers = {"Authorization": f"Bearer {token}", "Accept": accept}
        return await self.client.get(path, params=params, headers=headers)

    async def timeline(self, reference: str = REFERENCE, **params: str) -> dict[str, Any]:
        answer = await self.get(f"/cases/{reference}/timeline", text=False, **params)
        assert answer.status_code == 200, answer.text
        found: dict[str, Any] = answer.json()
        return found

    async def text(self, **params: str) -> str:
        return (await self.get(f"/cases/{REFERENCE}/timeline", text=True, **params)).text


@asynccontextmanager
async def serving(council: Council, folder: Path) -> AsyncIterator[Door]:
    """Audit serves, with its subscriber, marks and every relay running."""
    create_key_pair(folder / "private.pem", folder / "public.pem")
    parts = Parts(
        council.places.settings,
        council.audit,
        PostgresEventStore(council.audit, "/redress/audit"),
        MasterKey.from_setting(MasterKey.generate()),
        cast("PostgresKeyring", council.keyring),
        BlobStore.open(folder / "blobs"),
        council.sealer,
        council.subscriber,
        council.marks,
    )
    staff = KnownStaff((folder / "private.pem").read_bytes())
    app = create_app(
        "audit",
        persons=staff,
        token_key=(folder / "public.pem").read_text(),
        routers=routers(parts),
    )
    async with (
        council.relays(),
        running(council.subscriber.run(), council.marks.run()),
        httpx.AsyncClient(transport=httpx.ASGITransport(app=app), base_url="http://audit") as client,
    ):
        yield Door(client, staff, parts)
