"""Views on a real PostgreSQL: the same rows whether events come one by one or all at once."""

from __future__ import annotations

from typing import Any

from services.notifications.main import VIEWS
from shared.kit.log.subscriber.folding import positions
from shared.kit.log.subscriber.received import open_bytes
from tests.integration.notifications.conftest import sender_to
from tests.integration.notifications.mail_server import MailServer
from tests.integration.notifications.matters import Matter
from tests.integration.notifications.world import World


async def rows(world: World) -> dict[str, list[Any]]:
    """Every row of every view."""
    return {
        table: [
            row[0]
            for row in await world.pool.fetch(f"SELECT to_jsonb(t)::text FROM views.{table} AS t ORDER BY 1")
        ]
        for view in VIEWS
        for table in view.tables
    }


async def test_folding_all_at_once_gives_the_same_rows(
    world: World, matter: Matter, mail: MailServer
) -> None:
    mail.answers = ("451 later", "250 OK")
    await matter.remind()
    await matter.answer()
    async with world.at_work(world.service(sender_to(mail))):
        await world.until_state("sent", "suppressed")
    before = await rows(world)
    async with world.pool.acquire() as connection, connection.transaction():
        await positions.enter(connection, positions.LIVE)
        for view in VIEWS:
            for table in view.tables:
                await connection.execute(f"DELETE FROM {table}")
        opened = [open_bytes(*record).received for record in world.log.records]
        for view in VIEWS:
            await view.fold(connection, [each for each in opened if each is not None])
    assert await rows(world) == before
    assert all(before[table] for table in ("cases", "clocks", "directory", "outbox"))
