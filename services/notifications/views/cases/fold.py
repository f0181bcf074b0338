"""Folds intake's events of a case into its row."""

from __future__ import annotations

from typing import Any, get_args
from uuid import UUID

from shared.contracts import intake
from shared.contracts.ids import case_stream
from shared.kit import sql
from shared.kit.events import Event, SealedValue
from shared.kit.keyring import Place, SourceEvent
from shared.kit.log import Received, Row, Rows, RowView, sealed
from shared.rules.regimes.rules import ANSWERS


class CaseRow(Row):
    """A case. `status`: `open`, `refused`, `closed`. `customer_*` are of the person written to: `part` says which.

    `safe_channels` is None without a contact plan. `responded` are the stages whose answer or refusal was issued or
    has left; `parts_asked` and `parts_over` the numbers of the contributions.
    """

    case_id: UUID
    reference: str
    language: str = "en"
    historic: bool = False
    status: str = "open"
    regime: str | None = None
    regime_version: str | None = None
    stage: str | None = None
    restricted: bool = False
    part: str = "customer"
    customer_id: UUID | None = None
    customer_name: SealedValue | None = None
    customer_email: SealedValue | None = None
    department_id: UUID | None = None
    department_name: str | None = None
    officer_id: UUID | None = None
    safe_channels: tuple[str, ...] | None = None
    responded: tuple[str, ...] = ()
    parts_asked: tuple[int, ...] = ()
    parts_over: tuple[int, ...] = ()


def places_of(row: CaseRow) -> dict[str, Place]:
    """Where the sealed columns of a row come from: the event that opened the case."""
    opened = SourceEvent.at(case_stream(row.case_id), 1, row.case_id)
    return {
        "customer_name": opened.field(f"{row.part}.name"),
        "customer_email": opened.field(f"{row.part}.email"),
    }


def _opened(case_id: UUID, event: intake.CaseOpened) -> CaseRow:
    person = event.customer or event.representative
    return CaseRow.said_by(
        event,
        case_id=case_id,
        part="representative" if event.customer is None else "customer",
        customer_id=None if person is None else person.person_id,
        customer_name=None if person is None else sealed(person.name),
        customer_email=None if person is None else sealed(person.email),
    )


def _changes(row: CaseRow, event: Event) -> dict[str, Any]:  # noqa: C901, PLR0911  one line an event
    match event:
        case intake.Triaged():
            moved = {} if event.previous_regime is None else {"responded": ()}
            return moved | {
                "regime": event.regime,
                "regime_version": event.regime_version,
                "stage": event.stage,
                "restricted": event.restricted,
            }
        case intake.Closed():
            return {"status": "closed"}
        case intake.Reopened():
            return {"status": "open", "responded": ()}
        case intake.Assigned():
            return {
                "department_id": event.department_id,
                "department_name": event.department_name,
                "officer_id": event.officer_id,
            }
        case intake.EscalationRequested():
            return {"stage": event.stage, "responded": _without(row.responded, event.stage)}
        case intake.ResponseIssued() | intake.Responded() | intake.RefusalIssued():
            return {"responded": _with(row.responded, event.stage)}
        case intake.CaseRefused() if event.stage == row.stage:
            return {"responded": _with(row.responded, event.stage), "status": "refused"}
        case intake.LetterNotSent() if event.purpose in ANSWERS:
            return {"responded": _without(row.responded, event.stage)}
        case intake.ContributionRequested():
            return {"parts_asked": _with(row.parts_asked, event.contribution)}
        case intake.ContributionReceived() | intake.ContributionWithdrawn():
            return {"parts_over": _with(row.parts_over, event.contribution)}
        case intake.ContactPlanSet():
            return {"safe_channels": event.safe_channels}
        case _:
            return {}


def _with(values: tuple[Any, ...], value: object) -> tuple[Any, ...]:
    return values if value in values else (*values, value)


def _without(values: tuple[Any, ...], value: object) -> tuple[Any, ...]:
    return tuple(kept for kept in values if kept != value)


def evolve(rows: Rows[CaseRow], received: Received) -> None:
    key, event = received.envelope.key, received.event
    if isinstance(event, intake.CaseOpened):
        rows[key] = _opened(key, event)
    elif key in rows and isinstance(event, Event) and (changes := _changes(rows[key], event)):
        rows[key] = rows[key].model_copy(update=changes)


CASES = RowView(
    "cases",
    CaseRow,
    primary_key=("case_id",),
    indexes=sql.load(__package__, "indexes.sql"),
    kinds=get_args(intake.CaseEvent),
    evolve=evolve,
)
