"""The streams of one life in memory: events sealed so that anybody can read them, states folded, times ticking on."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from typing import Any, Final
from uuid import UUID

from shared.kit.decider import Decider
from shared.kit.events import Envelope, Event, Plain, Recorded, SealedValue, event_id
from shared.kit.eventstore import Cause
from shared.kit.keyring import Path, field_name, find, replace
from shared.kit.log import Received

_LONGEST_TICK: Final = 40
"""Milliseconds from one record to the next, at most."""


@dataclass(slots=True)
class _Stream:
    state: Any
    version: int = 0


class Streams:
    """What the services' stores would hold of one life.

    Args:
        start: the instant before anything is recorded; `now` moves on with each event.
        heard: told of each event, as the log would bring it.
    """

    def __init__(self, start: datetime, rng: Random, heard: Callable[[Received], None]) -> None:
        self.now = start
        self.recorded: list[Recorded[Event]] = []
        self._rng = rng
        self._heard = heard
        self._streams: dict[str, _Stream] = {}

    def state(self, stream: str, initial: Any) -> Any:
        found = self._streams.get(stream)
        return initial if found is None else found.state

    def give(
        self,
        stream: str,
        key: UUID,
        decider: Decider[Any, Any, Any],
        command: Any,
        *,
        source: str,
        cause: Cause,
        happened_at: datetime | None = None,
    ) -> tuple[Event, ...]:
        """Gives a command to a stream, and records what is decided.

        Raises:
            Refused: the rules forbid it.
        """
        decided: Sequence[Event] = decider.decide(command, self.state(stream, decider.initial))
        side = self._streams.setdefault(stream, _Stream(decider.initial))
        heard = []
        for event in decided:
            side.version += 1
            self.now += timedelta(milliseconds=self._rng.randint(1, _LONGEST_TICK))
            identity = event_id(stream, side.version)
            sealed = readable(event, identity)
            side.state = decider.evolve(side.state, sealed)
            envelope = Envelope(
                event_id=identity,
                stream=stream,
                version=side.version,
                wire_name=event.wire_name,
                source=source,
                key=key,
                happened_at=happened_at or self.now,
                recorded_at=self.now,
                principal=cause.principal,
                correlation_id=cause.correlation_id,
                causation_id=cause.causation_id,
            )
            self.recorded.append(Recorded(envelope, sealed))
            heard.append(Received(envelope, sealed, 0, len(self.recorded), 0, (), b""))
        for received in heard:
            self._heard(received)
        return tuple(decided)


def readable(event: Event, identity: UUID) -> Event:
    """The event with its personal texts in the shape of sealed values, their text in clear as the ciphertext."""
    plain = dict(find(event, Plain))

    def seal(path: Path) -> SealedValue:
        value = plain[path]
        return SealedValue(
            key_id=value.owner, event_id=identity, field=field_name(path), nonce="", ciphertext=value.text
        )

    return replace(event, Plain, seal) if plain else event


def text_of(value: object) -> str:
    """The text of a value that was made `readable`."""
    assert isinstance(value, SealedValue)
    return value.ciphertext or ""
