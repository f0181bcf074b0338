"""How the list of cases follows from intake's events."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Final
from uuid import UUID

from services.intake.views.patches import Columns, Patches, sealed, text
from shared.contracts import intake
from shared.kit import sql
from shared.kit.log import Connection, Received

_UPSERT: Final = sql.load(__package__, "upsert.sql")
_ADD_PEOPLE: Final = sql.load(__package__, "add_people.sql")


class CaseList:
    """One row a case, and who is in it."""

    name = "case_list"
    version = 1
    tables = ("case_list", "case_people")
    schema_sql = sql.load(__package__, "tables.sql")

    async def fold(self, connection: Connection, events: Sequence[Received]) -> None:
        """Two statements a batch, however long it is."""
        patches, people = Patches(), list[tuple[UUID, UUID, str]]()
        for received in events:
            columns_of = _COLUMNS.get(type(received.event))
            if columns_of is None:
                continue
            key = received.envelope.key
            patches.set(key, {**columns_of(received.event), **_of_envelope(received)})
            if isinstance(received.event, intake.CaseOpened):
                patches.set(key, {"opened_at": text(received.envelope.recorded_at)})
                people += _people(key, received.event)
        if patches:
            await connection.execute(_UPSERT, *patches.arguments())
        if people:
            columns: list[list[Any]] = [list(column) for column in zip(*people, strict=True)]
            await connection.execute(_ADD_PEOPLE, *columns)


def _of_envelope(received: Received) -> Columns:
    return {"version": received.envelope.version, "changed_at": text(received.envelope.recorded_at)}


def _people(key: UUID, event: intake.CaseOpened) -> list[tuple[UUID, UUID, str]]:
    found = []
    if event.customer is not None:
        found.append((key, event.customer.person_id, "customer"))
    if event.representative is not None:
        found.append((key, event.representative.person_id, "representative"))
    return found


def _opened(event: intake.CaseOpened) -> Columns:
    return {
        "reference": event.reference,
        "standing": "open",
        "restricted": False,
        "historic": event.historic,
        "channel": event.channel,
        "adapter": event.adapter,
        "sender": event.sender,
        "language": event.language,
        "received_on": text(event.receipt.received_on),
        "customer_name": sealed(event.customer.name) if event.customer else None,
        "subject": sealed(event.subject),
        "service_hint": event.service_hint,
        "category_hint": event.category_hint,
        "likely_repeat_of": event.likely_repeat_of,
        "with_ombudsman": False,
    }


def _triaged(event: intake.Triaged) -> Columns:
    same = event.previous_regime == event.regime
    moved = {} if same else {"acknowledged_on": None, "responded_on": None, "escalated_on": None}
    return {"regime": event.regime, "stage": event.stage, "restricted": event.restricted, **moved}


def _assigned(event: intake.Assigned) -> Columns:
    return {
        "department_id": text(event.department_id),
        "department_name": event.department_name,
        "officer_id": text(event.officer_id),
    }


def _escalated(event: intake.EscalationRequested) -> Columns:
    return {
        "stage": event.stage,
        "escalated_on": text(event.requested_on),
        "acknowledged_on": None,
        "responded_on": None,
    }


_COLUMNS: Final[dict[type[Any], Callable[[Any], Columns]]] = {
    intake.CaseOpened: _opened,
    intake.ContactRepeated: lambda _: {},
    intake.Triaged: _triaged,
    intake.CaseRefused: lambda event: {"standing": "refused", "closed_on": text(event.refused_on)},
    intake.Assigned: _assigned,
    intake.AcknowledgementIssued: lambda _: {},
    intake.Acknowledged: lambda event: {"acknowledged_on": text(event.sent_on)},
    intake.ContributionRequested: lambda _: {},
    intake.ContributionReceived: lambda _: {},
    intake.ContributionWithdrawn: lambda _: {},
    intake.ResponseIssued: lambda _: {},
    intake.Responded: lambda event: {"responded_on": text(event.sent_on)},
    intake.LetterNotSent: lambda _: {},
    intake.EscalationRequested: _escalated,
    intake.BaseDateRecorded: lambda _: {},
    intake.ContactPlanSet: lambda _: {},
    intake.NoteAdded: lambda _: {},
    intake.ReferredToOmbudsman: lambda _: {"with_ombudsman": True},
    intake.Closed: lambda event: {
        "standing": "closed",
        "closed_on": text(event.closed_on),
        "closing_ground": event.ground,
    },
    intake.Reopened: lambda _: {"standing": "open", "closed_on": None, "closing_ground": None},
}
"""What each event changes; the row's version moves with every one of them."""
