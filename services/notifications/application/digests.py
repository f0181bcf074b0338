"""The morning's work: owes each officer with something due a digest, and writes it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Final
from uuid import UUID, uuid5

from services.notifications.application.demands import title_of
from services.notifications.application.dependencies import PRINCIPAL, Dependencies
from services.notifications.application.templates import render
from services.notifications.domain.digest import NAMED, DueLine, StartDigests, WriteDigest, naming, parted
from services.notifications.domain.letter import MORNING_DIGEST
from services.notifications.domain.message import message_decider
from services.notifications.domain.message.identity import digest_id, message_id, stream_of
from services.notifications.domain.message.request import Request
from services.notifications.views.cases import CaseRow
from services.notifications.views.clocks import ClockRow
from shared.casework.staff import person_of, places_of
from shared.contracts.notifications import Requested
from shared.kit import sql
from shared.kit.due import DueRow, DueWork, insert_due
from shared.kit.events import NAMESPACE, Event, Plain, command_id
from shared.kit.eventstore import Side, handle_many
from shared.rules.calendar import london_day

_SQL: Final = sql.Statements(__package__)
_MORNINGS: Final = uuid5(NAMESPACE, "mornings")
"""The key of what is owed to no officer yet: no event bears it."""


def morning(at: datetime) -> DueRow:
    """The work of the morning that begins at that instant: the same row, whatever leads to it.

    Time leads to it and no event: it is itself what its digests correlate with.
    """
    command = StartDigests(on=london_day(at))
    identity = command_id(command.verb, command.on.isoformat())
    return DueRow(
        id=identity,
        key=_MORNINGS,
        stream="mornings",
        command=command.verb,
        payload=command.model_dump(mode="json"),
        due_at=at,
        correlation_id=identity,
        causation_id=identity,
    )


@dataclass(frozen=True, slots=True)
class Digests:
    """Does what `StartDigests` and `WriteDigest` ask."""

    its: Dependencies
    work: DueWork

    async def start(self, command: StartDigests, row: DueRow) -> None:
        """Owes the digests of the day and the next morning, all or nothing; of a day that is over only the morning.

        A day on which the office turns out not to open has no digests.
        """
        owed = [morning(await self.its.morning_after(command.on))]
        opens = london_day(await self.its.morning_on(command.on))
        if self.its.today <= command.on == opens:
            officers = {case.officer_id for case, _ in await self._due(command.on)}
            owed += [_digest(officer, command.on, row) for officer in officers if officer is not None]
        async with self.its.pool.acquire() as connection:
            await insert_due(connection, owed, PRINCIPAL)

    async def write(self, command: WriteDigest, row: DueRow) -> None:
        """Writes the message, and in the same append into each case that the digest names it. Both happen once."""
        person = await person_of(self.its.pool, command.officer_id)
        lines = [_line(case, clock) for case, clock in await self._due(command.on, command.officer_id)]
        if self.its.today > command.on or not lines or person is None or not person.works_on(command.on):
            return
        if person.email is None:
            return
        address = await self.its.sealer.unseal(person.email, places_of(person)["email"])
        if address is None:
            return
        requested = self._requested(command, row, lines, address)
        naming_of = naming(lines, command.notification, command.officer_id, command.on)
        message = await self.its.message(command.notification, command.officer_id)
        cases = {
            case_id: Side(f"digest-{case_id}", case_id, NAMED.evolve, NAMED.initial) for case_id in naming_of
        }

        def decide() -> Sequence[Sequence[Event]]:
            written = message_decider(self.its.given()).decide(Request(message=requested), message.state)
            named = [NAMED.decide(naming_of[case_id], side.state) for case_id, side in cases.items()]
            return [written, *(each if written else () for each in named)]

        await handle_many(self.its.store, [message, *cases.values()], decide, order=self.work.order(row))

    def _requested(
        self, command: WriteDigest, row: DueRow, lines: Sequence[DueLine], address: str
    ) -> Requested:
        parts = parted(lines, command.on)
        letter = self.its.letters[MORNING_DIGEST]
        words = {"council": self.its.council, "on": command.on}
        text = render(letter.template, words | {"late": parts.late, "today": parts.today, "soon": parts.soon})
        officer = command.officer_id
        return Requested(
            notification=command.notification,
            purpose=letter.name,
            audience=letter.audience,
            about=row.causation_id,
            template=letter.template,
            message_id=message_id(command.notification, letter.name, self.its.mail_domain),
            recipient=officer,
            to=Plain(address, officer),
            subject=Plain(text.subject, officer),
            text=Plain(text.text, officer),
            due_on=command.on,
            leave_by=command.on,
        )

    async def _due(self, on: date, officer: UUID | None = None) -> list[tuple[CaseRow, ClockRow]]:
        """What is due by the end of the days that the digest looks ahead to, of one officer or of all."""
        until = on
        for _ in range(self.its.digest_days):
            until = london_day(await self.its.morning_after(until))
        return [
            (CaseRow.model_validate_json(row["of_case"]), ClockRow.model_validate_json(row["clock"]))
            for row in await self.its.pool.fetch(_SQL.due, until, officer)
        ]


def _line(case: CaseRow, clock: ClockRow) -> DueLine:
    return DueLine(
        case_id=case.case_id,
        reference=case.reference,
        clock=clock.clock,
        occurrence=clock.occurrence,
        due_on=clock.due_on,
        title=None if case.restricted else title_of(clock),
    )


def _digest(officer: UUID, on: date, row: DueRow) -> DueRow:
    command = WriteDigest(notification=digest_id(officer, on), officer_id=officer, on=on)
    return replace(
        row,
        id=command_id(command.verb, str(command.notification)),
        key=officer,
        stream=stream_of(command.notification),
        command=command.verb,
        payload=command.model_dump(mode="json"),
    )
