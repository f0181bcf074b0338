"""A third party's check: what holds, and everything that must not."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable
from copy import deepcopy
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from services.audit.application.proofs import proof
from services.audit.views.log.headers import unpack
from shared.kit.merkle import CaseHead, Checkpoint, SigningKey, TreeHead, leaf_of, sign_note, tree_of
from shared.kit.merkle.hashing import EMPTY_ROOT
from shared.kit.merkle.tree import Tree
from tests.unit.audit.histories import CASE, History

KEY = SigningKey.generate("redress-audit")
OTHERS = [CaseHead(UUID(int=number), 1, bytes([number % 256]) * 32) for number in (1, 2, 0xFFFFFF)]
Change = Callable[[dict[str, Any]], object]


def _proof() -> dict[str, Any]:
    history = History()
    for number in range(5):
        history.tell("intake", {"number": number, "who": "Zoë"})
    rows = history.rows()
    strangers = [leaf_of((("ce_id", b"another"),), bytes([number])) for number in range(6)]
    leaves = [
        strangers[0],
        *(leaf for pair in zip([r.leaf_hash for r in rows], strangers[1:], strict=True) for leaf in pair),
    ]
    tree = Tree(leaves)
    head = CaseHead(CASE, rows[-1].case_count, rows[-1].case_chain)
    heads = tree_of([*OTHERS, head])
    place = [each.leaf() for each in sorted([*OTHERS, head], key=lambda each: each.case.bytes)].index(
        head.leaf()
    )
    checkpoint = Checkpoint(
        "council.example/case-events",
        datetime(2026, 11, 22, 9, tzinfo=UTC),
        (TreeHead(0, EMPTY_ROOT), TreeHead(tree.size, tree.root())),
        TreeHead(heads.size, heads.root()),
    )
    return {
        "format": proof.FORMAT,
        "reference": "CR-2026-000123",
        "case": str(CASE),
        "checkpoint": sign_note(checkpoint.body(), KEY),
        "partition": 1,
        "events": [
            {
                "headers": [[name, proof.text_of(value)] for name, value in unpack(row.headers)],
                "value": proof.text_of(row.value),
                "leaf_index": 1 + 2 * place_of_event,
                "path": _written(tree.inclusion(1 + 2 * place_of_event)),
            }
            for place_of_event, row in enumerate(rows)
        ],
        "head": {
            "count": head.count,
            "chain": base64.b64encode(head.chain).decode(),
            "index": place,
            "path": _written(heads.inclusion(place)),
        },
    }


def _written(hashes: tuple[bytes, ...]) -> list[str]:
    return [base64.b64encode(each).decode() for each in hashes]


def test_an_honest_proof_holds() -> None:
    proven = proof.check(json.loads(json.dumps(_proof())), KEY.verify_key)
    assert (proven.reference, proven.case, proven.events) == ("CR-2026-000123", CASE, 5)


def _drop_last(found: dict[str, Any]) -> None:
    del found["events"][-1]


def _drop_last_and_say_so(found: dict[str, Any]) -> None:
    head = CaseHead(CASE)
    del found["events"][-1]
    for event in found["events"]:
        headers = tuple((name, value.encode()) for name, value in event["headers"])
        head = head.then(leaf_of(headers, event["value"].encode()))
    found["head"] |= {"count": head.count, "chain": base64.b64encode(head.chain).decode()}


def _swap(found: dict[str, Any]) -> None:
    found["events"][1], found["events"][2] = found["events"][2], found["events"][1]


CHANGES: dict[str, Change] = {
    "a value": lambda found: found["events"][2].update(value=found["events"][2]["value"].replace("2", "3")),
    "a header": lambda found: found["events"][0]["headers"][4].__setitem__(1, "2026-01-01T00:00:00.000000Z"),
    "a leaf's place": lambda found: found["events"][0].update(leaf_index=0),
    "a path": lambda found: found["events"][0]["path"].pop(),
    "the last event left out": _drop_last,
    "the last event left out and the head remade": _drop_last_and_say_so,
    "events swapped": _swap,
    "another case": lambda found: found.update(case=str(UUID(int=2))),
    "the checkpoint": lambda found: found.update(checkpoint=found["checkpoint"].replace("T09", "T08")),
    "no partition": lambda found: found.update(partition=7),
    "another format": lambda found: found.update(format="redress proof 2"),
    "no events": lambda found: found.update(events=[]),
    "nothing": lambda found: found.clear(),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES.keys())
def test_whatever_is_changed_the_proof_no_longer_holds(change: Change) -> None:
    found = _proof()
    before = deepcopy(found)
    change(found)
    assert found != before
    with pytest.raises(proof.ProofFails):
        proof.check(found, KEY.verify_key)


def test_another_council_s_key_is_not_trusted() -> None:
    with pytest.raises(proof.ProofFails, match="The checkpoint: No trusted key"):
        proof.check(_proof(), SigningKey.generate("redress-audit").verify_key)


@pytest.mark.parametrize(
    "other", [None, [], "text", {"format": 1}, {"format": proof.FORMAT, "checkpoint": 5}]
)
def test_what_is_no_proof_at_all_is_refused_without_ado(other: Any) -> None:
    with pytest.raises(proof.ProofFails):
        proof.check(other, KEY.verify_key)


def test_the_program_needs_the_file_and_the_public_key_alone(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file, key = tmp_path / "proof.json", tmp_path / "council.pub"
    file.write_text(json.dumps(_proof()), "utf-8")
    key.write_text(f"{KEY.verify_key}\n", "utf-8")
    assert proof.main([str(file), "--key", str(key)]) == 0
    assert "exactly these 5 events" in capsys.readouterr().out
    assert proof.main([str(file), "--key", str(KEY.verify_key)]) == 0
    forged = _proof()
    _drop_last(forged)
    file.write_text(json.dumps(forged), "utf-8")
    assert proof.main([str(file), "--key", str(key)]) == 1
    assert "does not hold" in capsys.readouterr().err


def test_bytes_that_are_no_text_survive_a_proof() -> None:
    assert proof.text_of("Zoë".encode()) == "Zoë"
    assert proof.text_of(b"\xff\x00") == {"base64": "/wA="}
