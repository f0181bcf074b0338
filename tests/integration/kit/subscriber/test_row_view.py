"""A fold by rows leaves in the table what it leaves in memory."""

from __future__ import annotations

from uuid import UUID

from shared.kit.eventstore import Pool
from shared.kit.log import Received, Row, Rows, RowView
from tests.kit.heard import told
from tests.kit.notes import Noted

KEY = UUID(int=1)


class Note(Row):
    """What was noted, until it is crossed out."""

    key: UUID
    number: int
    text: str


def evolve(rows: Rows[Note], received: Received) -> None:
    assert isinstance(received.event, Noted)
    text = received.event.text
    if text.startswith("not "):
        del rows[next(number for number, note in rows.items() if note.text == text.removeprefix("not "))]
    else:
        rows[received.envelope.version] = Note(key=KEY, number=received.envelope.version, text=text)


NOTES = RowView("notes", Note, primary_key=("key", "number"), kinds=(Noted,), evolve=evolve)


async def test_a_row_that_a_fold_takes_away_is_gone(pool: Pool) -> None:
    written = told(f"note-{KEY}", KEY, *(Noted(text=text) for text in ("a", "b", "not a", "c", "not c")))
    async with pool.acquire() as connection, connection.transaction():
        await connection.execute(NOTES.schema_sql)
        await NOTES.fold(connection, written[:2])
        await NOTES.fold(connection, written[2:])
        left = await connection.fetch("SELECT number, text FROM notes")
        assert [tuple(row) for row in left] == [(2, "b")]
