"""Folds the service's own events, read back from the log, into one row a referral."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from shared.contracts import ombudsman as e
from shared.kit import sql
from shared.kit.log import Received, Row, Rows, RowView


class DeskRow(Row):
    """A referral; `waiting` are the enquiries without an answer, `waiting_since` the date of the oldest letter."""

    referral: UUID
    case_id: UUID
    ombudsman: str
    their_reference: str
    referred_on: date
    enquiries: int = 0
    waiting: tuple[int, ...] = ()
    waiting_since: date | None = None
    decided_on: date | None = None
    outcome: str | None = None


def evolve(rows: Rows[DeskRow], received: Received) -> None:
    event = received.event
    match event:
        case e.ReferralOpened():
            rows[event.referral] = DeskRow.said_by(event, case_id=received.envelope.key)
        case e.EnquiryReceived():
            row = rows[event.referral]
            rows[event.referral] = row.model_copy(
                update={
                    "enquiries": event.enquiry,
                    "waiting": (*row.waiting, event.enquiry),
                    "waiting_since": row.waiting_since or event.letter_on,
                }
            )
        case e.EnquiryAnswered():
            row = rows[event.referral]
            waiting = tuple(number for number in row.waiting if number != event.enquiry)
            since = row.waiting_since if waiting else None
            rows[event.referral] = row.model_copy(update={"waiting": waiting, "waiting_since": since})
        case e.DecisionReceived():
            changes = {"decided_on": event.decided_on, "outcome": event.outcome}
            rows[event.referral] = rows[event.referral].model_copy(update=changes)
        case _:
            return


DESK = RowView(
    "desk",
    DeskRow,
    primary_key=("referral",),
    key="case_id",
    indexes=sql.load(__package__, "indexes.sql"),
    kinds=(e.ReferralOpened, e.EnquiryReceived, e.EnquiryAnswered, e.DecisionReceived),
    evolve=evolve,
)
