"""What does the commands that intake owes: one line each. Whatever their order, they lead to the same in the end."""

from __future__ import annotations

from typing import Final

from services.intake.application.dependencies import Dependencies
from services.intake.application.people import People
from services.intake.application.quarantine import Quarantining
from services.intake.domain.case import OWED, case_decider
from services.intake.domain.contact import DestroyMessageKey, Discard
from services.intake.domain.person import DestroyPersonKeys
from shared.kit.decider import Command
from shared.kit.due import DueRow, DueWork

PRINCIPAL: Final = "service:intake"


def due_work(dependencies: Dependencies) -> DueWork:
    work = DueWork(dependencies.store, PRINCIPAL, dependencies.now)
    quarantine, people = Quarantining(dependencies), People(dependencies)

    async def to_case(command: Command, row: DueRow) -> None:
        await work.give(row, case_decider(dependencies.given(PRINCIPAL)), command)

    async def discard(command: Discard, row: DueRow) -> None:
        await quarantine.discard(row.key, command.reason, work.order(row))

    async def destroy_message_key(_: DestroyMessageKey, row: DueRow) -> None:
        await dependencies.keyring.destroy(owner=row.key, case=row.key)

    async def destroy_person_keys(_: DestroyPersonKeys, row: DueRow) -> None:
        await people.destroy(row.key)

    for each in OWED:
        work.on(each.command, to_case)
    work.on(Discard, discard)
    work.on(DestroyMessageKey, destroy_message_key)
    work.on(DestroyPersonKeys, destroy_person_keys)
    return work
