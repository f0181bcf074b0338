"""Round a decider: load, decide, append; again when somebody else wrote first; once for each command id."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from hmac import compare_digest
from typing import Any, Final, Generic, TypeVar, cast
from uuid import UUID

from shared.kit.decider import Decider, Refused
from shared.kit.events import Event, Recorded, UnknownEvent
from shared.kit.eventstore.errors import (
    AlreadyDone,
    CommandReused,
    Conflict,
    StaleVersion,
    TooContended,
    UnknownInStream,
)
from shared.kit.eventstore.model import Cause, CommandReceipt, NewEvent, ReferenceRow, StreamWrite
from shared.kit.eventstore.store import EventStore

TRIES: Final = 10
C = TypeVar("C")
S = TypeVar("S")
E = TypeVar("E", bound=Event)


@dataclass(frozen=True, slots=True)
class Handled:
    """What became of a command.

    Attributes:
        answer: `stream`, `version` (after it) and `events` (wire names), and what the caller added; the first answer
            again for a repeat.
        recorded: the events, sealed; none for a repeat or when there was nothing to do.
        repeated: whether it had been done before.
        refused: the rule that forbade it, where a refusal is final (due commands); else refusals are raised.
    """

    answer: Mapping[str, Any]
    recorded: tuple[Recorded[Event], ...] = ()
    repeated: bool = False
    refused: Refused | None = None

    @property
    def version(self) -> int:
        """The version of the (first) stream after the command."""
        return int(self.answer["version"])


@dataclass(frozen=True, slots=True)
class Order:
    """A command's circumstances.

    Attributes:
        cause: who gave it, and what led to it.
        command_id: unique for this principal; repeating it gives the first answer.
        happened_at: the instant that its events bear, perhaps back-dated.
        marks: fingerprints of command, target and body, the current key's first, which recognise the same id with
            another command. A service's own commands have none.
        answer: what the caller adds to the receipt, such as the reference.
        expected_version: the (first) stream's version that the caller decided on (`If-Match`).
        done: the due row that this does.
        reference: written with the events.
        refusal_is_final: a refusal leaves a receipt and deletes the due row: for commands that a service owes.
        receipt_of: whose command it is, where that isn't who causes it: a quarantined message that an officer sends
            through is still its sender's.
    """

    cause: Cause
    command_id: UUID
    happened_at: datetime
    marks: tuple[bytes, ...] = ()
    answer: Mapping[str, Any] = field(default_factory=dict)
    expected_version: int | None = None
    done: UUID | None = None
    reference: ReferenceRow | None = None
    refusal_is_final: bool = False
    receipt_of: str = ""

    @property
    def principal(self) -> str:
        """Whose command it is: under whom its receipt lies."""
        return self.receipt_of or self.cause.principal

    def receipt(self, answer: Mapping[str, Any]) -> CommandReceipt:
        return CommandReceipt(
            self.principal, self.command_id, next(iter(self.marks), b""), {**answer, **self.answer}
        )


@dataclass(slots=True)
class Side(Generic[S]):
    """A stream that a command touches, with its state as far as it has been loaded."""

    stream: str
    key: UUID
    evolve: Callable[[S, Any], S]
    state: S
    version: int = 0

    async def catch_up(self, store: EventStore) -> None:
        """Folds what was appended since the last look.

        Raises:
            UnknownInStream: an event of a type that this program doesn't know.
        """
        for recorded in await store.load(self.stream, self.version):
            if isinstance(recorded.event, UnknownEvent):
                raise UnknownInStream(self.stream, recorded.envelope.version, recorded.envelope.wire_name)
            self.state = self.evolve(self.state, recorded.event)
            self.version = recorded.envelope.version


async def handle(
    store: EventStore, decider: Decider[C, S, E], stream: str, key: UUID, command: C, *, order: Order
) -> Handled:
    """Gives a command to one stream.

    Raises:
        Refused: the rules forbid it (unless a refusal is final).
        StaleVersion: the stream has gone on since `expected_version`.
        CommandReused: the command id was used for another body.
        TooContended: others wrote first, every time.
        TooLarge, StoreUnavailable, UnknownInStream: see there.
    """
    side = Side(stream, key, decider.evolve, decider.initial)
    return await handle_many(store, [side], lambda: (decider.decide(command, side.state),), order=order)


async def handle_many(
    store: EventStore,
    sides: Sequence[Side[Any]],
    decide: Callable[[], Sequence[Sequence[Event]]],
    *,
    order: Order,
) -> Handled:
    """Gives one command to several streams at once (a case and its people, a merge): all are written, or none.

    `decide` looks at the sides' states and gives the events of each, in their order. `expected_version` is the first
    side's. Raises as `handle`.
    """
    for attempt in range(TRIES):
        for side in sides:
            await side.catch_up(store)
        try:
            await _check_version(store, sides[0], order)
            decided = decide()
        except (Refused, StaleVersion) as no:
            return await _first_answer(store, order) or await _refuse(store, sides[0], order, no)
        try:
            return await _append(store, sides, decided, order)
        except Conflict:
            await asyncio.sleep(random.uniform(0, 0.002 * attempt))  # noqa: S311  keeps writers apart, no secret
        except AlreadyDone as done:
            return await _again(store, order, done.receipt)
    raise TooContended(sides[0].stream, TRIES)


async def _append(
    store: EventStore, sides: Sequence[Side[Any]], decided: Sequence[Sequence[Event]], order: Order
) -> Handled:
    writes = [
        StreamWrite(
            side.stream, side.key, side.version, tuple(NewEvent(event, order.happened_at) for event in events)
        )
        for side, events in zip(sides, decided, strict=True)
    ]
    receipt = order.receipt(
        {
            "stream": sides[0].stream,
            "version": sides[0].version + len(decided[0]),
            "events": [event.wire_name for events in decided for event in events],
        }
    )
    recorded = await store.append(
        writes, order.cause, receipt=receipt, done=order.done, reference=order.reference
    )
    return Handled(receipt.answer, recorded)


async def _check_version(store: EventStore, side: Side[Any], order: Order) -> None:
    expected = order.expected_version
    if expected is not None and expected != side.version:
        changed = await store.load(side.stream, expected) if expected < side.version else ()
        raise StaleVersion(side.stream, expected, side.version, changed)


async def _refuse(store: EventStore, side: Side[Any], order: Order, no: Refused | StaleVersion) -> Handled:
    if isinstance(no, StaleVersion) or not order.refusal_is_final:
        raise no
    receipt = order.receipt(
        {"stream": side.stream, "version": side.version, "events": [], "refused": as_answer(no)}
    )
    await store.settle(receipt, order.done)
    return Handled(receipt.answer, refused=no)


async def _first_answer(store: EventStore, order: Order) -> Handled | None:
    """A repeat may be refused by its own first success: the first answer goes before any refusal."""
    receipt = await store.receipt(order.principal, order.command_id)
    return None if receipt is None else await _again(store, order, receipt)


async def _again(store: EventStore, order: Order, receipt: CommandReceipt) -> Handled:
    if not any(compare_digest(receipt.body_hmac, mark) for mark in order.marks or (b"",)):
        raise CommandReused(receipt.principal, receipt.command_id)
    if order.done is not None:
        await store.settle(receipt, order.done)
    refused = cast("dict[str, str] | None", receipt.answer.get("refused"))
    return Handled(receipt.answer, repeated=True, refused=None if refused is None else Refused(**refused))


def as_answer(refused: Refused) -> dict[str, str]:
    """A refusal as it stands in the receipt of a command that a service owed."""
    return {"code": refused.code, "title": refused.title, "citation": refused.citation}
