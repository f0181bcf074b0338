"""Two small views, a reactor, and faults that can be put in and taken out of a fold."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from shared.kit.due import DueRow
from shared.kit.events import command_id
from shared.kit.eventstore import Pool
from shared.kit.log import Connection, Received
from tests.kit.notes import Noted


@dataclass
class Notes:
    """Every note, once each: an event that is applied twice breaks its primary key."""

    version: int = 1
    poison: set[str] = field(default_factory=set)
    spoil: bool = False
    name: str = "notes"
    tables: tuple[str, ...] = ("notes",)
    schema_sql: str = (
        "CREATE TABLE notes (stream text, version bigint, key uuid, text text, PRIMARY KEY (stream, version));"
        "CREATE INDEX notes_key_idx ON notes (key)"
    )

    async def fold(self, connection: Connection, events: Sequence[Received]) -> None:
        """One row an event."""
        rows = []
        for received in events:
            if not isinstance(received.event, Noted):
                continue
            text = received.event.text
            if text in self.poison:
                raise ValueError(f"a fold that can't cope with {text!r}")
            if self.spoil:
                text += " (spoiled)"
            rows.append((received.envelope.stream, received.envelope.version, received.envelope.key, text))
        await connection.executemany("INSERT INTO notes VALUES ($1, $2, $3, $4)", rows)


@dataclass
class Tallies:
    """How many notes each key has; `strict` sees the database refuse one."""

    version: int = 1
    name: str = "tallies"
    tables: tuple[str, ...] = ("tallies",)
    schema_sql: str = (
        "CREATE TABLE tallies (key uuid PRIMARY KEY, notes bigint NOT NULL CHECK (notes < 1000000))"
    )

    async def fold(self, connection: Connection, events: Sequence[Received]) -> None:
        """Adds up."""
        counts: dict[Any, int] = {}
        for received in events:
            counts[received.envelope.key] = counts.get(received.envelope.key, 0) + 1
        await connection.execute(
            """
            INSERT INTO tallies AS t SELECT * FROM unnest($1::uuid[], $2::bigint[])
            ON CONFLICT (key) DO UPDATE SET notes = t.notes + excluded.notes
            """,
            list(counts),
            list(counts.values()),
        )


@dataclass
class Reminders:
    """One command an event."""

    name: str = "reminders"
    from_beginning: bool = True

    def react(self, received: Received) -> Sequence[DueRow]:
        """To be given at once."""
        envelope = received.envelope
        return [
            DueRow(
                command_id("remind", str(envelope.event_id)),
                envelope.key,
                envelope.stream,
                "remind",
                {},
                datetime.now(UTC),
                envelope.correlation_id,
                envelope.event_id,
            )
        ]


async def noted(pool: Pool, schema: str = "views") -> dict[str, list[int]]:
    """Per stream the versions that the view holds."""
    found: dict[str, list[int]] = {}
    for row in await pool.fetch(f"SELECT stream, version FROM {schema}.notes ORDER BY stream, version"):
        found.setdefault(row["stream"], []).append(row["version"])
    return found


async def tallied(pool: Pool) -> int:
    """How many events the other view has counted."""
    total = await pool.fetchval("SELECT coalesce(sum(notes), 0) FROM views.tallies")
    return int(total)
