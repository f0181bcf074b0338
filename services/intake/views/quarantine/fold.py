"""How the list of quarantined messages follows from intake's events."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from services.intake.views.patches import Patches, text
from shared.contracts import intake
from shared.kit import sql
from shared.kit.log import Connection, Received

_UPSERT: Final = sql.load(__package__, "upsert.sql")


class QuarantineList:
    """One row a message."""

    name = "quarantine"
    version = 1
    tables = ("quarantine",)
    schema_sql = sql.load(__package__, "tables.sql")

    async def fold(self, connection: Connection, events: Sequence[Received]) -> None:
        """One statement a batch."""
        patches = Patches()
        for received in events:
            key = received.envelope.key
            match received.event:
                case intake.ContactQuarantined() as event:
                    patches.set(
                        key,
                        {
                            "standing": "held",
                            "adapter": event.adapter,
                            "sender": event.sender,
                            "sender_message_id": event.sender_message_id,
                            "code": event.code,
                            "pointer": event.pointer,
                            "received_at": text(event.received_at),
                        },
                    )
                case intake.ContactSentThrough() as event:
                    patches.set(key, {"standing": "sent-through", "reference": event.reference})
                case intake.ContactDiscarded() as event:
                    patches.set(key, {"standing": "discarded", "reason": event.reason})
                case _:
                    continue
        if patches:
            await connection.execute(_UPSERT, *patches.arguments())
