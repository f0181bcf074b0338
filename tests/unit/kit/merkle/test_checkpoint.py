"""A checkpoint outside the machine is worth what its signature and its one form are worth."""

from __future__ import annotations

import base64
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest

from shared.kit.merkle import (
    BadSignature,
    Checkpoint,
    SigningKey,
    TreeHead,
    Unreadable,
    VerifyKey,
    open_note,
    sign_note,
)
from shared.kit.merkle.hashing import EMPTY_ROOT
from shared.kit.private_file import TooOpen
from tests.unit.kit.merkle.vectors import ROOTS

CHECKPOINT = Checkpoint(
    origin="council.example/case-events",
    at=datetime(2026, 11, 22, 9, 30, tzinfo=UTC),
    partitions=(TreeHead(8, ROOTS[8]), TreeHead(0, EMPTY_ROOT)),
    case_heads=TreeHead(3, ROOTS[3]),
)
BODY = """\
council.example/case-events
redress checkpoint 1
time 2026-11-22T09:30:00.000000Z
partition 0 8 XcnaeacGWamtVZy3Ad7ZoqudgjqtL0lgz+Nw7/RgQyg=
partition 1 0 47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=
case-heads 3 rra8/idLcKFPsGel5VeCZNsPqbUa9eC6FZFY8yngbnc=
"""
KEY = SigningKey.generate("council.example")

# From the tests of golang.org/x/mod/sumdb/note.
GO_KEY = "PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz"
GO_VERIFY_KEY = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
GO_NOTE = """\
If you think cryptography is the answer to your problem,
then you don't know what your problem is.

\u2014 PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=
"""


def test_a_checkpoint_has_one_form() -> None:
    assert CHECKPOINT.body() == BODY
    assert Checkpoint.parse(BODY) == CHECKPOINT


def test_its_time_is_written_in_utc() -> None:
    elsewhere = CHECKPOINT.at.astimezone(timezone(timedelta(hours=5)))
    moved = Checkpoint(CHECKPOINT.origin, elsewhere, CHECKPOINT.partitions, CHECKPOINT.case_heads)
    assert moved.body() == BODY


@pytest.mark.parametrize(
    ("there", "instead"),
    [
        ("checkpoint 1", "checkpoint 2"),
        ("partition 1", "partition 2"),
        ("partition 0 8", "partition 0 08"),
        ("partition 0 8", "partition 0 -8"),
        ("partition 0 8", "partition 0  8"),
        ("partition 0 8", "partition 0 ٨"),
        ("case-heads", "case heads"),
        (".000000Z", "Z"),
        ("Qyg=", "Qyh="),
        ("Qyg=", "Qyg"),
        ("time 2026-11-22T09", "time 2026-11-22T9"),
        ("council.example", " council.example"),
        ("council.example/case-events\n", "\n"),
        ("bnc=\n", "bnc="),
        ("bnc=\n", "bnc=\n\n"),
        ("bnc=\n", "bnc=\nmore\n"),
        ("\n", "\r\n"),
    ],
)
def test_what_is_written_otherwise_is_refused(there: str, instead: str) -> None:
    assert there in BODY
    with pytest.raises(Unreadable):
        Checkpoint.parse(BODY.replace(there, instead))


def test_what_is_no_checkpoint_is_refused() -> None:
    for text in ("", "\n\n\n\n", "one\ntwo\nthree\nfour\n"):
        with pytest.raises(Unreadable):
            Checkpoint.parse(text)


def test_a_checkpoint_that_can_not_be_read_back_is_not_written() -> None:
    for origin in ("", "two\nlines", " blank"):
        with pytest.raises(Unreadable):
            Checkpoint(origin, CHECKPOINT.at, (), CHECKPOINT.case_heads).body()
    with pytest.raises(Unreadable):
        Checkpoint("origin", CHECKPOINT.at, (), TreeHead(0, b"short")).body()


def test_a_signed_checkpoint_is_read_by_who_trusts_the_key() -> None:
    note = sign_note(CHECKPOINT.body(), KEY)
    assert note.startswith(BODY + "\n\u2014 council.example ")
    assert Checkpoint.parse(open_note(note, [VerifyKey.parse(str(KEY.verify_key))])) == CHECKPOINT


def test_a_signed_checkpoint_survives_the_mail() -> None:
    note = sign_note(BODY, KEY)
    for mailed in (note.replace("\n", "\r\n"), note + "\n\n", note.rstrip("\n")):
        assert open_note(mailed, [KEY.verify_key]) == BODY


def test_notes_are_those_of_the_go_checksum_database() -> None:
    key = SigningKey.from_setting(GO_KEY)
    assert str(key.verify_key) == GO_VERIFY_KEY
    body = GO_NOTE.split("\n\n", maxsplit=1)[0] + "\n"
    assert sign_note(body, key) == GO_NOTE
    assert open_note(GO_NOTE, [VerifyKey.parse(GO_VERIFY_KEY)]) == body


def test_every_changed_letter_of_a_checkpoint_is_noticed() -> None:
    note = sign_note(BODY, KEY)
    for position in range(len(BODY)):
        changed = note[:position] + ("#" if note[position] != "#" else "+") + note[position + 1 :]
        with pytest.raises(BadSignature):
            open_note(changed, [KEY.verify_key])


def test_a_note_that_no_trusted_key_signed_is_refused() -> None:
    note = sign_note(BODY, KEY)
    same_name = SigningKey.generate("council.example")
    for trusted in ([], [same_name.verify_key], [SigningKey.generate("another").verify_key]):
        with pytest.raises(BadSignature):
            open_note(note, trusted)


def test_a_signature_under_another_key_s_hash_is_refused() -> None:
    other = SigningKey.generate("council.example")
    signature = base64.b64encode(KEY.verify_key.hash + other.sign(BODY.encode())).decode()
    with pytest.raises(BadSignature, match="not of this text"):
        open_note(f"{BODY}\n\u2014 council.example {signature}\n", [KEY.verify_key])


def test_a_second_signature_by_an_unknown_key_does_no_harm() -> None:
    note = sign_note(BODY, KEY)
    witness = sign_note(BODY, SigningKey.generate("witness")).removeprefix(BODY + "\n")
    assert open_note(witness.join([note, ""]), [KEY.verify_key]) == BODY


@pytest.mark.parametrize(
    "note",
    [
        "",
        "\n",
        BODY,
        f"{BODY}\n",
        f"{BODY}\nno dash AAAAAA==\n",
        f"{BODY}\n\u2014 name\n",
        f"{BODY}\n\u2014 name AA==\n",
    ],
)
def test_what_is_no_signed_note_is_refused(note: str) -> None:
    with pytest.raises(BadSignature):
        open_note(note, [KEY.verify_key])


@pytest.mark.parametrize("body", ["", "no line end", "two ends\n\n", "carriage\r\nreturn\n"])
def test_a_text_that_could_not_be_read_back_is_not_signed(body: str) -> None:
    with pytest.raises(ValueError, match="line feed"):
        sign_note(body, KEY)


def test_the_key_file_is_readable_only_by_its_owner(tmp_path: Path) -> None:
    file = tmp_path / "checkpoint.key"
    KEY.write(file)
    assert file.stat().st_mode & 0o777 == 0o600
    assert SigningKey.from_setting(f"file:{file}") == KEY
    with pytest.raises(FileExistsError):
        SigningKey.generate("another").write(file)
    file.chmod(0o644)
    with pytest.raises(TooOpen):
        SigningKey.from_setting(f"file:{file}")


@pytest.mark.parametrize(
    "setting",
    [
        "",
        "secret",
        GO_KEY[:-4],
        GO_KEY.replace("c74f", "c74e"),
        GO_KEY.replace("PRIVATE", "PUBLIC"),
        GO_VERIFY_KEY,
    ],
)
def test_an_unreadable_key_is_refused_without_being_quoted(setting: str) -> None:
    with pytest.raises(ValueError, match="signing key") as refused:
        SigningKey.from_setting(setting)
    assert "AYEK" not in str(refused.value)


@pytest.mark.parametrize(
    "text", ["", "name", GO_VERIFY_KEY.replace("c74f", "c74e"), GO_VERIFY_KEY.replace("+AR", "+BR"), GO_KEY]
)
def test_an_unreadable_verifying_key_is_refused(text: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - any of several, none of which matters to the reader
        VerifyKey.parse(text)


def test_a_key_has_a_name_that_can_stand_in_a_note() -> None:
    for name in ("", "two words", "a+b", "line\nbreak"):
        with pytest.raises(ValueError, match="name a key"):
            VerifyKey(name, bytes(32))


def test_a_signing_key_shows_no_secret_when_printed() -> None:
    assert repr(KEY) == "SigningKey(name='council.example')"
