"""What an officer records of a referral happened on the day that they give."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from services.ombudsman.application.referrals import Referrals
from services.ombudsman.domain.referral import ReferralCommand
from services.ombudsman.domain.referral.answer_enquiry import AnswerEnquiry
from services.ombudsman.domain.referral.open_referral import OpenReferral
from services.ombudsman.domain.referral.record_decision import RecordDecision
from services.ombudsman.domain.referral.record_enquiry import RecordEnquiry
from shared.casework.commands import Asked
from shared.casework.known_cases import CaseRow
from shared.kit.eventstore import Cause, Order
from shared.kit.http import Principal
from shared.rules.calendar import start_of
from tests.conftest import Databases
from tests.kit.databases import make_places, stored_at

CASE = CaseRow(case_id=UUID(int=1), reference="CASE-2026-1", owner=UUID(int=2))
OFFICER = Principal("person:00000000-0000-0000-0000-000000000003")
THEIRS = {"ombudsman": "lgsco", "their_reference": "26 001 234"}


class OneCase:
    """The door that lets everybody in."""

    async def find(self, reference: str, who: Principal) -> CaseRow:
        assert (reference, who) == (CASE.reference, OFFICER)
        return CASE


async def test_events_bear_the_day_of_their_command(postgres: Databases, tmp_path: Path) -> None:
    door: Any = OneCase()
    days = [date(2026, 9, day) for day in (1, 3, 9, 14)]
    commands: list[ReferralCommand] = [
        OpenReferral(**THEIRS, referred_on=days[0]),
        RecordEnquiry(**THEIRS, letter="enquiry_response", letter_on=days[1], questions="What was done?"),
        AnswerEnquiry(**THEIRS, enquiry=1, sent_on=days[2], answer="This."),
        RecordDecision(**THEIRS, decided_on=days[3], outcome="not-upheld"),
    ]
    async with stored_at(await make_places(postgres, tmp_path), "ombudsman", (), ()) as stored:
        referrals = Referrals(stored.pool, stored.store, door)
        for number, command in enumerate(commands):
            order = Order(Cause(OFFICER.id, CASE.case_id, None), UUID(int=number), datetime.now(UTC))
            await referrals.give(Asked(CASE.reference, command, OFFICER, order))
        [(_, history)] = await referrals.of(CASE)
    assert [recorded.envelope.happened_at for recorded in history] == [start_of(day) for day in days]
