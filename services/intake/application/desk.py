"""What every use case of intake works with."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TypeVar
from uuid import UUID, uuid4

from services.intake.adapters import Adapter
from services.intake.claims import Claims
from services.intake.domain.case import case_decider
from services.intake.domain.case.decide import CaseDecider
from services.intake.domain.rulebook import Rulebook
from services.intake.rulebook import load_rulebook
from services.intake.settings import IntakeSettings
from shared.kit.decider import Decider
from shared.kit.events import Event
from shared.kit.eventstore import Pool, PostgresEventStore, Side
from shared.kit.keyring import Fingerprints, Keyring, MasterKey, Sealer

C = TypeVar("C")
S = TypeVar("S")


def utc_now() -> datetime:
    """This moment."""
    return datetime.now(UTC)


@dataclass(frozen=True)
class Desk:
    """The store, the keys, the rules and the senders' formats.

    Attributes:
        pool: for views and claims; the store has its own way.
        now: the clock that decisions are given.
        new_id: ids of people and of commands without a key, random.
    """

    settings: IntakeSettings
    pool: Pool
    store: PostgresEventStore
    keyring: Keyring
    sealer: Sealer
    fingerprints: Fingerprints
    claims: Claims
    adapters: Mapping[str, Adapter]
    rules: Rulebook = field(default_factory=load_rulebook)
    now: Callable[[], datetime] = utc_now
    new_id: Callable[[], UUID] = uuid4

    async def look(self, decider: Decider[C, S, Event], stream: str, key: UUID) -> Side[S]:
        """A stream's state and version as they are now."""
        side = Side(stream, key, decider.evolve, decider.initial)
        await side.catch_up(self.store)
        return side

    @property
    def case(self) -> CaseDecider:
        """The rules of a case."""
        return case_decider(self.rules)

    @staticmethod
    def fingerprints_and_claims(pool: Pool, master: MasterKey) -> tuple[Fingerprints, Claims]:
        """Both, from the master key."""
        fingerprints = Fingerprints(master, "redress intake fingerprints")
        return fingerprints, Claims(pool, fingerprints)
