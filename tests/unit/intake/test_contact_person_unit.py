"""Quarantined messages, people and units."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import uuid5

from services.intake.domain.contact import CONTACT, Discard, Quarantine, SendThrough
from services.intake.domain.person import PERSON, Erase, Register
from services.intake.domain.unit import UNIT, RegisterUnit, RenameUnit
from shared.contracts import intake
from shared.contracts.ids import unit_id
from shared.kit.events import NAMESPACE, Plain
from tests.unit.given_when_then import given
from tests.unit.intake.cases import blob

AT = datetime(2026, 3, 10, 9, tzinfo=UTC)
CASE, PERSON_ID, ONE = (uuid5(NAMESPACE, f"spec {number}") for number in range(3))
UNIT_ID = unit_id("parks")
HELD = intake.ContactQuarantined(
    adapter="json", sender="system:crm", code="not-json", pointer="", original=blob(), received_at=AT
)
THROUGH = intake.ContactSentThrough(reference="CR-2026-000001", case_id=CASE)
GONE = intake.ContactDiscarded(reason="spam")
UNIT_EVENT = intake.UnitRegistered(
    unit_id=UNIT_ID, code="parks", name="Parks", kind="department", email=Plain("p@example.org", UNIT_ID)
)


def test_a_message_is_quarantined_once() -> None:
    command = Quarantine(
        adapter="json",
        sender="system:crm",
        sender_message_id=None,
        code="not-json",
        pointer="",
        original=blob(),
        received_at=AT,
    )
    given(CONTACT).when(command).then(HELD)
    given(CONTACT, HELD).when(command).nothing()


def test_a_message_ends_as_one_case_or_discarded_never_both() -> None:
    send = SendThrough(reference="CR-2026-000001", case_id=CASE)
    given(CONTACT, HELD).when(send).then(THROUGH)
    given(CONTACT, HELD, THROUGH).when(send).nothing()
    given(CONTACT, HELD, THROUGH).when(SendThrough(reference="x", case_id=ONE)).refused(
        "already-sent-through"
    )
    given(CONTACT, HELD, THROUGH).when(Discard(reason="spam")).refused("already-sent-through")
    given(CONTACT, HELD).when(Discard(reason="spam")).then(GONE)
    given(CONTACT, HELD, GONE).when(Discard(reason="spam")).nothing()
    given(CONTACT, HELD, GONE).when(send).refused("already-discarded")
    given(CONTACT).when(send).refused("no-such-contact")


def test_a_person_is_known_once_and_erased_once() -> None:
    known = intake.PersonRegistered(person_id=PERSON_ID, sender="system:crm")
    erased = intake.PersonErased(person_id=PERSON_ID, ground="article-17")
    register = Register(person_id=PERSON_ID, sender="system:crm")
    erase = Erase(person_id=PERSON_ID, ground="article-17")
    given(PERSON).when(register).then(known)
    given(PERSON, known).when(register).nothing()
    given(PERSON, known).when(erase).then(erased)
    given(PERSON, known, erased).when(erase).nothing()
    given(PERSON, known, erased).when(register).refused("person-erased")
    given(PERSON).when(erase).refused("no-such-person")


def test_a_units_code_is_its_own_for_ever_and_its_name_may_change() -> None:
    register = RegisterUnit(code="parks", name="Parks", kind="department", email="p@example.org")
    given(UNIT).when(register).then(UNIT_EVENT)
    given(UNIT, UNIT_EVENT).when(register).refused("unit-code-taken")
    given(UNIT, UNIT_EVENT).when(RenameUnit(name="Parks")).nothing()
    given(UNIT, UNIT_EVENT).when(RenameUnit(name="Green Spaces")).then(
        intake.UnitRenamed(unit_id=UNIT_ID, name="Green Spaces")
    )
    given(UNIT).when(RenameUnit(name="x")).refused("no-such-unit")
