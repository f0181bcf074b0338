"""What others' events lead to: letters that left, letters that didn't, referrals; each once."""

from __future__ import annotations

import uuid
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from services.intake.due import due_work
from services.intake.reactor import IntakeReactor
from shared.contracts import notifications, ombudsman
from shared.kit.due import insert_due
from shared.kit.eventstore import Pool
from shared.kit.log import Received
from tests.integration.intake.conftest import Client, Clock, stored
from tests.integration.intake.test_commands import LETTER
from tests.kit.heard import heard

REACTOR = IntakeReactor(timedelta(days=90))


def sent(key: UUID, purpose: str = "acknowledgement", stage: str | None = "stage1") -> Received:
    notification = uuid.uuid4()
    event = notifications.Sent(
        notification=notification,
        purpose=purpose,
        attempt=1,
        sent_on=date(2026, 3, 10),
        sent_at=datetime(2026, 3, 10, 11, tzinfo=UTC),
        message_id="<1@example.org>",
        answer="250 ok",
        stage=stage,
    )
    return heard(event, f"notification-{notification}", key)


def settled(key: UUID, *, arrived: bool, purpose: str = "acknowledgement", stage: str = "stage1") -> Received:
    notification = uuid.uuid4()
    event = notifications.OutcomeSettled(
        notification=notification,
        purpose=purpose,
        arrived=arrived,
        sent_on=date(2026, 3, 10) if arrived else None,
        stage=stage,
    )
    return heard(event, f"notification-{notification}", key)


async def do_all(client: Client, pool: Pool, received: Received) -> int:
    """Writes the rows as the subscriber does, twice, does them, and counts those that are left."""
    rows = REACTOR.react(received)
    async with pool.acquire() as connection:
        for _ in range(2):
            await insert_due(connection, rows, "service:intake")
    for row in rows:
        await due_work(client.desk)(row)
        await due_work(client.desk)(row)
    left: int = await pool.fetchval(
        "SELECT count(*) FROM due_work WHERE id = ANY ($1)", [row.id for row in rows]
    )
    return left


async def waiting(client: Client) -> tuple[str, UUID]:
    """A case whose acknowledgement is on its way."""
    reference = await client.triaged()
    await client.ok(reference, "acknowledge", **LETTER)
    return reference, UUID((await client.read(reference))["case_id"])


async def test_a_letter_that_was_sent_is_acknowledged_with_its_day_once(client: Client, pool: Pool) -> None:
    reference, key = await waiting(client)
    assert await do_all(client, pool, sent(key)) == 0
    assert (await stored(pool, f"case-{key}"))[-2:] == ["acknowledgement-issued", "acknowledged"]
    assert (await client.read(reference))["letters"][0]["sent_on"] == "2026-03-10"


async def test_an_outcome_settled_by_a_person_counts_the_same(client: Client, pool: Pool) -> None:
    _, key = await waiting(client)
    assert await do_all(client, pool, settled(key, arrived=True)) == 0
    assert (await stored(pool, f"case-{key}"))[-1] == "acknowledged"


async def test_a_letter_that_never_left_can_be_issued_again(client: Client, pool: Pool) -> None:
    reference, key = await waiting(client)
    assert await do_all(client, pool, settled(key, arrived=False)) == 0
    assert (await client.read(reference))["letters"][0]["never_left"] is True
    await client.ok(reference, "acknowledge", **LETTER)
    assert await do_all(client, pool, sent(key)) == 0
    assert [letter["sent_on"] for letter in (await client.read(reference))["letters"]] == [None, "2026-03-10"]


async def test_a_request_is_refused_when_its_letter_has_left_and_a_review_can_be_asked_for(
    client: Client, pool: Pool, clock: Clock
) -> None:
    reference = await client.triaged("foi")
    await client.ok(reference, "refuse", ground="exemption", **LETTER)
    on_its_way = await client.read(reference)
    key = UUID(on_its_way["case_id"])
    assert (on_its_way["standing"], on_its_way["refusal"]["sent_on"]) == ("open", None)
    assert await do_all(client, pool, sent(key, "refusal", "request")) == 0
    assert (await stored(pool, f"case-{key}"))[-2:] == ["refusal-issued", "case-refused"]
    case = await client.read(reference)
    assert (case["standing"], case["refusal"]["sent_on"]) == ("refused", "2026-03-10")
    assert case["refusal"]["ombudsman"] == "Information Commissioner"
    assert [(letter["purpose"], letter["sent_on"]) for letter in case["letters"]] == [
        ("refusal", "2026-03-10")
    ]
    clock.forward(days=10)
    await client.ok(reference, "request-escalation", requested_on="2026-03-20")
    case = await client.read(reference)
    assert (case["standing"], case["regime"]["stage"]) == ("open", "review")


async def test_a_refusal_that_never_left_leaves_the_case_unrefused(client: Client, pool: Pool) -> None:
    reference = await client.triaged("foi")
    await client.ok(reference, "refuse", ground="exemption", **LETTER)
    key = UUID((await client.read(reference))["case_id"])
    assert await do_all(client, pool, settled(key, arrived=False, purpose="refusal", stage="request")) == 0
    case = await client.read(reference)
    assert (case["standing"], case["refusal"], case["letters"][0]["never_left"]) == ("open", None, True)
    await client.ok(reference, "respond", outcome="provided", **LETTER)


async def test_a_refusal_without_a_notice_is_shown_and_is_no_letter(client: Client) -> None:
    reference = await client.triaged("foi")
    considered = "The notice of 2 February said that we would not answer this again."
    await client.ok(reference, "refuse-without-notice", ground="noticed-before", considered=considered)
    case = await client.read(reference)
    assert (case["standing"], case["letters"]) == ("refused", [])
    shown = case["refusal"]
    assert (shown["means"], shown["sent_on"], shown["considered"]) == ("none", "2026-03-10", considered)


@pytest.mark.parametrize(("purpose", "stage"), [("reminder", "stage1"), ("acknowledgement", None)])
async def test_other_messages_are_not_intakes_business(purpose: str, stage: str | None) -> None:
    assert REACTOR.react(sent(uuid.uuid4(), purpose, stage)) == []


async def test_a_referral_reopens_a_closed_case_and_is_linked_once(
    client: Client, pool: Pool, clock: Clock
) -> None:
    reference = await client.triaged()
    await client.ok(reference, "close", ground="withdrawn")
    key = UUID((await client.read(reference))["case_id"])
    clock.forward(days=30)
    referral = uuid.uuid4()
    event: Any = ombudsman.ReferralOpened(
        referral=referral,
        ombudsman="lgsco",
        regime_version="1",
        case_id=key,
        their_reference="26 000 001",
        referred_on=date(2026, 4, 8),
    )
    assert await do_all(client, pool, heard(event, f"ombudsman-{referral}", key)) == 0
    assert (await stored(pool, f"case-{key}"))[-2:] == ["reopened", "referred-to-ombudsman"]
    assert (await client.read(reference))["referrals"][0]["their_reference"] == "26 000 001"


async def test_a_referral_of_a_case_that_there_is_not_is_settled_as_refused(
    client: Client, pool: Pool
) -> None:
    key, referral = uuid.uuid4(), uuid.uuid4()
    event: Any = ombudsman.ReferralOpened(
        referral=referral,
        ombudsman="lgsco",
        regime_version="1",
        case_id=key,
        their_reference="26 000 002",
        referred_on=date(2026, 3, 9),
    )
    received = heard(event, f"ombudsman-{referral}", key)
    assert await do_all(client, pool, received) == 0
    receipt = await client.desk.store.receipt("service:intake", REACTOR.react(received)[0].id)
    assert receipt is not None
    assert receipt.answer["refused"]["code"] == "no-such-case"
