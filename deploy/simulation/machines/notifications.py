"""Notifications: its own reactor, views, words and deciders. Only the mail server is made up, and who reads mail."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from deploy.simulation.chances import pick
from deploy.simulation.streams import text_of
from deploy.simulation.world import World
from services.notifications.application.case_history import about_clock, facts_of
from services.notifications.application.demands import demanded
from services.notifications.application.dependencies import PRINCIPAL
from services.notifications.application.drafts import completed, frame_of, written
from services.notifications.application.letters import load_letters
from services.notifications.application.recipients import Addressee, on_rung
from services.notifications.application.words import SEALED_WORDS, WORDS, Draft
from services.notifications.domain.letter import Letter, Recipient
from services.notifications.domain.message import (
    INITIAL,
    Given,
    Notification,
    Status,
    message_decider,
)
from services.notifications.domain.message.attempt import BeginAttempt, GiveUpWaiting
from services.notifications.domain.message.identity import stream_of
from services.notifications.domain.message.owed import Send, WriteLetter
from services.notifications.domain.message.record_result import RecordResult
from services.notifications.domain.message.request import Request
from services.notifications.domain.message.result import (
    Accepted,
    NoAnswer,
    PermanentRefusal,
    Result,
    TemporaryRefusal,
)
from services.notifications.domain.message.settle import Settle
from services.notifications.domain.message.suppress import Suppress
from services.notifications.domain.suppression import Ground, Meanwhile, ground_against
from services.notifications.reactor import NotificationsReactor
from services.notifications.settings import NotificationsSettings
from services.notifications.views.cases.fold import CaseRow
from services.notifications.views.cases.fold import evolve as fold_case
from services.notifications.views.clocks.fold import ClockRow, Identity
from services.notifications.views.clocks.fold import evolve as fold_clock
from shared.contracts.intake import PersonErased
from shared.contracts.notifications import Requested
from shared.kit.decider import Command
from shared.kit.due import DueRow
from shared.kit.eventstore import Cause
from shared.kit.log import Received
from shared.rules.calendar import london_day

SOURCE: Final = "/redress/notifications"
_SETTINGS: Final = NotificationsSettings.model_fields
_COUNCIL: Final[str] = _SETTINGS["council_name"].default
_DOMAIN: Final[str] = _SETTINGS["smtp_from"].default.rpartition("@")[2]
_WAITS: Final[tuple[timedelta, ...]] = _SETTINGS["send_again_after"].default
_ANSWER_WITHIN: Final = timedelta(seconds=_SETTINGS["smtp_longest"].default + 5)
_RESULTS: Final[dict[str, Result]] = {
    "accepted": Accepted("250 2.0.0 Ok: queued"),
    "temporary": TemporaryRefusal(451, "451 4.7.1 Try again later"),
    "permanent": PermanentRefusal(550, "550 5.1.1 No such mailbox"),
    "no-answer": NoAnswer("ServerDisconnected"),
}
KILLED: Final = "killed"
"""The process dies during the attempt, and nobody learns its result."""


@dataclass
class Notifications:
    """The messages about one case."""

    world: World
    messages: dict[UUID, str] = field(default_factory=dict)
    """Every message that was asked for, with its purpose."""
    _reactor: NotificationsReactor = field(init=False)
    _cases: dict[UUID, CaseRow] = field(default_factory=dict)
    _clocks: dict[Identity, ClockRow] = field(default_factory=dict)
    _erased: set[UUID] = field(default_factory=set)

    def __post_init__(self) -> None:
        self._reactor = NotificationsReactor(self.world.hours)

    def hear(self, received: Received) -> Iterable[DueRow]:
        """What notifications owes for an event; a morning's digests are about no single case, and left out."""
        if received.envelope.key == self.world.case_id:
            fold_case(self._cases, received)
            fold_clock(self._clocks, received)
        if isinstance(received.event, PersonErased):
            self._erased.add(received.event.person_id)
        return [row for row in self._reactor.react(received) if row.command in {Send.verb, WriteLetter.verb}]

    def opens(self, row: DueRow) -> datetime:
        """Letters to the council's people keep office hours; an attempt whose answer may come is left alone."""
        now = self.world.now
        if row.command == Send.verb:
            state = self.state(Send.model_validate(row.payload).notification)
            until = state.answer_by if state.status is Status.UNDER_WAY else state.try_again_at
            now = max(now, until or now)
        letter = load_letters()[row.payload["purpose"]]
        return self.world.hours.opening(now, self.world.calendar) if letter.office_hours else now

    def do(self, row: DueRow) -> None:
        """Writes a message, or tries once to send it."""
        cause = Cause(PRINCIPAL, row.correlation_id, row.causation_id)
        if row.command == Send.verb:
            self._send(Send.model_validate(row.payload), row, cause)
        else:
            self._write(WriteLetter.model_validate(row.payload), cause)

    def state(self, notification: UUID) -> Notification:
        found: Notification = self.world.streams.state(stream_of(notification), INITIAL)
        return found

    def settle(self, command: Settle, who: str, cause: Cause) -> None:
        """A person's word about a message. Raises `Refused`."""
        self._give(command.notification, command, cause, who)

    def _write(self, asked: WriteLetter, cause: Cause) -> None:
        case, today = self._cases[self.world.case_id], london_day(self.world.now)
        letter, clock = load_letters()[asked.purpose], self._clock(asked.clock, asked.occurrence)
        notice = demanded(letter.demanded, clock, today)
        if notice is None:
            return
        draft = Draft(letter, completed(letter, asked, clock, today), case, clock, notice, today, _COUNCIL)
        frame = frame_of(draft, _DOMAIN)
        ground = ground_against(letter, self._meanwhile(frame), today)
        addressee = ground or self._addressee(letter, draft)
        if isinstance(addressee, Ground):
            request = Request(message=frame, ground=addressee)
        else:
            request = Request(message=written(draft, frame, addressee, dict(_words(draft, addressee))))
        self.messages[asked.notification] = asked.purpose
        self._give(asked.notification, request, cause)

    def _send(self, command: Send, row: DueRow, cause: Cause) -> None:
        state = self.state(command.notification)
        if state.status is Status.UNDER_WAY:
            self._give(command.notification, GiveUpWaiting(), cause)
            return
        if not state.to_be_sent or state.requested is None:
            return
        letter = load_letters()[command.purpose]
        ground = ground_against(letter, self._meanwhile(state.requested), london_day(self.world.now))
        if ground is not None:
            self._give(command.notification, Suppress(ground=ground), cause)
            return
        self._give(command.notification, BeginAttempt(answer_by=self.world.now + _ANSWER_WITHIN), cause)
        became = pick(self.world.rng, self.world.setting.often.attempts)
        if became == KILLED:
            self.world.owe(self, row)
            return
        self.world.pass_by(seconds=self.world.rng.uniform(0.2, 4))
        result = RecordResult(attempt=state.attempt + 1, result=_RESULTS[became])
        self._give(command.notification, result, cause)

    def _give(self, notification: UUID, command: Command, cause: Cause, who: str = PRINCIPAL) -> None:
        decider = message_decider(Given(who, self.world.now, _WAITS))
        self.world.streams.give(
            stream_of(notification), self.world.case_id, decider, command, source=SOURCE, cause=cause
        )

    def _meanwhile(self, message: Requested) -> Meanwhile:
        case = self._cases[self.world.case_id]
        clock = self._clock(message.clock, message.occurrence)
        return Meanwhile(message, facts_of(case, erased=case.customer_id in self._erased), about_clock(clock))

    def _clock(self, clock: str | None, occurrence: int | None) -> ClockRow | None:
        return None if clock is None or occurrence is None else self._clocks.get((clock, occurrence))

    def _addressee(self, letter: Letter, draft: Draft) -> Addressee | Ground:
        """Whom the letter goes to: here everybody whom the council has can be reached."""
        case, asked = draft.case, draft.asked
        if letter.to is Recipient.CUSTOMER:
            if case.customer_id is None or case.customer_email is None:
                return Ground.NO_ADDRESS
            return Addressee(case.customer_id, text_of(case.customer_email))
        unit_id = asked.department_id or case.department_id
        unit = next(
            (each for each in self.world.setting.council.departments if each.unit_id == unit_id), None
        )
        if unit is None:
            return Ground.NO_ADDRESS
        rung = asked.rung if letter.to is Recipient.RUNG else None
        positions = {each.person_id: each.position for each in unit.staff}
        wanted = (
            asked.officer_id if letter.to is Recipient.OFFICER else on_rung(positions, case.officer_id, rung)
        )
        person = next((each for each in unit.staff if each.person_id == wanted), None)
        if person is None:
            return Addressee(unit.unit_id, unit.email, unit.unit_id, unit.name, instead=rung is not None)
        return Addressee(person.person_id, person.email, unit.unit_id, unit.name)


def _words(draft: Draft, addressee: Addressee) -> Iterator[tuple[str, object]]:
    for word in draft.letter.words:
        if word in SEALED_WORDS:
            value, _ = SEALED_WORDS[word](draft)
            yield word, None if value is None else text_of(value)
        else:
            yield word, WORDS[word](draft, addressee)
