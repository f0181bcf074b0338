"""What sealing promises of an event's personal fields."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from uuid import UUID, uuid4

import pytest

from shared.kit.blobs import BlobStore
from shared.kit.events import Event, Fact, Personal, Plain, SealedValue, UnsealedError
from shared.kit.keyring import Erased, Place, Sealer, SourceEvent, Spoiled
from shared.kit.log import Row
from tests.unit.kit.keyring.dict_keyring import DictKeyring

EVENT, CASE, CUSTOMER, OFFICER = uuid4(), uuid4(), uuid4(), uuid4()
HERE = SourceEvent(EVENT, CASE)
SUMMARY = HERE.field("summary")


class Customer(Fact):
    name: Personal
    telephone: Personal | None = None


class Attachment(Fact):
    name: Personal
    pages: int


class Opened(Event):
    summary: Personal
    customer: Customer
    attachments: tuple[Attachment, ...] = ()
    answers: Mapping[str, Personal] = {}
    reference: str = "RD-2026-000001"


OPENED = Opened(
    summary=Plain("The bins were missed", CUSTOMER),
    customer=Customer(name=Plain("Siân O'Brien", CUSTOMER)),
    attachments=(
        Attachment(name=Plain("kerb.jpg", CUSTOMER), pages=1),
        Attachment(name=Plain("note.pdf", OFFICER), pages=2),
    ),
    answers={"which.day": Plain("Tuesday", CUSTOMER)},
)


@pytest.fixture
def keyring() -> DictKeyring:
    return DictKeyring()


@pytest.fixture
def blobs() -> BlobStore:
    return BlobStore.open("memory:///")


@pytest.fixture
def sealer(keyring: DictKeyring, blobs: BlobStore) -> Sealer:
    return Sealer(keyring, blobs)


def value_of(field: object) -> SealedValue:
    assert isinstance(field, SealedValue)
    return field


async def test_every_personal_field_is_sealed_wherever_it_stands(sealer: Sealer) -> None:
    sealed = await sealer.seal(OPENED, EVENT, CASE)
    text = sealed.model_dump_json()
    for secret in ("bins", "Brien", "kerb", "note.pdf", "Tuesday"):
        assert secret not in text
    assert value_of(sealed.summary).field == "summary"
    assert value_of(sealed.customer.name).field == "customer.name"
    assert [value_of(a.name).field for a in sealed.attachments] == [
        "attachments.0.name",
        "attachments.1.name",
    ]
    assert value_of(sealed.answers["which.day"]).field == "answers.which.day"
    assert {value_of(a.name).event_id for a in sealed.attachments} == {EVENT}


async def test_what_was_sealed_is_read_back_in_an_answer(sealer: Sealer) -> None:
    sealed = await sealer.seal(OPENED, EVENT, CASE)
    assert await sealer.unseal_all(sealed, HERE) == {
        "summary": "The bins were missed",
        "customer": {"name": "Siân O'Brien", "telephone": None},
        "attachments": [{"name": "kerb.jpg", "pages": 1}, {"name": "note.pdf", "pages": 2}],
        "answers": {"which.day": "Tuesday"},
        "reference": "RD-2026-000001",
    }


async def test_a_sealed_event_survives_the_wire(sealer: Sealer) -> None:
    sealed = await sealer.seal(OPENED, EVENT, CASE)
    received = Opened.model_validate_json(sealed.model_dump_json())
    assert received == sealed
    assert (await sealer.unseal_all(received, HERE))["summary"] == "The bins were missed"


async def test_the_plain_event_is_left_as_it_was_for_the_next_try(sealer: Sealer) -> None:
    first = await sealer.seal(OPENED, EVENT, CASE)
    second = await sealer.seal(OPENED, uuid4(), CASE)
    assert isinstance(OPENED.customer.name, Plain)
    assert value_of(first.summary).event_id != value_of(second.summary).event_id


async def test_the_same_text_never_gives_the_same_ciphertext(sealer: Sealer) -> None:
    first, second = [await sealer.seal(OPENED, EVENT, CASE) for _ in range(2)]
    assert value_of(first.summary).ciphertext != value_of(second.summary).ciphertext
    assert value_of(first.summary).nonce != value_of(second.summary).nonce


async def test_one_keyring_call_serves_all_fields_of_an_owner(sealer: Sealer, keyring: DictKeyring) -> None:
    sealed = await sealer.seal(OPENED, EVENT, CASE)
    assert keyring.asked == 2
    assert {(key.owner, key.case) for key in keyring.keys.values()} == {(CUSTOMER, CASE), (OFFICER, CASE)}
    await sealer.unseal_all(sealed, HERE)
    assert keyring.asked == 3


async def test_an_event_without_personal_data_asks_no_key(sealer: Sealer, keyring: DictKeyring) -> None:
    class Closed(Event):
        outcome: str

    closed = Closed(outcome="upheld")
    assert await sealer.seal(closed, EVENT, CASE) is closed
    assert keyring.asked == 0


async def test_what_was_sealed_elsewhere_is_not_taken_into_an_event(sealer: Sealer) -> None:
    sealed = await sealer.seal(OPENED, EVENT, CASE)
    copied = Opened(summary=sealed.summary, customer=Customer(name=Plain("Aled", CUSTOMER)))
    with pytest.raises(Spoiled, match="elsewhere"):
        await sealer.seal(copied, uuid4(), CASE)


@pytest.mark.parametrize(
    "place",
    [Place(uuid4(), "summary", CASE), Place(EVENT, "customer.name", CASE), Place(EVENT, "summary", uuid4())],
    ids=["another event", "another field", "another case"],
)
async def test_a_value_opens_nowhere_but_where_it_was_sealed(sealer: Sealer, place: Place) -> None:
    sealed = value_of((await sealer.seal(OPENED, EVENT, CASE)).summary)
    assert await sealer.unseal(sealed, SUMMARY) == "The bins were missed"
    with pytest.raises(Spoiled):
        await sealer.unseal(sealed, place)


async def test_a_value_pasted_whole_into_an_event_of_another_case_does_not_open(sealer: Sealer) -> None:
    """Also where it is made to say that it belongs there."""
    sealed = value_of((await sealer.seal(OPENED, EVENT, CASE)).summary)
    elsewhere = SourceEvent(uuid4(), uuid4())
    forged = sealed.model_copy(update={"event_id": elsewhere.event_id})
    for value in (sealed, forged):
        pasted = Opened(summary=value, customer=Customer(name=value))
        with pytest.raises(Spoiled):
            await sealer.unseal_all(pasted, elsewhere)


async def test_a_row_s_columns_open_as_the_fields_that_they_came_from(
    sealer: Sealer, keyring: DictKeyring
) -> None:
    class Shown(Row):
        case_id: UUID
        name: SealedValue | None
        summary: SealedValue | None

    sealed = await sealer.seal(OPENED, EVENT, CASE)
    rows = [
        Shown(case_id=CASE, name=value_of(sealed.customer.name), summary=value_of(sealed.summary)),
        Shown(case_id=CASE, name=None, summary=None),
    ]
    places = {"name": HERE.field("customer.name"), "summary": SUMMARY}
    shown = await sealer.unseal_rows(rows, lambda _: places)
    assert [(row["name"], row["summary"]) for row in shown] == [
        ("Siân O'Brien", "The bins were missed"),
        (None, None),
    ]
    with pytest.raises(Spoiled):
        await sealer.unseal_rows(rows, lambda _: {"name": SUMMARY, "summary": SUMMARY})
    await keyring.destroy(owner=CUSTOMER)
    assert (await sealer.unseal_rows(rows, lambda _: places))[0]["name"] == {"erased": True}


async def test_a_destroyed_key_leaves_sealed_and_gone_and_nobody_else_s(
    sealer: Sealer, keyring: DictKeyring
) -> None:
    sealed = await sealer.seal(OPENED, EVENT, CASE)
    await keyring.destroy(owner=CUSTOMER)
    assert await sealer.unseal(value_of(sealed.summary), SUMMARY) is None
    answer = await sealer.unseal_all(sealed, HERE)
    assert answer["customer"] == {"name": {"erased": True}, "telephone": None}
    assert [a["name"] for a in answer["attachments"]] == [{"erased": True}, "note.pdf"]


async def test_nothing_new_is_sealed_for_the_erased(sealer: Sealer, keyring: DictKeyring) -> None:
    await keyring.destroy(owner=CUSTOMER)
    with pytest.raises(Erased) as refused:
        await sealer.seal(OPENED, EVENT, CASE)
    assert (refused.value.owner, refused.value.case) == (CUSTOMER, CASE)


@pytest.mark.parametrize(
    "change",
    [
        {"field": "customer.name"},
        {"event_id": uuid4()},
        {"nonce": base64.b64encode(bytes(12)).decode()},
        {"nonce": ""},
        {"nonce": "not base64!"},
        {"ciphertext": base64.b64encode(bytes(40)).decode()},
        {"ciphertext": "not base64!"},
        {"ciphertext": None},
        {"ciphertext": None, "blob": "../../etc/passwd"},
    ],
    ids=lambda change: " ".join(f"{k}={str(v)[:8]}" for k, v in change.items()),
)
async def test_a_changed_or_moved_value_does_not_open(sealer: Sealer, change: dict[str, object]) -> None:
    sealed = value_of((await sealer.seal(OPENED, EVENT, CASE)).summary)
    with pytest.raises(Spoiled):
        await sealer.unseal(sealed.model_copy(update=change), SUMMARY)


async def test_every_bit_of_a_ciphertext_is_guarded(sealer: Sealer) -> None:
    sealed = value_of((await sealer.seal(OPENED, EVENT, CASE)).summary)
    assert sealed.ciphertext is not None
    whole = base64.b64decode(sealed.ciphertext)
    for position in range(len(whole)):
        torn = bytearray(whole)
        torn[position] ^= 1
        with pytest.raises(Spoiled):
            await sealer.unseal(
                sealed.model_copy(update={"ciphertext": base64.b64encode(bytes(torn)).decode()}), SUMMARY
            )


async def test_a_text_of_one_person_does_not_open_under_the_key_of_another(sealer: Sealer) -> None:
    sealed = await sealer.seal(OPENED, EVENT, CASE)
    swapped = value_of(sealed.summary).model_copy(
        update={"key_id": value_of(sealed.attachments[1].name).key_id}
    )
    with pytest.raises(Spoiled):
        await sealer.unseal(swapped, SUMMARY)


@pytest.mark.parametrize(("length", "in_blob"), [(16 * 1024, False), (16 * 1024 + 1, True)])
async def test_a_text_over_16_kb_lies_in_the_blob_store(
    sealer: Sealer, blobs: BlobStore, length: int, *, in_blob: bool
) -> None:
    event = Opened(summary=Plain("x" * length, CUSTOMER), customer=Customer(name=Plain("", CUSTOMER)))
    sealed = value_of((await sealer.seal(event, EVENT, CASE)).summary)
    assert (sealed.blob is not None, sealed.ciphertext is None) == (in_blob, in_blob)
    if sealed.blob is not None:
        assert await blobs.exists(sealed.blob)
    assert await sealer.unseal(sealed, SUMMARY) == "x" * length


async def test_letters_of_several_bytes_count_as_bytes(sealer: Sealer) -> None:
    event = Opened(summary=Plain("ŵ" * 8193, CUSTOMER), customer=Customer(name=Plain("", CUSTOMER)))
    assert value_of((await sealer.seal(event, EVENT, CASE)).summary).blob is not None


async def test_a_long_text_whose_blob_is_lost_is_gone_and_a_swapped_one_is_spoiled(sealer: Sealer) -> None:
    long = Opened(
        summary=Plain("x" * 20_000, CUSTOMER), customer=Customer(name=Plain("y" * 20_000, CUSTOMER))
    )
    sealed = await sealer.seal(long, EVENT, CASE)
    lost = value_of(sealed.summary).model_copy(update={"blob": "0" * 64})
    assert await sealer.unseal(lost, SUMMARY) is None
    swapped = value_of(sealed.summary).model_copy(update={"blob": value_of(sealed.customer.name).blob})
    with pytest.raises(Spoiled):
        await sealer.unseal(swapped, SUMMARY)


async def test_many_are_unsealed_in_their_order(sealer: Sealer, keyring: DictKeyring) -> None:
    sealed = await sealer.seal(OPENED, EVENT, CASE)
    await keyring.destroy(owner=OFFICER)
    values = [
        (value_of(sealed.attachments[0].name), HERE.field("attachments.0.name")),
        (value_of(sealed.attachments[1].name), HERE.field("attachments.1.name")),
        (value_of(sealed.customer.name), HERE.field("customer.name")),
    ]
    assert await sealer.unseal_many(values) == ["kerb.jpg", None, "Siân O'Brien"]


async def test_what_was_never_sealed_is_read_as_it_is(sealer: Sealer, keyring: DictKeyring) -> None:
    assert await sealer.unseal(OPENED.customer.name, SUMMARY) == "Siân O'Brien"
    assert await sealer.unseal_many([(OPENED.summary, SUMMARY)]) == ["The bins were missed"]
    assert await sealer.unseal_many([]) == []
    assert keyring.asked == 0


async def test_what_merely_looks_sealed_stays_closed(sealer: Sealer) -> None:
    class Received(Event):
        body: dict[str, object]

    sealed = value_of((await sealer.seal(OPENED, EVENT, CASE)).summary)
    forged = Received(body={"note": sealed.model_dump(mode="json")})
    assert (await sealer.unseal_all(forged, HERE))["body"] == {"note": sealed.model_dump(mode="json")}


async def test_an_unsealed_event_makes_no_answer(sealer: Sealer) -> None:
    with pytest.raises(UnsealedError, match="has not been sealed"):
        await sealer.unseal_all(OPENED, HERE)


async def test_an_attachment_is_read_back_until_its_key_is_destroyed(
    sealer: Sealer, keyring: DictKeyring, blobs: BlobStore
) -> None:
    data = bytes(range(256)) * 4096
    blob = await sealer.seal_bytes(data, CUSTOMER, CASE, "photo", "image/jpeg")
    assert (blob.size, blob.media_type) == (len(data), "image/jpeg")
    assert await sealer.open_bytes(blob, CASE, "photo") == data
    stored = await blobs.get(blob.sha256)
    assert stored is not None
    assert data[:256] not in stored
    await keyring.destroy(case=CASE)
    assert await sealer.open_bytes(blob, CASE, "photo") is None


async def test_an_attachment_that_is_not_there_is_gone(sealer: Sealer) -> None:
    blob = await sealer.seal_bytes(b"kerb", CUSTOMER, CASE, "photo", "image/jpeg")
    assert await sealer.open_bytes(blob.model_copy(update={"sha256": "0" * 64}), CASE, "photo") is None


@pytest.mark.parametrize("change", [{"media_type": "text/html"}, {"size": 1}, {"sha256": "no hash"}])
async def test_an_attachment_opens_only_as_what_it_was_sealed(
    sealer: Sealer, change: dict[str, object]
) -> None:
    blob = await sealer.seal_bytes(b"kerb", CUSTOMER, CASE, "photo", "image/jpeg")
    with pytest.raises(Spoiled):
        await sealer.open_bytes(blob.model_copy(update=change), CASE, "photo")


@pytest.mark.parametrize(("case", "field"), [(uuid4(), "photo"), (CASE, "original")])
async def test_an_attachment_opens_in_its_case_and_field_only(sealer: Sealer, case: UUID, field: str) -> None:
    blob = await sealer.seal_bytes(b"kerb", CUSTOMER, CASE, "photo", "image/jpeg")
    with pytest.raises(Spoiled):
        await sealer.open_bytes(blob, case, field)


async def test_a_key_shows_no_secret_when_printed(keyring: DictKeyring) -> None:
    key = await keyring.create(UUID(int=1), UUID(int=2))
    assert "secret" not in repr(key)
    assert repr(key.secret) not in repr(key)
