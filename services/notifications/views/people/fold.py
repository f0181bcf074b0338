"""Folds erasures."""

from __future__ import annotations

from collections.abc import Sequence

from shared.contracts.intake import PersonErased
from shared.kit import sql
from shared.kit.log import Connection, Received


class PeopleView:
    """The view `people`."""

    name = "people"
    version = 1
    tables = ("erased_people",)
    schema_sql = sql.load(__package__, "tables.sql")

    async def fold(self, connection: Connection, events: Sequence[Received]) -> None:
        """Notes the erased of a batch."""
        erased = {received.event.person_id for received in events if isinstance(received.event, PersonErased)}
        if erased:
            await connection.execute(sql.load(__package__, "erase.sql"), list(erased))
