"""Checkpoints are signed on time, leave the database, and carry proofs that need nothing else."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from services.audit.application.checkpoints.delivery import deliver, destinations, file_name
from services.audit.application.checkpoints.schedule import Schedule
from services.audit.application.checkpoints.signed import newest, sign_now, signing_key
from services.audit.application.proofs import proof
from services.audit.application.proofs.prove import NoSuchCaseError, prove
from shared.kit.merkle import Checkpoint, SigningKey, open_note
from tests.integration.audit.council import Council
from tests.integration.notifications.mail_server import MailServer, serving

ORIGIN = "council.example/case-events"


def _key(council: Council) -> SigningKey:
    return signing_key(council.places.settings.checkpoint_key_file)


async def test_one_is_signed_at_once_and_then_when_the_newest_is_too_old(council: Council) -> None:
    schedule = Schedule(council.audit, council.places.settings)
    now = datetime.now(UTC)
    await schedule.look(now)
    first = await newest(council.audit)
    assert first is not None
    await schedule.look(now + timedelta(minutes=59))
    assert await newest(council.audit) == first
    await schedule.look(now + timedelta(minutes=61))
    second = await newest(council.audit)
    assert second is not None
    assert second.number == first.number + 1
    folder = council.places.settings.checkpoints
    assert sorted(file.name for file in folder.iterdir()) == [file_name(first), file_name(second)]
    assert (folder / file_name(second)).read_text("utf-8") == second.note
    assert (
        open_note(second.note, [_key(council).verify_key])
        == Checkpoint.parse(open_note(second.note, [_key(council).verify_key])).body()
    )


async def test_audit_does_not_start_without_a_private_key_of_its_own(council: Council) -> None:
    council.places.settings.checkpoint_key_file.chmod(0o644)
    with pytest.raises(PermissionError):
        Schedule(council.audit, council.places.settings)


async def test_a_checkpoint_that_was_mailed_can_be_checked_from_the_mail(council: Council) -> None:
    await council.open_case()
    await council.flow()
    async with serving(MailServer()) as server:
        settings = council.places.settings.model_copy(
            update={
                "checkpoint_mail_to": ("auditor@example.org",),
                "smtp_port": server.port,
                "smtp_starttls": False,
            }
        )
        signed = await sign_now(council.audit, _key(council), ORIGIN)
        assert await deliver(council.audit, destinations(settings)) == []
        assert await deliver(council.audit, destinations(settings)) == []
        (message,) = server.handed
    report = await council.verify(message.get_content())
    assert report.faults == []
    assert any(line.startswith("the given checkpoint of ") for line in report.lines())
    assert signed.number == 1


async def test_a_place_that_can_t_be_reached_gets_it_later(council: Council, tmp_path: Path) -> None:
    blocked = tmp_path / "blocked"
    blocked.write_text("a file where the folder should be")
    settings = council.places.settings.model_copy(update={"checkpoints": blocked})
    signed = await sign_now(council.audit, _key(council), ORIGIN)
    (failed,) = await deliver(council.audit, destinations(settings))
    assert failed.startswith("checkpoint 1 did not get to ")
    blocked.unlink()
    assert await deliver(council.audit, destinations(settings)) == []
    assert (blocked / file_name(signed)).read_text("utf-8") == signed.note


async def test_a_proof_of_a_case_holds_for_whoever_has_the_public_key(council: Council) -> None:
    cases = {
        f"CR-2026-{number:06}": await council.open_case(f"CR-2026-{number:06}", number) for number in range(6)
    }
    await council.flow()
    key = _key(council)
    for number, (reference, case) in enumerate(cases.items()):
        document = json.loads(json.dumps(await prove(council.audit, key, ORIGIN, reference)))
        proven = proof.check(document, key.verify_key)
        assert (proven.reference, proven.case, proven.events) == (reference, case, number + 3)
    assert await council.audit.fetchval("SELECT count(*) FROM checkpoints") == 1
    with pytest.raises(NoSuchCaseError):
        await prove(council.audit, key, ORIGIN, "CR-2026-999999")


async def test_a_proof_covers_what_was_recorded_since_the_last_checkpoint(council: Council) -> None:
    await council.open_case("CR-2026-000001", 0)
    await council.flow()
    key = _key(council)
    before = await prove(council.audit, key, ORIGIN, "CR-2026-000001")
    await council.open_case("CR-2026-000002", 3)
    await council.flow()
    same = await prove(council.audit, key, ORIGIN, "CR-2026-000001")
    assert same == before
    assert len((await prove(council.audit, key, ORIGIN, "CR-2026-000002"))["events"]) == 6
    assert await council.audit.fetchval("SELECT count(*) FROM checkpoints") == 2


async def test_a_proof_holds_after_the_person_was_erased_and_names_nobody(council: Council) -> None:
    await council.open_case("CR-2026-000001")
    await council.flow()
    for key in list(council.keyring.keys.values()):
        await council.keyring.destroy(owner=key.owner)
    document = await prove(council.audit, _key(council), ORIGIN, "CR-2026-000001")
    assert proof.check(document, _key(council).verify_key).events == 5
    assert "Ann Example" not in json.dumps(document)


def test_nothing_of_the_secret_shows_in_the_key_s_repr() -> None:
    key = SigningKey.generate("redress-tests")
    assert key.secret.hex() not in repr(replace(key))
