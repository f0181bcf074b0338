"""The formats that last, held against committed bytes: what was written is read for ever, and is written so today.

`docs/reference/formats.md` says of each format which test pins it; `test_formats_page` holds the page against the code.
"""

from __future__ import annotations

import base64
from collections.abc import Callable
from uuid import UUID

from services.audit.application.proofs.proof import check
from services.deadlines.domain.calendar import STREAM as CALENDAR_STREAM
from services.notifications.domain.message.identity import stream_of as notification_stream
from services.ombudsman.application.referrals import stream_of as referral_stream
from shared.contracts import ids
from shared.contracts.ids import clock_stream
from shared.kit.blobs import BlobStore
from shared.kit.events import NAMESPACE, SealedBlob, command_id, event_id
from shared.kit.keyring import Fingerprints, MasterKey, Sealer, SourceEvent
from shared.kit.keyring.chunks import CHUNK
from shared.kit.keyring.postgres import row_identity
from shared.kit.log import envelope_of
from shared.kit.merkle import BATCH_SIGNATURE, VerifyKey, leaf_of
from shared.kit.merkle.tree import Tree
from tests.contract.format_samples import (
    CASE,
    DATA_KEY,
    PERSON,
    SECRET,
    SIGNING_KEY,
    STREAM,
    TOLD,
    Told,
    envelopes,
    keyring,
    nothing_random,
    sample,
)
from tests.kit.batch_signature import sign_batch, verify

VALUE = '{"text":"ŵ"}'.encode()
STREAMS: tuple[Callable[[UUID], str], ...] = (
    lambda _: CALENDAR_STREAM,
    ids.case_stream,
    clock_stream,
    ids.contact_stream,
    notification_stream,
    referral_stream,
    ids.person_stream,
    ids.unit_stream,
)
STREAM_NAMES = (
    "calendar-england",
    "case-<id>",
    "clock-<id>",
    "contact-<id>",
    "notification-<id>",
    "ombudsman-<id>",
    "person-<id>",
    "unit-<id>",
)
MASTER = MasterKey({1: bytes(32), 2: SECRET})


def test_the_envelope_is_these_headers_in_this_order() -> None:
    written = sample("batch")["records"]
    assert [[[name, text.decode()] for name, text in each.headers()] for each in envelopes()] == [
        record["headers"] for record in written
    ]
    for envelope, record in zip(envelopes(), written, strict=True):
        assert envelope_of({name: text.encode() for name, text in record["headers"]}) == envelope
        assert str(envelope.key) == record["key"]


def test_the_leaf_of_a_record_is_this_hash() -> None:
    for record in sample("batch")["records"]:
        headers = [(name, text.encode()) for name, text in record["headers"]]
        assert leaf_of(headers, VALUE).hex() == record["leaf"]
        signed = [*headers, (BATCH_SIGNATURE, base64.b64decode(record["signature"]))]
        assert leaf_of(signed, VALUE).hex() == record["leaf"]


def test_the_signature_of_a_batch_is_these_headers() -> None:
    written = sample("batch")
    leaves = [leaf_of(each.headers(), VALUE) for each in envelopes()]
    assert Tree(leaves).root().hex() == written["root"]
    signatures = [base64.b64encode(header).decode() for header in sign_batch(leaves, SIGNING_KEY)]
    assert signatures == [record["signature"] for record in written["records"]]


def test_a_batch_that_was_signed_once_verifies_for_ever() -> None:
    written = sample("batch")
    for record in written["records"]:
        headers = [(name, text.encode()) for name, text in record["headers"]]
        headers.append((BATCH_SIGNATURE, base64.b64decode(record["signature"])))
        verify(headers, VALUE, [VerifyKey.parse(written["public"])])


def test_a_proof_that_was_given_once_holds_for_ever() -> None:
    """Its records are signed, under a key of which the proof knows nothing."""
    proven = check(sample("proof"), VerifyKey.parse(sample("batch")["public"]))
    assert (proven.reference, proven.case, proven.events) == ("CR-2026-000123", CASE, 5)


def test_ids_are_derived_as_they_always_were() -> None:
    assert {
        "namespace": str(NAMESPACE),
        "event": str(event_id(STREAM, 1)),
        "command": str(command_id("service:intake", "parts")),
        "case": str(ids.case_id("system:crm", CASE)),
        "contact": str(ids.contact_id("system:crm", CASE)),
        "unit": str(ids.unit_id("parks")),
        "staff": str(ids.staff_id("https://login.council.example", "8f2c")),
        "calendar": str(ids.CALENDAR_KEY),
    } == sample("ids")


def test_a_stream_is_named_by_its_kind_and_an_id() -> None:
    assert [name(CASE) for name in STREAMS] == [each.replace("<id>", str(CASE)) for each in STREAM_NAMES]


async def test_a_text_is_sealed_to_these_bytes() -> None:
    with nothing_random():
        sealed = await Sealer(keyring(), BlobStore.open("memory:///")).seal(TOLD, event_id(STREAM, 1), CASE)
    assert sealed.model_dump(mode="json", exclude_none=True) == sample("sealed-text")


async def test_a_text_that_was_sealed_once_opens_for_ever() -> None:
    sealed = Told.model_validate(sample("sealed-text"))
    opened = await Sealer(keyring(), BlobStore.open("memory:///")).unseal_all(
        sealed, SourceEvent.at(STREAM, 1, CASE)
    )
    assert opened == {"text": "The bins were missed", "sender": {"name": "Siân O'Brien"}}


async def test_bytes_are_sealed_to_these_bytes() -> None:
    """A short file as a whole; of a long one, which has a second chunk, the hash."""
    written = sample("sealed-bytes")
    for size, name in ((4, "short"), (CHUNK + 1, "long")):
        blobs = BlobStore.open("memory:///")
        with nothing_random():
            blob = await Sealer(keyring(), blobs).seal_bytes(
                _bytes(size), PERSON, CASE, "original", "image/png"
            )
        assert blob.model_dump(mode="json") == written[name]
    assert await blobs.get(written["long"]["sha256"]) is not None


async def test_bytes_that_were_sealed_once_open_for_ever() -> None:
    written = sample("sealed-bytes")
    blobs = BlobStore.open("memory:///")
    named = await blobs.put(base64.b64decode(written["stored"]))
    blob = SealedBlob.model_validate(written["short"])
    assert blob.sha256 == named
    assert await Sealer(keyring(), blobs).open_bytes(blob, CASE, "original") == _bytes(4)


def test_a_data_key_is_wrapped_to_these_bytes_and_unwrapped_for_ever() -> None:
    row = row_identity(DATA_KEY.key_id, DATA_KEY.owner, DATA_KEY.case)
    wrapped = bytes.fromhex(sample("data-key")["wrapped"])
    with nothing_random():
        assert MASTER.wrap(SECRET, row) == wrapped
    assert MASTER.unwrap(wrapped, row) == SECRET


def test_a_fingerprint_is_this_hash() -> None:
    assert Fingerprints(MASTER, "redress tests").of("system:crm", b"body").hex() == sample("data-key")["mark"]


def _bytes(size: int) -> bytes:
    return bytes(number % 251 for number in range(size))
