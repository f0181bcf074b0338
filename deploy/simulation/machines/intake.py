"""Intake: its commands to cases, people and quarantined messages."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

from deploy.simulation.world import World, case_rules
from services.intake.domain.case import OWED, Given, case_decider
from services.intake.domain.contact import CONTACT, Discard
from services.intake.domain.person import PERSON, PersonCommand
from services.intake.due import PRINCIPAL
from services.intake.reactor import IntakeReactor
from services.intake.settings import IntakeSettings
from shared.contracts.ids import case_stream, contact_stream, person_stream
from shared.kit.decider import Command, Decider
from shared.kit.due import DueRow
from shared.kit.eventstore import Cause
from shared.kit.log import Received

SOURCE: Final = "/redress/intake"
RETENTION: Final = timedelta(days=IntakeSettings.model_fields["quarantine_days"].default)
"""How long an unreadable message waits for somebody to mend it."""
_TO_CASE: Final = {each.verb: each for each in (found.command for found in OWED)}


@dataclass
class Intake:
    """One case's intake."""

    world: World
    _reactor: IntakeReactor = field(default_factory=lambda: IntakeReactor(RETENTION))

    def hear(self, received: Received) -> Iterable[DueRow]:
        return self._reactor.react(received)

    def opens(self, row: DueRow) -> datetime:  # noqa: ARG002  it keeps nothing waiting
        """At once."""
        return self.world.now

    def do(self, row: DueRow) -> None:
        """Records what others said, and gives up what nobody mended; destroying keys leaves no event."""
        cause = Cause(PRINCIPAL, row.correlation_id, row.causation_id)
        if row.command in _TO_CASE:
            self.to_case(_TO_CASE[row.command].model_validate(row.payload), PRINCIPAL, cause)
        elif row.command == Discard.verb:
            self.to_contact(Discard.model_validate(row.payload), row.key, cause)

    def to_case(self, command: Command, who: str, cause: Cause, happened_at: datetime | None = None) -> None:
        units = {each.code: each.seen for each in self.world.setting.council.departments}
        rules = case_decider(Given(now=self.world.now, who=who, rules=case_rules(), units=units))
        case = self.world.case_id
        self._give(case_stream(case), case, rules, command, cause, happened_at=happened_at)

    def to_contact(self, command: Command, contact: UUID, cause: Cause) -> None:
        """Gives a message in quarantine a command. Raises `Refused`."""
        self._give(contact_stream(contact), contact, CONTACT, command, cause)

    def to_person(self, command: PersonCommand, person: UUID, cause: Cause) -> None:
        self._give(person_stream(person), person, PERSON, command, cause)

    def _give(
        self,
        stream: str,
        key: UUID,
        decider: Decider[Any, Any, Any],
        command: Command,
        cause: Cause,
        *,
        happened_at: datetime | None = None,
    ) -> None:
        self.world.streams.give(
            stream, key, decider, command, source=SOURCE, cause=cause, happened_at=happened_at
        )
