"""A service request of 1 June that becomes a complaint on 20 July is a complaint received on 20 July (Code 1.7, by
inference): from intake's own decisions to the dates.
"""

from __future__ import annotations

from datetime import UTC, date, datetime
from uuid import UUID

from services.deadlines.domain.clock.fact_from_event import fact_from
from services.intake.domain.case import CaseState
from services.intake.domain.case.acknowledge import Acknowledge
from services.intake.domain.case.correct_receipt import CorrectReceipt
from services.intake.domain.case.respond import Respond
from services.intake.domain.case.triage import Triage
from shared.contracts.ids import case_stream
from shared.contracts.intake import CaseEvent
from shared.kit.decider import Command
from shared.kit.events import Envelope, event_id
from shared.rules.regimes.rules import Means
from tests.unit.deadlines.telling import Story
from tests.unit.intake.cases import case as rules_of_cases
from tests.unit.intake.cases import opened

FIRST_OF_JUNE, BECAME, TODAY = date(2026, 6, 1), date(2026, 7, 20), date(2026, 7, 22)
NOW = datetime(2026, 7, 22, 10, tzinfo=UTC)
CASE = UUID(int=1)


class Told:
    """A case whose events deadlines hears as intake decides them."""

    def __init__(self) -> None:
        self.clocks = Story(today=TODAY)
        self._rules = rules_of_cases(now=NOW)
        self._case: CaseState = self._rules.initial
        self._version = 0
        self._recorded((opened(received_on=FIRST_OF_JUNE),))

    def give(self, command: Command) -> None:
        """An officer gives it."""
        self._recorded(self._rules.decide(command, self._case))

    def _recorded(self, events: tuple[CaseEvent, ...]) -> None:
        for event in events:
            self._version += 1
            self._case = self._rules.evolve(self._case, event)
            stream = case_stream(CASE)
            identity = event_id(stream, self._version)
            envelope = Envelope(
                event_id=identity,
                stream=stream,
                version=self._version,
                wire_name=event.wire_name,
                source="/redress/intake",
                key=CASE,
                happened_at=NOW,
                recorded_at=NOW,
                principal="person:x",
                correlation_id=identity,
                causation_id=identity,
            )
            fact = fact_from(event, envelope)
            if fact is not None:
                self.clocks.hear(fact)


def became_a_complaint() -> Told:
    """It was acknowledged and answered as a request."""
    case = Told()
    case.give(Triage(regime="service-request"))
    letter = {"means": Means.POST, "subject": "S", "text": "T"}
    case.give(Acknowledge(**letter, sent_on=date(2026, 6, 3)))
    case.give(Respond(**letter, outcome="resolved", sent_on=date(2026, 7, 10)))
    assert not case.clocks.state.runs
    case.give(Triage(regime="corporate", received_on=BECAME))
    return case


def test_its_clocks_count_from_the_day_on_which_it_became_one_and_the_letters_of_the_request_meet_none() -> (
    None
):
    case = became_a_complaint()
    assert case.clocks.due("stage1_acknowledge") == date(2026, 7, 27)
    assert case.clocks.due("stage1_backstop") == date(2026, 8, 10)
    assert all(run.live for run in case.clocks.state.runs.values())


def test_a_first_contact_that_is_corrected_moves_no_date_and_another_triage_does() -> None:
    case = became_a_complaint()
    case.give(CorrectReceipt(received_on=date(2026, 5, 28), reason="It lay with Parks."))
    assert case.clocks.due("stage1_acknowledge") == date(2026, 7, 27)
    case.give(Triage(regime="corporate", received_on=date(2026, 7, 17)))
    assert case.clocks.due("stage1_acknowledge") == date(2026, 7, 24)
    assert case.clocks.run("stage1_acknowledge").occurrence == 1


def test_one_that_turns_out_to_be_a_request_for_information_counts_from_its_receipt() -> None:
    case = became_a_complaint()
    case.give(Triage(regime="foi"))
    assert case.clocks.due("respond") == date(2026, 6, 30)
