"""A life in pieces: its events as rows of their services' stores, of which any number of copies can be made."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from typing import Final
from uuid import UUID

from deploy.simulation.life import Life
from deploy.simulation.machines.intake import RETENTION
from services.deadlines.domain.clock.arming import Arming
from services.deadlines.due import PRINCIPAL as DEADLINES
from services.deadlines.reactor import ClockReactor
from services.intake.domain.contact import DestroyMessageKey
from services.intake.domain.person import DestroyPersonKeys
from services.intake.due import PRINCIPAL as INTAKE
from services.intake.reactor import IntakeReactor
from services.notifications.application.dependencies import PRINCIPAL as NOTIFICATIONS
from services.notifications.domain.digest import StartDigests
from services.notifications.domain.message.owed import WriteLetter
from services.notifications.reactor import NotificationsReactor
from shared.contracts.intake import CaseOpened
from shared.contracts.ombudsman import ReferralOpened
from shared.kit.due import DueRow
from shared.kit.events import Envelope, Event, Recorded, SealedValue
from shared.kit.keyring import Path, field_name, find, replace
from shared.kit.log import Received
from shared.kit.runtime import Settings
from shared.rules.calendar import load_calendar, london_day, start_of
from shared.rules.calendar.office_hours import parse_office_hours
from shared.rules.regimes import load_regimes
from tests.bench.loading.pieces import ID, Cutter, Own, Pieces, Word, nonce_of

React = Callable[[Received], Sequence[DueRow]]
_LATER: Final = timedelta(minutes=20)
"""How much later than the life a copy of it happens, at most."""
_LEFT_TO_DO: Final = {DestroyPersonKeys.verb, DestroyMessageKey.verb, StartDigests.verb}
"""What the services do themselves when they read the log: keys are destroyed, and mornings are of no one case."""
REFERENCE, IDENTITY, THEIRS = 0, 1, 2
"""The numbers of a life's words: its case's reference, what its contact is called, and the Ombudsmen's references."""


@dataclass(frozen=True, slots=True)
class Owed:
    """A command that a service owes for an event: whether it was done, and the message that it is about."""

    done: bool
    message: Own | None


@dataclass(frozen=True, slots=True)
class Hearing:
    """What a service owes for an event: a copy owes the same, in the same order, under ids of its own."""

    principal: str
    react: React
    owed: tuple[Owed, ...]


@dataclass(frozen=True, slots=True)
class Text:
    """A personal text of an event in clear, and whose key seals it."""

    owner: Pieces
    field: str
    pieces: Pieces


@dataclass(frozen=True, slots=True)
class Row:
    """An event as a row of a store.

    Attributes:
        own: its id.
        names: what is reserved with it: the case's or the Ombudsman's reference.
        ends_command: it is the last event of a command from outside, which has a receipt.
    """

    envelope: Envelope
    event: Event
    own: Own
    stream: Pieces
    key: Pieces
    correlation: Pieces
    causation: Pieces
    state: Pieces
    texts: tuple[Text, ...]
    hearings: tuple[Hearing, ...]
    names: Pieces
    ends_command: bool


@dataclass(frozen=True, slots=True)
class Referral:
    """A referral: its id follows from the case's and from the Ombudsman's reference."""

    own: Own
    case: Own
    ombudsman: str
    theirs: Word


@dataclass(frozen=True, slots=True)
class Template:
    """A life: its rows, how many own ids and words it has, its year, and how much later a copy may happen."""

    rows: tuple[Row, ...]
    ids: int
    words: int
    year: int
    referrals: tuple[Referral, ...]
    room: timedelta


def of_life(life: Life, fixed: Collection[str]) -> Template:
    """The template of a life that was lived. `fixed`: ids that are the same in every copy, the council's."""
    referrals = [each.event for each in life.recorded if isinstance(each.event, ReferralOpened)]
    words = {life.reference: REFERENCE, life.identity: IDENTITY}
    for each in referrals:
        words.setdefault(each.their_reference, len(words))
    making = _Making(life.recorded, fixed, words, {row.id for row in life.world.waiting})
    own = making.own
    return Template(
        rows=tuple(making.rows()),
        ids=len(own),
        words=len(words),
        year=int(life.reference.split("-")[1]),
        referrals=tuple(
            Referral(
                Own(own[str(each.referral)]),
                Own(own[str(each.case_id)]),
                each.ombudsman,
                Word(words[each.their_reference]),
            )
            for each in referrals
        ),
        room=min(_room(life), _LATER),
    )


def of_council(recorded: Sequence[Recorded[Event]]) -> Template:
    """The template of the council's own events, which are written once, as they are."""
    making = _Making(recorded, ids_in(recorded), {}, set())
    return Template(tuple(making.rows()), 0, 0, 0, (), timedelta())


def ids_in(recorded: Sequence[Recorded[Event]]) -> frozenset[str]:
    """Every id in the events and round them."""
    return frozenset(found for each in recorded for text in _texts_of(each) for found in re.findall(ID, text))


def _room(life: Life) -> timedelta:
    """Until something of it would happen on another day, or later than now."""
    moments = [at for each in life.recorded for at in (each.envelope.recorded_at, each.envelope.happened_at)]
    ends = [start_of(london_day(at) + timedelta(days=1)) for at in moments]
    left = [end - at for at, end in zip(moments, ends, strict=True)]
    return max(timedelta(), min(*left, life.setting.until - max(moments)))


class _Making:
    def __init__(
        self,
        recorded: Sequence[Recorded[Event]],
        fixed: Collection[str],
        words: Mapping[str, int],
        waiting: Collection[UUID],
    ) -> None:
        self._recorded = recorded
        self._waiting = waiting
        own = dict.fromkeys(
            found
            for each in recorded
            for text in _texts_of(each)
            for found in re.findall(ID, text)
            if found not in fixed
        )
        self.own = {found: number for number, found in enumerate(own)}
        self._cut = Cutter(self.own, words).cut
        self._last = {
            each.envelope.correlation_id: each.envelope.event_id for each in recorded if _by_outsider(each)
        }

    def rows(self) -> Iterator[Row]:
        """A row for each event."""
        for each in self._recorded:
            envelope, event = each.envelope, each.event
            state, texts = self._state(event)
            yield Row(
                envelope=envelope,
                event=event,
                own=Own(self.own.get(str(envelope.event_id), -1)),
                stream=self._cut(envelope.stream),
                key=self._cut(str(envelope.key)),
                correlation=self._cut(str(envelope.correlation_id)),
                causation=self._cut(str(envelope.causation_id or "")),
                state=state,
                texts=texts,
                hearings=tuple(self._hearings(each)),
                names=self._cut(_name(event)),
                ends_command=self._last.get(envelope.correlation_id) == envelope.event_id,
            )

    def _state(self, event: Event) -> tuple[Pieces, tuple[Text, ...]]:
        found = dict(find(event, SealedValue))
        numbers = {path: number for number, path in enumerate(found)}

        def unsealed(path: Path) -> SealedValue:
            return found[path].model_copy(update={"nonce": nonce_of(numbers[path]), "ciphertext": ""})

        empty = replace(event, SealedValue, unsealed) if found else event
        texts = tuple(
            Text(self._cut(str(value.key_id)), field_name(path), self._cut(value.ciphertext or ""))
            for path, value in found.items()
        )
        return self._cut(empty.model_dump_json(exclude_none=True)), texts

    def _hearings(self, each: Recorded[Event]) -> Iterator[Hearing]:
        for principal, react in _reactors().items():
            owed = tuple(
                Owed(row.command not in _LEFT_TO_DO and row.id not in self._waiting, self._message(row))
                for row in react(Received(each.envelope, each.event, 0, 0, 0, (), b""))
            )
            if any(one.done or one.message for one in owed):
                yield Hearing(principal, react, owed)

    def _message(self, row: DueRow) -> Own | None:
        """The message that comes of a row, if one does."""
        number = self.own.get(row.payload["notification"]) if row.command == WriteLetter.verb else None
        return None if number is None else Own(number)


def _texts_of(each: Recorded[Event]) -> tuple[str, ...]:
    envelope = each.envelope
    round_it = (envelope.event_id, envelope.key, envelope.correlation_id, envelope.causation_id)
    return envelope.stream, each.event.model_dump_json(exclude_none=True), *map(str, round_it)


def _by_outsider(each: Recorded[Event]) -> bool:
    return not each.envelope.principal.startswith("service:")


def _name(event: Event) -> str:
    """The name that is reserved in the store with an event."""
    if isinstance(event, CaseOpened):
        return event.reference
    return f"{event.ombudsman}/{event.their_reference}" if isinstance(event, ReferralOpened) else ""


@cache
def _reactors() -> Mapping[str, React]:
    """What each service owes, by who does it."""
    hours = parse_office_hours(Settings.model_fields["office_hours"].default)
    arming = Arming(load_calendar(), hours, load_regimes())
    return {
        INTAKE: IntakeReactor(RETENTION).react,
        DEADLINES: ClockReactor(lambda: arming).react,
        NOTIFICATIONS: NotificationsReactor(hours).react,
    }
