"""The use cases of a referral: find the case, load, decide, append."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from typing import Final
from uuid import UUID

from services.ombudsman.application.vocabulary import load_vocabulary
from services.ombudsman.domain.referral import (
    FOR_OFFICERS,
    Given,
    ReferralCommand,
    ReferralState,
    referral_decider,
)
from services.ombudsman.domain.referral.open_referral import OpenReferral
from services.ombudsman.domain.referral.vocabulary import Vocabulary
from shared.casework.cases import Cases
from shared.casework.commands import Asked
from shared.casework.known_cases import CaseRow
from shared.kit import sql
from shared.kit.decider import Offer, offers
from shared.kit.events import Event, Recorded, UnknownEvent, command_id
from shared.kit.eventstore import EventStore, Handled, Pool, ReferenceRow, ReferenceTaken, Side, handle
from shared.kit.http import Problem
from shared.rules.calendar import london_day
from shared.rules.calendar.london import moment_on

_PREFIX: Final = "ombudsman-"
_SQL: Final = sql.Statements(__package__)


@dataclass(frozen=True, slots=True)
class Referrals:
    """What is done with the referrals of a case, each in a stream of its own."""

    pool: Pool
    store: EventStore
    cases: Cases[CaseRow]
    words: Vocabulary = field(default_factory=load_vocabulary)

    async def give(self, asked: Asked[ReferralCommand]) -> Handled:
        """Gives an officer's command to the referral that it names.

        Raises:
            Problem: there is no such case; their reference is recorded on another case.
            Refused, StaleVersion, CommandReused: as `handle`.
        """
        command = asked.command
        case = await self.cases.find(asked.reference, asked.who)
        given = self.given(case, command.ombudsman, command.their_reference)
        stream = stream_of(given.referral)
        order = replace(asked.order, happened_at=moment_on(command.happened_on, datetime.now(UTC)))
        if isinstance(command, OpenReferral):
            order = replace(order, reference=_reservation(case, command, stream))
        try:
            return await handle(
                self.store, referral_decider(given), stream, case.case_id, command, order=order
            )
        except ReferenceTaken:
            raise Problem(
                409,
                "referral-elsewhere",
                f"{command.their_reference} is recorded on another case.",
                "Look the reference up on the Ombudsman's letter again.",
            ) from None

    async def offers(
        self, case: CaseRow, ombudsman: str | None, their_reference: str | None
    ) -> tuple[tuple[Offer, ...], int]:
        """What may be done with a referral now (a new one, where none is named), and the version of its stream."""
        given = self.given(case, ombudsman or "", their_reference or "")
        side = await self._state(given)
        return offers(FOR_OFFICERS, side.state, given), side.version

    async def of(self, case: CaseRow) -> list[tuple[UUID, Sequence[Recorded[Event | UnknownEvent]]]]:
        """The referrals of a case with their events, from the references reserved with their first events."""
        rows = await self.pool.fetch(_SQL.referrals_of_case, case.case_id)
        found = [(UUID(row["stream"].removeprefix(_PREFIX)), row["stream"]) for row in rows]
        histories = [(referral, await self.store.load(stream)) for referral, stream in found]
        return [(referral, history) for referral, history in histories if history]

    def given(self, case: CaseRow, ombudsman: str, their_reference: str) -> Given:
        """The circumstances of a decision about the referral that goes by their reference."""
        return Given(
            today=_today(),
            case_id=case.case_id,
            owner=case.owner,
            referral=referral_id(case.case_id, ombudsman, their_reference),
            words=self.words,
        )

    async def _state(self, given: Given) -> Side[ReferralState]:
        decider = referral_decider(given)
        side = Side(stream_of(given.referral), given.case_id, decider.evolve, decider.initial)
        await side.catch_up(self.store)
        return side


def referral_id(case_id: UUID, ombudsman: str, their_reference: str) -> UUID:
    """A referral is known by the Ombudsman's own reference: the same one is the same referral."""
    return command_id("referral", str(case_id), ombudsman, _in_one_line(their_reference))


def stream_of(referral: UUID) -> str:
    return f"{_PREFIX}{referral}"


def _reservation(case: CaseRow, command: OpenReferral, stream: str) -> ReferenceRow:
    """Keeps one reference of an Ombudsman from being recorded on two cases."""
    return ReferenceRow(f"{command.ombudsman}/{_in_one_line(command.their_reference)}", stream, case.case_id)


def _in_one_line(text: str) -> str:
    return " ".join(text.split())


def _today() -> date:
    return london_day(datetime.now(UTC))
