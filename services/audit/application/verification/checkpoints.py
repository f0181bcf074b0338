"""Checkpoints against the trees: what was signed then must still be the beginning of what is there now."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from services.audit.application.checkpoints.heads import heads_at
from services.audit.application.verification.copies import Copies
from services.audit.application.verification.report import Fault, Report
from shared.kit.merkle import (
    BadSignature,
    Checkpoint,
    Frontier,
    TreeHead,
    Unreadable,
    VerifyKey,
    open_note,
    tree_of,
)


@dataclass(frozen=True, slots=True)
class Promise:
    """A root that a checkpoint promises for a size."""

    label: str
    root: bytes


@dataclass(slots=True)
class Expected:
    """The roots that checkpoints promise, by partition and size.

    They are compared while the trees are made anew from their first leaf on: that is more than a proof of
    consistency would show, which rests on stored hashes.
    """

    promises: dict[tuple[int, int], list[Promise]] = field(default_factory=dict)
    broken: dict[str, list[str]] = field(default_factory=dict)

    def promise(self, label: str, checkpoint: Checkpoint, sizes: Mapping[int, int]) -> None:
        """Takes up a checkpoint. `sizes`: of the trees now."""
        self.broken[label] = []
        for partition, head in enumerate(checkpoint.partitions):
            if head.size > sizes.get(partition, 0):
                self.broken[label].append(
                    f"partition {partition} had {head.size} events and has {sizes.get(partition, 0)}"
                )
            else:
                self.promises.setdefault((partition, head.size), []).append(Promise(label, head.root))

    def compare(self, partition: int, tree: Frontier) -> None:
        """Compares the tree of a partition, grown to some size, with what was promised for that size."""
        promises = self.promises.get((partition, tree.size))
        if not promises:
            return
        root = tree.root()
        for promise in promises:
            if promise.root != root:
                self.broken[promise.label].append(
                    f"the first {tree.size} events of partition {partition} have another root"
                )


@dataclass(frozen=True, slots=True)
class Checked:
    """A checkpoint whose signature holds."""

    label: str
    checkpoint: Checkpoint


def opened(label: str, note: str, trusted: VerifyKey, report: Report) -> Checked | None:
    """The checkpoint in a signed note; a fault where its signature doesn't hold."""
    try:
        return Checked(label, Checkpoint.parse(open_note(note, [trusted])))
    except (BadSignature, Unreadable) as error:
        report.faults.append(Fault(label, "changed", detail=str(error)))
        return None


async def conclude(
    copies: Copies, checked: list[Checked], wholly: set[str], expected: Expected, report: Report
) -> None:
    """Says what became of each checkpoint; the case heads are made anew for those in `wholly`."""
    good = 0
    for each in checked:
        wrong = list(expected.broken[each.label])
        if each.label in wholly and not wrong:
            wrong += await _case_heads(copies, each.checkpoint)
        report.faults += [
            Fault(each.label, "changed", detail=f"not of this log: {reason}") for reason in wrong
        ]
        good += not wrong
        if each.label in wholly and not wrong:
            covers = sum(head.size for head in each.checkpoint.partitions)
            report.checkpoints.append(
                f"{each.label} of {each.checkpoint.at.isoformat()}: signed, and the log begins with its {covers} events"
            )
    report.checkpoints.append(f"{good} of {len(checked)} checkpoints hold")


async def _case_heads(copies: Copies, checkpoint: Checkpoint) -> list[str]:
    sizes = [head.size for head in checkpoint.partitions]
    tree = tree_of(await heads_at(copies.audit, sizes))
    now = TreeHead(tree.size, tree.root())
    return [] if now == checkpoint.case_heads else ["the heads of its cases are others"]
