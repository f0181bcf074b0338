"""Commands to a case, and a case as it stands: both from its own stream, so that officers see what they just did."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final, cast
from uuid import UUID

from services.intake.application.dependencies import Dependencies
from services.intake.application.units import Units
from services.intake.domain.case import (
    FOR_OFFICERS,
    INITIAL,
    CaseDecider,
    CaseState,
    OfficerCommand,
    case_decider,
    evolve,
)
from shared.casework.cases import Cases, command_marks
from shared.casework.commands import Asked
from shared.casework.finding import no_such_case
from shared.casework.policy import may
from shared.contracts.intake import CaseEvent
from shared.kit.decider import Command, Decider, Offer, offers
from shared.kit.events import Event, Recorded, UnknownEvent
from shared.kit.eventstore import Handled, ReferenceRow, StaleVersion, handle
from shared.kit.http import Principal, Problem

_MOST_KNOWN: Final = 10_000


@dataclass(frozen=True, slots=True)
class CaseFound:
    """A case with its past."""

    reference: str
    case_id: UUID
    state: CaseState
    recorded: tuple[Recorded[Event | UnknownEvent], ...]

    @property
    def restricted(self) -> bool:
        """Whether it exists for some only."""
        return self.state.restricted

    @property
    def version(self) -> int:
        return self.recorded[-1].envelope.version


class CaseCommands:
    """One case at a time."""

    def __init__(self, dependencies: Dependencies) -> None:
        self._its = dependencies
        self._units = Units(dependencies)
        self._known: dict[str, ReferenceRow] = {}
        self.cases = Cases(dependencies.store, self._look_up, command_marks(dependencies.master))

    def offers(self, found: CaseFound, who: Principal) -> tuple[Offer, ...]:
        """What this principal can do to the case now, and why not the rest."""
        return offers(FOR_OFFICERS, found.state, self._its.given(who.id))

    async def give(self, asked: Asked[OfficerCommand]) -> Handled:
        """Gives an officer's command.

        Raises:
            Problem: there is no such case for this principal.
            Refused, StaleVersion, CommandReused, TooContended, TooLarge, StoreUnavailable, Erased: as `handle`.
        """
        reference, command = asked.reference, asked.command
        row = await self._locate(reference)
        if row is None:
            raise no_such_case(reference)
        if command.names_units:  # else the answer to a wrong code would tell that a hidden case exists
            await self.cases.find(reference, asked.who)
        given = self._its.given(
            asked.who.id, await self._units.seen(command.names_units, command.names_officers)
        )
        order = replace(asked.order, happened_at=command.happened_at or given.now)
        unseen = CaseFound(reference, row.key, INITIAL, ())
        guarded = _guarded(case_decider(given), unseen, asked.who)
        try:
            return await handle(self._its.store, guarded, row.stream, row.key, command, order=order)
        except StaleVersion:
            await self.cases.find(reference, asked.who)  # what changed is not for those who may not see it
            raise
        except Problem:  # by the policy, below
            self.cases.note_refusal(asked.who, unseen, command.verb)
            raise

    async def _locate(self, reference: str) -> ReferenceRow | None:
        """The stream that a reference names. It never names another, so it is looked up once."""
        row = self._known.get(reference)
        if row is None:
            row = await self._its.store.find_reference(reference)
            if row is None:
                return None
            if len(self._known) >= _MOST_KNOWN:
                self._known.clear()
            self._known[reference] = row
        return row

    async def _look_up(self, reference: str) -> CaseFound | None:
        row = await self._locate(reference)
        if row is None:
            return None
        recorded = await self._its.store.load(row.stream)
        state = INITIAL
        for one in recorded:
            if isinstance(
                one.event, Event
            ):  # an unknown one is a newer program's: shown, and refused to commands
                state = evolve(state, cast("CaseEvent", one.event))
        return CaseFound(reference, row.key, state, recorded)


def _guarded(rules: CaseDecider, found: CaseFound, who: Principal) -> CaseDecider:
    """The rules of the case after the policy, on the state that is loaded to decide anyway."""

    def decide(command: Command, state: CaseState) -> tuple[CaseEvent, ...]:
        if not may(who, replace(found, state=state)):
            raise no_such_case(found.reference)
        return rules.decide(command, state)

    return Decider(decide, rules.evolve, rules.initial)
