"""Doing what intake owes: one due row, one command."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from services.intake.application.desk import Desk
from services.intake.application.people import People
from services.intake.application.quarantine import Quarantining
from services.intake.domain.case.commands import RecordNotSent, RecordReferral, RecordSent
from shared.kit.due import DueRow
from shared.kit.eventstore import Cause, Order, handle

PRINCIPAL = "service:intake"


class Owing:
    """The handler of intake's due rows. Whatever order they come in, each leads to the same in the end."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._people = People(desk)
        self._quarantine = Quarantining(desk)

    async def do(self, row: DueRow) -> None:
        """Does one row.

        Raises:
            ValueError: it isn't a command of intake's.
            Anything that a command raises but a refusal, which is final here.
        """
        match row.command:
            case "record-sent" | "record-not-sent" | "record-referral":
                await self._give(row)
            case "discard":
                await self._quarantine.discard(row.key, PRINCIPAL, row.payload["reason"], done=row.id)
            case "destroy-message-key":
                await self._desk.keyring.destroy(owner=row.key, case=row.key)
            case "destroy-person-keys":
                await self._people.destroy(row.key)
            case _:
                raise ValueError(f"intake owes no {row.command!r}")

    async def _give(self, row: DueRow) -> None:
        command = self._command(row)
        order = Order(
            Cause(PRINCIPAL, row.correlation_id, row.causation_id),
            row.id,
            command.happened_at,
            done=row.id,
            refusal_is_final=True,
        )
        await handle(self._desk.store, self._desk.case, row.stream, row.key, command, order=order)

    def _command(self, row: DueRow) -> RecordSent | RecordNotSent | RecordReferral:
        now, payload = self._desk.now(), row.payload
        if row.command == "record-referral":
            return RecordReferral(
                now=now,
                happened_at=now,
                who=PRINCIPAL,
                ombudsman=payload["ombudsman"],
                referral=UUID(payload["referral"]),
                their_reference=payload["their_reference"],
                referred_on=date.fromisoformat(payload["referred_on"]),
            )
        notification = UUID(payload["notification"])
        if row.command == "record-not-sent":
            return RecordNotSent(
                now=now,
                happened_at=now,
                who=PRINCIPAL,
                purpose=payload["purpose"],
                stage=payload["stage"],
                notification=notification,
            )
        return RecordSent(
            now=now,
            happened_at=now,
            who=PRINCIPAL,
            purpose=payload["purpose"],
            stage=payload["stage"],
            sent_on=date.fromisoformat(payload["sent_on"]),
            notification=notification,
        )
