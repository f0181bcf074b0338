"""What every use case of intake works with."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import TypeVar
from uuid import UUID, uuid4

from services.intake.adapters import Adapter
from services.intake.application.deduplication import Deduplication
from services.intake.application.rulebook import load_rulebook
from services.intake.domain.case import Given
from services.intake.domain.rulebook import Rulebook
from services.intake.domain.unit_seen import UnitSeen
from services.intake.settings import IntakeSettings
from shared.casework.cases import command_marks
from shared.kit.decider import Decider
from shared.kit.due import utc_now
from shared.kit.eventstore import Cause, Order, Pool, PostgresEventStore, Side
from shared.kit.keyring import Fingerprints, Keyring, MasterKey, Sealer

C = TypeVar("C")
S = TypeVar("S")
E = TypeVar("E")


@dataclass(frozen=True)
class Dependencies:
    """The store, the keys, the rules and the senders' formats.

    Attributes:
        pool: for views and deduplication; the store has its own way.
        now: the clock that decisions are given.
        new_id: ids of people and of commands without a key, random.
    """

    settings: IntakeSettings
    pool: Pool
    store: PostgresEventStore
    master: MasterKey
    keyring: Keyring
    sealer: Sealer
    adapters: Mapping[str, Adapter]
    rules: Rulebook = field(default_factory=load_rulebook)
    now: Callable[[], datetime] = utc_now
    new_id: Callable[[], UUID] = uuid4

    async def look(self, decider: Decider[C, S, E], stream: str, key: UUID) -> Side[S]:
        side = Side(stream, key, decider.evolve, decider.initial)
        await side.catch_up(self.store)
        return side

    def order(self, acting: str, command_id: UUID) -> Order:
        """The order of a command that nothing else led to, now."""
        return Order(Cause(acting, command_id, None), command_id, self.now())

    def given(self, who: str, units: Mapping[str, UnitSeen] | None = None) -> Given:
        """The circumstances of a decision that this principal asks for, now."""
        return Given(now=self.now(), who=who, rules=self.rules, units=units or {})

    @cached_property
    def fingerprints(self) -> Fingerprints:
        """They recognise a sender's words and customer numbers again."""
        return Fingerprints(self.master, "redress intake fingerprints")

    @cached_property
    def marks(self) -> Fingerprints:
        """They recognise an Idempotency-Key that is used for another command."""
        return command_marks(self.master)

    @cached_property
    def deduplication(self) -> Deduplication:
        return Deduplication(self.pool, self.fingerprints)
