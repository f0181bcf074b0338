"""Killed after any step of receiving, a case is complete or absent; the sender's repeat makes it whole."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

import pytest

from services.intake.application.dependencies import Dependencies
from shared.kit.eventstore import Pool
from tests.integration.intake.conftest import Client, stored


class Killed(Exception):
    """Stands for the end of the process at this point."""


Step = Callable[[Dependencies], tuple[Any, str]]
STEPS: dict[str, Step] = {
    "claim": lambda desk: (desk.deduplication, "contact"),
    "person": lambda desk: (desk.deduplication, "person"),
    "seal and store": lambda desk: (desk.sealer, "seal_bytes"),
    "number": lambda desk: (desk.store, "allocate_reference_number"),
    "look for receipts": lambda desk: (desk.store, "receipt"),
    "append": lambda desk: (desk.store, "append"),
}

KILLS = [
    (step, moment, has_id)
    for step in STEPS
    for moment in ("before", "after")
    for has_id in (True, False)
    if not (step == "claim" and has_id)  # a message with an id claims no words
]


async def opened(pool: Pool) -> int:
    count: int = await pool.fetchval(
        "SELECT count(*) FROM stored_events WHERE topic LIKE 'redress.intake.case-opened.%'"
    )
    return count


@pytest.mark.parametrize("killed", KILLS, ids=lambda kill: " ".join(map(str, kill)))
async def test_a_case_is_complete_or_absent(
    client: Client, pool: Pool, monkeypatch: pytest.MonkeyPatch, killed: tuple[str, str, bool]
) -> None:
    step, moment, has_id = killed
    owner, method = STEPS[step](client.desk)
    real = getattr(owner, method)

    async def die(*args: Any, **named: Any) -> Any:
        if moment == "after":
            await real(*args, **named)
        raise Killed

    text = uuid.uuid4().hex
    message: dict[str, Any] = {
        "id": text if has_id else None,
        "text": text,
        "customer": {"name": "Ada", "customer_id": f"number {text}"},
        "representative": {"name": "Ray Rowe"},
        "files": {"bin.jpg": "picture"},
    }
    before = await opened(pool)
    with monkeypatch.context() as patched:
        patched.setattr(owner, method, die)
        with pytest.raises(Killed):
            await client.send(**message)
    made = await opened(pool) - before
    assert made == (1 if (step, moment) == ("append", "after") else 0)
    again = await client.send(**message)
    assert again.status_code == (200 if made else 201)
    assert await opened(pool) == before + 1
    case = await client.read(again.json()["reference"])
    assert case["text"] == text
    assert case["attachments"][0]["size"] == len("picture")
    assert await stored(pool, f"case-{case['case_id']}") == ["case-opened"]
    assert await stored(pool, f"person-{case['customer']['person_id']}") == ["person-registered"]


async def test_a_command_whose_answer_was_lost_is_answered_the_same_again(
    client: Client, pool: Pool, monkeypatch: pytest.MonkeyPatch
) -> None:
    reference = await client.triaged()
    real = client.desk.store.append

    async def die(*args: Any, **named: Any) -> Any:
        await real(*args, **named)
        raise Killed

    key = {"Idempotency-Key": uuid.uuid4().hex}
    with monkeypatch.context() as patched:
        patched.setattr(client.desk.store, "append", die)
        with pytest.raises(Killed):
            await client.give(reference, "note", headers=key, text="Rang.")
    again = await client.give(reference, "note", headers=key, text="Rang.")
    assert again.status_code == 200
    assert again.json() == {"reference": reference, "version": 3, "events": ["redress.intake.note-added.v1"]}
    case = await client.read(reference)
    assert len(case["notes"]) == 1
    assert await stored(pool, f"case-{case['case_id']}") == ["case-opened", "triaged", "note-added"]


@pytest.mark.parametrize("moment", ["before", "after"])
async def test_an_erasure_that_was_interrupted_is_completed_by_its_repeat(
    client: Client, monkeypatch: pytest.MonkeyPatch, moment: str
) -> None:
    reference = await client.case()
    person = (await client.read(reference))["customer"]["person_id"]
    real = client.desk.keyring.destroy

    async def die(**named: Any) -> int:
        if moment == "after":
            await real(**named)
        raise Killed

    key = {"Idempotency-Key": uuid.uuid4().hex}
    ask = {"json": {"ground": "article-17"}, "headers": key}
    with monkeypatch.context() as patched:
        patched.setattr(client.desk.keyring, "destroy", die)
        with pytest.raises(Killed):
            await client.supervisor.post(f"/people/{person}/erase", **ask)  # type: ignore[arg-type]
    answer = await client.supervisor.post(f"/people/{person}/erase", **ask)  # type: ignore[arg-type]
    assert answer.status_code == 200
    assert (await client.read(reference))["text"] == {"erased": True}
