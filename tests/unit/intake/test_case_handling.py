"""Triage, assignment, stages, closing, reopening, the Ombudsman."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from services.intake.domain.case.assign import Assign
from services.intake.domain.case.close import Close
from services.intake.domain.case.note import Note
from services.intake.domain.case.open_case import OpenCase
from services.intake.domain.case.receive_contribution import ReceiveContribution
from services.intake.domain.case.record_base_date import RecordBaseDate
from services.intake.domain.case.record_referral import RecordReferral
from services.intake.domain.case.reopen import Reopen
from services.intake.domain.case.request_contribution import RequestContribution
from services.intake.domain.case.request_escalation import RequestEscalation
from services.intake.domain.case.triage import Triage
from services.intake.domain.unit_seen import UnitSeen
from shared.contracts import intake
from tests.unit.given_when_then import given
from tests.unit.intake.cases import (
    CASE,
    HOUSING,
    PARKS,
    RECEIVED,
    REFERRAL,
    TODAY,
    case,
    closed,
    mine,
    opened,
    requested,
    responded,
    response_issued,
    triaged,
)

REFERRED = intake.ReferredToOmbudsman(
    ombudsman="lgsco", referral=REFERRAL, their_reference="26 001 234", referred_on=TODAY
)


def record_referral() -> RecordReferral:
    return RecordReferral(
        ombudsman="lgsco",
        referral=REFERRAL,
        their_reference="26 001 234",
        referred_on=TODAY,
    )


def test_triage_brings_a_case_under_the_version_in_force_on_the_day_of_receipt() -> None:
    given(CASE, opened()).when(Triage(regime="corporate")).then(triaged())


def test_triage_to_the_same_regime_does_nothing() -> None:
    given(CASE, opened(), triaged()).when(Triage(regime="corporate")).nothing()


def test_a_second_triage_moves_the_case_and_says_from_where() -> None:
    given(CASE, opened(), triaged()).when(Triage(regime="children")).then(
        triaged("children", previous="corporate")
    )


def test_an_answered_case_stays_under_its_regime() -> None:
    past = (opened(), triaged(), response_issued(), responded())
    given(CASE, *past).when(Triage(regime="housing")).refused("already-answered")


def test_an_answered_case_may_still_become_restricted() -> None:
    past = (opened(), triaged(), response_issued(), responded())
    given(CASE, *past).when(Triage(regime="corporate", restricted=True)).then(
        triaged(previous="corporate", restricted=True)
    )


@pytest.mark.parametrize("regime", ["lgsco", "nonsense"])
def test_a_case_is_triaged_to_a_procedure_of_the_council_only(regime: str) -> None:
    given(CASE, opened()).when(Triage(regime=regime)).refused("no-such-regime")


def test_assigning_to_where_it_is_does_nothing() -> None:
    command = Assign(department="parks")
    event = intake.Assigned(department_id=PARKS, department_name="Parks")
    given(CASE, opened()).when(command).then(event)
    renamed = case(units={"parks": UnitSeen(PARKS, "Green Spaces")})
    given(renamed, opened(), event).when(command).nothing()
    given(CASE, opened(), event).when(Assign(department="housing")).then_kinds(intake.Assigned)


def test_a_case_is_assigned_to_a_unit_and_an_officer_that_there_are() -> None:
    given(CASE, opened()).when(Assign(department="nowhere")).refused("no-such-unit")
    given(CASE, opened()).when(Assign(department="parks", officer=HOUSING)).refused("no-such-officer")


def test_contributions_are_numbered_in_the_order_in_which_they_are_asked_for() -> None:
    command = RequestContribution(
        department="housing",
        question="When?",
        due_on=date(2026, 3, 27),
    )
    given(CASE, opened(), triaged(), requested()).when(command).then(
        intake.ContributionRequested(
            contribution=2,
            department_id=HOUSING,
            department_name="Housing",
            question=mine("When?"),
            due_on=date(2026, 3, 27),
        )
    )
    late = command.model_copy(update={"due_on": TODAY - timedelta(days=1)})
    given(CASE, opened(), triaged()).when(late).refused("due-in-the-past")


def test_a_contribution_comes_in_once() -> None:
    command = ReceiveContribution(contribution=1, text="Rain.", received_on=TODAY)
    received = intake.ContributionReceived(
        contribution=1, department_id=PARKS, text=mine("Rain."), received_on=TODAY
    )
    past = (opened(), triaged(), requested())
    given(CASE, *past).when(command).then(received)
    given(CASE, *past, received).when(command).refused("no-contribution-outstanding")
    given(CASE, *past, received, requested(2)).when(command).refused("contribution-ended")
    given(CASE, *past).when(command.model_copy(update={"contribution": 7})).refused("no-such-contribution")


def test_the_customer_may_ask_for_the_next_stage_without_a_reason() -> None:
    past = (opened(), triaged(), response_issued(), responded())
    given(CASE, *past).when(RequestEscalation(requested_on=TODAY)).then(
        intake.EscalationRequested(from_stage="stage1", stage="stage2", requested_on=TODAY)
    )


def test_a_regime_of_one_stage_has_no_next_one() -> None:
    past = (opened(), triaged("adult-care"))
    refusal = given(CASE, *past).when(RequestEscalation(requested_on=TODAY)).refused("no-next-stage")
    assert refusal.citation


def test_asking_for_the_next_stage_opens_a_closed_case() -> None:
    past = (opened(), triaged(), response_issued(), responded(), closed())
    given(CASE, *past).when(RequestEscalation(requested_on=TODAY)).then_kinds(
        intake.Reopened, intake.EscalationRequested
    )


def test_only_the_regimes_own_base_dates_are_recorded_and_each_day_once() -> None:
    met = RecordBaseDate(base="panel-met", on=date(2026, 3, 10))
    event = intake.BaseDateRecorded(base="panel-met", on=date(2026, 3, 10))
    given(CASE, opened(), triaged("children")).when(met).then(event)
    given(CASE, opened(), triaged("children"), event).when(met).nothing()
    given(CASE, opened(), triaged()).when(met).refused("no-such-base-date")


def test_closing_as_answered_waits_until_the_answer_has_left() -> None:
    past = (opened(), triaged(), response_issued())
    given(CASE, *past).when(Close(ground="answered")).refused("ground-not-open")
    given(CASE, *past, responded()).when(Close(ground="answered")).then(
        intake.Closed(ground="answered", closed_on=TODAY)
    )


def test_a_closed_case_is_closed_once_and_takes_no_more_work() -> None:
    past = (opened(), triaged(), closed("withdrawn"))
    given(CASE, *past).when(Close(ground="withdrawn")).refused("case-closed")
    given(CASE, *past).when(Triage(regime="housing")).refused("case-closed")
    given(CASE, *past).when(Note(text="Rang again.")).then(intake.NoteAdded(text=mine("Rang again.")))


def test_an_open_case_is_not_reopened() -> None:
    given(CASE, opened()).when(Reopen()).refused("not-closed")


def test_the_ombudsman_reopens_a_closed_case_and_is_linked_once() -> None:
    given(CASE, opened(), closed("withdrawn")).when(record_referral()).then(intake.Reopened(), REFERRED)
    given(CASE, opened()).when(record_referral()).then(REFERRED)
    given(CASE, opened(), REFERRED).when(record_referral()).nothing()


def test_nothing_happens_to_a_case_that_there_is_not() -> None:
    given(CASE).when(Note(text="?")).refused("no-such-case")
    given(CASE).when(record_referral()).refused("no-such-case")


def test_a_case_is_opened_once() -> None:
    command = OpenCase(opened=opened())
    given(CASE).when(command).then_kinds(intake.CaseOpened)
    given(CASE, opened()).when(command).nothing()


def test_nothing_happened_before_the_receipt() -> None:
    early = datetime(2026, 3, 1, 12, tzinfo=UTC)
    command = Note(text="?").model_copy(update={"happened_at": early})
    given(CASE, opened()).when(command).refused("before-receipt")
    same_day = command.model_copy(update={"happened_at": datetime(2026, 3, 2, 0, 30, tzinfo=UTC)})
    given(CASE, opened(received_on=RECEIVED)).when(same_day).then_kinds(intake.NoteAdded)
