"""A person of staff: what they are from when until when, and what the rules refuse."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID, uuid5

import pytest

from services.intake.domain.person import PERSON, Erase
from services.intake.domain.staff import (
    EndAbsence,
    EndRole,
    GiveRole,
    JoinGroup,
    JoinUnit,
    Leave,
    LeaveGroup,
    LeaveUnit,
    Posting,
    RecordAbsence,
    RegisterStaff,
    StaffGiven,
    staff_decider,
)
from services.intake.domain.staff.state import StreamEvent
from services.intake.domain.unit_seen import UnitSeen
from shared.casework.staff.facts import StaffFacts
from shared.contracts import ids, staff
from shared.contracts.intake import PersonErased
from shared.kit.events import NAMESPACE, Plain
from tests.unit.given_when_then import given

OLU, UNA, PARKS = (uuid5(NAMESPACE, f"staff spec {number}") for number in range(3))
MONDAY, TUESDAY, WEDNESDAY, FRIDAY = (date(2026, 3, day) for day in (9, 10, 11, 13))
REGISTERED = staff.StaffRegistered(
    person_id=OLU, name=Plain("Olu Ode", OLU), email=Plain("o@example.org", OLU)
)
OFFICER = staff.RoleGiven(person_id=OLU, role="officer", from_on=MONDAY)
IN_PARKS = staff.JoinedUnit(
    person_id=OLU, unit_id=PARKS, unit_name="Parks", position="officer", from_on=MONDAY
)
LEFT = staff.StaffLeft(person_id=OLU, left_on=FRIDAY)
ISSUER = "https://login.council.example"
WHO = {"issuer": ISSUER, "subject": "8f2c", "name": "Olu Ode", "email": "o@example.org"}
REGISTER = RegisterStaff(**WHO)
STAFF = staff_decider(
    StaffGiven(
        person_id=OLU,
        today=MONDAY,
        roles=frozenset({"officer", "auditor"}),
        units={"parks": UnitSeen(PARKS, "Parks")},
        people=frozenset({UNA}),
    )
)


def facts(*past: StreamEvent) -> StaffFacts:
    found = given(STAFF, REGISTERED, *past).state().facts
    assert found is not None
    return found


def test_two_namesakes_are_two_people_and_a_subject_is_one_for_ever() -> None:
    assert ids.staff_id(ISSUER, "8f2c") != ids.staff_id(ISSUER, "77d1")
    assert ids.staff_id(ISSUER, "8f2c") != ids.staff_id("https://other.example", "8f2c")
    assert ids.staff_id(ISSUER, "8f2c") == UUID("d91903bd-040a-50de-a6ac-f0f04d77fd74")


def test_somebody_is_registered_with_what_they_are_or_not_at_all() -> None:
    whole = RegisterStaff(**WHO, roles=("officer",), units=(Posting(unit="parks"),))
    given(STAFF).when(whole).then(REGISTERED, OFFICER, IN_PARKS)
    given(STAFF).when(RegisterStaff(**WHO, roles=("king",))).refused("no-such-role")
    given(STAFF).when(RegisterStaff(**WHO, units=(Posting(unit="nowhere"),))).refused("no-such-unit")
    given(STAFF, REGISTERED).when(REGISTER).refused("already-staff")


def test_a_subject_that_tells_who_it_is_is_not_taken() -> None:
    with pytest.raises(ValueError, match="subject"):
        RegisterStaff(issuer=ISSUER, subject="olu.ode@council.example", name="Olu Ode")


def test_whoever_left_may_come_back_without_their_old_roles() -> None:
    past = (REGISTERED, OFFICER, IN_PARKS, LEFT)
    again = RegisterStaff(**WHO, begins_on=FRIDAY)
    given(STAFF, *past).when(REGISTER).refused("already-staff")
    given(STAFF, *past).when(again).then(REGISTERED)
    back = facts(*past[1:], REGISTERED)
    assert back.works_on(FRIDAY)
    assert (back.roles_on(FRIDAY), back.units_on(FRIDAY)) == (frozenset(), frozenset())
    assert back.roles_on(WEDNESDAY) == {"officer"}


def test_whoever_was_erased_is_not_registered_again() -> None:
    erased = PersonErased(person_id=OLU, ground="retention")
    given(STAFF, REGISTERED, LEFT, erased).when(REGISTER).refused("person-erased")
    given(PERSON, REGISTERED, LEFT).when(Erase(person_id=OLU, ground="retention")).then(erased)
    given(PERSON, REGISTERED).when(Erase(person_id=OLU, ground="retention")).refused("still-staff")


def test_a_role_holds_from_its_first_day_to_its_last() -> None:
    week = staff.RoleGiven(person_id=OLU, role="officer", from_on=TUESDAY, until_on=WEDNESDAY)
    given(STAFF, REGISTERED).when(GiveRole(role="officer", from_on=TUESDAY, until_on=WEDNESDAY)).then(week)
    held = [day for day in (MONDAY, TUESDAY, WEDNESDAY, FRIDAY) if facts(week).roles_on(day)]
    assert held == [TUESDAY, WEDNESDAY]


def test_a_role_that_is_ended_today_is_gone_today() -> None:
    ended = staff.RoleEnded(person_id=OLU, role="officer", ended_on=WEDNESDAY)
    end = EndRole(role="officer", ended_on=WEDNESDAY)
    given(STAFF, REGISTERED, OFFICER).when(end).then(ended)
    assert facts(OFFICER, ended).roles_on(TUESDAY) == {"officer"}
    assert facts(OFFICER, ended).roles_on(WEDNESDAY) == frozenset()
    given(STAFF, REGISTERED, OFFICER, ended).when(end).nothing()
    given(STAFF, REGISTERED, OFFICER, ended).when(EndRole(role="officer", ended_on=FRIDAY)).nothing()
    given(STAFF, REGISTERED, OFFICER).when(EndRole(role="auditor", ended_on=FRIDAY)).refused("role-not-held")


def test_a_role_that_never_began_leaves_no_trace() -> None:
    later = staff.RoleGiven(person_id=OLU, role="auditor", from_on=FRIDAY)
    ended = staff.RoleEnded(person_id=OLU, role="auditor", ended_on=TUESDAY)
    assert facts(later, ended).roles == ()


def test_a_role_is_not_given_twice_for_the_same_days() -> None:
    given(STAFF, REGISTERED, OFFICER).when(GiveRole(role="officer", from_on=MONDAY)).nothing()
    given(STAFF, REGISTERED, OFFICER).when(GiveRole(role="officer", from_on=FRIDAY)).refused("role-held")
    given(STAFF, REGISTERED, OFFICER).when(GiveRole(role="auditor", from_on=FRIDAY)).then_kinds(
        staff.RoleGiven
    )


def test_somebody_is_in_a_unit_once_and_may_change_their_position() -> None:
    head = JoinUnit(unit="parks", position="head-of-service", from_on=WEDNESDAY)
    left = staff.LeftUnit(person_id=OLU, unit_id=PARKS, left_on=WEDNESDAY)
    given(STAFF, REGISTERED, IN_PARKS).when(head).refused("in-unit")
    given(STAFF, REGISTERED, IN_PARKS).when(LeaveUnit(unit="parks", left_on=WEDNESDAY)).then(left)
    given(STAFF, REGISTERED, IN_PARKS, left).when(head).then_kinds(staff.JoinedUnit)
    given(STAFF, REGISTERED).when(LeaveUnit(unit="parks", left_on=WEDNESDAY)).refused("not-in-unit")
    assert facts(IN_PARKS).units_on(TUESDAY) == {PARKS}


def test_groups_are_joined_and_left() -> None:
    joined = staff.JoinedGroup(person_id=OLU, group="safeguarding", from_on=MONDAY)
    left = staff.LeftGroup(person_id=OLU, group="safeguarding", left_on=FRIDAY)
    given(STAFF, REGISTERED).when(JoinGroup(group="safeguarding", from_on=MONDAY)).then(joined)
    given(STAFF, REGISTERED, joined).when(JoinGroup(group="safeguarding", from_on=TUESDAY)).refused(
        "in-group"
    )
    given(STAFF, REGISTERED, joined).when(LeaveGroup(group="safeguarding", left_on=FRIDAY)).then(left)
    given(STAFF, REGISTERED).when(LeaveGroup(group="safeguarding", left_on=FRIDAY)).refused("not-in-group")
    assert facts(joined, left).groups_on(WEDNESDAY) == {"safeguarding"}
    assert facts(joined, left).groups_on(FRIDAY) == frozenset()


def test_an_absence_names_a_deputy_and_ends_when_they_are_back() -> None:
    away = staff.AbsenceRecorded(person_id=OLU, from_on=MONDAY, deputy=UNA)
    back = staff.AbsenceEnded(person_id=OLU, from_on=MONDAY, back_on=WEDNESDAY)
    given(STAFF, REGISTERED).when(RecordAbsence(from_on=MONDAY, deputy=UNA)).then(away)
    given(STAFF, REGISTERED).when(RecordAbsence(from_on=MONDAY, deputy=OLU)).refused("own-deputy")
    given(STAFF, REGISTERED).when(RecordAbsence(from_on=MONDAY, deputy=PARKS)).refused("no-such-deputy")
    given(STAFF, REGISTERED, away).when(RecordAbsence(from_on=TUESDAY)).refused("away-already")
    given(STAFF, REGISTERED, away).when(EndAbsence(from_on=MONDAY, back_on=WEDNESDAY)).then(back)
    given(STAFF, REGISTERED).when(EndAbsence(from_on=MONDAY, back_on=FRIDAY)).refused("no-such-absence")
    absence = facts(away, back).absence_on(TUESDAY)
    assert absence is not None
    assert absence.deputy == UNA
    assert facts(away, back).absence_on(WEDNESDAY) is None


def test_leaving_ends_everything_and_again_changes_nothing() -> None:
    given(STAFF, REGISTERED, OFFICER).when(Leave(left_on=FRIDAY)).then(LEFT)
    given(STAFF, REGISTERED, OFFICER, LEFT).when(Leave(left_on=FRIDAY)).nothing()
    given(STAFF, REGISTERED, OFFICER, LEFT).when(Leave(left_on=TUESDAY)).then_kinds(staff.StaffLeft)
    gone = facts(OFFICER, IN_PARKS, LEFT)
    assert (gone.works_on(WEDNESDAY), gone.works_on(FRIDAY)) == (True, False)
    assert gone.roles_on(WEDNESDAY) == {"officer"}
    assert gone.roles_on(FRIDAY) == frozenset()


@pytest.mark.parametrize(
    "command",
    [
        GiveRole(role="officer", from_on=FRIDAY),
        EndRole(role="officer", ended_on=FRIDAY),
        JoinUnit(unit="parks", from_on=FRIDAY),
        LeaveUnit(unit="parks", left_on=FRIDAY),
        JoinGroup(group="safeguarding", from_on=FRIDAY),
        LeaveGroup(group="safeguarding", left_on=FRIDAY),
        RecordAbsence(from_on=FRIDAY),
        EndAbsence(from_on=MONDAY, back_on=FRIDAY),
    ],
)
def test_only_somebody_of_the_staff_is_anything(command: Any) -> None:
    given(STAFF).when(command).refused("not-staff")
    given(STAFF, REGISTERED, OFFICER, LEFT).when(command).refused("not-staff")


def test_nothing_ends_before_it_begins() -> None:
    days = {"from_on": FRIDAY, "until_on": MONDAY}
    for command in (GiveRole(role="officer", **days), JoinGroup(group="x", **days), RecordAbsence(**days)):
        given(STAFF, REGISTERED).when(command).refused("ends-before-it-begins")
