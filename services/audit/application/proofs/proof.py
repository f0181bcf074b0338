"""A proof about one case for a third party: its events, each in the signed log, and that none was left out.

Whoever has this file's text, the proof and the public key can check it; no database and no service is asked:

    python -m services.audit.main check-proof FILE --key PUBLIC

The proof is JSON:

    format       "redress proof 1"
    reference    what the council calls the case
    case         the id that is the subject of all its events
    checkpoint   a signed note: sizes and roots of all trees (shared.kit.merkle.checkpoint, shared.kit.merkle.note)
    partition    whose tree the events are in
    events       in their order: headers (pairs of texts), value (text), leaf_index, path (base64 hashes)
    head         count, chain (base64), index and path (base64 hashes) in the tree of case heads

Bytes that are no UTF-8 stand as {"base64": ...}. Personal texts are sealed: the proof is over ciphertext, and
holds after a person was erased.
"""

from __future__ import annotations

import argparse
import base64
import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final
from uuid import UUID

from shared.kit.merkle import (
    BadSignature,
    CaseHead,
    Checkpoint,
    TreeHead,
    Unreadable,
    VerifyKey,
    leaf_of,
    open_note,
    verify_inclusion,
)

FORMAT: Final = "redress proof 1"


class ProofFails(Exception):
    """The proof doesn't show what it says; the message says where."""


@dataclass(frozen=True, slots=True)
class Proven:
    """What a proof shows."""

    reference: str
    case: UUID
    events: int
    checkpoint: Checkpoint


def check(proof: Any, key: VerifyKey) -> Proven:
    """Checks a proof from its JSON.

    Raises:
        ProofFails: something doesn't hold.
    """
    try:
        if proof["format"] != FORMAT:
            raise ProofFails(f"This is no {FORMAT}")
        checkpoint = Checkpoint.parse(open_note(proof["checkpoint"], [key]))
        case, partition = UUID(proof["case"]), int(proof["partition"])
        head = CaseHead(case)
        for number, event in enumerate(proof["events"], 1):
            leaf = _event(event, number, case, checkpoint.partitions[partition])
            head = head.then(leaf)
        _head(proof["head"], head, checkpoint.case_heads)
        return Proven(str(proof["reference"]), case, head.count, checkpoint)
    except (BadSignature, Unreadable) as error:
        raise ProofFails(f"The checkpoint: {error}") from error
    except (KeyError, IndexError, TypeError, ValueError, AttributeError) as error:
        raise ProofFails(f"The proof can't be read: {type(error).__name__} {error}") from error


def _event(event: Any, number: int, case: UUID, tree: TreeHead) -> bytes:
    headers = tuple((str(name), _bytes(value)) for name, value in event["headers"])
    if UUID(dict(headers)["ce_subject"].decode()) != case:
        raise ProofFails(f"Event {number} is not of this case")
    leaf = leaf_of(headers, _bytes(event["value"]))
    if not verify_inclusion(leaf, int(event["leaf_index"]), tree.size, _path(event), tree.root):
        raise ProofFails(f"Event {number} is not in the signed log as it stands here")
    return leaf


def _head(told: Any, head: CaseHead, tree: TreeHead) -> None:
    if int(told["count"]) != head.count or base64.b64decode(told["chain"]) != head.chain:
        raise ProofFails(
            f"The case had {told['count']} events; those given here are not all, or not in order"
        )
    if not verify_inclusion(head.leaf(), int(told["index"]), tree.size, _path(told), tree.root):
        raise ProofFails("The head of the case is not the signed one: events were left out or added")


def _path(part: Any) -> list[bytes]:
    return [base64.b64decode(each, validate=True) for each in part["path"]]


def text_of(value: bytes) -> str | dict[str, str]:
    """Bytes as they stand in a proof."""
    try:
        return value.decode()
    except UnicodeDecodeError:
        return {"base64": base64.b64encode(value).decode()}


def _bytes(value: Any) -> bytes:
    return base64.b64decode(value["base64"], validate=True) if isinstance(value, dict) else value.encode()


def read_key(text: str) -> VerifyKey:
    """A public key given as it is, or as the path of its file.

    Raises:
        ValueError, OSError: it is neither.
    """
    path = Path(text)
    return VerifyKey.parse(text if text.count("+") > 1 and not path.exists() else path.read_text("utf-8"))


def main(arguments: Sequence[str]) -> int:
    """`check-proof FILE --key PUBLIC`. 0: it holds; 1: it doesn't."""
    parser = argparse.ArgumentParser(prog="check-proof", description="Check a proof about one case.")
    parser.add_argument("file", type=Path, help="The proof, as `redress audit prove` writes it.")
    parser.add_argument("--key", required=True, help="The council's public key, or the file with it.")
    given = parser.parse_args(arguments)
    try:
        proven = check(json.loads(given.file.read_text("utf-8")), read_key(given.key))
    except (ProofFails, OSError, ValueError) as error:
        sys.stderr.write(f"The proof does not hold. {error}\n")
        return 1
    sys.stdout.write(
        f"The proof holds. {proven.reference} had exactly these {proven.events} events "
        f"when the log was signed on {proven.checkpoint.at.isoformat()} ({proven.checkpoint.origin}).\n"
    )
    return 0
