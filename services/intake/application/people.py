"""Erasing a person: every key of theirs, in every case, and what leads to them."""

from __future__ import annotations

from uuid import UUID

from services.intake.application.dependencies import Dependencies
from services.intake.domain.person import PERSON, Erase
from shared.contracts.ids import person_stream
from shared.kit.eventstore import Handled, Order, handle


class People:
    """What is done with people. Their details stand in the cases, sealed."""

    def __init__(self, dependencies: Dependencies) -> None:
        self._its = dependencies

    async def erase(self, person_id: UUID, ground: str, order: Order) -> Handled:
        """Records the erasure, then destroys the keys: after a crash between, the log still says what is owed.

        Raises:
            Refused: there is no such person.
        """
        command = Erase(person_id=person_id, ground=ground)
        handled = await handle(
            self._its.store, PERSON, person_stream(person_id), person_id, command, order=order
        )
        await self.destroy(person_id)
        return handled

    async def destroy(self, person_id: UUID) -> None:
        """Destroys the person's keys and what leads to them; again changes nothing."""
        await self._its.keyring.destroy(owner=person_id)
        await self._its.deduplication.forget(person_id)
