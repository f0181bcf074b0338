"""Signed texts: the signed notes of the Go checksum database (C2SP signed-note), with Ed25519.

The text, an empty line, then a line `— <key name> <base64 of key hash and signature>` for each signature.
Other programs that read signed notes can check ours. Line ends that a mail changed are set right first.
"""

from __future__ import annotations

import base64
from collections.abc import Iterable
from typing import Final

from shared.kit.merkle.signing_key import KEY_HASH_BYTES, SigningKey, VerifyKey

_DASH: Final = "\u2014 "


class BadSignature(ValueError):
    """A note is not signed by a trusted key, was changed, or is no signed note."""


def sign_note(body: str, key: SigningKey) -> str:
    """The signed note of a text, which ends with exactly one line feed.

    Raises:
        ValueError: it doesn't, or it holds a carriage return.
    """
    if not body.endswith("\n") or body.endswith("\n\n") or "\r" in body:
        raise ValueError("A signed text ends with one line feed and has no carriage return")
    signature = base64.b64encode(key.verify_key.hash + key.sign(body.encode())).decode()
    return f"{body}\n{_DASH}{key.name} {signature}\n"


def open_note(note: str, trusted: Iterable[VerifyKey]) -> str:
    """The text of a note that at least one trusted key signed; signatures of unknown keys are passed over.

    Raises:
        BadSignature: none did, one of a trusted key is wrong, or it is no signed note.
    """
    body, gap, signatures = (note.replace("\r\n", "\n").rstrip("\n") + "\n").rpartition("\n\n")
    body += "\n"
    if not gap:
        raise BadSignature("Not a signed text")
    keys = {(key.name, key.hash): key for key in trusted}
    signed_by_a_trusted_key = False
    for line in signatures.splitlines():
        name, key_hash, signature = _signature(line)
        key = keys.get((name, key_hash))
        if key is None:
            continue
        if not key.is_signed(body.encode(), signature):
            raise BadSignature(f"The signature of {name} is not of this text")
        signed_by_a_trusted_key = True
    if not signed_by_a_trusted_key:
        raise BadSignature("No trusted key has signed this text")
    return body


def _signature(line: str) -> tuple[str, bytes, bytes]:
    try:
        name, encoded = line.removeprefix(_DASH).split(" ")
        decoded = base64.b64decode(encoded, validate=True)
    except ValueError:
        raise BadSignature("A line of signature can't be read") from None
    if not line.startswith(_DASH) or len(decoded) <= KEY_HASH_BYTES:
        raise BadSignature("A line of signature can't be read")
    return name, decoded[:KEY_HASH_BYTES], decoded[KEY_HASH_BYTES:]
